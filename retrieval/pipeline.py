"""The path of a question, in one function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.encoder import Encoder
from index.errors import DamagedError, EncoderMismatch
from index.store import Generation
from retrieval.answer import Mode, Reply, quotes_of
from retrieval.decide import DEFAULT_THRESHOLD, Circumstances, decide
from retrieval.followup import Turn
from retrieval.question import checked
from retrieval.reader import Reader
from retrieval.search import Hit, search

READ_PASSAGES = 10


@dataclass(frozen=True)
class Answerer:
    """Answers questions from one generation. Safe to use from several threads.

    ``encoder`` None means that BM25 alone searches; ``fault`` then says why. Every reply carries
    it, and ``notice`` too.
    """

    generation: Generation
    encoder: Encoder | None
    reader: Reader
    fault: str | None = None
    notice: str | None = None
    threshold: float = DEFAULT_THRESHOLD

    def __post_init__(self) -> None:
        if self.encoder is not None:
            require_same_encoder(self.generation, self.encoder.card.weights, self.encoder.card.name)

    @property
    def mode(self) -> Mode:
        return "hybrid" if self.encoder else "lexical"

    def answer(self, text: str, history: Sequence[Turn] = ()) -> Reply:
        """The reply to ``text``, asked after the turns of ``history`` (oldest first).

        Raises QuestionError when it cannot be searched.
        """
        question = checked(text)
        hits = self.find(question, READ_PASSAGES)
        spans = self.reader.read(question, hits)
        keywords = f"keyword search only: {self.fault}" if self.fault else None
        notice = "; ".join(filter(None, (keywords, self.notice))) or None
        now = Circumstances(self.mode, self.generation.manifest.generation, notice)
        reply = decide(question, spans, self.threshold, now)
        self._prove(reply)
        return reply

    def find(self, question: str, k: int) -> list[Hit]:
        """The best ``k`` passages, of which the first `READ_PASSAGES` are read for an answer."""
        vector = self.encoder.encode([question])[0] if self.encoder else None
        return search(self.generation, question, vector, k)

    def _prove(self, reply: Reply) -> None:
        """Check every quote against the stored article. Raises DamagedError."""
        for quote in quotes_of(reply):
            article = self.generation.article(quote.reference.article_id)
            if article is None or not quote.is_in(article):
                raise DamagedError(
                    f"A quote of {quote.reference.article_id} is not in the stored article; "
                    "rebuild the index: pullquote index build"
                )


def require_same_encoder(generation: Generation, weights: str, name: str) -> None:
    """Raises EncoderMismatch unless the passages were embedded with these ``weights``."""
    card = generation.manifest.encoder
    if card.weights != weights:
        raise EncoderMismatch(
            f"The index was embedded by {card.name} (weights {card.weights[:12]}…), but the "
            f"configured model is {name} ({weights[:12]}…); set [encoder] model back, or rebuild: "
            "pullquote index build"
        )
