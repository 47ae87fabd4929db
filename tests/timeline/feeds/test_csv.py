"""CSV, read by the standard library."""

import csv
import io

import pytest

from tests.timeline.feeds.examples import FEED, LISTS, event
from timeline.feeds.csv import COLUMNS, parts


def read(events):
    text = b"".join(parts(events, FEED)).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("events", LISTS.values(), ids=LISTS)
def test_every_event_is_a_row_of_all_columns(events):
    rows = read(events)

    assert [row["id"] for row in rows] == [event["id"] for event in events]
    assert all(tuple(row) == COLUMNS and None not in row.values() for row in rows)


@pytest.mark.parametrize("title", ["=1+1", "+cmd|x", "-1+1", "+49 30", "@SUM(A1)", "\t=1", "\0=1+1", "\u202e=1+1"])
def test_no_cell_is_a_formula(title):
    (row,) = read([event(title=title)])

    assert row["title"].startswith("'")


def test_truth_and_dates_stay_as_they_are():
    (row,) = read([event("-0752~")])

    assert (row["date"], row["approximate"], row["uncertain"]) == ("-0752~", "true", "false")
    assert row["earliest_start"] == "-000753-01-01"
