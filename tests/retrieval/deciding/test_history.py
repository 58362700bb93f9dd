"""What one story told at different times, and what corrections take back."""

from hypothesis import given
from hypothesis import strategies as st

from retrieval.deciding.decide import Evidence
from tests.retrieval.deciding.test_decide import answered, span

ASKED = "how many people died in the fire in Tarn?"
FIRST = span("Three people died in the fire in Tarn.", "Three", "a", 0.9, "2024-05-01T06:10")
NEXT = span("Nine people died in the fire in Tarn.", "Nine", "b", 0.4, "2024-05-01T19:00")
LAST = span("The toll of the fire in Tarn rose to 12.", "12", "c", 0.01, "2024-05-02")
ONE_STORY = {"a": "a", "b": "a", "c": "a"}


def test_the_newest_figure_of_a_story_speaks_and_the_others_are_its_history() -> None:
    told = answered(ASKED, FIRST, NEXT, LAST, found=Evidence((LAST.passage,), ONE_STORY))
    assert told.history and not told.disputed
    assert [claim.text for claim in told.claims] == ["12", "Nine", "Three"]
    # The newest is as surely what was asked for as what was read best.
    assert told.claims[0].confidence == 0.9


def test_a_newest_figure_that_was_not_read_is_found() -> None:
    told = answered(ASKED, FIRST, found=Evidence((LAST.passage,), ONE_STORY))
    assert [claim.text for claim in told.claims] == ["12", "Three"]


@given(st.permutations([FIRST, NEXT, LAST]))
def test_the_order_of_reading_is_no_matter(spans: list[object]) -> None:
    passages = tuple(one.passage for one in (FIRST, NEXT, LAST) if one in spans)
    told = answered(ASKED, FIRST, found=Evidence(passages, ONE_STORY))
    assert [claim.text for claim in told.claims] == ["12", "Nine", "Three"]


def test_other_stories_and_other_things_are_no_history() -> None:
    apart = answered(ASKED, FIRST, NEXT)
    assert not apart.history and apart.disputed
    houses = span("The fire in Tarn burnt 40 houses.", "40", "b", 0.4, "2024-05-02")
    assert not answered(ASKED, FIRST, houses, found=Evidence((), ONE_STORY)).history
    equal = span("In Tarn 3 people died in the fire.", "3", "b", 0.4, "2024-05-02")
    assert not answered(ASKED, FIRST, equal, found=Evidence((), ONE_STORY)).history


def test_a_correction_replaces_what_it_takes_back() -> None:
    asked = "how many people does the mill in Tarn employ?"
    wrong = span("The mill in Tarn employs 4,500 people.", "4,500", "a", 0.9)
    note = span(
        "Correction: an article said that the mill in Tarn employs 4,500 people. It employs 450.",
        "4,500", "b", 0.5,
    )  # fmt: skip
    told = answered(asked, wrong, note)
    assert [claim.text for claim in told.claims] == ["450"]
    assert told.claims[0].quotes[0].reference.article_id == "b"
    other = span("The mill in Lund employs 4,500 people.", "4,500", "c", 0.9)
    assert answered("how many work at Lund's mill?", other).claims[0].text == "4,500"
