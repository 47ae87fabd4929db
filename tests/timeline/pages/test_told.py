"""What templates say of events and claims."""

import pytest

from events.vocabulary.stances import Stance
from events.vocabulary.status_terms import Occurrence, Verification
from tests.factories import CountryFactory
from tests.timeline.feeds.examples import claim, event, participant, source
from timeline.templatetags import told

KIM = {"id": "kim-jong-un", "name": "Kim Jong Un"}
PRK = {"id": "PRK", "name": "North Korea"}


def names(parts):
    return [part["name"] for part in parts]


def test_who_says_so_stands_with_those_through_whom_it_was_read():
    handed_on = claim(source=source("kcna"), via=[source("arabiya"), source("trend")])

    assert names(told.publishers(handed_on)) == ["Kcna", "Arabiya", "Trend"]


def test_who_passed_a_thing_on_to_themselves_is_named_once():
    assert names(told.publishers(claim(source=source("trend"), via=[source("trend")]))) == ["Trend"]


def test_a_claim_that_its_publisher_took_back_counts_no_more():
    first = claim("alleges", known="2018-06-01T00:00:00Z")
    other = claim("alleges", known="2018-06-02T00:00:00Z", source=source("un"))
    back = claim("retracts", known="2018-06-03T00:00:00Z")
    again = claim("reports", known="2018-06-04T00:00:00Z")

    assert told.with_standing([first, other, back, again]) == [
        (first, True), (other, False), (back, False), (again, False),
    ]  # fmt: skip


def test_every_stance_and_every_status_has_its_words():
    for stance in Stance.values:
        assert told.said(claim(stance))
    for occurrence in Occurrence.values:
        for verification in Verification.values:
            assert told.follows(event(occurrence=occurrence, verification=verification)).endswith(".")


def test_what_the_claims_amount_to_is_explained_where_the_curators_assessed_otherwise():
    assessed = event(
        occurrence="occurred", verification="confirmed",
        assessment={"reason": "Seen.", "derived_occurrence": "planned", "derived_verification": "alleged"},
    )  # fmt: skip

    assert told.follows(assessed) == (
        "It counts as planned, by the latest of what was announced, postponed or cancelled; "
        "alleged, because those who say so are not in a position to know."
    )


@pytest.mark.parametrize(
    ("edtf", "label", "more"),
    [
        ("2018-07-01/2018-07-14", "1 July 2018 to 14 July 2018", ""),
        ("1966/1969", "1966 to 1969", "began in 1966 and ended in 1969"),
        ("1973-10", "October 1973", ""),
    ],
)
def test_a_date_is_explained_only_where_its_label_leaves_something_open(edtf, label, more):
    assert told.more_than_label({"edtf": edtf, "label": label}) == more


def test_a_person_comes_before_whom_they_act_for():
    assert told.parties(participant(leader=KIM, country=PRK)) == [
        {"name": "Kim Jong Un", "page": "/leaders/kim-jong-un/"},
        {"name": "North Korea", "page": "/countries/PRK/"},
    ]


def test_an_event_leads_to_the_pairs_between_which_it_was():
    between = [participant("party", country={"id": code, "name": name}) for code, name in
               (("SYR", "Syria"), ("PRK", "North Korea"))]  # fmt: skip
    watched = participant("observer", country={"id": "CHN", "name": "China"})

    assert told.pairs(event(participants=[*between, watched])) == [
        {"name": "North Korea and Syria", "page": "/dyads/PRK/SYR/"}
    ]
    conference = [participant("party", country={"id": code * 3, "name": code}) for code in "ABCD"]
    assert told.pairs(event(participants=conference)) == []


@pytest.mark.parametrize(
    ("name", "code", "parts"),
    [
        ("Pyongyang", "PRK", ["Pyongyang", "North Korea"]),
        ("North Korea", "PRK", ["North Korea"]),
        ("", "PRK", ["North Korea"]),
        ("The Pacific", None, ["The Pacific"]),
    ],
)
def test_a_place_is_named_once(name, code, parts):
    placed = event(place={"name": name, "country": code, "latitude": None, "longitude": None},
                   participants=[participant(country=PRK)])  # fmt: skip

    assert names(told.place_parts(placed)) == parts


def test_the_country_of_a_place_is_named_though_it_takes_no_part(django_assert_num_queries, db):
    CountryFactory(code="CHE", name="Switzerland")
    placed = event(place={"name": "Geneva", "country": "CHE", "latitude": None, "longitude": None})

    with django_assert_num_queries(1):
        assert names(told.place_parts(placed)) == ["Geneva", "Switzerland"]


@pytest.mark.parametrize(
    ("edtf", "more"),
    [
        ("2018-06-12", ""),
        ("1973-10", ""),
        ("[2018-05-30..]", ""),
        ("1966~", "about 1966; found as 1 January 1965 to 31 December 1967"),
        ("2011/..", "began in 2011 and is still going on"),
    ],
)
def test_a_date_says_how_far_it_can_be_relied_on(edtf, more):
    assert told.more_than_label(event(edtf)["date"]) == more


@pytest.mark.parametrize(
    ("instant", "words"),
    [("2018-06-03T23:59:59Z", "3 June 2018"), ("-000044-03-15T23:59:59Z", "15 March 45 BCE")],
)
def test_an_instant_is_told_by_its_day(instant, words):
    assert told.day_of(instant) == words


@pytest.mark.parametrize(("number", "words"), [(1, "1 event"), (2846, "2\u2009846 events")])
def test_large_numbers_are_parted_by_thin_spaces(number, words):
    assert told.events_counted(number) == words


def test_a_source_is_found_wherever_it_stands_in_a_chain():
    through, other = claim(via=[source("trend")]), claim(source=source("un"), via=[])
    both = event(claims=[through, other])

    assert told.claims_through(both, "trend") == [through]
    assert told.claims_through(both, "un") == [other]
