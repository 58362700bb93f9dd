"""A fetched page to raw articles: by what it says it is, and by how it begins."""

from __future__ import annotations

import io
from collections.abc import Iterator

from index.errors import SourceError
from index.sources.content import Content, root_name
from index.sources.feeds import feed_articles, is_feed
from index.sources.html_pages import html_article
from index.sources.raw import Reading, Skipped
from index.sources.records import read_json, read_jsonl, read_text
from index.sources.web import FetchedPage

_HTML = ("text/html", "application/xhtml+xml")
_XML = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_XML_OR_TEXT = ("application/xml", "text/xml", "text/plain", "")
_JSON_LINES = ("application/jsonl", "application/x-ndjson", "application/x-jsonlines")


def read_page(page: FetchedPage) -> Iterator[Reading]:
    """The articles of a page: one for HTML and text, each item of a feed, each record of JSON.

    Ids begin with the address, or are those that a feed or record gives.
    """
    kind, content = page.media_type, Content(io.BytesIO(page.body), charset=page.charset)
    try:
        # Feeds are served as almost anything: what a text begins with counts for more.
        if is_feed(page.body) and kind in (*_HTML, *_XML, *_XML_OR_TEXT):
            yield from feed_articles(page.body, page.url, page.url, page.content_type, page.url)
        elif kind in _HTML or (kind in _XML_OR_TEXT and root_name(page.body) == "html"):
            yield html_article(page.body, page.url, page.url, page.charset, page.url)
        elif kind == "application/json":
            yield from read_json(content, page.url, page.url)
        elif kind in _JSON_LINES:
            yield from read_jsonl(content, page.url, page.url)
        elif kind == "text/plain":
            yield from read_text(content, page.url, page.url)
        else:
            what = "not RSS or Atom" if kind in (*_XML, *_XML_OR_TEXT) else f"a {kind}"
            wanted = "give the address of an HTML page, a feed, a text or JSON"
            yield Skipped(page.url, f"{what}, not an article; {wanted}")
    except SourceError as error:
        yield Skipped(page.url, str(error))
    except Exception as error:  # whatever a parser makes of it, it is the page's fault
        yield Skipped(page.url, f"cannot be read ({type(error).__name__})")
