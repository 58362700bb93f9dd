"""Facts of sentences: found, stored and read again as they were."""

from hypothesis import given
from hypothesis import strategies as st

from index.language.facts import facts_of, held_in, pack, unpack
from index.language.sentences import sentence_bounds

TEXT = (
    "The Tarn Trust will not sell its two boats, Ann Lind said on Friday. Its chairman, Per Falk, "
    "denied that it owed $3m. Correction: an earlier version of this article said nine boats."
)


def test_facts_are_what_they_were_when_they_are_read_again() -> None:
    facts = facts_of(TEXT, sentence_bounds(TEXT), "2024-04-03")
    assert unpack(pack(facts)) == tuple(facts)
    first, second, third = facts
    assert first.negative and not first.denies and first.speakers == ("Ann Lind",)
    assert second.denies and TEXT[slice(*(third.withdrawn or (0, 0)))] == "nine boats"
    (role,) = second.roles
    assert role.kind == "chair" and role.owned and role.body == {"tarn", "trust"}
    assert held_in(facts) == {("tarn", "chair"), ("trus", "chair")}


@given(st.text(alphabet="abc ABC.,;0123$-–“”’\n", max_size=120), st.integers(0, 1_000))
def test_places_move_and_stay_in_the_text(text: str, by: int) -> None:
    whole = f"{text} Ann Lind, head of the Tarn Trust, paid $3m on 2 May 2021."
    for facts in facts_of(whole, sentence_bounds(whole), None):
        places = [
            *((one.start, one.end) for one in facts.roles),
            *((one.start, one.end) for one in facts.quantities),
            *((one.start, one.end) for one in facts.moments),
            *facts.names,
        ]
        assert all(0 <= start < end <= len(whole) for start, end in places)
        assert facts.moved(by).moved(-by) == facts
        assert unpack(pack([facts])) == (facts,)
