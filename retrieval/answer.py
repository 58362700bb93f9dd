"""What everything above sees: quotes, claims, an answer or an abstention. Frozen, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.model import Article, Passage, Reference

Mode = Literal["hybrid", "lexical"]


@dataclass(frozen=True, slots=True)
class Span:
    """``start:end`` of a passage's text may answer the question.

    ``score`` is the probability that it does, comparable between passages and questions.
    ``around``: (start, end) in the passage of what is quoted with it at least.
    """

    passage: Passage
    start: int
    end: int
    score: float
    around: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.passage.text):
            raise ValueError(f"span {self.start}:{self.end} is outside its passage")
        if self.around and not self.around[0] <= self.start < self.end <= self.around[1]:
            raise ValueError(f"span {self.start}:{self.end} is outside what is around it")

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim slice of an article. ``start`` counts in ``Article.text``.

    ``highlight`` is a (from, to) pair within ``text``, around the short answer, or None.
    """

    reference: Reference
    start: int
    text: str
    highlight: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if not self.text:
            raise ValueError("a quote holds at least one character")
        if self.highlight and not 0 <= self.highlight[0] < self.highlight[1] <= len(self.text):
            raise ValueError(f"highlight {self.highlight} is outside the quote")

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_headline(self) -> bool:
        """Whether these are words of the article's headline, stored before its text."""
        return self.reference.title[self.start : self.end] == self.text

    @classmethod
    def cut(
        cls, passage: Passage, start: int, end: int, highlight: tuple[int, int] | None = None
    ) -> Quote:
        """The slice ``start:end`` of a passage (counted in the passage); likewise the highlight."""
        shifted = (highlight[0] - start, highlight[1] - start) if highlight else None
        return cls(passage.reference, passage.start + start, passage.text[start:end], shifted)

    def is_in(self, article: Article) -> bool:
        """Whether this is, to the letter, what the stored article says at these offsets."""
        return article.text[self.start : self.end] == self.text


@dataclass(frozen=True, slots=True)
class Claim:
    """A short answer with the quotes that prove it; ``confidence`` is a probability.

    The first quote is the best; further ones say the same in articles of their own, near-duplicates
    counted once.
    """

    text: str
    confidence: float
    quotes: tuple[Quote, ...]

    def __post_init__(self) -> None:
        if not self.quotes:
            raise ValueError("a claim needs a quote")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence {self.confidence} is not a probability")

    @property
    def agreement(self) -> str | None:
        """How many outlets, or articles where their outlets are not known, say so; None for one."""
        if len(self.quotes) < 2:
            return None
        outlets = {quote.reference.source for quote in self.quotes}
        if None not in outlets and len(outlets) > 1:
            return f"{len(outlets)} outlets agree"
        return f"{len({q.reference.article_id for q in self.quotes})} articles agree"


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched instead of the question as typed, and why."""

    text: str
    because: Literal["follow-up", "spelling"]

    @property
    def line(self) -> str:
        """What a person is told."""
        said = "Searched" if self.because == "follow-up" else "Showing results for"
        return f"{said}: {self.text}"


@dataclass(frozen=True, slots=True)
class Answer:
    """Claims, best first. ``notice`` says what the reader must know: a fallback, a reservation.

    ``disputed`` when the claims contradict each other: all sides are then shown as such.
    ``history`` when they are what one story told at different times, the newest first.
    """

    question: str
    claims: tuple[Claim, ...]
    mode: Mode
    generation: str
    notice: str | None = None
    searched: Searched | None = None
    disputed: bool = False
    history: bool = False

    def __post_init__(self) -> None:
        if not self.claims:
            raise ValueError("an answer needs a claim; use Abstention")
        if self.disputed and self.history:
            raise ValueError("what one story told at different times is no dispute")


@dataclass(frozen=True, slots=True)
class Abstention:
    """The articles do not say. ``nearest`` are the passages that came closest, best first.

    ``courtesy``: nothing was asked of them, and ``reason`` is what to say to that.
    """

    question: str
    reason: str
    nearest: tuple[Quote, ...]
    mode: Mode
    generation: str
    notice: str | None = None
    searched: Searched | None = None
    courtesy: bool = False


Reply = Answer | Abstention


def quotes_of(reply: Reply) -> list[Quote]:
    """Every quote that a reply shows."""
    match reply:
        case Answer(claims=claims):
            return [quote for claim in claims for quote in claim.quotes]
        case Abstention(nearest=nearest):
            return list(nearest)
