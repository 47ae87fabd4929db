"""What a text tells by verbs that are no cues."""

import pytest

from events.intake.deeds import deeds_in, verbs
from events.vocabulary import kinds as vocabulary
from tests.events.intake.test_claims import first, read


def test_verbs_make_kinds_likely_that_the_record_knows():
    assert set(verbs().kinds.values()) <= {block["id"] for block in vocabulary()}


@pytest.mark.parametrize(
    ("text", "date", "kind", "parties"),
    [
        ("France wrecked a runway in Libya on 16 February 1986.", "1986-02-16", "armed-clash", ["FRA", "LBY"]),
        ("Egypt turned on Qatar on 5 June 2017.", "2017-06-05", "", ["EGY", "QAT"]),
        ("In May 1998 Kenya broke ranks with Cuba.", "1998-05", "", ["KEN", "CUB"]),
        ("Poland will lower its flag in Cuba on June 20.", "2018-06-20", "", ["POL", "CUB"]),
    ],
)
def test_a_date_and_a_verb_are_proposed_without_a_cue(text, date, kind, parties):
    found = first(text)

    assert (found.date, found.kind) == (date, kind)
    assert [each.public_id for each in found.parties] == parties
    assert found.is_by_verb


def test_what_a_cue_tells_is_not_told_by_its_verb_too():
    found = read("Kenya and Cuba signed a treaty in 2001.")

    assert [each.is_by_verb for each in found] == [False]


def test_its_title_has_the_words_of_the_text():
    assert first("Egypt turned on Qatar on 5 June 2017.").title == "Egypt, Qatar: “turned on Qatar”"


def test_a_verb_that_makes_no_kind_likely_wants_a_party():
    assert read("The carriages broke loose on 5 June 2017.") == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The envoys had quietly turned back", ["turned"]),
        ("The proposed line ran through divided towns", ["ran"]),
        ("A ship seized by Cuba", []),
        ("Kenya’s proposed line", []),
        ("They should be gone", ["gone"]),
        ("Trade with Cuba doubled", []),
        ("Exports of coffee rose", []),
    ],
)
def test_only_finite_verbs_tell_of_deeds(sentence, found):
    assert [sentence[cue.start : cue.end] for cue in deeds_in(sentence, [], present=False)] == found


def test_entries_of_a_chronology_are_told_in_the_present():
    found = first("3 November 1903: Panama breaks away from Colombia.")

    assert (found.date, found.title) == ("1903-11-03", "Panama, Colombia: “breaks away from Colombia”")


def test_who_did_so_too_did_what_a_verb_told():
    found = read("Egypt turned on Qatar on 5 June 2017. Bahrain did so in July 2017.")

    assert [(each.date, each.kind) for each in found] == [("2017-06-05", ""), ("2017-07", "")]
    assert all(each.is_by_verb for each in found)
