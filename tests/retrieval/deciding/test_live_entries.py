"""Of the entries of a live report the newest that counts the same thing speaks."""

import pytest

from index.language.clock import entry_time
from index.model import Passage, Reference
from retrieval.answer import Span
from retrieval.deciding.live_entries import newest_entries

ENTRIES = ("14:30 – Twenty-one have died.", "12:05 – Twelve have died.", "9:40 – Five have died.")


def _span(place: int, score: float, article: str = "live", text: str | None = None) -> Span:
    said = text or ENTRIES[place]
    reference = Reference(article, "Flood: live")
    passage = Passage(place, reference, 100 * place, said, ((0, len(said)),))
    start = said.index("–") + 2 if "–" in said else 0
    return Span(passage, start, said.index(" ", start), score)


def _told(spans: list[Span]) -> list[tuple[str, float]]:
    return [(span.text, span.score) for span in newest_entries(spans)]


def test_the_newest_entry_is_as_sure_as_the_surest() -> None:
    told = _told([_span(1, 0.5), _span(2, 0.3), _span(0, 0.2)])
    assert told == [("Twenty-one", 0.5), ("Twelve", 0.5), ("Five", 0.3)]


@pytest.mark.parametrize(
    "spans",
    [
        [_span(0, 0.5), _span(1, 0.4)],  # it is the surest
        [_span(1, 0.5), _span(0, 0.1)],  # it tells of something else
        [_span(1, 0.5), _span(0, 0.4, article="other")],
        [_span(1, 0.5, text="Twelve have died."), _span(0, 0.4, text="Twenty-one have died.")],
        [_span(1, 0.5, text="12:05 – Police speak."), _span(0, 0.4, text="14:30 – Aker speaks.")],
        [],
    ],
)
def test_others_stay_as_they_are(spans: list[Span]) -> None:
    assert newest_entries(spans) == spans


def test_the_times_of_entries() -> None:
    for time in ("14:30", "9.05pm", "9 a.m.", "14:30 BST", "7h05", "11 PM GMT"):
        assert entry_time(f"{time} – It shut.") == time
    for text in ("1998 – a year", "It shut at 14:30 – late", "14:30 - it shut", "12 – 3", ""):
        assert entry_time(text) == ""
