"""Relations as a band: every stretch lies in the picture, in order, and no more precisely than its dates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.edtf import EDTFDate
from timeline.pages.band import band_of
from timeline.relations.intervals import interval_json, intervals_of, step_json
from timeline.relations.steps import Step


def step(kind, date, verification="reported"):
    return Step(slug=f"{kind}-{date}", title=kind, kind=kind, effect="", date=EDTFDate.parse(date),
                occurrence="occurred", verification=verification)  # fmt: skip


def band(*steps):
    return band_of([interval_json(interval) for interval in intervals_of(steps)], [step_json(each) for each in steps])


def test_without_an_event_that_bears_on_relations_there_is_no_band():
    assert band() is None


def test_what_came_before_and_what_may_come_has_no_edge():
    before, since = band(step("relations-established", "1966")).stretches

    assert (before.state, before.x, before.fades_in) == ("none", 0, 0)
    assert (since.state, since.fade_out_x, since.fades_out) == ("relations", 100, 0)


def test_a_year_is_a_soft_edge_over_all_of_it_and_a_day_a_sharp_one():
    _, soft = band(step("relations-established", "1966"), step("talks", "1986")).stretches
    _, sharp = band(step("relations-established", "1966-07-01"), step("talks", "1986")).stretches

    assert soft.fades_in > 3
    assert sharp.fades_in < 0.1
    assert soft.fade_in_x < sharp.x < soft.x


def test_each_event_is_marked_once_by_what_it_did():
    marks = band(
        step("relations-established", "1966"), step("diplomats-expelled", "1970"),
        step("relations-severed", "1971", verification="alleged"),
    ).marks  # fmt: skip

    assert [(mark.effect, mark.event["id"]) for mark in marks] == [
        ("opened", "relations-established-1966"), ("strained", "diplomats-expelled-1970"),
        ("doubted", "relations-severed-1971"),
    ]  # fmt: skip


def test_the_axis_has_few_years_and_those_before_christ_as_historians_count():
    years = band(step("relations-established", "-0500"), step("relations-severed", "0500")).years

    assert len(years) <= 9
    assert {"401 BCE", "200"} <= {year.label for year in years}


KINDS = st.sampled_from(["relations-established", "embassy-opened", "mission-closed", "relations-severed", "talks"])
DATES = st.sampled_from(["1966", "1966~", "196X", "1969-03", "1970-01-01", "[1971..1973]", "[..1975]", "[1980..]",
                         "../1990", "2000/..", "1973-10/", "-0300", "Y17000"])  # fmt: skip


@given(st.lists(st.builds(step, KINDS, DATES), max_size=6))
def test_all_that_is_drawn_lies_in_the_picture(steps):
    drawn = band(*steps)

    for stretch in drawn.stretches if drawn else ():
        assert 0 <= stretch.fade_in_x <= stretch.x <= 100.001
        assert stretch.x + stretch.width <= 100.001
        assert stretch.fade_out_x + stretch.fades_out <= 100.001
    for mark in drawn.marks if drawn else ():
        assert 0 <= mark.x <= mark.middle <= mark.end <= 100.001


@pytest.mark.parametrize("date", ["[..1975]", "../1990", "/1990"])
def test_an_event_that_may_have_been_at_any_time_before_is_drawn_from_the_edge(date):
    (mark,) = band(step("relations-established", date)).marks

    assert mark.x == 0
