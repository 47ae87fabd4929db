"""States of knowledge → days on which something became known."""

import pytest

from tests.timeline.feeds.examples import claim, event, source
from timeline.models import UNTIL_FURTHER_NOTICE
from timeline.pages.known import Change, changes, claims_new, day_at, days_known

DAY = 86_400
ANNOUNCED = claim("announces", locator="1")
CANCELLED = claim("cancels", locator="2")
PLANNED = event(occurrence="planned", claims=[ANNOUNCED])
CALLED_OFF = event(occurrence="cancelled", claims=[ANNOUNCED, CANCELLED])


def test_each_day_tells_what_became_known_on_it_and_what_that_changed():
    first, second = days_known([(10 * DAY, PLANNED), (20 * DAY + 5, CALLED_OFF)])

    assert (first.edtf, first.label) == ("1970-01-11", "11 January 1970")
    assert first.claims == (ANNOUNCED,)
    assert Change("Status", "", "planned, reported") in first.changes
    assert second.claims == (CANCELLED,)
    assert second.changes == (Change("Status", "planned, reported", "cancelled, reported"),)


def test_of_several_states_on_a_day_the_last_counts():
    (day,) = days_known([(10 * DAY, PLANNED), (11 * DAY - 1, CALLED_OFF)])

    assert day.event == CALLED_OFF
    assert day.claims == (ANNOUNCED, CANCELLED)


def test_an_event_without_claims_became_known_on_no_day():
    assert days_known([(UNTIL_FURTHER_NOTICE, event(claims=[]))]) == []


def test_a_change_of_date_and_of_origins_is_told_apart_from_that_of_status():
    assert changes(event("2018-06", origins=1), event("2018-06-12", origins=2)) == (
        Change("Date", "June 2018", "12 June 2018"),
        Change("Independent origins", "1", "2"),
    )


def test_two_claims_of_one_source_are_told_apart_by_stance_and_locator():
    there, here = claim("reports", locator="para. 1"), claim("reports", locator="para. 9")

    assert claims_new(event(claims=[there]), event(claims=[there, here])) == (here,)
    other = claim("reports", locator="para. 1", source=source("another"))
    assert claims_new(event(claims=[there]), event(claims=[there, other])) == (other,)


@pytest.mark.parametrize(
    ("as_of", "shown"),
    [(None, 1), (25 * DAY, 1), (20 * DAY, 1), (20 * DAY - 1, 0), (10 * DAY, 0), (10 * DAY - 1, None)],
)
def test_the_day_that_is_shown_is_the_last_one_by_then(as_of, shown):
    days = days_known([(10 * DAY, PLANNED), (20 * DAY, CALLED_OFF)])

    assert day_at(days, as_of) is (None if shown is None else days[shown])
