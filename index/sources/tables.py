"""CSV with a header to raw articles, one of each row; only one row is in memory at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace

from index.errors import SourceError
from index.sources.content import MAX_LINE_BYTES, Content
from index.sources.encodings import Decoded, as_read, decoded
from index.sources.raw import Reading, Skipped
from index.sources.records import from_any, one_line

_SIGNS = ",;\t|"


def read_csv(content: Content, origin: str, stem: str) -> Iterator[Reading]:
    """Rows under a header that names their fields. The sign between them is the header's."""
    csv.field_size_limit(MAX_LINE_BYTES)
    lines = _Lines(content)
    first = next(lines, "")
    header = next(csv.reader([first], delimiter=_sign(first)), [])
    if not any(map(str.strip, header)):
        yield Skipped(origin, "is empty", failed=False)
        return
    names = [name.strip() for name in header]
    named = dict.fromkeys(names, "x")
    if not any(content.names.first(named, field) for field in ("text", "summary")):
        shown = ", ".join(one_line(name) or "?" for name in names[:_MOST_SHOWN])
        yield Skipped(origin, f"no column is the text ({shown}); name it in [index.fields]")
        return
    rows, number = csv.reader(lines, delimiter=_sign(first)), 0
    while True:
        number += 1
        where, fallback_id = f"{origin}#{number}", f"{stem}-{number}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Skipped(where, f"not CSV: {error}")
            continue
        if len(row) > len(names) and any(map(str.strip, row[len(names) :])):
            few = f"has {len(row)} values, and the header {len(names)} names"
            yield Skipped(where, f"{few}; quote what holds the sign between them")
        elif any(map(str.strip, row)):
            record = dict(zip(names, row, strict=False))
            yield as_read(
                from_any(record, where, fallback_id, content.names),
                lines.taken(),
                f"row {number}, ",
            )


_MOST_SHOWN = 8


def _sign(header: str) -> str:
    """The sign between the fields: the one that the header has most of."""
    return max(_SIGNS, key=header.count)


class _Lines(Iterator[str]):
    """The lines of a table, decoded, with what had to be guessed or mended since it was asked."""

    def __init__(self, content: Content) -> None:
        self._lines, self._charset = content.lines(), content.charset
        self._read = Decoded("")

    def __next__(self) -> str:
        line = next(self._lines)
        if line is None:
            raise SourceError(f"a line longer than {MAX_LINE_BYTES // (1024 * 1024)} MB; split it")
        read = decoded(line, self._charset)
        guess = read.guess or self._read.guess
        self._read = Decoded("", guess, (*self._read.mended, *read.mended))
        return read.text

    def taken(self) -> Decoded:
        read, self._read = self._read, replace(self._read, guess=None, mended=())
        return read
