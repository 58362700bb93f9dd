"""Which sources a build reads: those named now, and those of the builds before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from index.errors import SourceError
from index.paths import shown as shown_path
from index.sources.added import add_url
from index.sources.addresses import shown
from index.sources.raw import RawArticle, Skipped, Source
from index.sources.reading import is_url, places_of
from index.sources.web import FetchLimits


def all_sources(named: Sequence[Source], remembered: Sequence[str], prune: bool) -> list[Source]:
    """The sources named now and those of the last build. Raises SourceError for a vanished one.

    A folder that is not mounted today must not delete its articles: dropping a source takes
    ``prune``, which keeps only what is named now, or, when nothing is, what still exists.
    """
    now = [source if isinstance(source, str) else _resolved(source) for source in named]
    before: list[Source] = [text if is_url(text) else Path(text) for text in remembered]
    gone = [s for s in before if isinstance(s, Path) and s not in now and not holds_articles(s)]
    if prune:
        return now or [source for source in before if source not in gone]
    if gone:
        raise SourceError(
            f"{shown_path(gone[0])}: was indexed before and is gone or empty; bring it back, or "
            "drop its articles: pullquote index build --prune"
        )
    return list(dict.fromkeys([*before, *now]))


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError:  # links in a circle: reading it says so
        return path.absolute()


def to_read(
    sources: Sequence[Source],
    added: Path,
    limits: FetchLimits,
    skip: Callable[[Skipped], None],
    fetched: Callable[[RawArticle, str], None],
) -> list[Path]:
    """The files and folders to read: what addresses give is fetched into ``added`` first, and
    ``fetched`` is told each article with its address.

    What was fetched before stays: an item leaves its feed, not the archive, and an address that
    does not answer today may answer tomorrow.
    """
    paths = [source for source in sources if isinstance(source, Path)]
    for url in (source for source in sources if isinstance(source, str)):
        try:
            for article in add_url(url, added, limits):
                fetched(article, shown(url))
        except SourceError as error:
            skip(Skipped(shown(url), str(error).removeprefix(f"{shown(url)}: ")))
    return [*paths, added] if holds_articles(added) else paths


def holds_articles(path: Path) -> bool:
    """Whether there is any file that can be read, or any folder that cannot be looked into."""
    try:
        return bool(places_of(path))
    except SourceError:
        return False
