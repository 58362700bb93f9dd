"""Correction notes, in invented sentences: what they take back, and what stands instead."""

import pytest
from hypothesis import given

from index.language.corrections import correction, mark
from tests.generated import texts

NOTES: list[tuple[str, str | None, str | None]] = [
    # Of an earlier version: what it said is withdrawn.
    ("Correction: an earlier version of this article said nine people had drowned.",
     "nine people had drowned", None),
    ("An earlier version of this story incorrectly stated that the ferry sank on Sunday.",
     "the ferry sank on Sunday", None),
    ("A previous version of this report wrongly named the captain as Odd Lund.",
     "the captain as Odd Lund", None),
    ("The original version said the mill had burnt down; it was only damaged.",
     "the mill had burnt down", None),
    ("An earlier version put the toll at nine instead of four.", "the toll at nine", "four"),
    ("An earlier version of this article gave a wrong number of dead.", None, None),
    ("CORRECTION: An earlier version gave an incorrect date.", None, None),
    ("We wrongly reported that the bridge was closed.", "the bridge was closed", None),
    ("An earlier headline wrongly said the mayor had resigned.", "the mayor had resigned", None),
    # Amended to say: what is said now stands.
    ("This article was amended on 3 May to say that four people died, not nine.",
     "nine", "four people died"),
    ("This story has been corrected to show that the fund lost money.",
     None, "the fund lost money"),
    ("The headline was corrected.", None, None),
    ("This article was amended on 7 June to remove a wrong name.", None, None),
    # As newswires mark them.
    ("(Corrects May 3 item to show losses instead of profits)", "profits", "losses"),
    ("Corrects the last result to lead from zinc.", "zinc", "lead"),
    ("(Correcting the unit's output to barrels a day from barrels a year)", "barrels a year",
     "barrels a day"),
    ("- corrects the spelling of the town in line five", None, None),
    ("CORRECTED: the output to barrels a day from barrels a year", "barrels a year",
     "barrels a day"),
    # A label and "A, not B".
    ("Correction: The number of dead is four, not nine.", "nine", "four"),
    ("Clarification: the strike was called by the union, not by the firm.", "by the firm",
     "called by the union"),
    ("Correction – the ferry's captain is Jorun Aas.", None, None),
    ("Correction: the road to Brakkum from Dorn is open.", None, None),
    ("An earlier version of this article said that the mill did not burn.", None, None),
    ("Corrections and clarifications: a caption misspelt the town.", None, None),
]  # fmt: skip
NONE = [
    "Analysts expect a correction of ten per cent.",
    "A correction in the housing market is overdue: prices are falling.",
    "The correction of the border took years, not months.",
    "Correction officers went on strike on Monday.",
    "She corrected the boy, who had said nine instead of four.",
    "The minister withdrew his remark and corrected the record.",
    "Rates were corrected for inflation.",
    "Corrected for inflation, rates in the city rose to nine per cent.",
    "Correcting the budget, he said, will take years to do.",
    "Correction needed: prices of houses are too high.",
    "He said an earlier offer was wrong.",
    "The first report said nine people had drowned.",
    "The version of the song was shorter.",
    "The original version of the song sold 750,000 copies, not nine.",
    "Earlier versions of the machine run hot.",
    "The report was amended by the council to say less.",
    "Nine people were killed, not four.",
    "The law was amended to say that tenants may stay.",
    "",
]


@pytest.mark.parametrize(("note", "withdrawn", "stands"), NOTES)
def test_what_a_note_corrects(note: str, withdrawn: str | None, stands: str | None) -> None:
    found = correction(note)
    assert found is not None
    spans = (found.withdrawn, found.stands)
    told = [note[slice(*span)] if span else None for span in spans]
    assert told == [withdrawn, stands]


@pytest.mark.parametrize("sentence", NONE)
def test_other_sentences_correct_nothing(sentence: str) -> None:
    assert correction(sentence) is None


@given(texts)
def test_spans_lie_in_the_sentence(text: str) -> None:
    for sentence in (text, f"Correction: {text}", f"An earlier version said {text} not {text}"):
        found = correction(sentence)
        for span in (found.withdrawn, found.stands) if found else ():
            assert span is None or 0 <= span[0] < span[1] <= len(sentence)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("CORRECTED-Ferry sinks off Brakkum, four dead", "corrected"),
        ("CORRECTED - MILL TO CLOSE", "corrected"),
        ("(CORRECTED) - MILL TO CLOSE", "corrected"),
        ("Correction: Ferry sinks", "corrected"),
        ("REFILE-Mill to close", "corrected"),
        ("UPDATE 2-Ferry sinks", "update"),
        ("Update: mill is open again", "update"),
        ("[UPDATE] Mill is open again", "update"),
        ("RECAST-Mill to close", "update"),
        ("Update on the mill", None),
        ("Corrected figures show a loss", None),
        ("Correction in house prices", None),
        ("Mill to close", None),
        ("", None),
    ],
)
def test_marks_of_headlines(title: str, told: str | None) -> None:
    assert mark(title) == told
