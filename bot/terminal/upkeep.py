"""What `pullquote index status` shows. Reads little of an index, so it is instant."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from bot.render.build_report import counted
from index.errors import StoreError
from index.paths import shown
from index.store import Store

_OUTLETS = 5  # named


def status_records(store: Store) -> list[dict[str, Any]]:
    """A record for each generation, newest first; an unreadable one says why."""
    current = store.current()
    return [
        {"generation": name, "published": name == current, **_record(store, name)}
        for name in reversed(store.generations())
    ]


def _record(store: Store, name: str) -> dict[str, Any]:
    try:
        manifest, texts = store.manifest(name), store.texts(name)
        dated = texts.dated()
        texts.close()
    except StoreError as error:
        return {"error": str(error)}
    return {
        "created": manifest.created,
        "articles": manifest.articles,
        "dated": dated,
        "passages": manifest.passages,
        "bytes": sum(size for size, _ in manifest.files.values()),
        "encoder": manifest.encoder.name,
        "dense": manifest.dense["kind"],
        "sources": [shown(source) for source in manifest.sources],
        "learned": [asdict(line) for line in manifest.learned],
    }


def status_lines(records: list[dict[str, Any]]) -> list[str]:
    """The records for people."""
    lines = []
    for record in records:
        mark = "*" if record["published"] else " "
        if "error" in record:
            lines.append(f"{mark} {record['generation']}  {record['error']}")
            continue
        undated = record["articles"] - record["dated"]
        lines.append(
            f"{mark} {record['generation']}  {counted(record['articles'], 'article')}"
            f"{f' ({undated:,} without a date)' if undated else ''}, "
            f"{counted(record['passages'], 'passage')}, {record['bytes'] / 1e6:,.1f} MB, "
            f"{record['encoder']}, {record['dense']}"
        )
        if record["published"]:
            lines += [f"    from {source}" for source in record["sources"]]
            lines += _learned(record["learned"])
    return [*lines, "* answers questions"]


def _learned(learned: list[dict[str, Any]]) -> list[str]:
    """The lines that recur and were left out, counted by outlet."""
    if not learned:
        return []
    outlets = Counter(line["outlet"] for line in learned).most_common()
    told = ", ".join(f"{outlet} {count}" for outlet, count in outlets[:_OUTLETS])
    more = ", …" if len(outlets) > _OUTLETS else ""
    kept = sum(line["kept"] for line in learned)
    return [
        f"    {len(learned)} lines that recur are left out ({told}{more}), {kept} of them kept in"
        " one article each; all of them: pullquote index status --json"
    ]
