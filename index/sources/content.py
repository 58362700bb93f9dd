"""The bytes of a file or page, read within limits: a bad file must not take the memory."""

from __future__ import annotations

import codecs
import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from index.errors import SourceError

MAX_FILE_BYTES = 64 * 1024 * 1024
"""Longest file that is read whole (all formats but JSONL), after decompression. In bytes."""

MAX_LINE_BYTES = 16 * 1024 * 1024
"""Longest line of a JSONL file, which may itself be of any length. In bytes."""

MAX_EXPANSION = 200
"""A .gz of JSONL may grow to `MAX_FILE_BYTES`, or to this many times its size if that is more.
Text grows 3 to 20 times; a file made to fill the memory or the day, up to 1000 times."""

# Python knows these as encodings, but no page is written in them, and some are slow by design.
_NOT_CHARSETS = {"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "utf-7"}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PROLOGUE = re.compile(
    rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)", re.I | re.S
)
_ROOT = re.compile(rb"<([a-z][a-z0-9:]*)[\s/>]", re.I)


@dataclass(frozen=True, slots=True)
class Content:
    """A stream of bytes, at most ``most`` of them, in ``charset`` (UTF-8 if none was declared)."""

    stream: BinaryIO
    most: int | None = None
    charset: str | None = None

    def whole(self) -> bytes:
        """Everything. Raises SourceError beyond `MAX_FILE_BYTES`."""
        data = self.stream.read(MAX_FILE_BYTES + 1)
        if len(data) > MAX_FILE_BYTES:
            raise SourceError(f"longer than {_mb(MAX_FILE_BYTES)}; split it, or make it JSONL")
        return data

    def text(self) -> str:
        """Everything, decoded. Raises SourceError as `whole`, and if it cannot be decoded."""
        data = self.whole()
        text = declared(data, self.charset)
        if text is None:
            try:
                text = data.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                where = f"not UTF-8 (byte {error.start})"
                raise SourceError(f"{where}; convert it to UTF-8") from error
        return text.replace("\r\n", "\n")

    def lines(self) -> Iterator[bytes | None]:
        """Line by line with its end; None for one that is too long. Raises SourceError at a
        decompression bomb."""
        total = 0
        while line := self._line():
            total += len(line)
            too_long = len(line) > MAX_LINE_BYTES
            while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
                line = self._line()
                total += len(line)
                self._check(total)
            self._check(total)
            yield None if too_long else line

    def _line(self) -> bytes:
        return self.stream.readline(MAX_LINE_BYTES + 1)

    def _check(self, total: int) -> None:
        if self.most is not None and total > self.most:
            raise SourceError(f"unpacks to more than {_mb(self.most)}; unpack it and look inside")


@contextmanager
def opened(file: Path) -> Iterator[Content]:
    """``file``, unpacked if it ends in .gz. Raises OSError, EOFError and zlib.error, now or when
    it is read."""
    if file.suffix.lower() == ".gz":
        most = max(MAX_FILE_BYTES, MAX_EXPANSION * file.stat().st_size)
        with gzip.open(file, "rb") as unpacked:
            yield Content(cast(BinaryIO, unpacked), most)
    else:
        with file.open("rb") as stream:
            yield Content(stream)


def declared(data: bytes, charset: str | None) -> str | None:
    """``data`` as text if a byte order mark or ``charset`` says how; None if none does."""
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    for name in (marked, charset):
        try:
            known = codecs.lookup(name).name if name else None
            if known in ("iso8859-1", "ascii"):
                known = "cp1252"  # what pages that say so are written in, as browsers know
            if known and known not in _NOT_CHARSETS:
                return data.decode(known)
        except (LookupError, UnicodeError, ValueError):
            continue
    return None


def root_name(data: bytes) -> str | None:
    """The name of the first element of XML or HTML, in lower case; None for anything else."""
    start = data[:65536].replace(b"\0", b"")  # UTF-16 becomes ASCII enough to tell
    for mark, _ in _BOMS:
        start = start.removeprefix(mark)
    at = 0
    while skipped := _PROLOGUE.match(start, at):
        at = skipped.end()
    found = _ROOT.match(start, at)
    return found[1].decode("ascii").lower() if found else None


def _mb(size: int) -> str:
    return f"{size // (1024 * 1024)} MB"
