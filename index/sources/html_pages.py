"""The door to trafilatura, and to the lxml under it: HTML to articles and to plain text."""

from __future__ import annotations

import re
import sys
from typing import Any

from index import links
from index.sources.content import root_name
from index.sources.encodings import Decoded, as_read, decoded
from index.sources.fields import raw_article
from index.sources.html_prepared import prepare, prepare_piece
from index.sources.not_articles import why_none
from index.sources.raw import Reading, Skipped

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.I)
_SPACES, _SPACES_IN_LINE = re.compile(r"\s+"), re.compile(r"[^\S\n]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no tree of XML takes, though a parser of HTML lets a reference to it through."""
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,9999})|([0-9]{1,9999}));?")
_LEAST = 20
"""Letters and digits of the shortest article: what is left of an empty page is its menu."""
_SHORT = 80
"""Characters of a text that is taken to be all of a page's, at least."""
_UNSEEN = (
    "script", "style", "noscript", "template", "iframe", "object", "svg", "head",
    "del", "s", "strike",
)  # fmt: skip
"""What is not shown, or struck out: that is no longer said."""
_BLOCKS = frozenset(
    "address article aside blockquote center dd div dl dt figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr li main ol p pre section table tr ul".split()
)


def html_article(
    data: bytes, origin: str, stem: str, charset: str | None = None, url: str | None = None
) -> Reading:
    """The main text of a page with what it says about itself. Never raises on bad markup.

    ``charset`` and ``url`` are what the page was served with.
    """
    read = _decoded(data, charset)
    markup = _parsable(read.text)
    if root_name(data) != "html":
        markup = f"<html><body>{markup}</body></html>"  # a fragment: trafilatura wants a page
    try:
        text, page = _extracted(markup, url)
    except Exception as error:  # whatever a parser makes of such markup, it is the page's fault
        return Skipped(origin, f"cannot be parsed as HTML ({type(error).__name__})")
    if not text:
        return Skipped(origin, "no article text was found in this page")
    title = _field(page, "title")
    if refused := why_none(title or "", text):
        return Skipped(origin, refused)
    found = raw_article(
        origin,
        stem,
        text,
        title=title,
        url=_link(_field(page, "url"), url),
        source=_field(page, "sitename"),
        published=_field(page, "date"),
        author=_field(page, "author"),
    )
    return as_read(found, read)


def _extracted(markup: str, url: str | None) -> tuple[str, Any]:
    """The main text of a page, and what trafilatura says of it."""
    from trafilatura import bare_extraction  # slow to import; most archives hold no HTML
    from trafilatura.utils import load_html

    text, page = "", None
    for tables in (False, True):  # those that are left lay out an old page
        tree = load_html(markup)
        if tree is None:
            break
        prepare(tree)
        page = bare_extraction(
            tree,
            url=url,
            include_comments=False,
            include_tables=tables,
            with_metadata=True,
            config=_settings(),
            # A date that the page declares, not any date that it mentions.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
        text = _paragraphs(page)
        if text:
            break
    return text, page


def _settings() -> Any:
    """trafilatura's, but that two short paragraphs are an article: what it falls back to runs them
    together with the headline."""
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_SHORT))
    return config


def html_text(markup: str, line_ends: bool = False) -> str:
    """A piece of HTML as plain text: paragraphs apart by an empty line, nothing unseen.

    With ``line_ends`` those of the piece stay, for text that was marked up a little.

    >>> html_text("<p>Bread &amp; salt.</p><script>x()</script><p>So <b>be</b> it.")
    'Bread & salt.\\n\\nSo be it.'
    """
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    source = f"<html><body><div>{_parsable(markup)}</div></body></html>"
    try:
        root = lxml_html.document_fromstring(source.encode("utf-8", "ignore"), parser=parser)
    except (etree.LxmlError, ValueError):
        return ""
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    prepare_piece(root)
    spaces = _SPACES_IN_LINE if line_ends else _SPACES
    for element in root.iter():
        around = "\n\n" if element.tag in _BLOCKS else ""
        between = around or {"br": "\n", "td": " ", "th": " "}.get(str(element.tag), "")
        element.text = around + spaces.sub(" ", element.text or "")
        element.tail = between + spaces.sub(" ", element.tail or "")
    lines = (line.strip() for line in "".join(root.itertext()).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" {2,}", " ", "\n".join(lines))).strip()


def _parsable(markup: str) -> str:
    return _CONTROL.sub("", _REFERENCE.sub(_character, markup))


def _character(reference: re.Match[str]) -> str:
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    number = int(digits, base) if len(digits) <= 8 else -1
    known = 0 < number <= sys.maxunicode and not _CONTROL.match(chr(number))
    return reference[0] if known else ""


def _decoded(data: bytes, charset: str | None) -> Decoded:
    """As browsers do: the byte order mark, the server, the page itself; then a guess."""
    found = _META_CHARSET.search(data[:4096]) or _XML_CHARSET.search(data[:200])
    inside = found[1].decode("ascii", "ignore") if found else ""
    if inside.lower().startswith("utf-16"):
        inside = ""  # it could not have been read if it were true
    return decoded(data, charset, inside)


def _paragraphs(page: Any) -> str:
    """trafilatura writes a paragraph a line, and a hyphen of its own before each list item."""
    lines = ((getattr(page, "text", None) or "").strip()).split("\n")
    kept = (line.strip().removeprefix("- ").strip() for line in lines)
    text = "\n\n".join(line for line in kept if line)
    return text if sum(character.isalnum() for character in text) >= _LEAST else ""


def _field(page: Any, name: str) -> str | None:
    value = getattr(page, name, None)
    return _SPACES.sub(" ", str(value)).strip() or None if value else None


def _link(canonical: str | None, served: str | None) -> str | None:
    """The page's canonical address, if it can be: a link on the host that served the page."""
    own = served is None or links.host(canonical) == links.host(served)
    return canonical if own and links.is_web(canonical) else served
