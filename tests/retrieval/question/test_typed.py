import pytest

from index.errors import QuestionError
from retrieval.question.typed import MAX_CHARACTERS, checked


@pytest.mark.parametrize("text", ["", "  \n", "???", "\u200b", "x" * 10_000])
def test_what_cannot_be_asked(text: str) -> None:
    with pytest.raises(QuestionError) as caught:
        checked(text)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 120


def test_a_question_is_put_on_one_line() -> None:
    assert checked("  who\n leads\tthe NRF? ") == "who leads the NRF?"
    assert checked("x" * MAX_CHARACTERS)
