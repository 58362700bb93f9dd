"""No markup in a stored text, and no loss of text that only looks like it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles.code_lines import is_code
from index.articles.plain import blocks, normalise
from index.sources.front_matter import split
from index.sources.raw import RawArticle
from index.sources.reading import read_sources


def _plain(text: str) -> list[str]:
    return [line for block in blocks(text) for line in block]


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum() or character in "<>[]()")


_marked = st.sampled_from(
    ["{}", "**{}**", "*{}*", "__{}__", "[{}](https://x.example/a_b)", "[b]{}[/b]", "<b>{}</b>",
     "[[Eva|{}]]", "[url=http://x.example]{}[/url]", "<FONT SIZE=2>{}</FONT>", "'''{}'''",
     "~~gone~~ {}", "![dusk](a.jpg) {}", "[caption id=\"a\"]{}[/caption]", "{{{{ad}}}} {}",
     "<!-- wp:x -->{}<!-- /wp:x -->", "{}<ref>A note</ref>", "<amp-x>{}</amp-x>", "{}<br/>"]
)  # fmt: skip


@given(st.lists(_marked, min_size=4, max_size=4))
def test_marked_words_are_what_they_mark(marks: list[str]) -> None:
    """A mark of bold in capitals, and one kind within another's text, included."""
    groups = ["The lock", "at Odd", "was kept by Eva", "Lund"]
    text = " and ".join(mark.format(group) for mark, group in zip(marks, groups, strict=True))
    assert (
        " ".join(" ".join(_plain(text)).split())
        == "The lock and at Odd and was kept by Eva and Lund"
    )


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4 is 24, 5*6*7 is 210, and 3 < 4 but 5 > 2.",
        "Note the [sic], #1 of 7, in snake_case and by @eva_lund_9.",
        "The price* rose. *Before tax. * Corrected on Monday.",
        "* The firm sees a profit * It will hire 40",
        "“It [the lock] is shut,” she said [laughs], see [1] and f(x)[2](as below).",
        "Sana`a and Ta`izz, and ``it is'' he said.",
        "Shares of Odd <O> and <BP.L> rose, <inaudible> fell.",
        "He scored 3 ** in 4, about ~5 per cent, in __init__ and <3 of it.",
        "# of ships: 7; {laughs}; Q&A; AT&T; R&D & more",
        "[Eva]: Yes",
        "Odd == Tarn, = 5 =, and || so",
    ],
)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert _plain(text) == [text]
    first, last = _plain(f"{text}\n\nIt is **shut**.")
    assert last == "It is shut."
    assert _letters(first) == _letters(text)  # a bullet may go where Markdown is plain


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Head\n====\n\n## The lock\n\nIt is *shut*.", ["Head", "The lock", "It is shut."]),
        ("- [x] Ask `Eva`\n- and [Bo][1]\n\n[1]: http://x.example", ["Ask Eva", "and Bo"]),
        ("> We shut it.\n\n```\nrun it\n```\n", ["We shut it.", "run it"]),
        ("| Port | Ships |\n|---|--:|\n| Odd | 17 |", ["Odd: 17 Ships"]),
        ("It shut.[^1] **So.**\n\n[^1]: Eva Lund, 5 May.", ["It shut. So.", "Eva Lund, 5 May."]),
        ("1999. It was **shut**.", ["1999. It was shut."]),
        ("[Eva]: Yes\n[Bo]: **No**", ["[Eva]: Yes", "[Bo]: No"]),
        ("== Locks ==\n* '''Odd''' of [[Tarn]]\n{{cite|{{x}}}}", ["Locks", "Odd of Tarn"]),
        ("{|\n! Port !! Ships\n|-\n| Odd || 17\n|}\n[[A]]", ["Port, Ships", "Odd, 17", "A"]),
        ('[gallery ids="1,2"]\n[list][*]One[*]Two[/list]', ["One", "Two"]),
        ('{{< figure src="a" >}}\nShut. {% include a %}', ["Shut."]),
        ("<P>Odd is shut.<BR>So is Tarn.</P>", ["Odd is shut.", "So is Tarn."]),
        ("Odd is <S>open</S> shut", ["Odd is shut"]),
        ("&amp;lt;p&amp;gt;Odd is shut.&amp;lt;/p&amp;gt;", ["Odd is shut."]),
        ("Odd&nbsp is shut, said Eva <a href='http://x.exa", ["Odd is shut, said Eva"]),
        ("---\ntitle: Locks\n---\nOdd is shut.", ["Odd is shut."]),
        ("---\nOdd is shut.\n---\nSo.", ["---", "Odd is shut.", "---", "So."]),
    ],
)  # fmt: skip
def test_markup_of_whole_texts(text: str, lines: list[str]) -> None:
    assert _plain(text) == lines


def test_words_are_whole() -> None:
    assert normalise("the sta\u200ction of\ufb01ce") == "the station office"
    assert normalise("a depart-\nment of a well-\nknown post-\nOffice") == (
        "a department of a well-known post-\nOffice"
    )
    persian = "می\u200cخواهم"
    assert normalise(persian) == persian


@given(st.text("<>[]{}*_`~#&;=|'!()/\\ab \n-:\"", max_size=60))
def test_any_marks(text: str) -> None:
    letters = [c for c in "".join(_plain(text)) if c.isalnum()]
    assert set(letters) <= set("ab") | {c for c in text if c.isalnum()}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"@type":"NewsArticle","name":"Odd"}', True),
        ("window.ads = window.ads || []; ads.push({x: 1});", True),
        ("var box = document.getElementById('a');", True),
        (".ad{color:red;margin:0}", True),
        ("He sang “la; la”; then {laughs};", False),
        ("The scores: Eva Lund 3; Bo Ek 4;", False),
        ("The bill (“a disgrace”, she said); the vote; the end;", False),
    ],
)
def test_programs_are_no_text(line: str, code: bool) -> None:
    assert is_code(line) == code


def test_front_matter() -> None:
    toml = '+++\ntitle = "Locks"\ndate = 2024-05-07\ntags = ["a", "b"]\n[x]\ny = 1\n+++\nShut.'
    assert split(toml) == (
        {"title": "Locks", "date": "2024-05-07", "tags": "a, b", "x": ""},
        "Shut.",
    )
    assert split("+++\n= no\n+++\nShut.") == ({}, "Shut.")
    yaml = "---\ntitle: 'A: b'\ntags: [a, 'b']\nx:\n  y: 1\n# note\n---\nShut."
    assert split(yaml) == ({"title": "A: b", "tags": "a, b", "x": ""}, "Shut.")
    for text in ("Shut.", "---\nShut.", "---\n", "+++", "---\nno field\n---\nShut."):
        assert split(text) == ({}, text)


def test_a_note_in_markdown(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: Ignored\ndate: 2024-05-06\nauthors:\n  - Eva Lund\n---\n# The *lock*\n\n"
        "It is kept by [Bo Ek](http://x.example)."
    )
    (article,) = read_sources([tmp_path])
    assert isinstance(article, RawArticle)
    assert (article.published, article.author) == ("2024-05-06", "Eva Lund")
    assert _plain(article.title or "") == ["The lock"]
    assert _plain(article.text) == ["It is kept by Bo Ek."]
