"""What files are written in: told by their form, or guessed, and then said."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sources.encodings import decoded, is_text, is_wide

ENGLISH = "The mayor of Zürich opened a café on Friday. “It cost £40,” she said – half of it hers."
FRENCH = "La mairie a déclaré vendredi que le pont était fermé à cause des dégâts."
SPANISH = "El señor Núñez dijo que la reunión será mañana. ¿Qué pasará después?"
GERMAN = "Die Straße über die Brücke wird für längere Zeit gesperrt, hieß es."
POLISH = "Burmistrz powiedział w środę, że łódź pływała po jeziorze całą noc."
RUSSIAN = "Мэр открыл новый мост через реку в пятницу, сообщили в администрации."
GREEK = "Ο δήμαρχος άνοιξε τη γέφυρα την Παρασκευή, είπε ο εκπρόσωπος."
JAPANESE = "市長は金曜日に新しい橋を開通したと発表した。"


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        *((text, "cp1252", "windows-1252") for text in (ENGLISH, FRENCH, SPANISH, GERMAN)),
        *((text, "mac_roman", "mac-roman") for text in (ENGLISH, FRENCH, SPANISH, GERMAN)),
        (POLISH, "cp1250", "windows-1250"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8_r", "koi8-r"),
        (GREEK, "cp1253", "windows-1253"),
        (JAPANESE, "shift_jis", "shift-jis"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
    ],
)
def test_what_does_not_say_what_it_is_written_in(text: str, encoding: str, said: str) -> None:
    for charset in (None, "utf-8", "no-such-charset"):  # a page may lie
        read = decoded(text.encode(encoding), charset)
        assert (read.text, read.guess) == (text, said) and read.doubt == f"as {said}"


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        (codecs.BOM_UTF8 + "é".encode(), "cp1251", "é"),
        ("né".encode("utf-16"), None, "né"),
        ("né".encode("utf-32"), None, "né"),
        (RUSSIAN.encode("cp1251"), "windows-1251", RUSSIAN),
        (FRENCH.encode("cp1252"), "iso-8859-1", FRENCH),
        ("“Oui”".encode("cp1252"), "latin-1", "“Oui”"),
        (FRENCH.encode(), "iso-8859-1", FRENCH),  # UTF-8 is never by chance what it is
        ("联通".encode("gbk"), "gbk", "联通"),  # but for two letters of Chinese
        (JAPANESE.encode("iso2022_jp"), "iso-2022-jp", JAPANESE),
        (b"plain", "utf-7", "plain"),
        (b"plain", "base64", "plain"),
        (b"", None, ""),
    ],
)
def test_what_says_so_is_read_so(data: bytes, charset: str | None, text: str) -> None:
    read = decoded(data, charset)
    assert read.text == text and not read.doubt


def test_a_page_of_another_script_than_it_says_is_not_believed() -> None:
    read = decoded(RUSSIAN.encode("cp1251"), "windows-1252")
    assert (read.text, read.guess) == (RUSSIAN, "windows-1251")


def test_single_bytes_are_mended_and_named() -> None:
    data = "Žižka’s town. ".encode() + b"A caf\xe9 and \x93more\x94. " + "Plzeň".encode()
    read = decoded(data)
    assert read.text == "Žižka’s town. A café and “more”. Plzeň" and read.guess is None
    assert read.mended[0] == f"byte {data.index(0xE9)} read as é (windows-1252)"
    assert len(read.mended) == 3 and "byte" in read.doubt


def test_many_single_bytes_are_counted() -> None:
    read = decoded("Ž".encode() * 20 + b" \xe9 ," * 9)
    assert read.text == "Ž" * 20 + " é ," * 9 and read.mended[-1] == "6 more"


def test_half_a_character_is_left_out() -> None:
    assert decoded("né…".encode()[:-1]).text == "né"
    read = decoded(codecs.BOM_UTF8 + "Dvořák, né".encode() + b"\xe2\x80 x")
    assert read.text == "Dvořák, né x" and "left out" in read.doubt
    assert decoded("né".encode("utf-16") + b"\0").text == "né"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80), st.sampled_from([None, "utf-8", "latin-1", "gbk", "x"]))
def test_no_bytes_raise(data: bytes, charset: str | None) -> None:
    read = decoded(data, charset)
    as_it_is = read.text.encode()
    marked = data.startswith((codecs.BOM_UTF8, b"\xff\xfe", b"\xfe\xff", codecs.BOM_UTF32_BE))
    assert read.doubt or charset in ("latin-1", "gbk") or marked or as_it_is == data


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff")))
def test_utf_8_is_utf_8(text: str) -> None:
    if "\0" not in text:
        read = decoded(text.encode())
        assert read.text == text and not read.doubt


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6", False),
        (b"\xff", False),
        (b"\xe9\xe8", False),
        (b"caf\xe9", True),
        (RUSSIAN.encode("cp1251"), True),
        (b"Ann\0 Bee crossed the bridge.", True),
        (b"", True),
    ],
)
def test_what_is_text(data: bytes, text: bool) -> None:
    assert is_text(decoded(data)) is text


def test_wide_texts_are_told() -> None:
    assert is_wide("né".encode("utf-16")) and is_wide(ENGLISH.encode("utf-16-be"))
    assert not is_wide(ENGLISH.encode()) and not is_wide(b"one\0zero in a line of a text")
