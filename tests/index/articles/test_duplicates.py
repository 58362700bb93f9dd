import random

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from index.articles.duplicates import HASHES, _minima, groups, signature, similarity
from tests.generated import texts


def _story(seed: int, words: int) -> str:
    source = random.Random(seed)
    return " ".join(f"w{source.randrange(3000)}" for _ in range(words))


def _groups(*stories: str) -> list[int]:
    return groups([signature(story) for story in stories])


@given(st.sets(st.binary(max_size=40), max_size=60))
def test_the_minima_are_datasketch_s(runs: set[bytes]) -> None:
    """Number by number: what is stored was made by it."""
    sketch = MinHash(num_perm=HASHES, seed=1, scheme="affine32")
    sketch.update_batch(list(runs))
    np.testing.assert_array_equal(_minima(runs), sketch.hashvalues)


def test_the_minima_of_a_long_text_are_datasketch_s() -> None:
    runs = {f"run {number}".encode() for number in range(2000)}
    sketch = MinHash(num_perm=HASHES, seed=1, scheme="affine32")
    sketch.update_batch(list(runs))
    np.testing.assert_array_equal(_minima(runs), sketch.hashvalues)


def test_copies_edits_and_updates_group_and_others_do_not() -> None:
    story = _story(1, 300)
    edited = story.split()
    for n in range(0, 300, 40):
        edited[n] = "changed"
    update = story + " " + _story(2, 200)
    assert _groups(_story(3, 300), story, " ".join(edited), update, _story(4, 300)) == [
        0, 1, 1, 1, 4]  # fmt: skip


def test_a_shared_background_paragraph_is_not_the_same_story() -> None:
    background = _story(9, 80)
    assert _groups(_story(1, 200) + background, _story(2, 200) + background) == [0, 1]


def test_short_texts_must_be_nearly_the_same() -> None:
    one = "Qtly div 12 cts vs 12 cts prior pay April 15 record March 31"
    other = "Qtly div 12 cts vs 12 cts prior pay April 15 record March 30"
    assert _groups(one, other, one.upper() + "!") == [0, 1, 0]


def test_texts_without_words_stand_alone() -> None:
    assert _groups("", "…", "") == [0, 1, 2]
    assert groups([]) == []


def test_many_copies_take_no_quadratic_time() -> None:
    assert set(groups([signature(_story(1, 100))] * 5000)) == {0}


def test_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="another version"):
        groups([b"\xff" + signature("one two three")[1:]])


def test_the_estimates_are_near_the_truth() -> None:
    story = _story(5, 400)
    half = " ".join(story.split()[:200])
    jaccard, containment = similarity(signature(story), signature(half))
    assert abs(jaccard - 0.5) < 0.15 and containment > 0.8


@given(st.lists(texts, max_size=8))
def test_a_group_is_named_by_its_first(stories: list[str]) -> None:
    leaders = _groups(*stories)
    assert all(leader <= n and leaders[leader] == leader for n, leader in enumerate(leaders))
    assert all(len(signature(story)) == 257 for story in stories)


def test_an_update_may_double_a_story_and_no_more() -> None:
    """Of the runs of both, half are shared in the first and a third in the second."""
    story = _story(1, 300)
    assert _groups(story, f"{story} {_story(2, 300)}") == [0, 0]
    assert _groups(story, f"{story} {_story(2, 600)}") == [0, 1]


def test_of_a_longer_story_the_shorter_must_be_in_it() -> None:
    """Two stories that have two thirds in common: neither is an update of the other."""
    shared = _story(1, 300)
    assert _groups(f"{shared} {_story(2, 130)}", f"{shared} {_story(3, 130)}") == [0, 1]
