"""What holds for every date."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.edtf import OPEN_END, OPEN_START, EDTFDate, InvalidEDTF, edtf_of_day, label, meaning, plain
from events.edtf.calendar import civil_from_days, days_from_civil, month_length, months_later

DAY_NUMBERS = st.integers(days_from_civil(-99_999, 1, 1), days_from_civil(99_999, 12, 31))
QUALIFIERS = st.sampled_from(["", "", "", "?", "~", "%"])


@st.composite
def days(draw: st.DrawFn) -> tuple[int, int, int]:
    year = draw(st.integers(-9999, 9999))
    month = draw(st.integers(1, 12))
    return year, month, draw(st.integers(1, month_length(year, month)))


def year_text(year: int) -> str:
    return f"{'-' if year < 0 else ''}{abs(year):04d}"


@st.composite
def single_dates(draw: st.DrawFn) -> str:
    """Years, months, days, seasons and unknown digits, qualified or not."""
    year, month, day = draw(days())
    month_text, day_text = f"{month:02d}", f"{day:02d}"
    season = draw(st.integers(21, 41))
    decade = "" if year_text(year)[:-1] in ("-000",) else f"{year_text(year)[:-1]}X"
    written = draw(
        st.sampled_from(
            [
                year_text(year),
                f"{year_text(year)}-{month_text}",
                f"{year_text(year)}-{month_text}-{day_text}",
                f"{year_text(year)}-{season}",
                decade or year_text(year),
                f"{year_text(year)}-XX",
                f"{year_text(year)}-{month_text}-XX",
                f"{year_text(year)}-XX-{day_text}",
            ]
        )
    )
    return written + draw(QUALIFIERS)


@st.composite
def closed_dates(draw: st.DrawFn) -> EDTFDate:
    """Dates and intervals both of whose ends are known."""
    first, second = draw(single_dates()), draw(single_dates())
    if draw(st.booleans()):
        return EDTFDate.parse(first)
    if EDTFDate.parse(first).position > EDTFDate.parse(second).position:
        first, second = second, first
    return EDTFDate.parse(draw(st.sampled_from([f"{first}/{second}", f"[{first},{second}]", f"{{{first},{second}}}"])))


@st.composite
def dates(draw: st.DrawFn) -> EDTFDate:
    """Open and unknown ends as well."""
    single = draw(single_dates())
    forms = [f"{single}/..", f"../{single}", f"{single}/", f"/{single}", f"[{single}..]", f"[..{single}]"]
    return EDTFDate.parse(draw(st.sampled_from(forms))) if draw(st.booleans()) else draw(closed_dates())


@given(dates())
def test_bounds_are_in_order(date):
    assert date.earliest_start <= date.latest_start <= date.latest_end
    assert date.earliest_start <= date.earliest_end <= date.latest_end


@given(dates())
def test_a_date_is_placed_within_its_bounds(date):
    assert OPEN_START < date.position < OPEN_END
    assert date.earliest_start <= date.position <= date.latest_start


@given(closed_dates())
def test_a_closed_date_has_no_open_bound(date):
    assert date.earliest_start > OPEN_START
    assert date.latest_end < OPEN_END


@given(dates())
def test_the_canonical_text_means_the_same(date):
    again = EDTFDate.parse(date.canonical)

    assert again == date
    assert hash(again) == hash(date)
    assert again.canonical == date.canonical


@given(days(), QUALIFIERS)
def test_a_coarser_date_contains_the_finer(day, qualifier):
    year, month, number = day
    texts = [f"{year_text(year)}-{month:02d}-{number:02d}", f"{year_text(year)}-{month:02d}", year_text(year)]
    finer, *coarser = [EDTFDate.parse(text + qualifier) for text in texts]
    for each in coarser:
        assert each.earliest_start <= finer.earliest_start <= finer.latest_end <= each.latest_end
        assert each.coarseness < finer.coarseness
        finer = each


@given(dates(), dates())
def test_two_dates_may_overlap_unless_one_is_certainly_over_before_the_other_begins(one, other):
    over = one.latest_end < other.earliest_start or other.latest_end < one.earliest_start

    assert one.may_overlap(other) == other.may_overlap(one) != over
    assert one.may_overlap(one)


@given(single_dates())
def test_a_qualifier_widens_the_bounds_and_leaves_the_position(text):
    bare = EDTFDate.parse(text.rstrip("?~%"))
    qualified = EDTFDate.parse(bare.edtf + "~")

    assert qualified.earliest_start < bare.earliest_start
    assert bare.latest_end < qualified.latest_end
    assert qualified.position == bare.position


@given(dates())
def test_every_date_has_words(date):
    assert label(date)
    assert meaning(date)


@given(st.text(max_size=30) | st.text(alphabet="0123456789X-/.?~%[],YTZ:uS ", max_size=24))
def test_any_text_is_a_date_or_refused(text):
    try:
        date = EDTFDate.parse(text)
    except InvalidEDTF:
        return
    assert date.earliest_start <= date.latest_end
    assert label(date)
    assert meaning(date)


@given(st.dates())
def test_days_are_numbered_as_by_the_standard_library(day):
    number = (day - datetime.date(1970, 1, 1)).days

    assert days_from_civil(day.year, day.month, day.day) == number
    assert civil_from_days(number) == (day.year, day.month, day.day)
    assert plain(number * 86_400) == day.isoformat()


@given(DAY_NUMBERS)
def test_the_next_day_is_the_next_number(number):
    year, month, day = civil_from_days(number)
    following = (year, month, day + 1)
    if day == month_length(year, month):
        following = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)

    assert days_from_civil(year, month, day) == number
    assert civil_from_days(number + 1) == following


@given(DAY_NUMBERS, st.integers(-1200, 1200))
def test_going_by_months_keeps_the_day_where_the_month_has_it(number, months):
    year, month, day = civil_from_days(number)
    later_year, later_month, later_day = civil_from_days(months_later(number, months))

    assert (later_year * 12 + later_month) - (year * 12 + month) == months
    assert later_day == min(day, month_length(later_year, later_month))


@pytest.mark.parametrize(
    ("seconds", "day"),
    [(0, "1970-01-01"), (-1, "1969-12-31"), (OPEN_START, None), (OPEN_END, None),
     (days_from_civil(-1, 12, 31) * 86_400, "-000001-12-31"), (days_from_civil(0, 1, 1) * 86_400, "0000-01-01"),
     (days_from_civil(10_000, 1, 1) * 86_400, "+010000-01-01")],
)  # fmt: skip
def test_plain_days_have_signs_outside_of_four_digits(seconds, day):
    assert plain(seconds) == day


@pytest.mark.parametrize(
    ("number", "edtf"),
    [
        (0, "1970-01-01"), (17_686, "2018-06-04"), (-719_528, "0000-01-01"), (-719_529, "-0001-12-31"),
        (6_000_000, "Y18397"), (days_from_civil(-100_000, 1, 1), "Y-99999"),
    ],
)  # fmt: skip
def test_a_day_is_written_so_that_it_can_be_asked_for(number, edtf):
    assert edtf_of_day(number) == edtf


@given(DAY_NUMBERS)
def test_a_day_lies_in_the_date_that_is_written_of_it(number):
    date = EDTFDate.parse(edtf_of_day(number))

    assert date.earliest_start // 86_400 <= number <= date.latest_end // 86_400
