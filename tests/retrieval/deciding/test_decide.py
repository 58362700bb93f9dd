import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.facts import facts_of
from index.model import Passage, Reference
from retrieval.answer import Abstention, Answer, Span, quotes_of
from retrieval.deciding.decide import NOT_OUTRIGHT, NOT_SAID, Evidence, Stamp, decide
from retrieval.question.asked import Question
from retrieval.quoting import quote_of

TEXT = "One two three four five. Six seven eight nine ten. A b c d e."
PASSAGE = Passage(3, Reference("a", "T"), 10, TEXT, ((0, 24), (25, 50), (51, 61)))
STAMP = Stamp("hybrid", "g1")
NOTHING = Evidence()
Q = Question.alone("q")


def test_what_no_article_mentions_is_not_answered_however_probable() -> None:
    asked, found = Question.alone("why is there an outage?"), Evidence(unheard="outage")
    reply = decide(asked, [Span(PASSAGE, 0, 24, 0.9)], 0.2, found, STAMP)
    assert isinstance(reply, Abstention) and reply.reason == "no article mentions “outage”"
    assert [quote.text for quote in reply.nearest] == [TEXT[:24]]


def test_a_sentence_is_quoted_without_a_highlight() -> None:
    quote = quote_of(Span(PASSAGE, 25, 50, 0.9))
    assert (quote.text, quote.start, quote.highlight) == ("Six seven eight nine ten.", 35, None)


def test_a_span_is_highlighted_inside_its_sentence() -> None:
    quote = quote_of(Span(PASSAGE, 29, 34, 0.9))
    assert quote.text == "Six seven eight nine ten." and quote.highlight == (4, 9)


def test_a_span_over_two_sentences_takes_both() -> None:
    assert quote_of(Span(PASSAGE, 8, 28, 0.9)).text == TEXT[:50]


def test_what_is_around_a_span_is_quoted_with_it() -> None:
    quote = quote_of(Span(PASSAGE, 29, 34, 0.9, (25, 61)))
    assert quote.text == TEXT[25:] and quote.highlight == (4, 9)
    with pytest.raises(ValueError, match="around"):
        Span(PASSAGE, 0, 24, 0.9, (25, 61))


def test_a_neighbour_that_was_taken_in_is_not_claimed_again() -> None:
    spans = [Span(PASSAGE, 29, 34, 0.8, (25, 61)), Span(PASSAGE, 51, 61, 0.7)]
    spans.append(Span(PASSAGE, 0, 24, 0.6))
    reply = decide(Q, spans, 0.25, NOTHING, STAMP)
    assert isinstance(reply, Answer)
    assert [quote.text for quote in quotes_of(reply)] == [TEXT[25:], TEXT[:24]]


def test_a_sentence_that_leans_on_the_one_before_brings_it_along() -> None:
    text = (
        "Fahim Dashti spoke to reporters on Monday. He denied the claim. Yes, twice. The end came."
    )
    bounds = ((0, 42), (43, 63), (64, 75), (76, 89))
    passage = Passage(0, Reference("a", "T"), 0, text, bounds)
    quote = quote_of(Span(passage, 46, 62, 0.9))
    assert quote.text == "Fahim Dashti spoke to reporters on Monday. He denied the claim."
    assert quote.highlight and quote.text[slice(*quote.highlight)] == "denied the claim"
    assert quote_of(Span(passage, 64, 67, 0.9)).text == "He denied the claim. Yes, twice."


def test_probable_spans_are_claims_and_others_are_not() -> None:
    spans = [Span(PASSAGE, 0, 24, 0.8), Span(PASSAGE, 25, 50, 0.5), Span(PASSAGE, 51, 61, 0.3)]
    reply = decide(Q, spans, 0.25, NOTHING, STAMP)
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [TEXT[:24], TEXT[25:50]]


def test_abstention_shows_the_nearest_and_says_how_near() -> None:
    near = decide(Q, [Span(PASSAGE, 0, 24, 0.2)], 0.25, NOTHING, STAMP)
    far = decide(Q, [Span(PASSAGE, 0, 24, 0.01)], 0.25, NOTHING, STAMP)
    none = decide(Q, [], 0.25, NOTHING, STAMP)
    assert isinstance(near, Abstention) and near.reason == NOT_OUTRIGHT
    assert isinstance(far, Abstention) and far.reason == NOT_SAID and len(far.nearest) == 1
    assert isinstance(none, Abstention) and none.nearest == ()


def test_the_same_sentence_counts_once() -> None:
    copy = Passage(9, Reference("b", "T"), 0, TEXT, PASSAGE.sentences)
    reply = decide(Q, [Span(PASSAGE, 0, 24, 0.8), Span(copy, 0, 24, 0.8)], 0.25, NOTHING, STAMP)
    assert len(quotes_of(reply)) == 1


bounds = st.tuples(st.integers(0, 41), st.integers(1, 42)).filter(lambda pair: pair[0] < pair[1])


@given(st.lists(st.tuples(bounds, st.floats(0, 1)), max_size=8), st.floats(0, 1))
def test_every_quote_is_a_slice(found: list[tuple[tuple[int, int], float]], least: float) -> None:
    spans = sorted((Span(PASSAGE, a, b, s) for (a, b), s in found), key=lambda s: -s.score)
    for quote in quotes_of(decide(Q, spans, least, NOTHING, STAMP)):
        assert ("." * 10 + TEXT)[quote.start : quote.end] == quote.text


def span(text: str, answer: str, article: str, score: float, published: str | None = None) -> Span:
    """A passage of one sentence or more, cut after each full stop, with a span in it."""
    bounds, start = [], 0
    for part in text.split(". "):
        end = min(start + len(part) + 1, len(text))
        bounds.append((start, end))
        start = end + 1
    reference = Reference(article, article.title(), source=article, published=published)
    facts = tuple(facts_of(text, bounds, published))
    passage = Passage(zlib.crc32(article.encode()), reference, 0, text, tuple(bounds), facts)
    at = text.index(answer)
    return Span(passage, at, at + len(answer), score)


def answered(question: str, *spans: Span, found: Evidence = NOTHING) -> Answer:
    reply = decide(Question.alone(question), spans, 0.25, found, STAMP)
    assert isinstance(reply, Answer)
    return reply


def test_articles_that_agree_are_one_claim() -> None:
    reply = answered(
        "who leads the front?",
        span("The front is led by Ahmad Massoud.", "Ahmad Massoud", "daily", 0.8),
        span("Massoud heads the front in the valley.", "Massoud", "herald", 0.4),
    )
    assert [claim.text for claim in reply.claims] == ["Ahmad Massoud"]
    assert [quote.reference.article_id for quote in reply.claims[0].quotes] == ["daily", "herald"]
    assert reply.claims[0].agreement == "2 outlets agree" and not reply.disputed


def test_a_sentence_that_was_not_read_may_agree() -> None:
    rival = "Oil was sold by Rosneft, which bought Yugansk, in May."
    first = span("Rosneft bought the Yugansk unit.", "Rosneft", "a", 0.9)
    other, weak = span(rival, "May", "b", 0.1), span("Rosneft drills.", "drills", "c", 0.1)
    denial = span("Rosneft denied that it bought the Yugansk unit.", "unit", "d", 0.1)
    passages = (first.passage, other.passage, weak.passage, denial.passage)
    asked, found = "Who bought the Yugansk unit?", Evidence(passages)
    claim = answered(asked, first, found=found).claims[0]
    assert [quote.reference.article_id for quote in claim.quotes] == ["a", "b"]
    quote = claim.quotes[1]
    assert quote.highlight and quote.text[slice(*quote.highlight)] == "Rosneft"
    copies = Evidence(passages, stories={"a": "a", "b": "a"})
    (alone,) = answered(asked, first, found=copies).claims
    assert len(alone.quotes) == 1


def test_near_duplicates_count_once() -> None:
    stories = {"daily": "daily", "herald": "daily"}
    reply = answered(
        "who leads the front?",
        span("The front is led by Ahmad Massoud.", "Ahmad Massoud", "daily", 0.8),
        span("The front is led by Ahmad Massoud now.", "Ahmad Massoud", "herald", 0.7),
        found=Evidence(stories=stories),
    )
    assert len(reply.claims) == 1 and len(reply.claims[0].quotes) == 1
    assert reply.claims[0].agreement is None


def test_an_update_is_seen_and_counts_as_no_second_source() -> None:
    one = span("Nine people drowned in the Talm flood.", "Nine", "first", 0.8)
    new = span("Forty people drowned in the Talm flood.", "Forty", "update", 0.7)
    same = span("In the Talm flood nine people drowned too.", "nine", "wire", 0.7)
    stories = {"first": "first", "update": "first", "wire": "first"}
    asked = "How many people drowned in the Talm flood?"
    told = answered(asked, one, same, new, found=Evidence(stories=stories))
    assert [claim.text for claim in told.claims] == ["Nine", "Forty"]
    assert [len(claim.quotes) for claim in told.claims] == [1, 1]
    copies = {"first": "first", "update": "first"}
    alone = answered(asked, one, replace(new, score=0.3), found=Evidence((), stories, copies))
    assert [claim.text for claim in alone.claims] == ["Nine"]


def test_values_that_cannot_both_be_right_are_a_dispute() -> None:
    reply = answered(
        "how many people died in the fire?",
        span("Twelve people died in the Madrid fire.", "Twelve", "daily", 0.8),
        span("The fire in Madrid killed 15 people, who died at once.", "15", "herald", 0.7),
    )
    assert reply.disputed and [claim.text for claim in reply.claims] == ["Twelve", "15"]


def test_filters_are_no_part_of_what_is_asked() -> None:
    question = Question.alone("how many people died in the fire?")
    asked = replace(question, typed="since:2005 how many people died in the fire?")
    spans = [
        span("Twelve people died in the Madrid fire.", "Twelve", "daily", 0.8),
        span("The fire in Madrid killed 15 people, who died at once.", "15", "herald", 0.7),
    ]
    reply = decide(asked, spans, 0.25, NOTHING, STAMP)
    assert isinstance(reply, Answer) and reply.question == asked.typed
    assert reply.disputed and reply.question.startswith("since:2005")


def test_the_other_side_is_shown_though_it_is_less_likely() -> None:
    toll = span("Twelve people died in the Madrid fire.", "Twelve", "daily", 0.8)
    other = span("The fire in Madrid killed 15 people, who died at once.", "15", "herald", 0.25)
    beside = span("The Madrid fire burnt 300 cars.", "300 cars", "post", 0.6)
    reply = decide(
        Question.alone("how many people died in the fire?"),
        [toll, beside, other],
        0.1,
        NOTHING,
        STAMP,
    )
    assert isinstance(reply, Answer) and reply.disputed
    assert [claim.text for claim in reply.claims] == ["Twelve", "15", "300 cars"]
    far = replace(other, score=0.15)
    reply = decide(
        Question.alone("how many people died in the fire?"),
        [toll, beside, far],
        0.1,
        NOTHING,
        STAMP,
    )
    assert isinstance(reply, Answer) and not reply.disputed and len(reply.claims) == 2


def test_another_name_is_no_other_side_unless_it_is_as_likely() -> None:
    asked = "who painted the mural of the Doping Agency?"
    one = span("Dick Pound painted the Doping Agency mural in Oslo.", "Dick Pound", "daily", 0.8)
    far = span("The Doping Agency has a mural by Ann Lind in Oslo.", "Ann Lind", "herald", 0.3)
    assert not answered(asked, one, far).disputed
    near = replace(far, score=0.5)
    assert answered(asked, one, near).disputed


def test_only_who_holds_the_office_is_a_claim_and_who_holds_another_comes_last() -> None:
    asked = "who heads the Doping Agency?"
    voice = span("Doping Agency spokesman Per Falk spoke in Oslo.", "Per Falk", "daily", 0.9)
    other = span(
        "Ann Lind said in Oslo that the Doping Agency was late.", "Ann Lind", "herald", 0.8
    )
    head = span("Doping Agency chief Dick Pound spoke in Oslo.", "Dick Pound", "times", 0.6)
    reply = answered(asked, voice, other, head)
    assert [claim.text for claim in reply.claims] == ["Dick Pound"] and not reply.disputed
    refused = decide(Question.alone(asked), [voice, other], 0.2, NOTHING, STAMP)
    assert isinstance(refused, Abstention) and refused.reason == NOT_OUTRIGHT
    assert [near.reference.source for near in refused.nearest] == ["herald", "daily"]


@pytest.mark.parametrize(
    ("one", "other", "disputed"),
    [
        ("2006-01-12", "2015-09-12", False),
        ("2006-01-12", "2006-01-14T09:00:00", True),
        ("2006-01-12", "2006", True),
        ("2006", "2015-09-12", False),
        (None, "2015-09-12", True),
    ],
)
def test_a_toll_of_years_ago_is_of_another_event(
    one: str | None, other: str, disputed: bool
) -> None:
    reply = answered(
        "how many people died in the fire?",
        span("Twelve people died in the Madrid fire.", "Twelve", "daily", 0.8, one),
        span("The fire in Madrid killed 15 people, who died.", "15", "herald", 0.7, other),
    )
    assert reply.disputed == disputed and len(reply.claims) == 2


TOLL = "Twelve people died in the Madrid fire. "


def joined(text: str, answer: str, article: str, score: float) -> Span:
    """The same, quoted with the second sentence."""
    one = span(text, answer, article, score)
    return replace(one, around=(0, one.passage.sentences[1][1]))


def test_a_sentence_copied_from_a_joined_quote_is_no_second_witness() -> None:
    first = joined(TOLL + "It began at night.", "Twelve", "daily", 0.8)
    copy = span(TOLL.strip(), "Twelve", "herald", 0.7)
    found = Evidence((copy.passage,))
    reply = answered("how many people died in the fire?", first, copy, found=found)
    assert len(quotes_of(reply)) == 1 and reply.claims[0].agreement is None
    reply = answered("how many died?", first, replace(copy, start=17, end=38))
    assert len(reply.claims) == 1


def test_a_neighbour_neither_hides_a_denial_nor_makes_one() -> None:
    asked = "how many people died in the fire?"
    other = "The mayor dismissed calls for him to resign."
    denied = "The company denied that twelve people died in the Madrid fire."
    reply = answered(
        asked,
        joined(TOLL + other, "Twelve", "daily", 0.8),
        span(denied, "company", "herald", 0.1),
    )
    assert reply.disputed and reply.claims[1].quotes[0].text == denied
    brigade = "The bus crash killed twelve. The Madrid fire brigade came soon, the mayor said."
    reply = answered(
        asked,
        joined(brigade, "twelve", "daily", 0.8),
        span("The Madrid fire killed 15, the mayor said.", "15", "herald", 0.7),
    )
    assert not reply.disputed


def test_what_follows_a_joined_quote_may_deny_it() -> None:
    hurt, rejected = "Another nine were badly hurt. ", "The company rejected these figures."
    reply = answered("how many died?", joined(TOLL + hurt + rejected, "Twelve", "daily", 0.8))
    assert reply.disputed and reply.claims[1].quotes[0].text == rejected
    reply = answered("how many died?", joined(TOLL + rejected, "Twelve", "daily", 0.8))
    assert not reply.disputed and reply.claims[0].quotes[0].text == TOLL + rejected


def test_answers_to_a_question_with_many_are_no_dispute() -> None:
    reply = answered(
        "what did the ministers discuss?",
        span("The ministers discussed oil on Monday.", "oil", "daily", 0.8),
        span("The ministers discussed trade on Monday.", "trade", "herald", 0.7),
    )
    assert not reply.disputed and len(reply.claims) == 2


def test_a_denial_beside_the_claim_is_shown_with_it() -> None:
    text = (
        "The Taliban claimed to hold Bazarak, the provincial capital. "
        "The NRF rejected this, and said that Bazarak was not in Taliban hands."
    )
    reply = answered("what does the Taliban hold?", span(text, "Bazarak", "daily", 0.8))
    assert reply.disputed and len(reply.claims) == 2
    assert reply.claims[1].quotes[0].text.startswith("The NRF rejected this")


def test_a_claim_with_its_denial_in_the_sentence_is_one_quote() -> None:
    text = "The Taliban claimed to hold Bazarak, but the NRF rejected this."
    reply = answered("what does the Taliban hold?", span(text, "Bazarak", "daily", 0.8))
    assert not reply.disputed and reply.claims[0].quotes[0].text == text


def test_how_things_are_now_is_what_the_newest_says() -> None:
    old = span("Ann Lind is the leader of the party.", "Ann Lind", "daily", 0.8, "2004-05-01")
    new = span("The party, led by Per Falk, met today.", "Per Falk", "herald", 0.6, "2005-02-01")
    assert answered("who leads the party?", old, new).claims[0].text == "Per Falk"
    assert answered("who led the party in 2004?", old, new).claims[0].text == "Ann Lind"
    undated = span("The party, led by Per Falk, met today.", "Per Falk", "herald", 0.6)
    assert answered("who leads the party?", old, undated).claims[0].text == "Ann Lind"
    surer = replace(undated, score=0.9)
    assert answered("who leads the party?", surer, old).claims[0].text == "Per Falk"
    third = span("The party is led by Eva Ek.", "Eva Ek", "post", 0.5, "2006-02-01")
    told = answered("who leads the party?", old, undated, third)
    assert [claim.text for claim in told.claims] == ["Eva Ek", "Ann Lind", "Per Falk"]


@given(st.lists(st.tuples(st.integers(0, 60), st.floats(0, 1)), max_size=8), st.floats(0, 1))
def test_every_reply_is_made_of_the_spans(drawn: list[tuple[int, float]], least: float) -> None:
    ranked = sorted(drawn, key=lambda pair: -pair[1])
    spans = [Span(PASSAGE, at, at + 1, score) for at, score in ranked]
    reply = decide(Question.alone("who?"), spans, least, NOTHING, STAMP)
    assert isinstance(reply, Answer) == bool(spans and ranked[0][1] >= least)
    for quote in quotes_of(reply):
        assert TEXT[quote.start - 10 : quote.end - 10] == quote.text
