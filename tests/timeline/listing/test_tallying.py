"""Days of one year stand for one another, and for no day of another year."""

import pytest
from django.db import connection

from events.edtf.calendar import civil_from_days, days_from_civil
from timeline.listing.tallying import a_day_of_the_year

#: Calendars repeat every four hundred years.
YEARS = range(-200, 201)


@pytest.mark.django_db
def test_the_day_that_stands_for_others_is_of_their_year():
    days = [days_from_civil(year, 1, 1) + offset for year in YEARS for offset in (-3, -2, -1, 0, 1, 2, 3, 60, 180)]
    with connection.cursor() as cursor:
        rows = ", ".join(f"({day})" for day in days)
        cursor.execute(f"WITH given (day) AS (VALUES {rows}) SELECT day, {a_day_of_the_year('day')} FROM given")
        found = cursor.fetchall()

    assert len(found) == len(days)
    assert all(civil_from_days(day)[0] == civil_from_days(other)[0] for day, other in found)
    assert len({other for _, other in found}) < len(days) * 2 / 3
