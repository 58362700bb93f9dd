"""The bytes of a file or page, read within limits: a bad file must not take the memory."""

from __future__ import annotations

import codecs
import gzip
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from index.errors import SourceError
from index.sources.encodings import Decoded, decoded, is_text, is_wide
from index.sources.field_names import KNOWN, FieldNames

MAX_FILE_BYTES = 64 * 1024 * 1024
"""Longest file that is read whole (all formats but JSONL), after decompression. In bytes."""

MAX_LINE_BYTES = 16 * 1024 * 1024
"""Longest line of a JSONL file, which may itself be of any length. In bytes."""

MAX_EXPANSION = 200
"""A .gz of JSONL may grow to `MAX_FILE_BYTES`, or to this many times its size if that is more.
Text grows 3 to 20 times; a file made to fill the memory or the day, up to 1000 times."""

_PROLOGUE = re.compile(
    rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)", re.I | re.S
)
_ROOT = re.compile(rb"<([a-z][a-z0-9:]*)[\s/>]", re.I)


@dataclass(frozen=True, slots=True)
class Content:
    """A stream of bytes, at most ``most`` of them, in ``charset`` if one was declared. Its records
    call their fields by ``names``."""

    stream: BinaryIO
    most: int | None = None
    charset: str | None = None
    names: FieldNames = KNOWN

    def whole(self) -> bytes:
        """Everything. Raises SourceError beyond `MAX_FILE_BYTES`."""
        data = self.stream.read(MAX_FILE_BYTES + 1)
        if len(data) > MAX_FILE_BYTES:
            raise SourceError(f"longer than {_mb(MAX_FILE_BYTES)}; split it, or make it JSONL")
        return data

    def text(self) -> Decoded:
        """Everything, decoded, every line ended by a line feed. Raises SourceError as `whole`, and
        for what is no text."""
        found = decoded(self.whole(), self.charset)
        if not is_text(found):
            raise SourceError("not UTF-8, and nothing else that is text; convert it to UTF-8")
        return replace(found, text=found.text.replace("\r\n", "\n").replace("\r", "\n"))

    def lines(self) -> Iterator[bytes | None]:
        """Line by line with its end; None for one that is too long. Raises SourceError at a
        decompression bomb."""
        first = self._line()
        if is_wide(first):  # in which a line feed is more than a byte
            rest = first + self.stream.read(MAX_FILE_BYTES)
            text = replace(self, stream=io.BytesIO(rest)).text().text
            yield from (line.encode() for line in text.split("\n"))
            return
        total, line = 0, first
        while line:
            total += len(line)
            too_long = len(line) > MAX_LINE_BYTES
            while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
                line = self._line()
                total += len(line)
                self._check(total)
            self._check(total)
            if b"\r" in line and not line.endswith(b"\n") and not too_long:
                yield from line.splitlines(keepends=True)  # as old Macs end them
            else:
                yield None if too_long else line
            line = self._line()

    def _line(self) -> bytes:
        return self.stream.readline(MAX_LINE_BYTES + 1)

    def _check(self, total: int) -> None:
        if self.most is not None and total > self.most:
            raise SourceError(f"unpacks to more than {_mb(self.most)}; unpack it and look inside")


@contextmanager
def opened(file: Path, names: FieldNames = KNOWN) -> Iterator[Content]:
    """``file``, unpacked if it ends in .gz. Raises OSError, EOFError and zlib.error, now or when
    it is read."""
    if file.suffix.lower() == ".gz":
        most = max(MAX_FILE_BYTES, MAX_EXPANSION * file.stat().st_size)
        with gzip.open(file, "rb") as unpacked:
            yield Content(cast(BinaryIO, unpacked), most, names=names)
    else:
        with file.open("rb") as stream:
            yield Content(stream, names=names)


def root_name(data: bytes) -> str | None:
    """The name of the first element of XML or HTML, in lower case; None for anything else."""
    start = data[:65536].replace(b"\0", b"")  # UTF-16 becomes ASCII enough to tell
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        start = start.removeprefix(mark)
    at = 0
    while skipped := _PROLOGUE.match(start, at):
        at = skipped.end()
    found = _ROOT.match(start, at)
    return found[1].decode("ascii").lower() if found else None


def _mb(size: int) -> str:
    return f"{size // (1024 * 1024)} MB"
