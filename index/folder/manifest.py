"""The manifest of a generation on disk: JSON, the schema first, a checksum for every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, astuple
from pathlib import Path

from index.errors import DamagedError, SchemaError
from index.model import SCHEMA, EncoderCard, LearnedLine, Manifest

FILE = "manifest.json"


def write(manifest: Manifest, folder: Path) -> None:
    card = manifest.encoder
    record = {
        "schema": manifest.schema,  # first, so that any later reader can tell
        "generation": manifest.generation,
        "created": manifest.created,
        "encoder": asdict(card),
        "recipe": manifest.recipe,
        "dense": manifest.dense,
        "content": manifest.content,
        "sources": list(manifest.sources),
        "articles": manifest.articles,
        "passages": manifest.passages,
        "learned": [list(astuple(line)) for line in manifest.learned],
        "files": {
            name: {"bytes": size, "sha256": digest}
            for name, (size, digest) in manifest.files.items()
        },
    }
    text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    # A name that is not UTF-8 is half a character here, and JSON has an escape for these.
    (folder / FILE).write_text(text, encoding="utf-8", errors="backslashreplace")


def read(folder: Path) -> Manifest:
    """Raises SchemaError for another version's manifest, DamagedError for a broken one."""
    try:
        record = json.loads((folder / FILE).read_text(encoding="utf-8"))
        schema = record["schema"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedError(f"{folder / FILE} cannot be read; rebuild the index.") from error
    if schema != SCHEMA:
        raise SchemaError(
            f"The index in {folder} has schema {schema}; this pullquote reads schema {SCHEMA}. "
            "Rebuild it: pullquote index build"
        )
    try:
        return Manifest(
            generation=record["generation"],
            created=record["created"],
            encoder=EncoderCard(**record["encoder"]),
            recipe=record["recipe"],
            dense=record["dense"],
            content=record["content"],
            sources=tuple(record["sources"]),
            articles=record["articles"],
            passages=record["passages"],
            learned=tuple(LearnedLine(*line) for line in record.get("learned", ())),
            files={name: (f["bytes"], f["sha256"]) for name, f in record["files"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise DamagedError(f"{folder / FILE} is not a manifest; rebuild the index.") from error


def checksum(file: Path) -> tuple[int, str]:
    """(bytes, SHA-256 in hex) of a file."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return file.stat().st_size, digest


def faults(files: Mapping[str, tuple[int, str]], folder: Path) -> dict[str, str]:
    """Those of ``files`` (name to bytes and SHA-256) that differ, each with how. Empty: none."""
    found: dict[str, str] = {}
    for name, expected in files.items():
        try:
            size = (folder / name).stat().st_size
            if size != expected[0]:
                found[name] = f"has {size} bytes instead of {expected[0]}"
            elif checksum(folder / name) != expected:
                found[name] = "has changed"
        except FileNotFoundError:
            found[name] = "is missing"
        except OSError as error:
            found[name] = f"cannot be read: {error.strerror}"
    return found
