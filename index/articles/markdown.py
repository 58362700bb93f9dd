"""The door to markdown-it: text that is plainly Markdown, as HTML. Pure.

Most texts are none, and many hold signs that only look like it: "a * b", "[sic]", "#1", a
snake_case. So there must be something that nobody writes but in Markdown.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_PLAINLY = re.compile(
    r"!?\[[^\[\]\n]{1,200}\]\((?:https?:|mailto:|www\.|[./#]|[\w-]+\.[a-z])[^\s()]*[)\s]|"  # a link
    r"!\[[^\[\]\n]{0,200}\]\([^\s()]+[)\s]|"  # a picture
    r"(?<![*\w])\*\*[^\s*][^*\n]{0,200}\*\*|"  # bold
    r"(?<![_\w])__(?=[A-Z]|[^\s_]{1,40} )[^\s_][^_\n]{0,200}__(?!\w)|"
    r"(?<![*\w])\*[^\s*][^*\n]{0,80}(?<!\s)\*(?![*\w])|"  # emphasis, on one line
    r"(?<![_\w])_[^\s_][^_\n]{0,80}(?<!\s)_(?![_\w])|"
    r"~~[^\s~][^~\n]{0,200}~~|(?<![`\w])`[^\s`][^`'’\n]{0,80}`(?![`\w])|"  # struck out, code
    r"^#{1,6} [^\W\da-z]|^ {0,3}(?:```|~~~)|^\[[^\[\]\n]{1,80}\]: ?(?:https?:|www\.)|"
    r"^ {0,3}> [^\W\d]|"  # headings, code, addresses, what is quoted
    r"^ {0,3}\|?(?: ?:?-{3,}:? ?\|)+ ?:?-{0,99}:?[ |]*$|^ {0,3}[-*+] \[[ xX]\] ",  # tables, tasks
    re.M,
)
_NOTE, _NOTE_TEXT = (
    re.compile(r"(?<=\S)\[\^[\w-]{1,40}\]"),
    re.compile(r"^\[\^[\w-]{1,40}\]: ?", re.M),
)
_NO_ADDRESS = re.compile(r"^( {0,3})(?=\[[^\[\]\n]{1,200}\]:(?! ?(?:https?:|www\.|[</#])))", re.M)
"""Who speaks in a transcript ("[Ann]: Yes") would be taken for the name of a link."""
_TASK = re.compile(r"^(\s{0,12}[-*+] )\[[ xX]\] ", re.M)
_WITHIN_A_WORD = re.compile(r"(?<=\w)([*`])(?=\w)")


def is_markdown(text: str) -> bool:
    """Whether there is anything in ``text`` that only Markdown has.

    >>> is_markdown("It is **not** so."), is_markdown("2 * 3 * 4 is #1 [sic] of snake_case_names")
    (True, False)
    """
    return bool(_PLAINLY.search(text))


def as_html(text: str) -> str:
    """The HTML that the Markdown ``text`` stands for. Line ends stay, and so do stars and accents
    in the middle of words."""
    text = _NO_ADDRESS.sub(r"\1\\", _NOTE.sub("", _NOTE_TEXT.sub("\n", text)))
    text = _WITHIN_A_WORD.sub(r"\\\1", _TASK.sub(r"\1", text))
    return str(_parser().render(text))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # slow to import; most archives hold no Markdown

    return (
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).disable("code")
    )
