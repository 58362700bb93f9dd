"""Pages that a site gives instead of an article: a challenge, an error, a request. Pure.

A page is refused only if nearly all that it says is of this kind: articles about passwords, cookies
or subscriptions are articles.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(
    r"verify(?:ing)? (?:that )?(?:you are|you're) (?:a |not a )?(?:human|robot|bot)|"
    r"(?:not|are you) a robot|enable (?:javascript|cookies)|captcha|security check|"
    r"check(?:ing)? (?:your browser|if the site connection)|unusual (?:traffic|activity)|"
    r"access (?:to this page )?(?:has been |is )?denied|you (?:have been|are|were) blocked|"
    r"just a moment|pardon our interruption|attention required|ray id|reference (?:id|#)|"
    r"(?:cannot|can't|could not) be found|page (?:was )?not found|no longer (?:exists|available)|"
    r"\b(?:403|404|410|429|50[0234])\b|request (?:was |could not be )?(?:blocked|satisfied)",
    re.I,
)
_REQUEST = re.compile(
    r"\bcookies?\b|\bconsent\b|\bprivacy\b|\bpersonal data\b|\bsubscri(?:be|bers?|ption)\b|"
    r"\b(?:sign|log) ?(?:in|up)\b|\bnewsletters?\b|\binbox\b|\bunlimited access\b|"
    r"\bfree trial\b|\bcancel any ?time\b",
    re.I,
)
_TO_THE_READER = re.compile(r"\b(?:your?|our partners|we and our)\b", re.I)
_LONGEST_CHALLENGE = 900  # characters; those met say less than half as much
_MOST_OF_IT = 0.7


def why_none(title: str, text: str) -> str | None:
    """Why the page of this headline and text is no article; None if it may be one."""
    signs = {found[0].lower() for found in _SIGNS.finditer(f"{title}\n{text}")}
    if len(text) <= _LONGEST_CHALLENGE and _SIGNS.search(text) and len(signs) >= 2:
        return "an error, or a check for robots, instead of an article"
    asked = sum(
        len(each) for each in text.split("\n\n") if is_request(each) and _TO_THE_READER.search(each)
    )
    if asked >= _MOST_OF_IT * len(text):
        return "asks for consent or a subscription, and holds no article"
    return None


def is_request(text: str) -> bool:
    """Whether ``text`` is about consent, a sign-up or a subscription."""
    return bool(_REQUEST.search(text))
