"""The archive that confidence is fitted over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.training.test_smoke import questions
from tests.word_encoder import WordEncoder
from training.archive import PARAGRAPHS, archive, articles, left_out
from training.data import told_title

numbered = st.dictionaries(st.text(min_size=1, max_size=3), st.sampled_from(["", "A", "B"]))


@given(numbered, st.data())
def test_articles_hold_what_is_needed_once_and_no_article_without(
    paragraphs: dict[str, str], data: st.DataObject
) -> None:
    needed = data.draw(st.sets(st.sampled_from(sorted(paragraphs)))) if paragraphs else set()
    made = list(articles(paragraphs, needed))
    held = [text for _, texts in made for text in texts]
    assert len(held) == len(set(held)) and needed <= set(held)
    for title, texts in made:
        assert len(texts) <= PARAGRAPHS and not needed.isdisjoint(texts)
        assert {paragraphs[text] for text in texts} == {title}


def test_what_is_left_out_is_not_there(tmp_path: Path) -> None:
    later = [replace(row, context=row.context.replace("two", "six")) for row in questions()]
    rows = [replace(row, title=f"Story {n // 6}") for n, row in enumerate([*questions(), *later])]
    titles = {row.context: told_title(row) for row in rows}
    absent = left_out(rows, titles)
    generation = archive(rows, titles, absent, (), tmp_path, WordEncoder())
    assert {row.title for row in rows if row.context in absent} == {"Story 0", "Story 4"}
    assert {row.context for row in rows if row.title == "Story 0"} < absent  # a whole one
    assert len({row.context for row in rows if row.title == "Story 4"} & absent) == 1
    texts = "\n".join(article.text for article in generation.every_article())
    assert all((row.context in texts) != (row.context in absent) for row in rows)
