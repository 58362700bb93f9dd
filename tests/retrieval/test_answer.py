import pytest

from index.model import Article, Passage, Reference
from retrieval.answer import Abstention, Answer, Claim, Quote, quotes_of

REF = Reference("a", "Title")
TEXT = "First. The second one 😀 here. Third."
PASSAGE = Passage(0, REF, 7, TEXT[7:], ((0, 22), (23, 29)))


def test_a_quote_is_a_slice() -> None:
    quote = Quote.cut(PASSAGE, 0, 22, (4, 10))
    assert quote.text == TEXT[quote.start : quote.end] == "The second one 😀 here."
    assert quote.highlight and quote.text[slice(*quote.highlight)] == "second"
    later = Quote.cut(PASSAGE, 4, 22, (4, 10))
    assert later.text == TEXT[later.start : later.end] == "second one 😀 here."
    assert later.highlight and later.text[slice(*later.highlight)] == "second"
    assert quote.is_in(Article(REF, TEXT))
    assert not quote.is_in(Article(REF, TEXT.replace("😀", "  ")))


@pytest.mark.parametrize("highlight", [(0, 0), (-1, 2), (3, 99)])
def test_a_highlight_lies_inside(highlight: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="outside"):
        Quote(REF, 0, "text", highlight)


def test_nothing_is_claimed_without_a_quote() -> None:
    with pytest.raises(ValueError, match="quote"):
        Claim("text", 0.5, ())
    with pytest.raises(ValueError, match="claim"):
        Answer("q", (), "hybrid", "g")
    with pytest.raises(ValueError, match="character"):
        Quote(REF, 0, "")
    with pytest.raises(ValueError, match="probability"):
        Claim("text", 1.5, (Quote(REF, 0, "text"),))


def test_all_quotes_of_a_reply() -> None:
    one, two = Quote(REF, 0, "one"), Quote(REF, 4, "two")
    claims = (Claim("one", 0.9, (one,)), Claim("two", 0.8, (two,)))
    assert quotes_of(Answer("q", claims, "hybrid", "g")) == [one, two]
    assert quotes_of(Abstention("q", "why", (two,), "lexical", "g")) == [two]
