"""Which passages of a generation meet a selection."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.folder.catalogue import Catalogue
from index.folder.lexical import LexicalIndex
from index.language.folding import fold
from index.language.words import words
from index.model import Selection

Keys = NDArray[np.int64]

_AT_ONCE = 1_000  # passages whose texts are held while a phrase is looked for
_REMEMBERED = 8  # selections: a question asks whether there is any, and then searches there


class Selector:
    """The keys of selections, the last few remembered: a generation never changes."""

    def __init__(self, catalogue: Catalogue, lexical: LexicalIndex) -> None:
        self._catalogue, self._lexical = catalogue, lexical
        self._known: OrderedDict[Selection, Keys] = OrderedDict()
        self._lock = Lock()

    def keys(self, selection: Selection) -> Keys | None:
        """The keys, ascending; None for all."""
        if not selection:
            return None
        with self._lock:
            found = self._known.get(selection)
        if found is None:
            found = self._selected(selection)
            with self._lock:
                self._known[selection] = found
                while len(self._known) > _REMEMBERED:
                    self._known.popitem(last=False)
        return found

    def _selected(self, selection: Selection) -> Keys:
        spans = self._catalogue.select(selection)
        parts = [np.arange(first, first + count, dtype=np.int64) for first, count in spans]
        keys = np.concatenate(parts) if parts else np.empty(0, np.int64)
        for phrase in selection.phrases:
            keys = np.intersect1d(keys, self._saying(phrase), assume_unique=True)
        return keys

    def _saying(self, phrase: str) -> Keys:
        """The passages in which ``phrase`` stands word for word."""
        wanted, keys = _flat(phrase), self._lexical.holding(words(phrase)).tolist()
        found = [
            passage.key
            for start in range(0, len(keys), _AT_ONCE)
            for passage in self._catalogue.passages(keys[start : start + _AT_ONCE])
            if wanted in _flat(passage.text)
        ]
        return np.array(found, np.int64)


def _flat(text: str) -> str:
    return fold(" ".join(text.split()))
