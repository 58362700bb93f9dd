"""Start and end logits -> spans of the passage's own characters (pure numpy).

The score of a span is start[first] + end[last], in logits; the score of "not here" is
start[0] + end[0] of the same row, so both lie on one scale (Devlin et al. 2019, section
4.3).  Characters are counted in Python code points into the passage's text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Offsets = NDArray[np.int32]

MAX_PIECES: Final = 30


@dataclass(frozen=True, slots=True)
class Window:
    """What the network said of the word pieces [begin, begin + len(start)) of a passage."""

    begin: int
    start: Floats  # (pieces,) logits of the passage's pieces only
    end: Floats  # (pieces,)
    null: float  # start[0] + end[0] of this row


@dataclass(frozen=True, slots=True)
class DecodedSpan:
    """Code points [start, end) of a passage, with the logits that chose them."""

    start: int
    end: int
    score: float  # start logit + end logit
    null: float  # the passage's "not here" on the same scale

    @property
    def margin(self) -> float:
        """How much the span is preferred to "not here"."""
        return self.score - self.null


def window_begins(pieces: int, room: int, stride: int) -> list[int]:
    """Where windows of ``room`` word pieces begin; they cover every piece.

    Neighbours begin ``stride`` apart; the last one ends with the passage, so that it is
    as full as the others.
    """
    if room < 1 or not 1 <= stride <= room:
        raise ValueError(f"need 1 <= stride <= room, got stride {stride} and room {room}")
    if pieces <= room:
        return [0]
    return [*range(0, pieces - room, stride), pieces - room]


def word_edges(text: str, starts: Offsets, ends: Offsets) -> tuple[NDArray[np.bool_], ...]:
    """Which pieces begin a word and which end one, as two (pieces,) masks.

    A cut between two characters is inside a word if both belong to words.  Combining
    marks count as part of a word, so that no accent is cut from its letter.
    """

    def in_word(at: int) -> bool:
        return text[at].isalnum() or unicodedata.category(text[at]).startswith("M")

    def inside(cut: int) -> bool:
        return 0 < cut < len(text) and in_word(cut - 1) and in_word(cut)

    opens = np.array([not inside(int(at)) for at in starts], dtype=np.bool_)
    closes = np.array([not inside(int(at)) for at in ends], dtype=np.bool_)
    return opens, closes


def span_scores(start: Floats, end: Floats, max_pieces: int) -> Floats:
    """All scores as (pieces, max_pieces): entry (i, d) is the span of pieces i to i + d."""
    pieces = len(start)
    padded = np.full(pieces + max_pieces - 1, -np.inf, dtype=np.float32)
    padded[:pieces] = end
    ends = np.lib.stride_tricks.sliding_window_view(padded, max_pieces)
    scores: Floats = start[:, None] + ends
    return scores


def merge_windows(windows: Sequence[Window], pieces: int, max_pieces: int) -> tuple[Floats, float]:
    """The best score of each span over all windows, and the least "not here".

    A passage holds the answer if any window of it does; hence the minimum.
    """
    scores = np.full((pieces, max_pieces), -np.inf, dtype=np.float32)
    for window in windows:
        part = scores[window.begin : window.begin + len(window.start)]
        np.maximum(part, span_scores(window.start, window.end, max_pieces), out=part)
    return scores, min(window.null for window in windows)


def pick_spans(scores: Floats, count: int) -> list[tuple[int, int, float]]:
    """The best ``count`` spans, each overlapping none before it, as (first, last, score).

    Ties go to the earlier, then to the shorter span.
    """
    scores = scores.copy()
    pieces, width = scores.shape
    reach = np.arange(pieces)[:, None] + np.arange(width)[None, :]
    chosen: list[tuple[int, int, float]] = []
    while len(chosen) < count and scores.size:
        best = int(np.argmax(scores))
        first, length = divmod(best, width)
        value = float(scores[first, length])
        if value == -np.inf:
            break
        last = first + length
        chosen.append((first, last, value))
        # Shut every span that begins at or before `last` and ends at or after `first`.
        rows = scores[: last + 1]
        rows[reach[: last + 1] >= first] = -np.inf
    return chosen


def _at_ends(values: NDArray[Any], max_pieces: int) -> NDArray[Any]:
    """What ``values``, (pieces,), say of the last piece of each span: (pieces, max_pieces), 0 for a
    span that would end beyond the passage."""
    padded = np.zeros(len(values) + max_pieces - 1, dtype=values.dtype)
    padded[: len(values)] = values
    return np.lib.stride_tricks.sliding_window_view(padded, max_pieces)


def decode(
    windows: Sequence[Window], text: str, starts: Offsets, ends: Offsets,
    sentences: Sequence[tuple[int, int]], count: int = 3, max_pieces: int = MAX_PIECES,
) -> list[DecodedSpan]:  # fmt: skip
    """The best spans of a passage that begin and end at the edges of words of one sentence.

    starts, ends: (pieces,) the code points of each word piece in ``text``; sentences: (start, end)
    in ``text``, in order, without overlap.
    """
    if len(starts) == 0:
        return []
    scores, null = merge_windows(windows, len(starts), max_pieces)
    opens, closes = word_edges(text, starts, ends)
    number = np.searchsorted([start for start, _ in sentences], starts, side="right")
    scores[~opens] = -np.inf
    scores[~_at_ends(closes, max_pieces)] = -np.inf
    scores[_at_ends(number, max_pieces) != number[:, None]] = -np.inf
    return [
        DecodedSpan(int(starts[first]), int(ends[last]), score, null)
        for first, last, score in pick_spans(scores, count)
    ]
