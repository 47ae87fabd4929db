"""New events that look like others are marked for a person, and not merged."""

import pytest

from events.models import Country, LikelyDuplicate
from tests.factories import EventFactory, KindFactory, ParticipationFactory

pytestmark = pytest.mark.django_db

ROW = ("7", "2018-06-04", "2018-06-06", "Somebody", "North Korea", "Syria")


def test_an_event_that_looks_like_a_curated_one_is_marked_and_not_merged(countries, visits):
    curated = EventFactory(kind=KindFactory(slug="official-visit"), date="2018-06-04/2018-06-06")
    for code, role in (("PRK", "visitor"), ("SYR", "host")):
        ParticipationFactory(event=curated, role=role, country=Country.objects.get(code=code))

    report = visits(ROW, ("8", "2018-06-05", "", *ROW[3:]))

    assert (report.created, report.alike) == (2, 1)
    pair = LikelyDuplicate.objects.open().get()
    assert (pair.event.slug, pair.other) == ("visits-7", curated)


@pytest.mark.parametrize("parties_before", [("PRK", "RUS"), ("PRK", "")])
def test_an_event_that_looks_like_one_that_changes_beside_it_is_marked(parties_before, countries, visits):
    visits((*ROW[:4], *parties_before))
    new = ("8", *ROW[1:3], "Another", *ROW[4:])

    assert visits(ROW, new).alike == 1
    pair = LikelyDuplicate.objects.open().get()
    assert (pair.event.slug, pair.other.slug) == ("visits-8", "visits-7")


def test_an_event_that_looks_like_what_one_was_before_is_not_marked(countries, visits):
    visits(ROW)

    assert visits((*ROW[:5], "RUS"), ("8", *ROW[1:3], "Another", *ROW[4:])).alike == 0
