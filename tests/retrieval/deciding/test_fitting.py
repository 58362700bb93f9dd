"""Whether a span may answer a question, by what the question asks for."""

from dataclasses import replace

import pytest

from index.language.facts import facts_of
from index.model import Passage, Reference
from retrieval.answer import Span
from retrieval.deciding.fitting import fitted
from retrieval.question.asked import Question
from retrieval.question.role_questions import role_asked

LEADING = (
    "who leads the NRF?",
    "who is the leader of the NRF?",
    "who commands the nrf",
    "who runs the NRF",
    "who rules the NRF?",
    "who is the NRF's leader?",
    "who is nrf leader",
    "whos the head of nrf",
    "NRF leader",
    "leader NRF",
    "leader of the NRF?",
    "who's in charge of the NRF?",
    "who is the man in command of the NRF?",
    "who is at the helm of the NRF?",
    "by whom is the NRF led?",
    "who is the NRF led by?",
    "the NRF is led by whom?",
    "the nrf's leader is who?",
    "under whose leadership is the NRF?",
    "name the leader of the NRF",
    "what is the name of the NRF's leader?",
    "what is the leader of the NRF called?",
    "can you tell me who the leader of the NRF is?",
    "i want to know who heads the nrf",
    "which person leads the NRF?",
    "does Massoud lead the NRF?",
    "is Massoud the leader of the NRF?",
    "is the NRF led by Massoud?",
    "who was named as its leader by the NRF?",
    "can you name the leader of the NRF?",
)
COURTEOUS = (
    "could you please tell me the name of the NRF's leader?",
    "do you know the name of the leader of the NRF?",
)


@pytest.mark.parametrize("question", [*LEADING, *COURTEOUS])
def test_one_question_in_many_wordings(question: str) -> None:
    asked = role_asked(question)
    assert asked and asked.kind == "leader" and "nrf" in asked.about


@pytest.mark.parametrize(
    "question",
    [
        "who is the chief suspect in the murder?",
        "who was in the minister's office?",
        "who aided the emperor?",
        "who met the president of France?",
        "who appoints the head of the bank?",
        "what did the prime minister say?",
        "who is Queen Elizabeth?",
        "who controls the internet?",
        "who is the founder of the paper?",
        "when was the president elected?",
        "how many people live in Panjshir?",
        "did the chairman resign?",
        "president resigns",
        "can you name the women who met the president?",
        "could you tell me what the president said?",
    ],
)
def test_other_questions_ask_for_no_office(question: str) -> None:
    assert role_asked(question) is None


SENTENCE = "NRF spokesman Fahim Dashti and a commander, Abdul Zara, praised Ahmad Massoud."


@pytest.mark.parametrize("question", [*LEADING, *COURTEOUS])
@pytest.mark.parametrize("answer", ["Fahim Dashti", "Abdul Zara", "a commander, Abdul Zara"])
def test_who_holds_another_office_is_never_the_leader(question: str, answer: str) -> None:
    assert not _may(question, SENTENCE, answer)


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "may"),
    [
        ("who leads the NRF?", "Massoud, who leads the NRF, spoke.", "Massoud", True),
        ("who leads the NRF?", "Ahmad Massoud said no.", "Ahmad Massoud", False),
        ("who leads the NRF?", "NRF leader Ahmad Massoud said no.", "Ahmad Massoud", True),
        ("who leads the NRF?", "Taliban leader Hibat Khan said no.", "Hibat Khan", False),
        ("who leads the NRF?", "It has Afghan forces and militias.", "Afghan forces", False),
        ("who is the NRF's spokesperson?", SENTENCE, "Fahim Dashti", True),
        ("who is the boss of Fiat?", "Fiat chief executive Luca Bo left.", "Luca Bo", True),
        ("who is the chairman of Fiat?", "Fiat chief executive Luca Bo left.", "Luca Bo", False),
        ("who is the chairman of Fiat?", "Fiat vice chairman Luca Bo left.", "Luca Bo", False),
        ("who is Fiat's vice chairman?", "Fiat vice chairman Luca Bo left.", "Luca Bo", True),
        ("who runs Fiat?", "Fiat’s finance director Luca Bo left.", "Luca Bo", False),
        ("who is head of Fiat?", "Luca Bo, former head of Fiat, left.", "Luca Bo", False),
        ("who was head of Fiat?", "Luca Bo, former head of Fiat, left.", "Luca Bo", True),
        ("who was head of Fiat?", "Fiat spokesman Luca Bo left.", "Luca Bo", False),
        ("who led Fiat?", "Fiat grew under Luca Bo.", "Luca Bo", True),
        (
            "who is the president of the Chemists' Union?",
            "Jan Bo, president of the Metals Division of the Chemists' Union, spoke.",
            "Jan Bo",
            False,
        ),
        ("who is head of the Turkish spies?", "Turkish minister Ali Bo left.", "Ali Bo", False),
        ("who is the head, Ann Lind or Per Falk?", "Ann Lind spoke.", "Ann Lind", True),
        (
            "who is the head, Ann Lind or Per Falk?",
            "Deputy head Ann Lind spoke.",
            "Ann Lind",
            False,
        ),
        ("who is the head, Ann Lind or Per Falk?", "The head, Ann Lind, left.", "Ann Lind", True),
        ("can you name Fiat's president?", "Fiat vice-president Jo Bo left.", "Jo Bo", False),
        ("who is Fiat's vice-president?", "Fiat vice president Jo Bo left.", "Jo Bo", True),
        ("who is Fiat's vice president?", "Fiat vice-president Jo Bo left.", "Jo Bo", True),
        ("who is Fiat's president?", "Fiat ex-president Jo Bo left.", "Jo Bo", False),
        ("who is the previous head of Fiat?", "Luca Bo, head of Fiat, left.", "Luca Bo", False),
        ("who is the previous head of Fiat?", "Fiat ex-head Luca Bo left.", "Luca Bo", True),
        ("who was the former head of Fiat?", "Fiat head Luca Bo left.", "Luca Bo", False),
        ("who is the current head of Fiat?", "Fiat head Luca Bo left.", "Luca Bo", True),
        ("who is Luton's coach?", "Luton women’s coach Jo Cade left.", "Jo Cade", False),
        ("who is Luton's women's coach?", "Luton women’s coach Jo Cade left.", "Jo Cade", True),
        ("who backed the plan?", "Ahmad Massoud backed the plan.", "Ahmad Massoud", True),
    ],
)
def test_the_quote_must_give_the_office(
    question: str, sentence: str, answer: str, may: bool
) -> None:
    assert _may(question, sentence, answer) is may


def test_whom_the_question_tells_of_is_no_answer() -> None:
    told = frozenset({"nation", "front"})
    sentence = "The National Front is led by the National Front of Ann Lind."
    for asked in ("Who leads the NRF?", "who is the NRF’s leader?"):
        assert not _may(asked, sentence, "The National Front", told)


def _may(question: str, sentence: str, answer: str, told: frozenset[str] = frozenset()) -> bool:
    start = sentence.index(answer)
    bounds = ((0, len(sentence)),)
    facts = tuple(facts_of(sentence, bounds, None))
    passage = Passage(0, Reference("a", "T"), 7, sentence, bounds, facts)
    asked = Question.alone(question)
    office = role_asked(question, told | asked.kind.office.about) if asked.kind.office else None
    asked = replace(asked, kind=replace(asked.kind, office=office))
    found = fitted(asked, Span(passage, start, start + len(answer), 0.9))
    return found is not None and found.start < start + len(answer) and start < found.end
