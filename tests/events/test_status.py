"""Claims → status, by table and over every combination and order of up to four claims."""

from itertools import permutations, product

import pytest

from events.status import Assertion, reason_words, status_of, status_words
from events.vocabulary.stances import STANCE_ORDER, Stance

PUBLISHERS = ("A", "B")


def claims(*said: str) -> list[Assertion]:
    """"announces A" at instant 0, the next at 1, …"""
    return [
        Assertion(stance, known, publisher, voice=publisher, told=f"{publisher} reported")
        for known, (stance, publisher) in enumerate(each.split() for each in said)
    ]


@pytest.mark.parametrize(
    ("said", "occurrence", "verification", "origins"),
    [
        ([], "unknown", "unsupported", 0),
        (["mentions A"], "unknown", "unsupported", 0),
        (["reports A"], "occurred", "reported", 1),
        (["reports A", "reports A"], "occurred", "reported", 1),
        (["reports A", "reports B"], "occurred", "confirmed", 2),
        (["reports A", "alleges B"], "occurred", "reported", 2),
        (["alleges A", "alleges B"], "occurred", "alleged", 2),
        (["alleges A", "denies B"], "occurred", "disputed", 1),
        (["denies B"], "unknown", "disputed", 0),
        (["announces A"], "planned", "reported", 1),
        (["announces A", "announces B"], "planned", "confirmed", 2),
        (["announces A", "cancels A"], "cancelled", "reported", 1),
        (["announces A", "cancels B", "announces B"], "planned", "reported", 1),
        (["announces A", "postpones A", "postpones B"], "postponed", "confirmed", 2),
        (["announces A", "reports B"], "occurred", "reported", 1),
        (["reports A", "cancels B"], "occurred", "reported", 1),
        (["reports A", "retracts A"], "unknown", "retracted", 0),
        (["reports A", "retracts B"], "occurred", "reported", 1),
        (["reports A", "retracts A", "reports A"], "occurred", "reported", 1),
        (["announces A", "cancels B", "retracts B"], "planned", "reported", 1),
        (["alleges A", "denies B", "retracts B"], "occurred", "alleged", 1),
        (["reports A", "retracts A", "denies B"], "unknown", "retracted", 0),
    ],
)
def test_the_status_that_claims_amount_to(said, occurrence, verification, origins):
    status = status_of(claims(*said))

    assert (status.occurrence, status.verification, status.origins) == (occurrence, verification, origins)


def test_claims_known_at_the_same_instant_take_effect_in_the_order_of_stances():
    at_once = [Assertion("cancels", 0, "A"), Assertion("announces", 0, "A"), Assertion("postpones", 0, "A")]

    assert {status_of(order).occurrence for order in permutations(at_once)} == {"cancelled"}


def slow_status(said):
    """The two tables of the design, read row by row, as slowly as they are written."""
    said = sorted(said, key=lambda claim: (claim.known, STANCE_ORDER.index(claim.stance)))
    left = [
        claim
        for place, claim in enumerate(said)
        if claim.stance != "retracts"
        and not any(later.stance == "retracts" and later.publisher == claim.publisher for later in said[place + 1:])
    ]
    plans = [claim for claim in left if claim.stance in ("announces", "postpones", "cancels")]
    support = [claim for claim in left if claim.stance in ("reports", "alleges")]
    occurrence = "occurred" if support else "unknown"
    if not support and plans:
        occurrence = {"announces": "planned", "postpones": "postponed", "cancels": "cancelled"}[plans[-1].stance]
        while plans and plans[-1].stance == left_stance(occurrence):
            support.append(plans.pop())
    denied = any(claim.stance == "denies" for claim in left)
    ever = [claim for claim in said if claim.stance in ("reports", "alleges", "announces", "postpones", "cancels")]
    firm = {claim.publisher for claim in support if claim.stance != "alleges"}
    if ever and not any(claim in left for claim in ever):
        return occurrence, "retracted"
    if denied:
        return occurrence, "disputed"
    if support and all(claim.stance == "alleges" for claim in support):
        return occurrence, "alleged"
    if len(firm) >= 2:
        return occurrence, "confirmed"
    return occurrence, "reported" if support else "unsupported"


def left_stance(occurrence):
    return {"planned": "announces", "postponed": "postpones", "cancelled": "cancels"}[occurrence]


def test_every_combination_and_order_of_up_to_four_claims_follows_the_tables():
    voices = list(product(Stance.values, PUBLISHERS))
    for number in range(5):
        for said in product(voices, repeat=number):
            assertions = [Assertion(stance, known, publisher) for known, (stance, publisher) in enumerate(said)]
            status = status_of(assertions)
            assert (status.occurrence, status.verification) == slow_status(assertions), said


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (["reports A"], "Reported by one origin: A."),
        (["reports A", "reports B"], "Confirmed by 2 independent origins: A and B."),
        (["alleges A", "denies B"], "Said to have occurred, by A; denied by B."),
        (["announces A"], "Planned for 12 June 2018, by what A reported; no later source is recorded."),
        (["announces A", "mentions B"], "Planned for 12 June 2018, by what A reported; later sources only mention it."),
        (["announces A", "cancels B"], "Cancelled, by what B reported; no later source is recorded."),
        (["reports A", "retracts A"], "Taken back by A; nothing else bears it out."),
        (["denies A"], "Denied by A; no recorded source says that it occurred or is to occur."),
    ],
)
def test_words_say_on_whose_word_it_is(said, words):
    assert status_words(status_of(claims(*said)), "12 June 2018") == words


def test_a_date_that_brings_its_own_preposition_gets_no_other():
    assert status_words(status_of(claims("announces A")), "on or after 30 May 2018").startswith(
        "Planned on or after 30 May 2018, by"
    )


@pytest.mark.parametrize(("said", "reason"), [
    (["alleges B", "denies A"], "A denies what B alleges"),
    (["alleges A", "alleges B", "denies C"], "C denies what A and B allege"),
    (["reports A", "alleges B", "denies C", "denies D"], "C and D deny what A and B say"),
    (["denies A"], "A denies it, and no source says that it occurred or is to occur"),
    (["alleges A"], "A alleges it, and no source that is in a position to know reports it"),
    (["reports A", "reports B"], "A and B say so, independently of each other"),
    (["announces A"], "A says so, and no independent origin bears it out"),
    (["reports A", "alleges B"], "A says so, and no other origin does more than allege"),
    (["reports A", "retracts A"], "A took back what had been claimed, and nothing else bears it out"),
    (["mentions A"], "no claim says that it occurred or is to occur"),
])  # fmt: skip
def test_an_editor_is_told_why(said, reason):
    assert reason_words(status_of(claims(*said))) == reason


def test_the_reason_names_origins_without_through_whom_they_were_read():
    [claim] = claims("alleges A")
    read = Assertion(claim.stance, claim.known, claim.publisher, voice="A, read in B, read in C")

    assert reason_words(status_of([read])).startswith("A alleges it")
