"""The decoder against brute force, on words with accents, and on long passages."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.reading.decode import (
    Window,
    decode,
    merge_windows,
    pick_spans,
    span_scores,
    window_begins,
    word_edges,
)

Span = tuple[int, int, float]


def brute_force(start: np.ndarray, end: np.ndarray, count: int, limit: int) -> list[Span]:
    """Rank every allowed span, then take the best that overlap none taken before."""
    spans = [
        (i, j, float(start[i] + end[j]))
        for i in range(len(start))
        for j in range(i, min(len(start), i + limit))
    ]
    spans.sort(key=lambda span: (-span[2], span[0], span[1]))
    taken: list[Span] = []
    for span in spans:
        if all(span[1] < other[0] or span[0] > other[1] for other in taken):
            taken.append(span)
    return taken[:count]


def logits(random: np.random.Generator, pieces: int) -> np.ndarray:
    """Random logits on a grid, so that equal scores happen and ties are tested."""
    return random.integers(-12, 12, size=pieces).astype(np.float32) / 4


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 6), st.integers(1, 30))
def test_equals_brute_force(seed: int, pieces: int, count: int, limit: int) -> None:
    random = np.random.default_rng(seed)
    start, end = logits(random, pieces), logits(random, pieces)
    found = pick_spans(span_scores(start, end, limit), count)
    assert found == brute_force(start, end, count, limit)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.integers(4, 20), st.data())
def test_windows_equal_brute_force(seed: int, pieces: int, room: int, data: st.DataObject) -> None:
    stride = data.draw(st.integers(1, room))
    random = np.random.default_rng(seed)
    windows = []
    best: dict[tuple[int, int], float] = {}
    for begin in window_begins(pieces, room, stride):
        size = min(room, pieces - begin)
        window = Window(begin, logits(random, size), logits(random, size), float(random.normal()))
        windows.append(window)
        for i, j, score in brute_force_all(window, 8):
            best[i, j] = max(best.get((i, j), -np.inf), score)
    scores, null = merge_windows(windows, pieces, 8)
    assert null == min(window.null for window in windows)
    for i in range(pieces):
        for d in range(8):
            assert scores[i, d] == best.get((i, i + d), -np.inf)


def brute_force_all(window: Window, limit: int) -> list[Span]:
    """Every span of one window, in the passage's piece numbers."""
    size = len(window.start)
    return [
        (window.begin + i, window.begin + j, float(window.start[i] + window.end[j]))
        for i in range(size)
        for j in range(i, min(size, i + limit))
    ]


@given(st.integers(1, 2000), st.integers(1, 300), st.data())
def test_windows_cover_every_piece(pieces: int, room: int, data: st.DataObject) -> None:
    stride = data.draw(st.integers(1, room))
    begins = window_begins(pieces, room, stride)
    covered = {at for begin in begins for at in range(begin, min(pieces, begin + room))}
    assert covered == set(range(pieces))
    assert begins == sorted(set(begins))


def test_windows_refuse_gaps() -> None:
    with pytest.raises(ValueError, match="stride"):
        window_begins(100, 20, 21)


def cut(text: str) -> tuple[np.ndarray, np.ndarray]:
    """Pieces of at most three characters: a stand-in for a real tokenizer."""
    found = list(re.finditer(r"\w{1,3}|[^\w\s]", text))
    starts = np.array([m.start() for m in found], dtype=np.int32)
    return starts, np.array([m.end() for m in found], dtype=np.int32)


def peak(pieces: int, at: int) -> np.ndarray:
    """Logits that are 5 at one piece and 0 elsewhere."""
    values = np.zeros(pieces, dtype=np.float32)
    values[at] = 5
    return values


def test_offsets_are_code_points() -> None:
    text = "😀 Frau Müller-Größe zahlte 5 € für 𝔛-Rays."
    starts, ends = cut(text)
    first = int(np.flatnonzero(starts == text.index("Müller"))[0])
    last = int(np.flatnonzero(ends == text.index("Größe") + len("Größe"))[0])
    windows = [Window(0, peak(len(starts), first), peak(len(starts), last), -1.0)]
    best = decode(windows, text, starts, ends, [(0, len(text))])[0]
    assert text[best.start : best.end] == "Müller-Größe"
    assert best.margin == pytest.approx(11.0)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abé́1 .-'’ßя😀", min_size=1, max_size=60), st.integers(0, 999))
def test_spans_never_cut_a_word(text: str, seed: int) -> None:
    starts, ends = cut(text)
    random = np.random.default_rng(seed)
    size = len(starts)
    cuts = sorted({0, *random.integers(0, len(text), 3).tolist(), len(text)})
    sentences = list(pairwise(cuts))
    window = Window(0, logits(random, size), logits(random, size), 0.0)
    spans = decode([window], text, starts, ends, sentences)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        begun = [n for n, (a, b) in enumerate(sentences) if a <= span.start < b]
        # A word piece may reach into the next sentence itself.
        last = max(int(at) for at in starts if at < span.end)
        assert begun == [n for n, (a, b) in enumerate(sentences) if a <= last < b]
        for at in (span.start, span.end):
            if 0 < at < len(text):
                assert not (text[at - 1].isalnum() and text[at].isalnum())
    for one, two in pairwise(spans):
        assert one.score >= two.score
        assert one.end <= two.start or two.end <= one.start


def test_accents_stay_with_their_letters() -> None:
    text = "cafe\u0301s"
    opens, closes = word_edges(text, np.array([0, 4], np.int32), np.array([4, 6], np.int32))
    assert opens.tolist() == [True, False]
    assert closes.tolist() == [False, True]


def test_answer_late_in_a_long_passage() -> None:
    text = " ".join(f"w{number}" for number in range(700))
    found = list(re.finditer(r"\S+", text))
    starts = np.array([m.start() for m in found], dtype=np.int32)
    ends = np.array([m.end() for m in found], dtype=np.int32)
    windows = []
    for begin in window_begins(700, 120, 60):
        start, end = np.zeros(120, np.float32), np.zeros(120, np.float32)
        if begin <= 650 and begin + 120 > 652:
            start[650 - begin], end[652 - begin] = 6, 6
        windows.append(Window(begin, start, end, 1.0))
    best = decode(windows, text, starts, ends, [(0, len(text))])[0]
    assert text[best.start : best.end] == "w650 w651 w652"


def test_a_span_is_of_one_sentence() -> None:
    """Its ends were drawn to two: "nine billion. Already one billion people" is no answer."""
    text = "There will be nine billion. Already one billion starve."
    starts, ends = cut(text)
    first = int(np.flatnonzero(starts == text.index("nine"))[0])
    last = int(np.flatnonzero(ends == text.index("starve") + len("starve"))[0])
    windows = [Window(0, peak(len(starts), first), peak(len(starts), last), -1.0)]
    parts = ((0, 27), (28, len(text)))
    assert decode(windows, text, starts, ends, [(0, len(text))])[0].margin == 11.0
    best = decode(windows, text, starts, ends, parts)[0]
    assert best.margin == 6.0
    assert any(a <= best.start and best.end <= b for a, b in parts)


def test_an_empty_passage_has_no_span() -> None:
    none = np.zeros(0, dtype=np.int32)
    empty = np.zeros(0, dtype=np.float32)
    assert decode([Window(0, empty, empty, 0.0)], "", none, none, []) == []
