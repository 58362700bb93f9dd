"""The path of an article: read, clean, split, embed, write, publish."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index import clean, ingest, sentences, words
from index.draft import Draft
from index.encoder import Encoder
from index.errors import SourceError, StoreError
from index.generation import LocalGeneration
from index.local import LocalStore, new_generation_id
from index.model import EncoderCard, Manifest
from index.passages import PassageSize, split
from index.sources import Skipped, article_files

Progress = Callable[[str, int, int | None], None]
"""Told (phase, how many more are done, of how many when that is known)."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build. ``keep`` generations stay on disk; ``strict`` fails on any skipped file."""

    size: PassageSize = field(default_factory=PassageSize)
    prune: bool = False
    strict: bool = False
    keep: int = 3


@dataclass(slots=True)
class BuildReport:
    """What a build did. ``skipped`` holds what was meant to be an article and is not there."""

    generation: str = ""
    articles: int = 0
    passages: int = 0
    stories: int = 0
    embedded: int = 0
    duplicates: int = 0
    unchanged: bool = False
    skipped: list[Skipped] = field(default_factory=list)
    ignored: list[Skipped] = field(default_factory=list)

    def skip(self, what: Skipped) -> None:
        (self.skipped if what.failed else self.ignored).append(what)


def build(
    sources: Sequence[Path],
    store: LocalStore,
    load_encoder: Callable[[], Encoder],
    options: BuildOptions = BuildOptions(),  # frozen
    progress: Progress = lambda phase, more, total: None,
) -> BuildReport:
    """Bring the index up to date with ``sources`` and those it was built from before; publish.

    Only passages that were never embedded are embedded. The published index is untouched until
    the last step, one rename. Raises SourceError, ModelError or StoreError; a full disk is a
    StoreError.
    """
    with store.building():
        try:
            return _build(sources, store, load_encoder, options, progress)
        except OSError as error:
            raise StoreError(
                f"{error.filename or store.root}: {error.strerror or error}; "
                "the published index is untouched."
            ) from error


def _build(
    sources: Sequence[Path],
    store: LocalStore,
    load_encoder: Callable[[], Encoder],
    options: BuildOptions,
    progress: Progress,
) -> BuildReport:
    report = BuildReport()
    before = _last_generation(store)
    paths = _all_sources(sources, before.manifest.sources if before else (), options.prune)
    read_from = [*paths, *([store.added] if _holds_articles(store.added) else [])]
    generation = new_generation_id()
    draft = store.draft(generation)
    try:
        _fill(draft, read_from, options, before, report, progress)
        if options.strict and report.skipped:
            first = report.skipped[0]
            raise SourceError(f"{first.origin}: {first.reason}; nothing was published (--strict).")
        encoder = load_encoder()
        manifest = _manifest(generation, encoder.card, options, draft, paths)
        report.articles, report.passages = draft.articles, draft.passages
        if before and _same(before, store.current(), manifest):
            report.generation, report.stories = before.manifest.generation, before.stories()
            report.unchanged = True
            return report
        journal = store.journal(encoder.card)

        def embedded(more: int, total: int) -> None:
            report.embedded += more
            progress("embedding", more, total)

        reusable = before and before.manifest.encoder == encoder.card and not before.dense_fault
        draft.embed(encoder, before.known() if before and reusable else None, journal, embedded)
        progress("publishing", 0, 1)
        store.seal(draft, manifest)
        store.publish(generation)
        journal.remove()
        store.collect(options.keep)
        progress("publishing", 1, 1)
        report.generation = generation
        report.stories = store.open(generation).stories()
        return report
    finally:
        draft.discard()  # after a success there is nothing left of it


def _fill(
    draft: Draft,
    sources: Sequence[Path],
    options: BuildOptions,
    before: LocalGeneration | None,
    report: BuildReport,
    progress: Progress,
) -> None:
    """Read, clean and split everything into the draft."""
    raw = draft.folder / "raw.jsonl"
    count = 0
    for more in ingest.spool(sources, raw, report.skip):
        count += more
        progress("reading", more, None)
    fruitful: set[int] = set()
    for one in ingest.articles(raw, report.skip):
        progress("cleaning", 1, count)
        fruitful.add(one.source)
        if one.article is None:
            report.duplicates += 1
        else:
            passages = split(one.article, options.size, first_key=draft.passages)
            draft.add(one.article, passages, b"")
    raw.unlink()
    barren = [source for number, source in enumerate(sources) if number not in fruitful]
    if barren:
        # Named by mistake, or damaged: better said now than found missing later.
        raise SourceError(_nothing(barren[0], report))


def _all_sources(named: Sequence[Path], remembered: Sequence[str], prune: bool) -> list[Path]:
    """The sources named now and those of the last build. Raises SourceError for a vanished one.

    A folder that is not mounted today must not delete its articles: dropping a source takes
    ``prune``, which keeps only what is named now, or, when nothing is, what still exists.
    """
    now = [path.resolve() for path in named]
    if prune:
        return now or [path for path in map(Path, remembered) if _holds_articles(path)]
    for path in map(Path, remembered):
        if path not in now and not _holds_articles(path):
            raise SourceError(
                f"{path}: was indexed before and is gone or empty; bring it back, or drop its "
                "articles: pullquote index build --prune"
            )
    return list(dict.fromkeys([*map(Path, remembered), *now]))


def _holds_articles(path: Path) -> bool:
    try:
        return bool(article_files(path))
    except SourceError:
        return False


def _last_generation(store: LocalStore) -> LocalGeneration | None:
    """The published generation, or the newest one that can still be read, to take over from."""
    current = store.current()
    older = [name for name in store.generations() if current and name < current]
    for name in [*([current] if current else []), *reversed(older)]:
        with contextlib.suppress(StoreError):
            return store.open(name)
    return None


def _same(before: LocalGeneration, current: str | None, manifest: Manifest) -> bool:
    """Whether the published generation already holds just this, unharmed."""
    old = before.manifest
    if before.dense_fault or old.generation != current:
        return False
    return (old.content, old.recipe, old.encoder, old.sources) == (
        manifest.content,
        manifest.recipe,
        manifest.encoder,
        manifest.sources,
    )


def _manifest(
    generation: str, card: EncoderCard, options: BuildOptions, draft: Draft, paths: Sequence[Path]
) -> Manifest:
    return Manifest(
        generation=generation,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder=card,
        recipe=recipe(options.size),
        dense={},
        content=draft.content,
        sources=tuple(map(str, paths)),
        articles=0,
        passages=0,
        files={},
    )


def recipe(size: PassageSize) -> dict[str, Any]:
    """How passages are made: stored with the index, so that nothing is mixed."""
    return {
        "clean": clean.VERSION,
        "sentences": sentences.VERSION,
        "words": words.VERSION,
        "passage_words": {"enough": size.enough, "most": size.most},
    }


def _nothing(source: Path, report: BuildReport) -> str:
    skipped = [skip for skip in report.skipped if skip.origin.startswith(str(source))]
    if skipped:
        more = f" ({len(skipped) - 1} more failed)" if len(skipped) > 1 else ""
        return f"{skipped[0].origin}: {skipped[0].reason}{more}; no article was found in {source}."
    return f"{source}: no articles here; add files with text, or leave this source out."
