"""Ask what people say: ``python -m training.speech --data DATA --corpus FILE... --out FILE``.

Questions about news often name a person, and the answer is what that person says, in a sentence
that says "she" or names nobody; the sentence that names the person is another one. Training
questions of that kind are few, so they are made here of the speech in news: who speaks is read off
"said Ann Lind" and carried on while the speech goes on, and what it is about is a noun or a name of
it that its passage holds nowhere else. Rules, so some are clumsy; articles that a dev file asks
about must not be given.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from index.articles.passages import PassageSize, split
from index.model import Article, Passage, Reference
from training.data import read_questions
from training.near_misses import nouns_of

Random = np.random.Generator

SOURCE: Final = "speech"
SIZE: Final = PassageSize(60, 110)
MOST: Final = 14  # questions of one article
LEAST_ASKED: Final = 2  # times that training questions ask about a noun that is asked about here
FORMS: Final = (
    "What {does} {who} say about {what}?", "What {does} {who} think of {what}?",
    "What {does} {who} think about {what}?", "What is {who}'s view of {what}?",
    "How {does} {who} describe {what}?", "What was {who}'s comment on {what}?",
    "According to {who}, what is true of {what}?", "What {does} {who} tell of {what}?",
)  # fmt: skip
_PLAIN: Final = 0.4  # of the questions have the first form

_SAY = (
    r"(?:said|says|added|adds|explained|explains|argued|argues|warned|warns|insisted|insists|claimed|"
    r"claims|recalled|recalls|wrote|writes|noted|notes|stressed|admitted|admits|believes|"
    r"told (?:the |a )?[\w' ]{2,30}?(?= that\b| in\b| on\b|[,:“\".]))"
)
_TITLE = r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Prof|Professor|Lord|President|Minister)\.? )?"
_NAME = r"[A-Z][\w'’-]*[a-z](?: (?:(?:de|van|von|al|bin|der) )?[A-Z][\w'’-]*[a-z]){0,3}"
_SPEAKERS = (
    re.compile(rf"\b{_SAY} {_TITLE}(?P<name>{_NAME})(?=[\s,.;:])"),
    re.compile(rf"(?<!\w){_TITLE}(?P<name>{_NAME})(?:, [^,“”\"]{{3,80}},)? {_SAY}\b"),
)
_FULL_NAME = re.compile(_NAME)
_HE_SAYS = re.compile(rf"\b(?:[Hh]e|[Ss]he) {_SAY}\b|\b{_SAY} (?:he|she)\b")
_GOES_ON = re.compile(rf"^[“\"]|{_HE_SAYS.pattern}")
_SAYS = re.compile(rf"\b{_SAY}")
_QUOTED = re.compile(r"[“\"](?P<said>[^“”\"]*)(?:[”\"]|$)")
_LEAST, _MOST = 15, 220  # code points of a quotation that is asked about
_REPORTED = re.compile(
    rf"^(?:He|She|{_NAME})(?: also)? {_SAY},? (?:that )?(?P<said>.{{20,200}})\.$"
)
_WORD = re.compile(r"\b[a-z]{4,}\b")
_THE = re.compile(r"\b(?:the|a|an|this|these|those) (?:[a-z-]+ )?$")
_CALLED = re.compile(r"(?<=[a-z,] )(?P<name>[A-Z][\w’'-]*[a-z](?: [A-Z][\w’'-]*[a-z])*)")
_OWNER = re.compile(r"['’]s$")
_NO_NAME = frozenset(
    "a an the in on at but and he she it they we i this that these those there when while if "
    "as for from with after before his her their our you what why how who not no so then now "
    "one two some many also yet last sources police officials analysts however meanwhile "
    "reuters news monday tuesday wednesday thursday friday saturday sunday january february "
    "march april may june july august september october november december".split()
)
_NO_TOPIC = frozenset(
    "year years week weeks day days month months time times build resulted need value look thing "
    "things way people come make take show play help start work second third".split()
)


def speaker(sentence: str, full: dict[str, str]) -> str | None:
    """Who says it, where ``sentence`` names its speaker; ``full``: names by their last word."""
    outside = _QUOTED.sub(" “”", sentence)
    for pattern in _SPEAKERS:
        for found in pattern.finditer(outside):
            name = _name(found["name"])
            if name and (" " in name or name in full):
                return name if " " in name else full[name]
    return None


def full_names(text: str) -> dict[str, str]:
    """The first name of two words or more that ends with a word, by that word."""
    names: dict[str, str] = {}
    for found in _FULL_NAME.finditer(text):
        name = _name(found[0])
        if " " in name:
            names.setdefault(name.rsplit(" ", 1)[1], name)
    return names


def said(sentence: str) -> tuple[int, int] | None:
    """Where the longest quotation of ``sentence`` stands, else what it reports of somebody."""
    spans = [found.span("said") for found in _QUOTED.finditer(sentence)]
    spans = [span for span in spans if _LEAST <= span[1] - span[0] <= _MOST]
    reported = _REPORTED.match(sentence)
    if not spans and reported:
        spans = [reported.span("said")]
    if not spans:
        return None
    start, end = max(spans, key=lambda span: span[1] - span[0])
    while start < end and sentence[start] in ' ,.“”"':
        start += 1
    while end > start and sentence[end - 1] in ' ,.“”"':
        end -= 1
    return start, end


def topics(speech: str, nouns: frozenset[str]) -> list[tuple[str, str]]:
    """(as it is asked about, the word itself) for the nouns and names of ``speech``."""
    told = [
        (f"the {found[0]}" if _THE.search(speech, 0, found.start()) else found[0], found[0])
        for found in _WORD.finditer(speech)
        if found[0] in nouns
    ]
    called = (_OWNER.sub("", found["name"]) for found in _CALLED.finditer(speech))
    return told + [(name, name) for name in called if _name(name) == name]


def questions(article: Article, nouns: frozenset[str], random: Random) -> list[dict[str, Any]]:
    """At most `MOST` lines of a question file on what is said in ``article``."""
    passages = split(article, SIZE)
    full = full_names(article.text)
    title = article.reference.title
    asked: list[dict[str, Any]] = []
    for passage, who, start, end, named in _speeches(passages, full):
        speech, surname = passage.text[start:end], who.rsplit(" ", 1)[-1]
        words = len(speech.split())
        if not 5 <= words <= 26 or surname in speech or surname not in passage.text + title:
            continue
        if named and random.random() < 0.5:  # the reader knows these
            continue
        about = [
            (asks, word)
            for asks, word in topics(speech, nouns)
            if passage.text.count(word) == 1 and word not in who
        ]
        for at in random.permutation(len(about))[: 1 if named else 2]:
            asks, word = about[at]
            others = [
                one.text for one in passages
                if one.key != passage.key and surname in one.text and word not in one.text
            ]  # fmt: skip
            asked.append({
                "id": f"{SOURCE}-{article.reference.article_id}-{len(asked)}",
                "question": _question(who, asks, random), "context": passage.text,
                "answers": [{"text": speech, "start": start}], "title": title, "source": SOURCE,
                "hard_negative": others[int(random.integers(len(others)))] if others else "",
            })  # fmt: skip
    return [asked[at] for at in sorted(random.permutation(len(asked))[:MOST])]


def _speeches(
    passages: Sequence[Passage], full: dict[str, str]
) -> Iterator[tuple[Passage, str, int, int, bool]]:
    """Passage, speaker, where in the passage the speech stands, and whether its sentence names
    the speaker."""
    who: str | None = None
    for passage in passages:
        for first, last in passage.sentences:
            sentence = passage.text[first:last]
            named = speaker(sentence, full)
            if named or not _goes_on(sentence):
                who = named
            span = said(sentence)
            if who and span:
                yield passage, who, first + span[0], first + span[1], bool(named)


def _goes_on(sentence: str) -> bool:
    """Whether the one who spoke before speaks on: nobody else is said to."""
    outside = _QUOTED.sub(" “”", sentence)
    return bool(_GOES_ON.search(sentence)) and not _SAYS.search(_HE_SAYS.sub("", outside))


def _question(who: str, what: str, random: Random) -> str:
    plain = random.random() < _PLAIN
    form = FORMS[0 if plain else int(random.integers(len(FORMS)))]
    return form.format(does="does" if random.random() < 0.5 else "did", who=who, what=what)


def _name(found: str) -> str:
    """A name without what only begins a sentence, "" if nothing is left."""
    parts = found.split()
    while parts and parts[0].lower() in _NO_NAME:
        parts = parts[1:]
    return " ".join(parts)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the questions of every corpus."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl.gz")
    parser.add_argument("--corpus", type=Path, nargs="+", required=True, help="*.jsonl.gz")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args(arguments)
    known = Counter(
        nouns_of(row.question for row in read_questions(options.data / "train.jsonl.gz"))
    )
    nouns = frozenset(noun for noun, times in known.items() if times >= LEAST_ASKED) - _NO_TOPIC
    random = np.random.default_rng(options.seed)
    with gzip.open(options.out, "wt", encoding="utf-8") as out:
        for article in _articles(options.corpus):
            for one in questions(article, nouns, random):
                out.write(json.dumps(one) + "\n")


def _articles(files: Sequence[Path]) -> Iterator[Article]:
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                yield Article(Reference(str(row["id"]), row["title"] or ""), row["text"])


if __name__ == "__main__":
    main()
