"""The door to charset-normalizer: bytes to text, as what they are written in.

UTF-8 can be told from all else by its form; older encodings only by what they would say. So a guess
is never silent: it comes back with the text, and the report of a build names it. Pure.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.sources.raw import Reading, Skipped

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Python knows these as encodings, but no page is written in them, and some are slow by design.
_NOT_CHARSETS = {"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "utf-7"}
_BAD = re.compile("[\udc80-\udcff]+")
_CUT = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_TAG = re.compile(rb"<[^<>]{0,2000}>")
# A text that is declared in one of these may by chance be UTF-8, too, or ASCII.
_WIDE = re.compile(r"utf-(?:16|32)|iso2022|hz$|gb|big5|euc|shift_jis|cp9[345]\d$|johab|ks_c")

_LATIN = ("cp1252", "mac_roman", "cp1250", "cp1254")
_OTHERS = tuple(
    "cp1251 koi8_r cp866 mac_cyrillic cp1253 iso8859_7 cp1255 cp1256 cp874 iso8859_5 "
    "shift_jis euc_jp gb18030 big5 euc_kr".split()
)
"""What old files are written in: Western, Mac, Central European and Turkish; then other scripts."""

_CONTROL = frozenset(map(chr, range(1, 32))) - set("\t\n\v\f\r\x1b")
_LEAST_TEXT = 100  # characters of text around each control character
_SAMPLE = 200_000  # bytes, which is more than a guess needs
_FEW = 3  # places that are named one by one
_NEAR = 50  # characters around a byte that does not fit, and as many such bytes
_TELLING = 8  # bytes above ASCII, from which on they say which of two languages it is
_MOST_OTHER = 0.4  # of the letters of a Latin text, at most so many have an accent
_SURER = 0.1  # how much more like a language a rarer encoding must look
# What a wrong guess at a Latin text makes: "cafŽ", "ItÕs", "³ódź", "na•ve", "MŸller", "FRAN«OIS".
_LOWER, _UPPER = "a-zß-öø-ÿ", "A-ZÀ-ÖØ-ÞŠŒŽŸ"
_ODD = "¤¦¨¯´¶¸ˆ˜¬±×÷ﬁﬂ∂∆Ω√∞≈◊†‡‰µ¥"
_FAULT = re.compile(
    rf"[\x80-\x9f]|[a-z][À-ÖØ-ÞŠŒŽŸ]|[ß-öø-ÿ][A-Z]|Ÿ[a-z]|[{_ODD}¹²³¼½¾ªº§±®][{_LOWER}]"
    rf"|[{_LOWER}][{_ODD}¼½¾¡¿‚„‘•]|[A-Z][«‹…†‚ƒ‡ÿ˜][A-Z]|[{_LOWER}{_UPPER}]‹[{_LOWER}]"
)
# Words of accented letters alone are those of another script, read as Latin ones.
_FOREIGN = re.compile(r"[À-ÖØ-öø-ÿ¸¨]{4}")
_MOST_FOREIGN = 3


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text. ``guess`` is the encoding that it was read as where nothing true said so; ``mended``
    names single bytes that did not fit the rest."""

    text: str
    guess: str | None = None
    mended: tuple[str, ...] = ()

    @property
    def doubt(self) -> str:
        """What a person should know of how it was read, in a few words; "" if there is nothing."""
        return ", ".join(filter(None, (self.guess and f"as {self.guess}", *self.mended)))


def decoded(data: bytes, *declared: str | None) -> Decoded:
    """``data`` as text: as its byte order mark says, as UTF-8 if it is that, as ``declared``, in
    this order, unless it cannot be so; then by a guess. Never raises."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _marked(data, name)
    charsets = [name for name in map(_known, declared) if name]
    if not data.isascii() or any(map(_WIDE.match, charsets)):
        charsets = [*filter(_WIDE.match, charsets), "utf-8", *charsets]
    wide = _unmarked(data)
    for name in [*([wide] if wide else []), *charsets, "utf-8"]:
        text = _decode(data, name)
        if text is not None and not _is_misread(text, name):
            return Decoded(text, name if name == wide else None)
    return _mended(data) or _guessed(data)


def as_read(reading: Reading, read: Decoded, place: str = "") -> Reading:
    """``reading``, marked with how its bytes were ``read``, those of ``place`` in the file."""
    if isinstance(reading, Skipped) or not read.doubt:
        return reading
    return replace(reading, read_as=read.doubt if read.guess else f"{place}{read.doubt}")


def is_text(read: Decoded) -> bool:
    """Whether this may be what somebody wrote: a picture is not, nor are a few odd letters alone,
    of which nobody can tell what they are."""
    sample = read.text[:_SAMPLE]
    if sum(map(_CONTROL.__contains__, sample)) * _LEAST_TEXT > len(sample):
        return False
    odd = sum(not sign.isascii() for sign in sample) if read.doubt else 0
    return not odd or odd >= _TELLING or odd <= sum(map(str.isalnum, sample)) - odd


def is_wide(data: bytes) -> bool:
    """Whether this begins a text of two bytes, or four, a character."""
    return data.startswith(tuple(mark for mark, _ in _BOMS[1:])) or _unmarked(data) is not None


def _known(charset: str | None) -> str | None:
    """The name that Python has for ``charset``; None for what no page is written in."""
    try:
        known = codecs.lookup(charset).name if charset else None
    except (LookupError, ValueError):
        return None
    if known in ("iso8859-1", "ascii"):
        return "cp1252"  # what pages that say so are written in, as browsers know
    return None if known in _NOT_CHARSETS else known


def _decode(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError, ValueError):  # LookupError: a codec that gives no text
        return None


def _marked(data: bytes, name: str) -> Decoded:
    """A text that says what it is; one that was cut short, or damaged, without what is damaged."""
    text = _decode(data, name)
    if text is not None:
        return Decoded(text)
    if name == "utf-8-sig":
        rest = data.removeprefix(codecs.BOM_UTF8)
        return _mended(rest) or _guessed(rest)
    return Decoded(data.decode(name, "ignore"), mended=(f"bytes that are not {name}",))


def _unmarked(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of many is zero, and none of those between."""
    if 0 not in data:  # nearly all
        return None
    even, odd = data[:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    least = len(data[:_SAMPLE]) // 40 + 1
    if odd > least and not even:
        return "utf-16-le"
    return "utf-16-be" if even > least and not odd else None


def _is_misread(text: str, name: str) -> bool:
    """Whether a page lies: in no Latin alphabet are whole words written in accented letters."""
    if name == "utf-8" or not _known(name) or _WIDE.match(name):
        return False
    found = _FOREIGN.finditer(text)
    return sum(1 for _, _ in zip(found, range(_MOST_FOREIGN), strict=False)) == _MOST_FOREIGN


def _mended(data: bytes) -> Decoded | None:
    """UTF-8 with a few bytes that do not fit: those by a guess, and a character that was cut in two
    left out. None if it is no UTF-8."""
    text = data.decode("utf-8", "surrogateescape")
    bad = list(_BAD.finditer(text))
    wrong = sum(len(run[0]) for run in bad)
    good = sum(not character.isascii() for character in text) - wrong
    if wrong > max(_FEW, good):
        return None
    around = " ".join(text[max(0, r.start() - _NEAR) : r.end() + _NEAR] for r in bad[:_NEAR])
    plain = re.sub(r"[^\x00-\x7f\udc80-\udcff]", " ", around)
    name = _best_latin(plain.encode("ascii", "surrogateescape"))

    def letters(run: re.Match[str]) -> str:
        read = run[0].encode("ascii", "surrogateescape")
        cut = _CUT.fullmatch(read) or run.end() == len(text)
        return "" if good and cut else read.decode(name, "ignore")

    named = []
    for run in bad[:_FEW]:
        place = len(text[: run.start()].encode("utf-8", "surrogateescape"))
        seen = f"read as {letters(run)} ({_shown(name)})" if letters(run) else "left out"
        named.append(f"byte {place:,} {seen}")
    if len(bad) > _FEW:
        named.append(f"{len(bad) - _FEW:,} more")
    return Decoded(_BAD.sub(letters, text), mended=tuple(named))


def _guessed(data: bytes) -> Decoded:
    """By what it would say: the most usual encoding of those that make the least nonsense."""
    sample = data[:_SAMPLE]
    high = sum(byte > 127 for byte in sample)
    letters = sum(chr(byte).isalpha() for byte in _TAG.sub(b"", sample) if byte < 128)
    latin = high <= _MOST_OTHER * (high + letters)
    latin = latin and not _is_misread(sample.decode("cp1252", "ignore"), "cp1252")
    name = _best_latin(sample) if latin else _best(sample, _OTHERS)
    return Decoded(data.decode(name, "ignore"), _shown(name))


def _shown(name: str) -> str:
    """The name that people know an encoding by."""
    return re.sub("^cp125", "windows-125", name.replace("_", "-"))


def _best_latin(sample: bytes) -> str:
    texts = {name: text for name in _LATIN if (text := _decode(sample, name)) is not None}
    faults = {name: sum(1 for _ in _FAULT.finditer(text)) for name, text in texts.items()}
    least = [name for name in texts if faults[name] == min(faults.values())]
    telling = sum(byte > 127 for byte in sample) >= _TELLING
    return _best(sample, least) if telling and len(least) > 1 else (least or _LATIN)[0]


def _best(sample: bytes, names: Sequence[str]) -> str:
    """The first of ``names`` that makes sense of ``sample``, unless what another makes of it is
    clearly more like a language."""
    from charset_normalizer import from_bytes  # slow to import; most archives are UTF-8

    found = from_bytes(sample, cp_isolation=list(names), enable_fallback=False)
    chaos = min((match.chaos for match in found), default=0) + _SURER / 5
    likeness = {
        name: match.coherence
        for match in found
        if match.chaos <= chaos
        for name in (match.encoding, *(same.encoding for same in match.submatch))
    }
    usual = min(likeness, key=names.index, default=_LATIN[0])
    surest = max(likeness, key=lambda name: likeness[name], default=usual)
    return surest if likeness and likeness[surest] > likeness[usual] + _SURER else usual
