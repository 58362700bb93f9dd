"""The same story in many outlets: MinHash signatures and their groups.

A text is the set of its three-word runs. Two texts tell the same story when the sets overlap
(Jaccard) and the shorter one is nearly all in the longer (containment), as with an update that
adds paragraphs. Both are estimated from the signatures alone (Broder, "On the resemblance and
containment of documents", 1997), so that nothing but signatures need be stored. Pure.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

VERSION = 1
"""First byte of a signature: those of another version are refused, not compared."""

RUN = 3
"""Words in a run. Pairs of words recur between stories on one subject; runs of five lose too
much to light editing."""
BANDS, ROWS = 42, 3
"""A pair of Jaccard j shares a band, and is looked at, with 1 - (1 - j**3)**42: 94 % at 0.40,
99.6 % at 0.50."""
HASHES = BANDS * ROWS
MIN_JACCARD, MIN_CONTAINMENT = 0.40, 0.80
"""Estimates that a pair must reach. The standard error of a Jaccard of 0.4 is 0.044."""
SHORT, SHORT_JACCARD = 30, 0.9
"""Words (runs, to be exact) under which a text must be nearly the same: of two lines from one
form ("div 12 cts vs 12 cts prior") most words agree by nature."""
_LEAST_RUNS = 12  # of a text that may share some: of fewer, two are as many by chance
_PAIR, _BESIDE = 2, 3
_HEAD = struct.Struct("<BI")
_ROW = _HEAD.size + 2 * HASHES
_WORDS = re.compile(r"\w+")
_CHUNK = 50_000
_AT_ONCE = 512  # runs whose permutations are held at a time

Rows = NDArray[np.uint16]


def signature(text: str) -> bytes:
    """The signature of ``text``: its version, how many runs it has, 126 minima of 16 bits.

    257 bytes. The low 16 bits of a minimum do: two that differ agree by chance once in 65,536.
    """
    words = _WORDS.findall(text.casefold())
    length = min(RUN, len(words))
    runs = {" ".join(words[n : n + length]).encode() for n in range(len(words) - length + 1)}
    runs.discard(b"")
    minima = (_minima(runs) & 0xFFFF).astype("<u2")
    return _HEAD.pack(VERSION, len(runs)) + minima.tobytes()


def groups(signatures: Sequence[bytes]) -> list[int]:
    """For each article the index of the first of its group; its own when it stands alone.

    Raises ValueError for a signature of another version.
    """
    return joined(len(signatures), near(signatures))


def near(signatures: Sequence[bytes]) -> list[tuple[int, int]]:
    """Pairs of near-duplicates that join all groups. Raises ValueError as `groups` does."""
    sizes, rows = _unpack(signatures)
    pairs = _candidates(sizes, rows)
    return [(a, b) for a, b in pairs[_same(pairs, sizes, rows)].tolist()]


def joined(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """For each of ``count`` articles the index of the first of those that ``pairs`` link it to."""
    leader = list(range(count))
    for a, b in pairs:
        first, second = sorted((_root(leader, a), _root(leader, b)))
        leader[second] = first
    return [_root(leader, number) for number in range(count)]


def sharing(
    signatures: Sequence[bytes], days: Sequence[int | None], within: int
) -> list[tuple[int, int, float, float]]:
    """Pairs of articles of nearly one day that share some runs, with their (Jaccard, containment):
    86 % of those with a Jaccard of 0.17.

    Beside one another in a bucket are articles of days beside one another, so that a bucket of n
    texts gives 3n pairs at most.
    """
    sizes, rows = _unpack(signatures)
    dated = [n for n, day in enumerate(days) if day is not None and sizes[n] >= _LEAST_RUNS]
    some = np.array(sorted(dated, key=lambda n: (days[n], n)), np.int64)
    when = np.array([days[n] for n in some.tolist()], np.int64)
    found = [np.empty((0, 2), np.int64)]
    for band in range(0, HASHES, _PAIR):
        part = rows[some, band : band + _PAIR].astype(np.int64)
        key = part[:, 0] << 16 | part[:, 1]
        order = np.argsort(key, kind="stable")
        key = key[order]
        for step in range(1, _BESIDE + 1):
            met = np.flatnonzero(key[step:] == key[:-step])
            one, other = order[met], order[met + step]
            at_once = when[other] - when[one] <= within
            found.append(np.sort(np.stack([some[one], some[other]], 1)[at_once], axis=1))
    pairs = np.unique(np.concatenate(found), axis=0)
    jaccard, containment = _estimates(pairs, sizes, rows)
    return [
        (a, b, float(j), float(c))
        for (a, b), j, c in zip(pairs.tolist(), jaccard, containment, strict=True)
    ]


def similarity(one: bytes, other: bytes) -> tuple[float, float]:
    """The estimated (Jaccard, containment of the smaller in the larger) of two signatures."""
    sizes, rows = _unpack([one, other])
    jaccard, containment = _estimates(np.array([[0, 1]]), sizes, rows)
    return float(jaccard[0]), float(containment[0])


def _minima(runs: Iterable[bytes]) -> NDArray[np.uint32]:
    """Of each permutation of the 32-bit numbers, the least that a run is taken to.

    As ``datasketch.MinHash(HASHES, seed=1, scheme="affine32")`` has it, number by number:
    signatures on disk were made by it.
    """
    hashes = np.array([int.from_bytes(hashlib.sha1(run).digest()[:4], "little") for run in runs])
    if not len(hashes):
        return np.full(HASHES, np.iinfo(np.uint32).max, np.uint32)
    mixed = _mixed(hashes.astype(np.uint32))[:, None]
    factors, terms = _permutations()
    starts = range(0, len(mixed), _AT_ONCE)
    found: NDArray[np.uint32] = np.minimum.reduce(
        [(mixed[n : n + _AT_ONCE] * factors + terms).min(axis=0) for n in starts]
    )
    return found


def _mixed(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """MurmurHash3's last step, which spreads every bit over all: products wrap around."""
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    hashes = (hashes ^ (hashes >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return hashes ^ (hashes >> np.uint32(16))


@cache
def _permutations() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The odd factors and the terms of the permutations, from a stream that numpy never changes."""
    source = np.random.RandomState(1)
    factors = source.randint(0, 1 << 31, HASHES, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, source.randint(0, 1 << 32, HASHES, dtype=np.uint32)


def _unpack(signatures: Sequence[bytes]) -> tuple[NDArray[np.int64], Rows]:
    for one in signatures:
        if len(one) != _ROW or one[0] != VERSION:
            raise ValueError("a signature of another version; index the articles again")
    raw = np.frombuffer(b"".join(signatures), np.uint8).reshape(len(signatures), _ROW)
    sizes = np.ascontiguousarray(raw[:, 1 : _HEAD.size]).view("<u4").ravel().astype(np.int64)
    rows: Rows = np.ascontiguousarray(raw[:, _HEAD.size :]).view("<u2")
    return sizes, rows


def _candidates(sizes: NDArray[np.int64], rows: Rows) -> NDArray[np.int64]:
    """Pairs that share a band, each once. Texts without words are in none.

    A full bucket of n texts would give n² pairs. Each text is paired with the bucket's first and
    with its own forerunner only; the buckets of the other bands find the rest.
    """
    some = np.flatnonzero(sizes)
    found = [np.empty(0, np.int64)]
    for band in range(BANDS):
        part = rows[some, band * ROWS : (band + 1) * ROWS].astype(np.int64)
        key = part[:, 0] << 32 | part[:, 1] << 16 | part[:, 2]
        order = np.argsort(key, kind="stable")
        ordered, key = some[order], key[order]
        starts = np.r_[True, key[1:] != key[:-1]] if len(key) else np.empty(0, bool)
        first = ordered[np.maximum.accumulate(np.where(starts, np.arange(len(key)), 0))]
        inside = np.flatnonzero(~starts)
        found += [first[inside] * len(rows) + ordered[inside]]
        found += [ordered[inside - 1] * len(rows) + ordered[inside]]
    codes = np.unique(np.concatenate(found))
    return np.stack([codes // max(1, len(rows)), codes % max(1, len(rows))], axis=1)


def _same(pairs: NDArray[np.int64], sizes: NDArray[np.int64], rows: Rows) -> NDArray[np.bool_]:
    jaccard, containment = _estimates(pairs, sizes, rows)
    short = sizes[pairs].min(axis=1) < SHORT
    near: NDArray[np.bool_] = (jaccard >= MIN_JACCARD) & (containment >= MIN_CONTAINMENT)
    return np.where(short, jaccard >= SHORT_JACCARD, near)


def _estimates(
    pairs: NDArray[np.int64], sizes: NDArray[np.int64], rows: Rows
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Jaccard is the share of equal minima; containment is |A ∩ B| / min(|A|, |B|), with
    |A ∩ B| = j / (1 + j) · (|A| + |B|)."""
    jaccard = np.empty(len(pairs))
    for start in range(0, len(pairs), _CHUNK):
        part = pairs[start : start + _CHUNK]
        jaccard[start : start + _CHUNK] = (rows[part[:, 0]] == rows[part[:, 1]]).mean(axis=1)
    of = sizes[pairs]
    shared = jaccard / (1 + jaccard) * of.sum(axis=1)
    return jaccard, np.minimum(1.0, shared / np.maximum(1, of.min(axis=1)))


def _root(leader: list[int], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number
