"""Who is what of what: a table of sentences, each with the offices that it gives to names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.roles import roles

FACTS = {
    "the NRF’s spokesman Fahim Dashti and a commander, Gen Abdul Wudod Zara.": {
        "Fahim Dashti": "spokesman nrf",
        "Gen Abdul Wudod Zara": "one of commander",
    },
    "Mossad chief David Barnea went to see Naftali Bennett.": {"David Barnea": "leader mossad"},
    "Karnataka Congress president DK Shivakumar spoke.": {
        "DK Shivakumar": "president congress karnataka"
    },
    "The Minister of Agriculture, Enrique Parada, opened it.": {
        "Enrique Parada": "minister agricultur"
    },
    "Costa Rica’s coach, Amelia Valverde, was pleased.": {"Amelia Valverde": "coach costa rica"},
    "Ann Lind, the former head of the Tax Office, resigned.": {
        "Ann Lind": "ended leader offic tax"
    },
    "Ann Lind, deputy head of the Tax Office, resigned.": {
        "Ann Lind": "ended below leader offic tax"
    },
    "Oman Air vice chairman Ali Said spoke.": {"Ali Said": "below chair air oman"},
    "Muziga is the Managing Director of Charis.": {"Muziga": "chief executive chari"},
    "Gen Peter Njiru, has been sworn in as the new Kenya Army commander.": {
        "Gen Peter Njiru": "commander armi kenya"
    },
    "The firm has appointed Lelly Usiku as its new acting Chief Executive.": {
        "Lelly Usiku": "chief executive"
    },
    "Lelly Usiku was named chairwoman of Namdia.": {"Lelly Usiku": "chair namdia"},
    "Tess Urwin runs the depot at Marl.": {"Tess Urwin": "leader marl (depot)"},
    "The depot at Marl is run by Tess Urwin.": {"Tess Urwin": "leader marl (depot)"},
    "Fiat’s finance director Luca Bo left.": {"Luca Bo": "director fiat (financ)"},
    "Dr Ruud Bos, head of sport at Radio Oslo, agreed.": {"Ruud Bos": "leader oslo radio (sport)"},
    "The paper’s editor, Jo Birk, agreed.": {"Jo Birk": "editor"},
    "Chief economist Ann Lind was surprised.": {"Ann Lind": "expert"},
    "The spokesman in Zanzibar is called Adam Zimmer.": {"Adam Zimmer": "spokesman zanzibar"},
    # who held it before
    "Gil Dow is no longer chairman of the Moss Club.": {"Gil Dow": "ended chair club moss"},
    "Ivan Tesh commanded the Morvian army until 2019.": {"Ivan Tesh": "ended leader morvian"},
    "Kestrel CEO Mark Thorn died on Monday.": {"Mark Thorn": "ended chief executive kestrel"},
    "Yon Council leader Abe Marr was succeeded by her.": {"Abe Marr": "ended leader council yon"},
    "Abe Marr, the leader of Yon, has resigned.": {"Abe Marr": "ended leader yon"},
    "Ned Fay, president of Rook, killed the bill.": {"Ned Fay": "president rook"},
    # another office
    "Dunmore lieutenant governor Ray Pike spoke.": {"Ray Pike": "below governor dunmor"},
    "Bernia’s opposition leader, Lena Wolf, spoke.": {"Lena Wolf": "below leader bernia"},
    "Self-styled Rook president Ned Fay spoke.": {"Ned Fay": "below president rook"},
    "Aldo’s vice-president Kay Orr spoke.": {"Kay Orr": "below president aldo"},
    "Aldo’s co-chair Jo Birk spoke.": {"Jo Birk": "one of chair aldo"},
    "Ex-president Ann Lind spoke.": {"Ann Lind": "ended president"},
    "The vice-chancellor of Oslo, Ann Lind, spoke.": {"Ann Lind": "principal oslo"},
    "Luton women’s coach Jo Cade spoke.": {"Jo Cade": "coach luton (women)"},
    "Luton under-21 manager Ed Fry spoke.": {"Ed Fry": "manager luton (21 under)"},
    "The country’s president, Jo Birk, spoke.": {"Jo Birk": "president"},
    # what is denied, or only supposed
    "Paul Ray is not president of the Moss Club.": {"Paul Ray": "doubted president club moss"},
    "Haya Reef was never president of the Dalmar Council.": {
        "Haya Reef": "doubted president council dalmar"
    },
    "Neither Kit Ames nor Val Rowe is the head of the Moorland Trust.": {
        "Val Rowe": "doubted leader moorland trust"
    },
    "If elected president of Morvia, Mikel would abolish the tax.": {
        "Mikel": "doubted president morvia"
    },
    "If Ana Ruiz becomes mayor of Quill, she will ask.": {"Ana Ruiz": "doubted mayor quill"},
    "Police allege that Vic Moss leads the Tarn Brigade.": {
        "Vic Moss": "doubted leader brigad tarn"
    },
    "Rumours that Jo Vale is president of Morvia are false.": {
        "Jo Vale": "doubted president morvia"
    },
    "In the film Lena Koch leads the Tarn Brigade.": {"Lena Koch": "doubted leader brigad tarn"},
    # what is to come
    "Jo Vale will become president of Morvia.": {"Jo Vale": "to come president morvia"},
    "Jo Vale is to be the next head of the Tarn Trust.": {"Jo Vale": "to come leader tarn trust"},
    # what is over
    "Lena Koch commanded the Tarn Brigade from 1990 to 1995.": {
        "Lena Koch": "ended leader brigad tarn"
    },
    "Lena Koch used to lead the Tarn Brigade.": {"Lena Koch": "ended leader brigad tarn"},
    # what is led is no body
    "Amy Bolt leads the inquiry into the Golan Bank.": {"Amy Bolt": "leader bank golan (inquiri)"},
    "Amy Bolt leads the group.": {"Amy Bolt": "leader"},
    # no office is given to a name
    "Ahmad Massoud said he backed a plan.": {},
    "The president’s office called Ann Lind.": {},
    "Ann Lind met the president.": {},
    "Ann Lind’s lawyer did not reply.": {},
    "They told the manager that Ann Lind had left.": {},
    "The Taliban have called for a ceasefire from leaders of the resistance.": {},
}


def _shown(sentence: str) -> dict[str, str]:
    found = {}
    for role in roles(sentence):
        marks = [mark for mark, on in (("ended", role.ended), ("below", role.below),
                                       ("one of", role.one_of), ("to come", role.to_come),
                                       ("doubted", role.doubted)) if on]  # fmt: skip
        field = f"({' '.join(sorted(role.field))})" if role.field else ""
        parts = [*marks, role.kind, *sorted(role.body), field]
        found[sentence[role.start : role.end]] = " ".join(filter(None, parts))
    return found


@pytest.mark.parametrize(("sentence", "facts"), FACTS.items())
def test_the_offices_of_a_sentence(sentence: str, facts: dict[str, str]) -> None:
    assert _shown(sentence) == facts


@given(st.text(alphabet=" aAbB,.’'-–()thehdofy\n", max_size=200))
def test_a_role_is_of_a_name_in_the_text_whatever_the_text(text: str) -> None:
    for role in roles(f"{text} chief Ann {text}"):
        assert 0 <= role.start < role.end and text is not None
