"""Mistakes that a test must find, a line each: see `tests.mutants`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

GOLDEN: Final = "tests/golden/test_golden.py::test_nothing_comes_out_otherwise"


@dataclass(frozen=True)
class Mutant:
    """``old``, which stands once in ``file``, is put as ``new``; one of ``tests`` must fail then.

    ``old`` is as short as it can be, so that the lines around it may change.
    """

    file: str
    old: str
    new: str
    tests: tuple[str, ...] = (GOLDEN,)

    @property
    def name(self) -> str:
        return f"{self.file}: {' '.join(self.old.split())} → {' '.join(self.new.split())}"


_SEARCH = "retrieval/finding/search.py"
_PIPELINE = "retrieval/pipeline.py"
_DECIDE = "retrieval/deciding/decide.py"
_WEIGHTS = "retrieval/weights/manifest.json"

MUTANTS: Final = (
    # What is found.
    Mutant(_SEARCH, "LEXICAL_WEIGHT = 0.3", "LEXICAL_WEIGHT = 0.35"),
    Mutant(_SEARCH, "ARTICLE_WEIGHT = 0.3", "ARTICLE_WEIGHT = 0.35"),
    Mutant(_SEARCH, "DEPTH = 100", "DEPTH = 60"),
    Mutant("index/language/function_words.py", "if in into is it its", "if in into it its",
           ("tests/index/language/test_words.py",)),
    Mutant("index/language/words.py", 'Stemmer("english"', 'Stemmer("porter"',
           ("tests/index/language/test_words.py",)),
    Mutant("index/folder/okapi.py", '_MODEL = BM25Okapi([["any"]])',
           '_MODEL = BM25Okapi([["any"]], k1=1.2)', ("tests/index/folder/test_lexical.py",)),
    Mutant("index/folder/okapi.py", "_MODEL.b * lengths / average", "lengths / average",
           ("tests/index/folder/test_lexical.py",)),
    # What is read.
    Mutant(_PIPELINE, "READ_PASSAGES = 6", "READ_PASSAGES = 5"),
    Mutant(_PIPELINE, "FOUND_PASSAGES = 20", "FOUND_PASSAGES = 8"),
    Mutant(_PIPELINE, "_HOME_WEIGHT = 0.5", "_HOME_WEIGHT = 0.6",
           ("tests/retrieval/test_home.py",)),
    Mutant("retrieval/finding/freshness.py", "FRESH = 2", "FRESH = 1"),
    Mutant("index/articles/passages.py", "enough: int = 60", "enough: int = 40"),
    Mutant("index/articles/passages.py", "most: int = 90", "most: int = 110"),
    # What is chosen of it.
    Mutant(_WEIGHTS, '"margin": 0.412891', '"margin": 0.382891'),
    Mutant(_WEIGHTS, '"article_margin": 0.383079', '"article_margin": 0.303079'),
    Mutant(_WEIGHTS, '"standout": 5.387775', '"standout": 3.387775'),
    Mutant("retrieval/reading/joining.py", "LEAST = 0.3", "LEAST = 0.4",
           ("tests/retrieval/reading/test_bounds.py",)),
    Mutant("retrieval/reading/joining.py", "MOST_WORDS = 80", "MOST_WORDS = 60",
           ("tests/retrieval/reading/test_bounds.py",)),
    Mutant("retrieval/reading/article_margin.py", "MOST = 6.0", "MOST = 5.0",
           ("tests/retrieval/reading/test_bounds.py",)),
    Mutant("retrieval/reading/article_margin.py", "LEAST = -3.0", "LEAST = -2.0",
           ("tests/retrieval/reading/test_bounds.py",)),
    Mutant("index/language/pronouns.py", "REACH = 400", "REACH = 100",
           ("tests/index/language/test_pronouns.py",)),
    Mutant("retrieval/reading/explaining_reader.py", "EXPLAINED = 0.95", "EXPLAINED = 0.5",
           ("tests/retrieval/reading/test_bounds.py",)),
    # What is said of it.
    Mutant(_DECIDE, "DEFAULT_THRESHOLD = 0.25", "DEFAULT_THRESHOLD = 0.35",
           ("tests/retrieval/deciding/test_thresholds.py",)),
    Mutant(_DECIDE, "_HINT = 0.05", "_HINT = 0.15",
           ("tests/retrieval/deciding/test_thresholds.py",)),
    Mutant(_DECIDE, "_RIVAL = 0.5", "_RIVAL = 0.6",
           ("tests/retrieval/deciding/test_thresholds.py",)),
    Mutant(_DECIDE, "_CONTRARY = 0.25", "_CONTRARY = 0.35",
           ("tests/retrieval/deciding/test_thresholds.py",)),
    Mutant(_DECIDE, "_ECHO = 0.05", "_ECHO = 0.15",
           ("tests/retrieval/deciding/test_thresholds.py",)),
    Mutant("index/language/denials.py", "reject(?:s|ed|ing)?|dismiss", "dismiss",
           ("tests/index/language/test_denials.py",)),
    Mutant("index/language/roles.py", "ended=bool(self.before & ENDED)", "ended=False",
           ("tests/index/language/test_roles.py",)),
    Mutant("index/language/offices.py", '"leader, chair, president, premier,',
           '"leader, chair, premier,', ("tests/retrieval/deciding/test_fitting.py",)),
    # That it is verbatim.
    Mutant("index/articles/passages.py", "article.reference, start,",
           "article.reference, start + 1,", ("tests/index/articles/test_passages.py",)),
    Mutant("retrieval/answer.py", "(highlight[0] - start, highlight[1] - start)",
           "(highlight[0], highlight[1])", ("tests/retrieval/test_answer.py",)),
    Mutant(_PIPELINE, "_prove(reply, fetched)\n        return", "return",
           ("tests/retrieval/test_proof.py",)),
    # What is kept and what is not.
    Mutant("index/durable.py", "    sync(temporary)", "    pass", ("tests/index/test_durable.py",)),
    Mutant("index/durable.py", "    sync(file.parent)", "    pass",
           ("tests/index/test_durable.py",)),
    Mutant("index/durable.py", "os.replace(temporary, file)", "file.write_text(text)",
           ("tests/index/test_durable.py",)),
    Mutant("index/articles/duplicates.py", "MIN_JACCARD, MIN_CONTAINMENT = 0.40, 0.80",
           "MIN_JACCARD, MIN_CONTAINMENT = 0.60, 0.80",
           ("tests/index/articles/test_duplicates.py",)),
    Mutant("index/articles/duplicates.py", "SHORT, SHORT_JACCARD = 30, 0.9",
           "SHORT, SHORT_JACCARD = 30, 0.7", ("tests/index/articles/test_duplicates.py",)),
    Mutant("index/articles/recurring_lines.py", "MIN_SHARE = 0.10\n", "MIN_SHARE = 0.20\n",
           ("tests/index/articles/test_boilerplate.py",)),
    Mutant("bot/redaction.py", "text.replace(value, HIDDEN) if value else text", "text",
           ("tests/bot/test_redaction.py",)),
)  # fmt: skip
