from hypothesis import given
from hypothesis import strategies as st

from index.model import Passage, Reference
from retrieval.answer import Abstention, Answer, quotes_of
from retrieval.decide import NOT_OUTRIGHT, NOT_SAID, Circumstances, decide
from retrieval.quoting import quote_of
from retrieval.reader import Span

TEXT = "One two three four five. Six seven eight nine ten. A b c d e."
PASSAGE = Passage(3, Reference("a", "T"), 10, TEXT, ((0, 24), (25, 50), (51, 61)))
NOW = Circumstances("hybrid", "g1")


def test_a_sentence_is_quoted_without_a_highlight() -> None:
    quote = quote_of(Span(PASSAGE, 25, 50, 0.9))
    assert (quote.text, quote.start, quote.highlight) == ("Six seven eight nine ten.", 35, None)


def test_a_span_is_highlighted_inside_its_sentence() -> None:
    quote = quote_of(Span(PASSAGE, 29, 34, 0.9))
    assert quote.text == "Six seven eight nine ten." and quote.highlight == (4, 9)


def test_a_span_over_two_sentences_takes_both() -> None:
    assert quote_of(Span(PASSAGE, 8, 28, 0.9)).text == TEXT[:50]


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
    reply = decide("q", spans, 0.25, NOW)
    assert isinstance(reply, Answer)
    assert [claim.text for claim in reply.claims] == [TEXT[:24], TEXT[25:50]]


def test_abstention_shows_the_nearest_and_says_how_near() -> None:
    near = decide("q", [Span(PASSAGE, 0, 24, 0.2)], 0.25, NOW)
    far = decide("q", [Span(PASSAGE, 0, 24, 0.01)], 0.25, NOW)
    none = decide("q", [], 0.25, NOW)
    assert isinstance(near, Abstention) and near.reason == NOT_OUTRIGHT
    assert isinstance(far, Abstention) and far.reason == NOT_SAID and len(far.nearest) == 1
    assert isinstance(none, Abstention) and none.nearest == ()


def test_the_same_sentence_counts_once() -> None:
    copy = Passage(9, Reference("b", "T"), 0, TEXT, PASSAGE.sentences)
    reply = decide("q", [Span(PASSAGE, 0, 24, 0.8), Span(copy, 0, 24, 0.8)], 0.25, NOW)
    assert len(quotes_of(reply)) == 1


bounds = st.tuples(st.integers(0, 41), st.integers(1, 42)).filter(lambda pair: pair[0] < pair[1])


@given(st.lists(st.tuples(bounds, st.floats(0, 1)), max_size=8), st.floats(0, 1))
def test_every_quote_is_a_slice(found: list[tuple[tuple[int, int], float]], least: float) -> None:
    spans = sorted((Span(PASSAGE, a, b, s) for (a, b), s in found), key=lambda s: -s.score)
    for quote in quotes_of(decide("q", spans, least, NOW)):
        assert ("." * 10 + TEXT)[quote.start : quote.end] == quote.text
