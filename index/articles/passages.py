"""Article to passages of whole sentences. Pure; offsets are only added to."""

from __future__ import annotations

from dataclasses import dataclass

from index.language.clock import entry_time
from index.language.facts import Facts, facts_of
from index.language.sentences import sentence_bounds
from index.model import Article, Passage, content_digest


@dataclass(frozen=True, slots=True)
class PassageSize:
    """How long passages are, in white-space words (docs/decisions/008-passage-size.md).

    A passage is closed before the sentence that would take it over ``most``, at the end of a
    paragraph once it has reached ``enough``, after a headline, and before another entry of a live
    report.
    """

    enough: int = 60
    most: int = 90


def split(article: Article, size: PassageSize, first_key: int = 0) -> list[Passage]:
    """The passages of ``article``, in order, keys counting from ``first_key``."""
    groups: list[list[tuple[int, int]]] = []
    length, told = 0, ""
    bounds = sentence_bounds(article.text)
    for start, end in bounds:
        count = len(article.text[start:end].split())
        new_paragraph = bool(groups) and "\n" in article.text[groups[-1][-1][1] : start]
        full = length + count > size.most or (new_paragraph and length >= size.enough)
        below_headline = bool(groups) and groups[-1][-1][1] <= article.headline <= start
        time = entry_time(article.text[start:end])
        another = bool(time) and time != told
        told = time or told
        if not groups or full or below_headline or another:
            groups.append([])
            length = 0
        groups[-1].append((start, end))
        length += count
    facts = iter(facts_of(article.text, bounds, article.reference.published))
    return [
        _passage(article, group, first_key + n, [next(facts) for _ in group])
        for n, group in enumerate(groups)
    ]


def _passage(
    article: Article, group: list[tuple[int, int]], key: int, facts: list[Facts]
) -> Passage:
    start, end = group[0][0], group[-1][1]
    relative = tuple((a - start, b - start) for a, b in group)
    told = tuple(one.moved(-start) for one in facts)
    return Passage(key, article.reference, start, article.text[start:end], relative, told)


def passage_digest(passage: Passage) -> bytes:
    """16 bytes that name what is embedded: passages with equal digests share a vector."""
    return content_digest(embedding_text(passage))


def embedding_text(passage: Passage) -> str:
    """What is embedded: the title helps to find a passage, though it is not part of it."""
    title = passage.reference.title
    return f"{title}\n{passage.text}" if title and title != passage.text else passage.text
