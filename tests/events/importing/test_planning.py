import pytest
from django.db import connection

from events import planning
from tests.factories import CountryFactory

KNOWN = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'",
    "postgresql": "SELECT count(*) FROM pg_stats WHERE tablename = 'events_country' AND attname = 'code'",
}


def is_known():
    with connection.cursor() as cursor:
        cursor.execute(KNOWN[connection.vendor])
        return cursor.fetchone()[0] > 0


@pytest.mark.django_db
def test_only_what_is_a_lot_makes_the_planner_look_again(django_assert_num_queries):
    CountryFactory()
    with django_assert_num_queries(0):
        planning.look_again(planning.A_LOT - 1)

    planning.look_again(planning.A_LOT)
    assert is_known()


def test_an_import_tells_how_many_it_wrote(countries, visits, monkeypatch):
    seen = []
    monkeypatch.setattr("events.importing.running.look_again", seen.append)
    visits(("1", "1974-06-05", "", "Kissinger", "USA", "SYR"), ("2", "nonsense", "", "Kissinger", "USA", "SYR"))
    assert seen == [1]
