"""Names in questions and answers."""

import pytest

from index.language.names import names_in


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who leads the National Front?", {"nation", "front"}),
        ("Massoud leads what?", set()),  # a first word has its capital anyhow
        ("who leads the nrf?", set()),
        ("WHO LEADS THE NRF?", set()),
        ("What did “Özil” say to I. Gündoğan?", {"ozil", "gundogan"}),
        ("Who said The Times lied?", {"time"}),
    ],
)
def test_names_are_written_with_a_capital(question: str, names: set[str]) -> None:
    assert names_in(question) - {"i"} == names
