"""The path of an article: read, clean, split, embed, write, publish."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.articles import clean, duplicates, stories
from index.articles.boilerplate import Furniture, LineCounts
from index.articles.passages import split
from index.build_options import BuildOptions, BuildReport, Progress
from index.dating import Dates
from index.errors import SourceError, StoreError
from index.ingest import Ingest
from index.language import facts, sentences, vocabulary, words
from index.losses import refuse_loss
from index.model import EncoderCard, LearnedLine, Manifest, StoredArticle
from index.models.encoder import Encoder
from index.paths import shown
from index.sources.raw import Source
from index.sources.remembered import all_sources, to_read
from index.spool import Spool
from index.store import Draft, Generation, Store, new_generation_id

__all__ = ["BuildOptions", "BuildReport", "Progress", "Source", "build"]


def build(
    sources: Sequence[Source],
    store: Store,
    load_encoder: Callable[[], Encoder],
    options: BuildOptions | None = None,
    progress: Progress = lambda phase, more, total: None,
) -> BuildReport:
    """Bring the index up to date with ``sources`` and those it was built from before; publish.

    A source is a file, a folder, or the address of a page or feed. Only passages that were never
    embedded are embedded. The published index is untouched until the last step, one rename. Raises
    SourceError, LossError, ModelError or StoreError; a full disk is a StoreError.
    """
    with store.building():
        try:
            return _build(sources, store, load_encoder, options or BuildOptions(), progress)
        except OSError as error:
            raise StoreError(
                f"{error.filename or store.name}: {error.strerror or error}; "
                "the published index is untouched."
            ) from error


def _build(
    sources: Sequence[Source],
    store: Store,
    load_encoder: Callable[[], Encoder],
    options: BuildOptions,
    progress: Progress,
) -> BuildReport:
    report = BuildReport()
    before = _last_generation(store)
    named = all_sources(sources, before.manifest.sources if before else (), options.prune)
    progress("fetching", 0, None)
    paths = to_read(named, store.added, options.limits, report.skip, report.mend)
    if not paths:
        raise SourceError(report.failures() or "Nothing to build from: name a folder or a file.")
    generation = new_generation_id()
    draft = store.draft(generation, before.manifest.generation if before else None, recipe(options))
    try:
        _fill(draft, paths, options, report, progress)
        if options.strict and report.skipped:
            raise SourceError(f"{report.failures()}; nothing was published (--strict).")
        refuse_loss(draft, 1 if options.prune else options.most_lost)
        encoder = load_encoder()
        manifest = _manifest(generation, encoder.card, options, draft, named, report.learned)
        report.articles, report.passages = draft.articles, draft.passages
        if before and _same(before, store.current(), manifest):
            report.unchanged = True
            return _counted(report, before)

        def embedded(more: int, total: int) -> None:
            report.embedded += more
            progress("embedding", more, total)

        progress("grouping", 0, None)
        draft.group(stories.grouped)
        draft.embed(encoder, embedded)
        progress("publishing", 0, 1)
        store.publish(draft, manifest)
        store.collect(options.keep)
        progress("publishing", 1, 1)
        return _counted(report, store.open(generation))
    finally:
        draft.discard()  # after a success there is nothing left of it


def _counted(report: BuildReport, published: Generation) -> BuildReport:
    report.generation = published.manifest.generation
    report.stories, report.dated = published.stories_in_all(), published.dated()
    return report


def _fill(
    draft: Draft,
    sources: Sequence[Path],
    options: BuildOptions,
    report: BuildReport,
    progress: Progress,
) -> None:
    """Read, clean and split everything into the draft."""
    lines, dates, count = LineCounts(), Dates(report), 0
    spool = Spool(draft.scratch / "raw.jsonl", dates)
    Furniture(options.boilerplate)  # a pattern that is none is said before hours of reading
    for more in spool.fill(sources, lines, report, options.names):
        count += more
        progress("reading", more, None)
    furniture = Furniture(options.boilerplate, *lines.learned())
    report.learned = lines.told()
    fruitful: set[int] = set()
    ingest = Ingest(spool, furniture, draft.before)
    for one in ingest.articles(report.skip, options.prune):
        progress("cleaning", 0 if one.kept else 1, count)
        fruitful.add(one.source)
        if one.kept:
            report.kept[one.origin.file if one.origin else ""] += 1
        if one.article is None:
            report.duplicates += 1
        elif isinstance(one.article, StoredArticle):
            draft.keep(one.article_id, one.made_of, one.article, one.origin)
        else:
            passages = split(one.article, options.size, draft.passages)
            signature = duplicates.signature(one.article.body)
            draft.add(one.article, one.made_of, passages, signature, one.origin)
        if one.replaced:
            draft.remember(one.article_id, one.replaced)
    spool.remove()
    report.replaced = ingest.history.replaced
    report.duplicates += ingest.history.repeated
    fruitful |= ingest.outdated
    barren = [source for number, source in enumerate(sources) if number not in fruitful]
    if barren:
        # Named by mistake, or damaged: better said now than found missing later.
        raise SourceError(_nothing(barren[0], report))


def _last_generation(store: Store) -> Generation | None:
    """The published generation, or the newest one that can still be read, to take over from."""
    current = store.current()
    older = [name for name in store.generations() if current and name < current]
    for name in [*([current] if current else []), *reversed(older)]:
        with contextlib.suppress(StoreError):
            return store.open(name)
    return None


def _same(before: Generation, current: str | None, manifest: Manifest) -> bool:
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
    generation: str,
    card: EncoderCard,
    options: BuildOptions,
    draft: Draft,
    named: Sequence[Source],
    learned: tuple[LearnedLine, ...],
) -> Manifest:
    return Manifest(
        generation=generation,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder=card,
        recipe=recipe(options),
        dense={},
        content=draft.content,
        sources=tuple(map(str, named)),
        articles=0,
        passages=0,
        files={},
        learned=learned,
    )


def recipe(options: BuildOptions) -> dict[str, Any]:
    """How passages are made: stored with the index, so that nothing is mixed."""
    return {
        "clean": clean.VERSION,
        "sentences": sentences.VERSION,
        "facts": facts.VERSION,
        "words": words.VERSION,
        "vocabulary": vocabulary.VERSION,
        "duplicates": duplicates.VERSION,
        "stories": stories.VERSION,
        "boilerplate": list(options.boilerplate),
        "passage_words": {"enough": options.size.enough, "most": options.size.most},
    }


def _nothing(source: Path, report: BuildReport) -> str:
    name = shown(source)
    failed = report.failures(name)
    if failed:
        return f"{failed}; no article was found in {name}."
    return f"{name}: no articles here; add files with text, or leave this source out."
