"""What holds for every text."""

from hypothesis import given
from hypothesis import strategies as st

from events.edtf import EDTFDate
from events.intake import paragraphs, propose
from events.intake.kinds import cue_table
from events.vocabulary.roles import Role
from events.vocabulary.stances import Stance
from tests.events.intake.record import names_of_fixtures

WORDS = st.sampled_from(
    """
    Syria Kim
    Assad President the a and , . : ; “ ” ( ) on in since between May 30 2018 1966 Sunday June said that signed
    agreement met visited with to Moscow Pyongyang accused denied of attacking KCNA according would will last year two
    weeks later the same day — from 10 15 July who which after its he they it U.S. Mr. 1960s by until early talks summit
    turned broke had been expected did so army minister Edgar Lungu November both neighbour whose made remarks as his
    parliament : embassy Presidents Their first visit should the 16th first
    Soviet King Hussein Nations 31 February XX <p> </p> \n \n\n ’s İ ß ﬁ \u0301 \x00 北 🕊
""".split(" ")
)
TEXTS = st.text(max_size=200) | st.lists(WORDS, max_size=60).map(" ".join)
DAYS = st.none() | st.sampled_from(
    ["2018", "2018-06", "2018-06-04", "2018-06-04T03:35:00+04:00", "1966~", "0044", "-0043-03-15"]
)


@given(TEXTS, DAYS)
def test_any_text_is_read_and_twice_alike(text, published):
    date = published and EDTFDate.parse(published)
    found = propose(text, date, names_of_fixtures())

    assert found == propose(text, date, names_of_fixtures())
    blocks = paragraphs(text)
    for each in found:
        paragraph = blocks[each.paragraph - 1]
        assert 0 <= each.start < each.end <= len(paragraph)
        assert not each.date or EDTFDate.parse(each.date)
        assert each.kind in cue_table() or each.is_by_verb and not each.kind
        assert each.stance in Stance.values
        for mark in each.marks:
            assert each.start <= mark.start < mark.end <= each.end
        for party in each.parties:
            assert each.start <= party.start < party.end <= each.end
            assert party.role in Role.values
            assert names_of_fixtures().by_id[party.public_id].model == party.model
        assert len({party.public_id for party in each.parties}) == len(each.parties)
        assert each.title


@given(TEXTS)
def test_paragraphs_have_neither_blanks_around_them_nor_breaks_within(text):
    assert all(each and each == " ".join(each.split()) for each in paragraphs(text))
