"""The reader alone: against what `training.evaluate` finds in the same contexts."""

from collections.abc import Sequence

import numpy as np
import pytest

from evaluation.questions import GoldQuestion
from evaluation.reading import measures, read
from retrieval.reading.decode import Window
from retrieval.reading.span_reader import Logits


class FirstCapital:
    """Marks the last word with a capital; how sure it is falls with the passage's length."""

    def logits(
        self, question: str, texts: Sequence[str], titles: Sequence[str] = ()
    ) -> list[Logits]:
        return [self._of(text) for text in texts]

    def _of(self, text: str) -> Logits:
        starts, ends, at = [], [], 0
        for word in text.split(" "):
            starts.append(at)
            ends.append(at + len(word.rstrip(".")))
            at += len(word) + 1
        marked = [3.0 if text[start].isupper() else -3.0 for start in starts]
        scores = np.array([m + n for n, m in enumerate(marked)], np.float32)
        window = Window(0, scores, scores, float(len(text)))
        return Logits((window,), np.array(starts, np.int32), np.array(ends, np.int32))


def test_reading_scores_the_best_span_of_each_context() -> None:
    asked = [
        GoldQuestion("a", "Who?", "It was opened by Holm.", ("Holm", "Ada Holm")),
        GoldQuestion("b", "Who?", "It was opened by Ada Riva.", ("Ada Riva",)),
        GoldQuestion("c", "Who?", "Nobody ever knew who closed the old museum of Oslo in the end."),
    ]
    counted: list[int] = []
    found = read(FirstCapital(), asked, counted.append)
    assert sum(counted) == 3
    assert [r.exact for r in found] == [1.0, 0.0, None]
    assert found[1].f1 == pytest.approx(2 / 3)
    figures = {name: m(np.ones((1, 3)))[0] for name, m in measures(found).items()}
    assert figures["exact_match"] == 0.5 and figures["auroc"] == 1.0
    assert set(measures(found[:2])) == {"exact_match", "f1"}
