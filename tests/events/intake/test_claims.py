"""Kinds, stances and origins of what a text tells."""

import pytest

from events.edtf import EDTFDate
from events.intake import propose
from events.intake.kinds import cue_table
from events.vocabulary import kinds as vocabulary
from events.vocabulary.roles import Role
from tests.events.intake.record import names_of_fixtures


def read(text, published="2018-06-04"):
    return propose(text, EDTFDate.parse(published), names_of_fixtures())


def first(text, published="2018-06-04"):
    return read(text, published)[0]


def test_cues_are_of_kinds_and_roles_that_the_record_knows():
    known = {block["id"] for block in vocabulary()}

    assert set(cue_table()) <= known
    assert {role for cues in cue_table().values() for role in cues.roles} <= set(Role.values)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kenya and Cuba signed a treaty in 2001.", "agreement-signed"),
        ("Kenya and Cuba established diplomatic relations in 2001.", "relations-established"),
        ("Kenya recognised Kosovo in 2009.", "recognition"),
        ("Kenya broke off relations with Cuba in 2001.", "relations-severed"),
        ("Kenya recalled its ambassador from Cuba in 2001.", "ambassador-recalled"),
        ("Kenya expelled two Cuban diplomats in 2001.", "diplomats-expelled"),
        ("Kenya opened an embassy in Havana in 2001.", "embassy-opened"),
        ("Kenya opened a consulate in Havana in 2001.", "mission-opened"),
        ("Kenya closed its embassy in Havana in 2001.", "mission-closed"),
        ("Iran test-fired two ballistic missiles in 2016.", "missile-test"),
        ("India carried out an underground nuclear test in 1974.", "nuclear-test"),
        ("Iraqi forces invaded Kuwait in 1990.", "invasion"),
        ("France sent 400 soldiers to Chad in 1983.", "troop-deployment"),
        ("France withdrew its troops from Chad in 1984.", "troop-withdrawal"),
        ("France delivered ten helicopters to Chad in 1983.", "arms-transfer"),
        ("France sent food aid to Chad in 1985.", "aid-provided"),
        ("Iran and Iraq agreed to a ceasefire in 1988.", "ceasefire"),
        ("Norway brokered an accord in 1993.", "mediation"),
        ("The Security Council adopted resolution 687 in 1991.", "un-resolution"),
        ("Putin spoke by telephone with Trump in 2018.", "call"),
        ("Putin met Trump in 2018.", "summit"),
        ("Lavrov met Zarif in 2016.", "talks"),
        ("Putin visited Egypt in 2015.", "state-visit"),
        ("Lavrov visited Egypt in 2015.", "official-visit"),
        ("Lavrov invited Kim Jong Un to Russia in 2018.", "invitation"),
        ("France ratified the treaty in 1998.", "treaty-ratified"),
        ("France left the alliance's command in 1966.", "treaty-withdrawn"),
        ("France condemned the coup in 2012.", "criticism"),
        ("Iran warned Iraq in 2012.", "warning"),
        ("Iran released 12 British sailors in 2007.", "prisoner-release"),
    ],
)
def test_the_kind_follows_from_verbs_and_nouns(text, kind):
    assert first(text).kind == kind


@pytest.mark.parametrize(
    ("text", "stance", "date"),
    [
        ("Putin met Trump on May 30.", "reports", "2018-05-30"),
        ("Putin is scheduled to meet Trump on June 12.", "announces", "2018-06-12"),
        ("Putin and Trump are to meet on June 12.", "announces", "2018-06-12"),
        ("Putin will visit Egypt on June 12.", "announces", "2018-06-12"),
        ("Putin plans to visit Egypt.", "announces", "[2018-06-04..]"),
        ("Putin has postponed a visit to Egypt that was planned for June 12.", "postpones", "2018-06-12"),
        ("Putin called off a visit to Egypt that was planned for June 12.", "cancels", "2018-06-12"),
        ("Iran denied that it had attacked Saudi Arabia on May 30.", "denies", "2018-05-30"),
        ("Iraq has accused Iran of sending missiles to Yemen.", "alleges", "[..2018-06-04]"),
        ("Iran is believed to have sent missiles to Yemen in 2015.", "alleges", "2015"),
        ("Putin may visit Egypt in July.", "mentions", "2017-07"),
    ],
)
def test_the_stance_follows_from_how_it_is_told(text, stance, date):
    assert (first(text).stance, first(text).date) == (stance, date)


def test_who_denies_what_others_allege_gets_a_claim_too():
    proposals = read("Iraq has accused Iran of sending missiles to Yemen, a charge that Iran denies.")

    assert [(each.kind, each.stance, each.origin.public_id) for each in proposals] == [
        ("arms-transfer", "alleges", "IRQ"),
        ("arms-transfer", "denies", "IRN"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Putin has not visited Egypt since 2015.",
        "Trade between Iran and Iraq doubled in 2017.",
        "He was born in Egypt in 1942.",
        "It was the first visit to Egypt since 1990.",
        "Egypt's population passed 90 million in 2015.",
    ],
)
def test_a_date_alone_makes_no_event(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "words", "public_id"),
    [
        ("Putin visited Egypt on May 30, KCNA said.", "KCNA", "kcna"),
        ("According to South Korea’s foreign ministry, Kenya recognised Kosovo in 2009.",
         "South Korea’s foreign ministry", "south-korea-foreign-ministry"),
        ("Kenya recognised Kosovo in 2009, according to a UN report.", "a UN report", ""),
        ("Egyptian officials said Putin would visit Egypt on June 12.", "Egyptian officials", ""),
        ("“I will visit Egypt on June 12,” Putin told Reuters.", "Putin", "vladimir-putin"),
        ("“He will visit Egypt on June 12,” Lavrov said, as quoted by KCNA.", "KCNA", "kcna"),
        ("Kenya said on Tuesday that it would open an embassy in Havana in July 2019.", "Kenya", "KEN"),
        ("Pyongyang said it had sent 200 advisers to Syria in May 2017.", "Pyongyang", "north-korea-government"),
    ],
)  # fmt: skip
def test_whoever_is_quoted_is_the_origin(text, words, public_id):
    origin = first(text).origin

    assert (origin.words, origin.public_id) == (words, public_id)


def test_a_text_that_speaks_for_itself_has_no_origin():
    assert first("Putin visited Egypt on May 30.").origin is None
    assert first("Putin announced the visit on May 30.").origin is None


def test_the_day_of_a_saying_is_not_the_day_of_what_is_said():
    assert first("Egypt said on Sunday that Putin would visit Cairo on June 12.").date == "2018-06-12"
    assert first("Egypt said on Sunday that Putin would visit Cairo.").date == "[2018-06-03..]"


def test_a_dateline_is_no_sentence_and_the_day_from_which_the_text_counts():
    proposal = first("CAIRO, May 20 (Reuters) - Putin visited Egypt on Sunday.")

    assert (proposal.date, proposal.start, proposal.origin) == ("2018-05-20", 26, None)


def test_a_chronology_gives_its_dates_to_what_follows_them():
    proposals = read("5 August 1963: The United States and Britain sign a treaty.\n\n1966: Kenya recognises Cuba.")

    assert [(each.date, each.kind) for each in proposals] == [
        ("1963-08-05", "agreement-signed"),
        ("1966", "recognition"),
    ]


def test_two_things_told_in_one_breath_are_two_proposals():
    text = "North Korea established diplomatic relations with Syria in 1966, opening its embassy in Damascus."

    assert [(each.kind, each.date) for each in read(text)] == [
        ("relations-established", "1966"),
        ("embassy-opened", "1966"),
    ]


def test_several_things_told_with_one_date_are_each_proposed():
    found = read(
        "On 3 May 2012 Chad closed its embassy in Tripoli, recalled its ambassador and expelled two diplomats."
    )

    assert [each.kind for each in found] == ["mission-closed", "ambassador-recalled", "diplomats-expelled"]
    assert {each.date for each in found} == {"2012-05-03"}
    assert all("TCD" in {party.public_id for party in each.parties} for each in found)


def test_whoever_recalls_an_ambassador_is_not_quoted():
    assert first("Chad recalled its ambassador from Libya on 3 May 2012.").origin is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Turkish troops took the town of Afrin on 18 March 2018.", "invasion"),
        ("Mexico banned imports of Cuban beef in 2003.", "sanctions-imposed"),
        ("Sweden sent two field hospitals to Turkey on 8 February 2018.", "aid-provided"),
        ("Kenya extended the ceasefire with Somalia on 8 February 2018.", "ceasefire"),
        ("The Kenyan court ordered Uganda to pay on 8 February 2018.", "investigation"),
        ("Iraqi forces withdrew from Kuwait on 27 February 1991.", "troop-withdrawal"),
        ("Peru sent the Cuban ambassador home on 8 February 2018.", "diplomats-expelled"),
        ("Protesters set fire to cars in Cuba on 8 February 2018.", "demonstration"),
    ],
)
def test_a_newsroom_has_more_words_for_it(text, kind):
    assert kind in [each.kind for each in read(text)]


def test_what_was_done_while_something_was_said_has_its_day():
    text = "“It is so,” Putin said on May 30. He made the remarks as he received the credentials of Cuba’s envoy."
    found = read(text)[-1]

    assert (found.date, found.kind) == ("2018-05-30", "credentials-presented")


def test_who_demanded_is_not_taken_for_who_is_quoted():
    found = first("Putin demanded on Monday that it be returned, and again on Tuesday said it was time.")

    assert (found.date, found.kind, found.parties[0].public_id) == ("2018-06-04", "demand", "vladimir-putin")


@pytest.mark.parametrize(
    ("text", "date", "stance"),
    [
        ("Lavrov leaves for Cairo on Wednesday.", "2018-06-06", "announces"),
        ("Lavrov is expected in Cairo next month.", "2018-07", "announces"),
        ("Kenyan soldiers should be gone from Cuba by June 30.", "[2018-06-04..2018-06-30]", "announces"),
        ("Putin was the first Russian leader to visit Kenya in 29 years in January.", "2018-01", "reports"),
        ("Kenya gave notice on 21 January 1982 of ending a treaty of 1972 with Cuba.", "1982-01-21", "reports"),
    ],
)
def test_what_is_to_come_is_told_in_other_words_too(text, date, stance):
    found = first(text)

    assert (found.date, found.stance) == (date, stance)


def test_a_news_conference_is_no_talks():
    assert first("Lavrov will hold a news conference on Friday.").kind == "statement"
