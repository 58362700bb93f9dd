"""The table of mutations fits the code, so that `make mutants` finds what it changes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutant_table import MUTANTS, Mutant

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutation_changes_one_place_and_names_tests_that_exist(mutant: Mutant) -> None:
    text = (ROOT / mutant.file).read_text(encoding="utf-8")
    assert text.count(mutant.old) == 1 and mutant.new != mutant.old
    if mutant.file.endswith(".py"):
        ast.parse(text.replace(mutant.old, mutant.new))
    assert mutant.tests
    for test in mutant.tests:
        file, _, name = test.partition("::")
        assert f"def {name}" in (ROOT / file).read_text(encoding="utf-8")


def test_no_mutation_is_made_twice() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
