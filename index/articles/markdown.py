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

_PLAINLY = tuple(
    (sign, re.compile(pattern, re.M))
    for sign, pattern in (
        ("](", r"\[[^\[\]\n]{1,200}\]\((?:https?:|mailto:|www\.|[./#]|[\w-]+\.[a-z])[^\s()]*[)\s]"),
        ("![", r"!\[[^\[\]\n]{0,200}\]\([^\s()]+[)\s]"),
        ("]:", r"^\[[^\[\]\n]{1,80}\]: ?(?:https?:|www\.)"),
        ("**", r"(?<![*\w])\*\*[^\s*][^*\n]{0,200}\*\*"),
        ("__", r"(?<![_\w])__(?=[A-Z]|[^\s_]{1,40} )[^\s_][^_\n]{0,200}__(?!\w)"),
        ("*", r"(?<![*\w])\*[^\s*][^*\n]{0,80}(?<!\s)\*(?![*\w])"),
        ("_", r"(?<![_\w])_[^\s_][^_\n]{0,80}(?<!\s)_(?![_\w])"),
        ("~~", r"~~[^\s~][^~\n]{0,200}~~|^ {0,3}~~~"),
        ("`", r"(?<![`\w])`[^\s`][^`'’\n]{0,80}`(?![`\w])|^ {0,3}```"),
        ("# ", r"^#{1,6} [^\W\da-z]"),
        ("> ", r"^ {0,3}> [^\W\d]"),
        ("---", r"^ {0,3}\|?(?: ?:?-{3,}:? ?\|)+ ?:?-{0,99}:?[ |]*$"),
        ("] ", r"^ {0,3}[-*+] \[[ xX]\] "),
    )
)
"""What only Markdown has, each with the sign to look for first, as most texts have none of them."""
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
    return any(sign in text and pattern.search(text) for sign, pattern in _PLAINLY)


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
