import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles.boilerplate import Furniture, LineCounts, outlet_of
from index.articles.boilerplate_rules import MAX_LINE, is_furniture
from index.articles.clean import clean
from index.articles.plain import blocks
from index.articles.recurring_lines import line_key
from index.errors import ConfigError
from index.model import LearnedLine
from index.sources.reading import RawArticle

LABELLED = [
    json.loads(line)
    for line in Path(__file__).with_name("labelled_lines.jsonl").read_text("utf-8").splitlines()
]
NEWS = [row["line"] for row in LABELLED if not row["boilerplate"]]


def _raw(text: str, title: str | None = None, source: str = "BBC", number: int = 0) -> RawArticle:
    return RawArticle(str(number), title, text, f"a.jsonl:{number}", source=source)


def _text(raw: RawArticle, furniture: Furniture | None = None) -> str:
    article = clean(raw, blocks(raw.text), furniture or Furniture())
    assert article
    return article.text


@pytest.mark.parametrize("line", NEWS)
def test_no_labelled_line_of_news_is_lost(line: str) -> None:
    assert not is_furniture(line)


def test_most_labelled_furniture_goes() -> None:
    for half, least in (("rules", 1.0), ("held", 0.95), ("fresh", 0.6)):
        lines = [r["line"] for r in LABELLED if r["boilerplate"] and r["half"] == half]
        assert sum(map(is_furniture, lines)) >= least * len(lines)


@pytest.mark.parametrize("separators", [1, 16, 30])
def test_a_footer_of_links_is_furniture_however_long(separators: int) -> None:
    links = " | ".join(["Privacy", "Cookies", "About us"] * 10)
    line = f"Terms of use | {' | '.join(links.split(' | ')[:separators])} | © 2021 Elim Post"
    assert Furniture().is_known(line[:MAX_LINE])
    assert not Furniture().is_known(f"{line[: MAX_LINE - 9]} > closed!")


def test_extra_patterns_match_whole_lines() -> None:
    furniture = Furniture(extra=(r"the daily \w+ team",))
    assert furniture.is_boilerplate("The Daily Planet team", "x")
    assert not furniture.is_boilerplate("The Daily Planet team won.", "x")


@pytest.mark.parametrize("pattern", ["(", "a**", "[z-a]", "(\n"])
def test_a_bad_pattern_is_one_clear_line(pattern: str) -> None:
    with pytest.raises(ConfigError, match="not a regular expression") as caught:
        Furniture(extra=(pattern,))
    assert "\n" not in str(caught.value)


FOOTER = "Edited by the night desk of this website."
BACKGROUND = "The war began in February and has killed thousands."


def _learn(articles: list[RawArticle]) -> Furniture:
    counts = LineCounts()
    for raw in articles:
        counts.add(outlet_of(raw), blocks(raw.text))
    return Furniture((), *counts.learned())


def _story(number: int) -> str:
    source = random.Random(number)
    return "\n\n".join(
        " ".join("".join(source.choices("abcdefgh", k=5)) for _ in range(20)) + "."
        for _ in range(4)
    )


def test_what_an_outlet_repeats_is_learned_for_it_alone() -> None:
    pages = [_raw(f"Channel Nine\n\n{_story(n)}\n\n{FOOTER}", number=n) for n in range(20)]
    furniture = _learn(pages)
    assert _text(pages[0], furniture) == _story(0)
    other = _raw(pages[0].text, source="Other")
    assert FOOTER in _text(other, furniture)


def test_news_that_recurs_is_not_learned() -> None:
    lines = [
        BACKGROUND,
        "Shares closed up 2%.",
        "“We will win”",
        "2000 GMT",
        "He declined to comment.",
    ]
    pages = [_raw("\n\n".join([_story(n), *lines]), number=n) for n in range(15)]
    assert not _learn(pages).learned - {("bbc", line_key("He declined to comment."))}


def test_copies_and_updates_of_one_story_teach_nothing() -> None:
    story = "Winners and losers\n\n" + _story(1)
    pages = [_raw(story + "\n\n" + "more " * n, number=n) for n in range(30)]
    assert not _learn(pages).learned


def test_few_articles_or_a_small_share_teach_nothing() -> None:
    few = [_raw(f"{_story(n)}\n\nChannel Nine", number=n) for n in range(5)]
    assert not _learn(few).learned
    many = few + [_raw(f"{_story(n)}\n\nChannel Nine", number=n) for n in range(5, 8)]
    many += [_raw(_story(n), number=n) for n in range(8, 100)]
    assert not _learn(many).learned
    enough = many + [_raw(f"{_story(n)}\n\nChannel Nine", number=n) for n in range(100, 105)]
    assert _learn(enough).learned == {("bbc", "channel nine")}, "13 of 105"


def test_outlets() -> None:
    def of(origin: str, url: str | None = None, source: str | None = None) -> str:
        return outlet_of(RawArticle("1", None, "", origin, url=url, source=source))

    assert of("a.txt", "https://www.bbc.co.uk/news", "BBC") == "bbc"
    assert of("a.txt", "https://www.bbc.co.uk/news") == "bbc.co.uk"
    assert of("/data/cnn/a.txt") == "cnn"
    assert of("/data/cnn.jsonl.gz:7") == "cnn.jsonl.gz"
    assert of("a.txt", "http://[broken") == "a.txt"


@given(st.text(), st.text(max_size=20))
def test_any_line_and_outlet(line: str, outlet: str) -> None:
    assert Furniture().is_boilerplate(line, outlet) in (True, False)
    assert line_key(line_key(line)) == line_key(line)


PAGE = """Taliban seize valley - BBC News

Share on Facebook Twitter WhatsApp

KABUL, Sept. 6 (Reuters) - The valley fell on Monday.

Advertisement

“Read my lips: no surrender,” a commander said.

Also read: How the valley fell

Sign up for our daily newsletter
Photo: Getty
Copyright © 2021 Example Media Ltd. All rights reserved."""


def test_a_page_keeps_its_news() -> None:
    assert _text(_raw(PAGE, "Taliban seize valley")).split("\n\n") == [
        "KABUL, Sept. 6 (Reuters) - The valley fell on Monday.",
        "“Read my lips: no surrender,” a commander said.",
    ]


@pytest.mark.parametrize("suffix", [" - BBC News", " | Reuters", " – The Guardian", " — CNN"])
def test_a_title_with_its_outlet_is_the_title(suffix: str) -> None:
    title, news = "Taliban seize valley", "The valley fell."
    assert _text(_raw(f"{title}\n\n{news}", title + suffix)) == news
    assert _text(_raw(f"{title}{suffix}\n\n{news}", title)) == news


def test_titles_that_only_begin_alike_stay() -> None:
    text = "Ukraine conflict - Putin speaks\n\nNews."
    assert _text(_raw(text, "Ukraine conflict - Russia attacks")) == text


def test_a_flash_is_all_title() -> None:
    assert _text(_raw("FED SETS RATE", "FED SETS RATE")) == "FED SETS RATE"


def test_the_small_end_of_a_wrapped_line_is_news() -> None:
    text = "The minister told the crowd in the square that they must\nshare\nand the crowd did so."
    assert _text(_raw(text)).startswith(
        "The minister told the crowd in the square that they must share"
    )


def test_furniture_in_a_wrapped_paragraph_does_not_swallow_news() -> None:
    text = "Sign up for our daily newsletter and get the best stories\nThe valley fell on Monday."
    assert _text(_raw(text)) == "The valley fell on Monday."


@pytest.mark.parametrize(
    ("given_text", "stored"),
    [
        ("<p>R&amp;D fell.</p><p>It&nbsp;rose.</p>", "R&D fell.\n\nIt rose."),
        ("&lt;p&gt;One.&lt;/p&gt;", "One."),
        ("One.<br/>Two.", "One.\n\nTwo."),
        ('<p class="x">A <a href="/b">link</a> here.</p>', "A link here."),
        (
            "BP <BP.L> and Phillips <P> rose; AT&T fell.",
            "BP <BP.L> and Phillips <P> rose; AT&T fell.",
        ),
        ("If a < b and c > d, say so.", "If a < b and c > d, say so."),
        ("<script>x()</script><p>News.</p>", "News."),
        ("<!-- a --><p>One.</p><style>b</style><!-- c --><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One.</p><!-- <script> --><p>Two.</p>", "One.\n\nTwo."),
        ("<script>'<!--'</script><p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One <!-- left open.</p><script>x()</script>", "One <!-- left open."),
    ],
)
def test_markup(given_text: str, stored: str) -> None:
    assert _text(_raw(given_text)) == stored


ABOUT = "Lund Pumps was founded in 1921 and is led by its director, Eva Lund."


def _days(line: str, count: int = 24, newest: int = 7) -> list[RawArticle]:
    """Articles with ``line``, of which number ``newest`` is the newest."""
    return [
        replace(
            _raw(f"{_story(n)}\n\n{line}", number=n),
            published=f"2021-{'12' if n == newest else '03'}",
        )
        for n in range(count)
    ]


def _stored(pages: list[RawArticle]) -> list[str]:
    counts = LineCounts()
    for page in pages:
        counts.add(outlet_of(page), blocks(page.text), page.id, page.published)
    furniture = Furniture((), *counts.learned())
    articles = [clean(page, blocks(page.text), furniture, page.id) for page in pages]
    return [article.text for article in articles if article]


@pytest.mark.parametrize("line", [ABOUT, "Press contact: Bo Ek", "Founded: 1921"])
def test_what_recurs_and_states_something_stays_in_the_newest_article(line: str) -> None:
    pages = _days(line)
    told = [number for number, text in enumerate(_stored(pages)) if line in text]
    assert told == [7]
    copies = [replace(pages[7], id="copy", published="2022-01-01"), *pages]
    assert [text.count(line) for text in _stored(copies)].count(1) == 1


@pytest.mark.parametrize(
    "line", ["Channel Nine", FOOTER, "Click here to see all that we have sold."]
)
def test_what_only_speaks_of_the_page_stays_nowhere(line: str) -> None:
    assert not any(line in text for text in _stored(_days(line)))


def test_a_changed_figure_is_another_sentence() -> None:
    pages = _days(ABOUT)
    changed = replace(pages[3], text=pages[3].text.replace("1921", "1922"))
    stored = _stored([*pages[:3], changed, *pages[4:]])
    assert [n for n, text in enumerate(stored) if "Eva Lund" in text] == [3, 7]


def test_a_sentence_that_names_a_network_is_news_in_a_handful_of_articles() -> None:
    line = "Facebook was founded in 2004 by the student Mark Zuckerberg at Harvard."
    assert all(line in text for text in _stored(_days(line, count=12)))


def test_what_was_learned_is_told() -> None:
    counts = LineCounts()
    for page in _days(f"{ABOUT}\n\nChannel Nine"):
        counts.add(outlet_of(page), blocks(page.text), page.id, page.published)
    assert counts.told() == (
        LearnedLine("bbc", "Channel Nine", 24, False),
        LearnedLine("bbc", ABOUT, 24, True),
    )
