"""Questions on what somebody in the news says."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from index.model import Article, Reference
from tests.generated import random_article
from training.data import read_questions
from training.speech import MOST, SOURCE, full_names, main, questions, said, speaker, topics

NOUNS = frozenset({"rent", "canal", "market", "harbour", "garden", "bank"})
TEXT = (
    "Ann Lind, 32, moved to Oslo last year with her two sons and works in a bakery by the station. "
    "“We pay half of what we earn for the rent of two rooms,” said Lind. "
    "“My sister lives by the old canal and hardly pays at all for it.” "
    "She added that the whole market had been left to the banks. "
    "“The harbour is the part of the city that will be sold next,” said the mayor. "
    "The owners met. “Nobody comes to the garden any more, not even on a Sunday,” read a sign. "
    "“A bank of our own is what this city needs and a bank it gets,” said Lind."
)


def asked(text: str, title: str = "Rents in Oslo") -> dict[str, str]:
    """Answers by question, of many draws."""
    article = Article(Reference("a", title), text)
    random = np.random.default_rng(3)
    drawn = (one for _ in range(60) for one in questions(article, NOUNS, random))
    return {one["question"]: one["answers"][0]["text"] for one in drawn}


def test_who_speaks_goes_on_until_somebody_else_does() -> None:
    found = asked(TEXT)
    assert found["What did Ann Lind say about the rent?"].startswith("We pay half")
    assert found["What does Ann Lind say about the canal?"].startswith("My sister lives")
    assert found["What did Ann Lind say about the market?"].startswith("the whole market")
    assert all("Ann Lind" in question for question in found)
    others = ("Nobody", "harbour", "Sunday")
    assert not any(word in answer for answer in found.values() for word in others)


def test_what_stands_twice_is_not_asked_about() -> None:
    assert not any("bank?" in question for question in asked(TEXT))
    assert any("bank?" in question for question in asked(TEXT.replace("a bank it", "it it")))


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("“It is late,” said Mr Lind.", "Ann Lind"),
        ("Ann Lind, a baker from Oslo, told the court that it was late.", "Ann Lind"),
        ("“Per Falk said so,” it read.", None),
        ("The baker said that it was late.", None),
        ("However Lind said that it was late.", "Ann Lind"),
        ("“It is late,” said Per Falk.", "Per Falk"),
        ("“It is late,” said Falk.", None),
    ],
)
def test_the_speaker_stands_outside_the_quotation(sentence: str, who: str | None) -> None:
    assert speaker(sentence, {"Lind": "Ann Lind"}) == who


def test_names_are_those_of_two_words() -> None:
    assert full_names("On Monday Ann Lind met Falk. But Per Falk left.") == {
        "Lind": "Ann Lind",
        "Falk": "Per Falk",
    }


def test_what_is_said_is_the_quotation_or_the_report() -> None:
    for sentence, speech in (
        ("“It is very late now,” said Lind, “and I am rather tired.”", "and I am rather tired"),
        ("She added that it was late for all of them.", "it was late for all of them"),
        ("Lind said it was late for all of them.", "it was late for all of them"),
        (
            "Lind told a news conference that it was late for all of them.",
            "it was late for all of them",
        ),
        ('"No," said Per Falk of the council, "we like it and stay."', "we like it and stay"),
        ("It was late for all of them.", None),
    ):
        span = said(sentence)
        assert (sentence[slice(*span)] if span else None) == speech


def test_topics_are_nouns_and_names() -> None:
    found = topics("Your rent in Old Oslo's centre is on the black market since Sunday", NOUNS)
    assert found == [("rent", "rent"), ("the market", "market"), ("Old Oslo", "Old Oslo")]


def test_every_answer_is_a_slice_and_its_topic_stands_once() -> None:
    random = np.random.default_rng(9)
    made = []
    for number in range(40):
        raw = random_article(number)
        text = TEXT.replace("Oslo", f"Oslo {number}") + "\n\n" + raw.text
        made += questions(Article(Reference(raw.id, raw.title or ""), text), NOUNS, random)
    assert len(made) > 40
    for one in made:
        (answer,) = one["answers"]
        assert one["context"][answer["start"] :].startswith(answer["text"])
        assert one["source"] == SOURCE and answer["text"] not in one["hard_negative"]


def test_no_article_gives_more_than_its_share() -> None:
    text = "\n\n".join(TEXT.replace("rent", f"rent{n}") for n in range(40))
    nouns = frozenset({"rent", "canal", "market"})
    made = questions(Article(Reference("a", "Oslo"), text), nouns, np.random.default_rng(1))
    assert len(made) == MOST


def test_the_file_is_read_as_questions(tmp_path: Path) -> None:
    rows = [{"id": f"n{n}", "title": f"Rents {n}", "text": TEXT * 9} for n in range(3)]
    train = {"id": "q", "question": "What is the rent of a room?", "context": "c", "answers": [],
             "title": "", "source": "s"}  # fmt: skip
    for name, lines in (("corpus", rows), ("train", [train, train])):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
    made = []
    for run in "ab":
        out = tmp_path / f"{run}.gz"
        main(["--data", str(tmp_path), "--corpus", str(tmp_path / "corpus.jsonl.gz"),
              "--out", str(out)])  # fmt: skip
        made.append(list(read_questions(out)))
    assert made[0] == made[1]
    assert {row.question.split(" rent")[0][-3:] for row in made[0]} == {"the"}, "the one noun asked"
