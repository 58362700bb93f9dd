"""What a line that recurs over an outlet's articles is: furniture of its pages, or news. Pure."""

from __future__ import annotations

import re

MIN_ARTICLES = 6
"""Articles of one outlet that must hold a line before it is learned."""
MIN_SHARE = 0.10
"""Share of the outlet's articles that must hold it. The most frequent line of news in 16,000
articles of six corpora (a table's row, "Year") is in 1.4 %; footers are in most articles."""
SENTENCE_MIN_ARTICLES, SENTENCE_MIN_SHARE = 20, 0.5
"""The same for a line that looks like news and does not speak of the page."""

_PAGE = re.compile(
    r"\b(?:subscri\w+|newsletters?|e-?mails?|copyright|reserved|cookies?|privacy|websites?|"
    r"external (?:web ?)?sites?|content of|comments?|click|log ?in|sign ?up|sign ?in|download|"
    r"follow (?:us|@\w+)|facebook|twitter|whatsapp|instagram|podcast|app|republish\w*|syndicat\w+|"
    r"reproduc\w+|terms (?:of|and)|edited by|reporting by|editing by|writing by|this (?:article|"
    r"story|page)|advertis\w+|sponsor\w*|donat\w+|our (?:journalism|reporters|readers))\b|©|www\."
)
_TO_THE_READER = re.compile(
    r"\b(?:you|yours?|please|click|here|follow us|sign ?up|log ?in|sign ?in|our (?:journalism|"
    r"reporters|readers)|reserved|cookies?|republish\w*|syndicat\w+|reproduc\w+|external (?:web ?)?"
    r"sites?|edited by|reporting by|editing by|writing by|this (?:article|story|page|(?:web)?site))"
    r"\b|\A(?:subscribe|download|share|read|watch|listen|get|join|support|send)\b|©|www\.",
    re.I,
)
_ENDS = re.compile(r"[.!?…]['’)”\"]?\Z")
_SENTENCE = 5  # words, at least
_LABELLED = re.compile(r"[^:.]{2,40}: \S.*")
_LIKE_NEWS = re.compile(r"[.!?…]['’)]?\Z|[\d%$£€“”\"]")


def line_key(line: str) -> str:
    """What two showings of a line of furniture have in common: case and figures may differ, but a
    sentence with another figure says something else."""
    key = " ".join(line.casefold().split())
    return key if _is_sentence(key) and not _speaks_of_page(key) else re.sub(r"\d+", "0", key)


def states(line: str) -> bool:
    """Whether ``line`` says something that nothing else may say, and not only to its reader: a
    sentence, or a name or value behind what it is ("Press contact: Eva Lund").

    >>> [states(line) for line in ("Founded: 1921", "Sport", "Click here to see all that we have.")]
    [True, False, False]
    """
    told = _is_sentence(line) or bool(_LABELLED.fullmatch(line))
    return told and not _TO_THE_READER.search(line)


def is_page_furniture(key: str, articles: int, of: int) -> bool:
    """Whether a line with this key, in so many articles of all, is furniture."""
    if _LIKE_NEWS.search(key) and not _speaks_of_page(key):
        return articles >= SENTENCE_MIN_ARTICLES and articles >= SENTENCE_MIN_SHARE * of
    return articles >= MIN_ARTICLES and articles >= MIN_SHARE * of


def _is_sentence(line: str) -> bool:
    return bool(_ENDS.search(line)) and len(line.split()) >= _SENTENCE


def _speaks_of_page(key: str) -> bool:
    """Whether it is about the page: a sentence about Facebook is not, unless it is for readers."""
    if not _PAGE.search(key):
        return False
    return not _is_sentence(key) or bool(_TO_THE_READER.search(key))
