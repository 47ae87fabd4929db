"""Events between two countries → intervals: laws that hold for any events."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.told import EFFECTS, steps
from timeline.relations.intervals import intervals_of
from timeline.relations.steps import STRAINS, Direction

DATES = [
    "1966",
    "1966~",
    "1966-05",
    "1966-05-03",
    "1967",
    "1966/1970",
    "196X",
    "../1968",
    "1969/..",
    "[1965..]",
    "-0043",
]
TOLD = st.builds(
    "{} {} {} {}".format,
    st.sampled_from([*EFFECTS, "summit"]),
    st.sampled_from(DATES),
    st.sampled_from(["confirmed", "reported", "alleged", "disputed"]),
    st.sampled_from(["", "PRK", "SYR"]),
)
ANY_STEPS = st.lists(TOLD, max_size=12).map(lambda told: steps(*told))


@given(ANY_STEPS)
def test_intervals_leave_no_gap_and_each_begins_with_what_ended_the_last(some):
    intervals = intervals_of(some)

    assert (intervals[0].begins, intervals[0].opened_by) == (None, ())
    assert (intervals[-1].ends, intervals[-1].closed_by) == (None, ())
    for before, after in pairwise(intervals):
        assert (before.ends, before.closed_by) == (after.begins, after.opened_by)
        assert after.begins == after.opened_by[0].date


@given(ANY_STEPS)
def test_the_state_changes_at_every_border(some):
    assert all(before.state is not after.state for before, after in pairwise(intervals_of(some)))


@given(ANY_STEPS, st.randoms())
def test_the_order_of_the_events_as_given_does_not_matter(some, random):
    shuffled = random.sample(some, len(some))

    assert intervals_of(shuffled) == intervals_of(some)


@given(ANY_STEPS)
def test_an_event_is_listed_once_and_only_firm_ones_open(some):
    intervals = intervals_of(some)
    openers = [opener for interval in intervals for opener in interval.opened_by]
    others = [other for interval in intervals for other in (*interval.strained_by, *interval.doubted_by)]

    assert len({each.slug for each in openers + others}) == len(openers + others)
    assert all(opener.is_firm for opener in openers)
    assert not any(doubt.is_firm for interval in intervals for doubt in interval.doubted_by)


@given(ANY_STEPS)
def test_only_what_goes_up_may_go_unlisted(some):
    listed = {
        each.slug
        for interval in intervals_of(some)
        for each in (*interval.opened_by, *interval.strained_by, *interval.doubted_by)
    }

    assert all(each.rule is None or each.rule.direction is Direction.UP for each in some if each.slug not in listed)


@given(ANY_STEPS)
def test_intervals_begin_in_order_of_date(some):
    begins = [interval.begins.position for interval in intervals_of(some) if interval.begins]

    assert begins == sorted(begins)


@given(ANY_STEPS)
def test_how_two_countries_stand_can_be_told_without_the_strains(some):
    moving = [each for each in some if each.kind not in STRAINS]

    assert intervals_of(moving)[-1].state is intervals_of(some)[-1].state
