"""The furniture of news pages that is known beforehand: patterns for whole lines. Pure.

News lost is worse than noise kept. So a rule matches a whole line or nothing, lines over
``MAX_LINE`` are never looked at, and a line that reports speech ("…, the minister said") is news
whatever it begins with. Only a label with a colon or bar ("READ: …") stands above that, because
the headline behind it may report speech itself.

Every line of every article is tried against all of them, so none may take longer than its line is
long: what repeats is possessive ("*+") or cannot be read in two ways.
"""

from __future__ import annotations

import re
from functools import lru_cache

MAX_LINE = 240
"""Code points. Every line of furniture that was met is shorter; most paragraphs of news are not."""

_NETWORK = (
    r"(?:facebook|twitter|x|whatsapp|telegram|linkedin|pinterest|reddit|instagram|messenger|"
    r"youtube|tumblr|tiktok|flipboard|viber|threads|bluesky|mastodon|google(?: news|\+)?|e-?mail|"
    r"print|sms|copy(?: link)?)"
)
_NETWORKS = rf"{_NETWORK}(?:(?: ?[,|/·•&] ?| and | or | ){_NETWORK})*"
_THIS = r"(?:this|the|our|your|an?)(?: (?:full|whole|related))?"
_PIECE = r"(?:article|story|page|post|news|video|report|content|item|interview)"
_LETTER = (
    r"(?:newsletters?|e-?mails?|inbox|alerts?|briefings?|mailing list|bulletins?|podcasts?|"
    r"(?:telegram|whatsapp|youtube) (?:channel|group)|app|notifications)"
)
_AGENCY = (
    r"(?:getty(?: images)?|reuters|afp|ap|associated press|epa|pa(?: media| wire)?|alamy|"
    r"shutterstock|istock|unsplash|xinhua|anadolu|bloomberg|handout|file|supplied|courtesy)"
)
# A name such as "Jane Doe" or "Example Media Ltd.": words with capitals, few of them. A mark or a
# space must part them, or a line of capitals could be read in exponentially many ways.
_WORD = rf"(?:{_AGENCY}|the|of|and|by|for|via|(?-i:[A-Z])[\w.'’&-]*)"
_NAME = rf"{_WORD}(?:(?: ?[,/|] ?| ){_WORD}){{0,7}}"

LABELS = (
    r"(?:read|also read|read also|read more|see also|related|related (?:news|stor(?:y|ies)|article"
    r"s?|reading|coverage|content)|read more on [\w ]{1,30}|read next|recommended|"
    r"must[- ]read|more on this|don['’]t miss)"
    r" ?[:|»>](?: ?[^ ].*)?",
    r"(?:also read|read also|read more|see also|must[- ]read) ?[-–—] .+",
    r"(?:watch|listen|video|in pictures) ?[:|] [^.]+",
)
"""Cross-links: a label, then another article's headline."""

PHRASES = (
    # share bars
    r"(?:[\d.,]+k? )?(?:share|tweet)s?[:!]?",
    rf"(?:please )?(?:share|tweet|e-?mail|print|send|save|bookmark|copy|gift|reuse) {_THIS}"
    rf"(?: {_PIECE})?"
    rf"(?: (?:on|via|by|with|to))?(?: your friends| a friend)?[:|]? ?(?:{_NETWORKS})?[.!]?",
    rf"(?:share|send|tweet)(?: (?:on|via|by|to|with))?[:|]? (?:{_NETWORKS}|a friend|(?:your )?"
    r"friends)",
    rf"{_NETWORK}(?:(?: ?[|/·•] ?| )?{_NETWORK})+",
    r"copy link|link copied!?|pin it|print|save(?: story| article| for later)?|"
    r"explore more on these topics|have your say|list of \d+ items?|(?:show|hide) caption",
    r"(?:published|updated|posted)? ?\d+ (?:second|minute|hour|day|week|month|year)s? ago|"
    r"(?:this article is )?more than \d+ (?:month|year)s? old",
    r"click to (?:share|e-?mail|print).{0,60}|.{0,40}\(opens? in (?:a )?new window\)",
    # cross-links without a headline
    r"(?:related|read next|you (?:may|might) (?:also )?like|what to read next)[:.]?",
    rf"related (?:{_PIECE}s?|articles|stories|topics|links|posts|coverage|news)[:.]?",
    rf"more from {_NAME}|more on this (?:story|topic|subject)[:.]?|more ?[>»]+",
    r"recommended(?: (?:for you|stories|articles|reading))?:?|trending(?: now)?:?",
    r"(?:most|popular) (?:read|popular|viewed|watched|shared|commented|now|stories|posts)",
    r"(?:top|latest|other|more) (?:stories|news|headlines|articles|videos)",
    r"(?:next|previous|prev) (?:article|post|story|page)|around the bbc|editor['’]?s['’]? picks?",
    r"(?:continue|keep) reading(?: below| here| the main story)?[.…]*|(?:view|see|show|load) "
    r"(?:all|more)[.…]*|read (?:more|next|on)(?: here)?[.…»>]*",
    rf"(?:read|view|see|watch) the (?:full|whole|original|complete) {_PIECE}"
    r"(?: here| on (?:our|the) (?:web ?)?site)?[.:]?",
    # newsletters and subscriptions
    rf"(?:sign[- ]up|subscribe|register|join)\b[^.]{{0,60}}\b{_LETTER}\b[^.]{{0,80}}[.!]?",
    r"(?:sign[- ]up|sign in|log[- ]in|subscribe|register|unsubscribe)"
    r"(?: (?:here|now|today|for free|free))?[.!:]?",
    r"(?:subscribe|register|sign up|log in|sign in)(?: for free| now| here)? to (?:continue|keep|"
    r"read|unlock|access)\b.{0,60}",
    rf"(?:get|receive|have|want|never miss)\b.{{0,80}}\b(?:in|to|into) your {_LETTER}\b.{{0,40}}",
    r"(?:enter|type) your e-?mail(?: address)?.{0,40}|(?:your )?e-?mail(?: address)? ?\*?",
    r"already (?:a|have an?) (?:subscriber|member|account|subscription)\b.{0,40}|if you are a user "
    r"already, .{0,20}|subscriber only(?: stor(?:y|ies))?(?: ?view all)?",
    r"(?:download|get|install) (?:our|the [\w ]{1,20}) app\b.{0,60}",
    rf"(?:get )?(?:our )?free (?:daily |weekly )?{_LETTER}|(?:sign|log)[- ]?in ?/ ?(?:register|sign"
    r"[- ]up|join)|(?:stay|keep) up to date with (?:the|our) latest (?:news|stories)[.!]?",
    r"thank(?:s| you) for (?:subscribing|signing up|registering)[.!]?.{0,60}",
    r"(?:turn on|enable|allow) (?:our )?(?:push )?notifications\b.{0,60}",
    r"(?:support|help us|donate)\b.{0,60}\b(?:become a (?:member|supporter|subscriber)|donat"
    r"(?:e|ion)|contribut(?:e|ion))\b.{0,40}",
    r"by (?:signing up|subscribing|registering|continuing|clicking|submitting|using)\b.{0,60}\b"
    r"(?:you|i) (?:agree|accept|consent|acknowledge)\b.{0,120}",
    # cookies and consent
    r"(?:we|our (?:web)?site|this (?:web)?site|[\w.]+ and (?:our|its) partners) uses? (?:our own "
    r"|third[- ]party )?cookies\b.{0,60}\b(?:experience|content|ads|site|website|services?|traffic"
    r"|analy\w+|browsing|settings)\b.{0,100}|(?:we|this (?:web)?site) uses? cookies\.?",
    r"(?:accept|reject|allow|manage|decline) (?:all )?(?:cookies|consent|preferences|choices)",
    r"cookies?(?: (?:settings|policy|preferences|notice|consent))?",
    r"(?:privacy|cookie) policy(?:(?: ?[|·•,/&-] ?| and )(?:(?! and )[\w ]){2,30}+)*+",
    r"terms (?:of (?:use|service)|and conditions|& conditions)(?: apply)?\.?"
    r"(?: ?[|·•] ?[\w ©]++)*+",
    r"(?:please |you need to )?(?:enable|turn on|allow) (?:javascript|cookies)\b.{0,80}|your "
    r"browser (?:does not"
    r"|doesn['’]t|is not|isn['’]t)\b.{0,80}|javascript is (?:required|disabled)\b.{0,60}",
    # advertisements
    r"[^\w]*(?:(?:skip )?advertisements?(?: \d)?|advertorial|sponsored|promoted|"
    r"ads? by \w+|ad|skip ad)[^\w]*",
    r"(?:sponsored|paid|promoted|partner) (?:content|post|stor(?:y|ies)|links?)(?: (?:by|from) "
    r"[\w ]{1,30})?",
    rf"(?:{_PIECE}|scroll)? ?continues? (?:reading )?(?:below|after)(?: (?:the |this )?(?:adverti"
    r"sement|ad|promotion))?[.…:]*|advertisement ?[-–—|.:] ?.{0,50}|\[/?ad_\d+\]",
    # social media
    rf"(?:follow|like|find|join|connect with|subscribe to)(?: (?:us|me|@\w+|{_NAME}))?"
    rf"(?: (?:on|via|at))?[:|]? ?(?:our )?{_NETWORKS}(?: ?[,:]? ?(?:and )?(?:@\w+|for .{{0,50}}))?"
    r"[.!]?",
    r"follow us[:.]?|join (?:the|our) (?:conversation|discussion|community|debate)"
    rf"(?: (?:on|in|below|at) .{{0,40}})?[.!]?|join our {_NETWORK} (?:channel|group|page)[.!]?",
    # copyright
    rf"(?:copyright )?(?:©|\(c\)) ?\d{{0,4}}(?:[-–]\d{{2,4}})?,? ?(?:{_NAME})?[.,]?(?: ?all rights "
    r"reserved\.?)?(?: [^.]{0,100}\.)?",
    rf"copyright,? \d{{4}}(?:[-–]\d{{2,4}})?,?\.?(?: {_NAME}\.?)?(?: (?:all rights|no part|this "
    r"|reproduction).{0,160})?",
    r"(?:[^.]{0,80}[.,©|] ?)?all rights reserved(?:\.(?: .{0,160})?)?",
    rf"(?:no part of this|this|the) (?:{_PIECE}|material|publication|site)\b.{{0,40}}\bmay "
    r"(?:not )?be (?:published|reproduced|redistributed|copied|rewritten)\b.{0,120}",
    r"[^.]{1,40} (?:is|are) not responsible for the content of external (?:internet |web ?)?sites?"
    r"\.?(?: read about .{0,60})?",
    # instructions to the reader of a page
    r"(?:click|tap)(?: on)? (?:here|below|above|the (?:image|picture|photo|link|video|button)|this "
    r"link)(?: (?:to|for) .{1,80})?[.!:]?",
    r"(?:click|tap) to (?:enlarge|expand|view|play|read|listen|watch|see|subscribe|zoom|unmute)\b"
    r".{0,40}",
    r"(?:skip|jump|go) to (?:main |the )?(?:content|navigation|comments|top)|back to (?:the )?top|"
    r"scroll (?:down )?(?:for|to) (?:more|continue|read)\b.{0,30}",
    # pictures
    rf"\(?(?:(?:file |stock )?(?:photo|photograph|image|picture|pic|video)s?)(?: (?:credits?|"
    rf"source|by|from|courtesy(?: of)?|via))*(?: ?[:|/©,]| by| from) ?{_NAME}\)?\.?",
    r"\(?(?:file|stock) (?:photo|photograph|image|picture|pic)\)?|(?:image|media) caption|"
    r"getty images|image (?:source|credit)",
    # players
    r"(?:loading|please wait|buffering)[ .…]*|(?:loading )?(?:video|media|audio) player(?: is "
    r"loading)?[.…]*|this (?:video|content|audio) (?:can ?not|can['’]t|could not) be (?:played|"
    r"displayed|loaded)\b.{0,60}|(?:play|pause|watch) (?:video|audio|now)|media playback is "
    r"unsupported on your device",
    # comments
    r"(?:\d[\d,]* comments?|comments ?\(?\d*\)?|no comments yet|0 comments|comment on this "
    rf"{_PIECE})[.:]?",
    r"(?:leave|post|add|write|view|show|hide|read|see|submit)(?: (?:a|all|your|the|\d+))? "
    r"(?:comments?|reply)[.!]?|comments (?:are|have been) (?:now )?(?:closed|disabled|moderated)"
    r"\b.{0,60}|be the first to (?:comment|reply)\b.{0,40}",
    r"(?:log|sign) ?in to (?:post|leave|comment|reply|join|vote)\b.{0,40}|your e-?mail address will"
    r" not be published\b.{0,60}|report (?:a|this|an) (?:typo|error|comment|ad)[.!]?",
    # languages, listening, reading time
    rf"translate this {_PIECE}(?: in(?:to)?)?(?: \w+)?:?|(?:select|choose)(?: your)? language:?|"
    rf"listen to this {_PIECE}(?: \(?\d+ min(?:ute)?s?\)?)?",
    r"(?:estimated )?(?:reading|read) time ?:? ?\d+ ?min(?:ute)?s?\.?(?: read)?|"
    r"\d+ ?-?min(?:ute)?s? read",
)
"""Lines that address the reader of a page. None of these may report speech."""

REPORTS_SPEECH = re.compile(
    r"\b(?:said|says?|told|tells|added|warned|urged|asked|wrote|announced|joked|shouted|chanted|"
    r"argued|claimed|insisted|replied|testified|reported|promised|boasted|according to)\b|[“”\"]",
    re.IGNORECASE,
)
"""Signs that a line is somebody's words, or about them: never a phrase of a page."""


def compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """``patterns`` without regard to case. Raises re.error for one that is not a pattern."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_LABELS, _PHRASES = compiled(LABELS), compiled(PHRASES)


@lru_cache(maxsize=1 << 12)  # a line is asked about by itself and as its paragraph
def is_furniture(line: str) -> bool:
    """Whether ``line``, all of it, is furniture that every outlet has."""
    if len(line) > MAX_LINE:
        return False
    if any(rule.fullmatch(line) for rule in _LABELS):
        return True
    return not REPORTS_SPEECH.search(line) and any(rule.fullmatch(line) for rule in _PHRASES)
