"""What <diplomatic-timeline> computes: days, tiles, ticks, places and fades, as its module's functions give them."""

from itertools import pairwise

import pytest

from events.edtf.calendar import civil_from_days, days_from_civil
from tests.browser.looking import leave
from tests.browser.timelines import call, open_timeline
from tests.browser.visiting import Visitor
from timeline.tiles.tiers import DAY, index_of, tile_span


@pytest.fixture(scope="module")
def pure(browser, record):
    """Calls functions of the module with values; nothing that one test asks changes what another is told."""
    page = open_timeline(Visitor(browser), record)
    yield lambda script, *values: call(page, script, *values)
    leave(browser)


def test_days_are_those_of_the_record_in_any_year(pure):
    days = [*range(-750_000, 750_000, 977), -(10**7), -719_529, -719_528, -1, 0, 10**7, 36_000_000]

    dates = pure("(module, days) => days.map(module.dateAt)", days)

    assert [tuple(date) for date in dates] == [civil_from_days(day) for day in days]
    months = [(year * 12 + month - 1, days_from_civil(year, month, 1)) for year in (-4801, -1, 0, 1, 1900, 2000, 12_000)
              for month in range(1, 13)]  # fmt: skip
    assert pure("(module, months) => months.map(module.monthStart)", [month for month, _ in months]) == [
        start for _, start in months
    ]


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("1966", (1966, 1, 1), (1967, 1, 1)), ("1973-10", (1973, 10, 1), (1973, 11, 1)),
        ("2018-12", (2018, 12, 1), (2019, 1, 1)), ("2016-02-29", (2016, 2, 29), (2016, 3, 1)),
        ("-0752", (-752, 1, 1), (-751, 1, 1)), ("-000043-03-15", (-43, 3, 15), (-43, 3, 16)),
        ("+012000-01-01", (12000, 1, 1), (12000, 1, 2)), ("Y-12000", (-12000, 1, 1), (-11999, 1, 1)),
        ("2018-05-30T09:00:00", (2018, 5, 30), (2018, 5, 31)),
    ],
)  # fmt: skip
def test_dates_are_read_as_written(pure, text, first, after):
    assert pure("(module, text) => module.daysOf(text)", text) == [days_from_civil(*first), days_from_civil(*after)]


def test_what_is_no_date_is_none(pure):
    for text in ("", "soon", "1966~", "19", "1966/1969", None):
        assert pure("(module, text) => module.daysOf(text)", text) == []


def test_tiles_are_those_of_the_api(pure):
    for tier in range(6):
        for day in (-(10**6), -719_528, -1, 0, 17_681, 10**6):
            index = index_of(tier, day * DAY)
            first, last = tile_span(tier, index)
            assert pure("(module, tier, day) => module.tileAt(tier, day)", tier, day) == index
            assert pure("(module, tier, index) => module.tileStart(tier, index)", tier, index) == first // DAY
            assert pure("(module, tier, index) => module.tileStart(tier, index)", tier, index + 1) == last // DAY + 1


def test_at_any_zoom_tiles_are_few_and_the_axis_is_legible(pure):
    for scale in (1 / 160, 0.05, 0.3, 1, 7, 40, 365, 3_000, 40_000):
        for width in (320, 768, 1440, 2560):
            tier = pure("(module, scale, width) => module.tierOf(scale, width)", scale, width)
            length = (365_242.5, 36_524.25, 3_652.4, 365.2, 30.4)[tier]
            assert 2 * width * scale / length <= 31 or tier == 0
            start = 17_681 - width * scale / 2
            ticks = pure("(module, ...values) => module.ticksOf(...values)", start, start + width * scale, scale)
            places = [day / scale for day, _ in ticks]
            assert all(after - before >= 60 for before, after in pairwise(places))
            assert all(words.strip() for _, words in ticks)


def event(**changes):
    """An event as the module keeps it; *changes* are its days, importance and so on."""
    days = dict.fromkeys(("from", "begun", "ending", "to"))
    return {"id": "a", "importance": 50, "at": 0, "lanes": {"quad": "Verbal cooperation"}, **days, **changes}


def day_of(number, **changes):
    return event(**{"from": number, "begun": number + 1, "ending": number, "to": number + 1}, **changes)


def test_no_two_events_lie_on_each_other_and_the_most_important_come_first(pure):
    events = [day_of(n % 53, id=f"e{n}", importance=n % 97) for n in range(200)]

    placed = pure("""(module, events) => module.arrange(events,
        {scale: 0.1, rows: 5, widthOf: () => 90, before: new Map(), sees: () => true}).placed""", events)  # fmt: skip

    assert len(placed) > 10
    for one in placed:
        beside = [other for other in placed if other is not one and other["row"] == one["row"]]
        assert not any(one["left"] < other["right"] and other["left"] < one["right"] for other in beside)
    importances = [each["event"]["importance"] for each in placed]
    assert importances == sorted(importances, reverse=True)


def test_an_event_stays_in_its_row_and_the_focused_one_is_always_placed(pure):
    events = [day_of(0, id=f"e{n}", importance=n) for n in range(4)]
    script = """(module, events, before, first) => {
        const how = {scale: 1, rows: 2, widthOf: () => 50, before: new Map(before), first, sees: () => true};
        return module.arrange(events, how).placed.map(({event, row}) => [event.id, row]);
    }"""

    assert pure(script, events, [["e0", 1]], None) == [["e0", 1], ["e3", 0]]
    assert pure(script, events, [["e3", 0], ["e2", 1]], "e1")[0] == ["e1", 0]


def test_what_is_in_view_finds_its_place_before_what_is_more_important_beside_it(pure):
    beside, seen = day_of(0, id="beside", importance=99), day_of(30, id="seen", importance=1)
    script = """(module, events, before) => module.arrange(events, {scale: 1, rows: 1, widthOf: () => 50,
        before: new Map(before), sees: ({id}) => id === "seen"}).placed.map(({event}) => event.id)"""

    assert pure(script, [beside, seen], []) == ["seen"]
    assert pure(script, [beside, seen], [["beside", 0]]) == ["seen"]


def test_bars_are_weak_where_they_may_not_reach(pure):
    fades = "(module, event, length, scale) => module.fadesOf(event, length, scale)"
    year = event(**{"from": 0, "begun": 365, "ending": 0, "to": 365}, isMoment=True)
    certain = event(**{"from": 0, "begun": 1, "ending": 9, "to": 10}, isMoment=False)
    open_end = event(**{"from": 0, "begun": 1, "ending": None, "to": None}, isMoment=False)

    assert [strength for _, strength in pure(fades, year, 365, 1)] == [0.1, 1, 1, 0.1]
    assert {strength for _, strength in pure(fades, certain, 10, 1)} == {1}
    assert pure(fades, open_end, 560, 1)[-2:] == [[0.9, 1], [1, 0.1]]
    # One that lies beyond the view, as the focused one may, ends before it begins.
    for length in (-300, 0, 1, 20):
        assert all(0 <= share <= 1 for share, _ in pure(fades, open_end, length, 1) + pure(fades, year, length, 1))


def test_where_lanes_are_many_those_with_most_events_have_one_from_the_top(pure):
    many = [day_of(number * 400, id=f"{name}{number}", lanes={"country": name})
            for name, most in (("A", 1), ("B", 4), ("C", 2), ("D", 3), ("E", 1)) for number in range(most)]  # fmt: skip
    lanes = pure("""(module, events) => module.arrange(events,
        {scale: 1, rows: 12, lane: "country", widthOf: () => 50, before: new Map(), sees: () => true}).lanes""",
        many)  # fmt: skip

    assert [name for name, _ in lanes] == ["Others", "D", "C", "B"]


def test_words_may_take_all_that_is_free_after_them(pure):
    events = [day_of(0, id="a", importance=99), day_of(600, id="b")]
    placed = pure("""(module, events) => module.arrange(events,
        {scale: 1, rows: 1, widthOf: () => 900, before: new Map(), sees: () => true})
        .placed.map(({words, label}) => [words, label])""",
        events)  # fmt: skip

    (first, start), (second, _) = placed
    assert 560 < start + first < 600
    assert second == 900


def test_what_events_span_is_told_by_their_dates_as_far_as_they_are_known(pure):
    bounds = "(module, events) => module.boundsOf(events) ?? null"
    open_start = event(begun=-500, ending=-501, to=-500, at=-501)
    open_end = event(**{"from": -500, "begun": -499, "ending": -300}, at=-500)
    going_on = event(**{"from": -500, "begun": -135}, at=-500)

    assert pure(bounds, []) is None
    assert pure(bounds, [day_of(5, at=5), day_of(9, at=9)]) == [5, 10]
    assert pure(bounds, [open_start]) == [-501, -500]
    assert pure(bounds, [open_end]) == [-500, -299]
    assert pure(bounds, [going_on]) == [-500, -135]


def test_a_few_imprecise_dates_do_not_stretch_what_is_counted_and_many_do(pure):
    years = [{"start": f"{year}-01-01", "count": 10} for year in range(1900, 2000)]
    century = {"unit": "century", "start": "1700-01-01", "count": 1}
    open_end = {"unit": None, "start": None, "count": 99}
    extent = "(module, overview) => module.extentOf(overview).map((day) => module.dateAt(day)[0])"

    def counted(**changes):
        return {"unit": "year", "total": 1_000, "buckets": years, "imprecise": [open_end, century], **changes}

    assert pure(extent, counted()) == [1900, 2000]
    assert pure(extent, counted(imprecise=[{**century, "count": 50}])) == [1700, 2000]
    assert pure(extent, counted(buckets=[], total=1)) == [1700, 1800]
    assert pure("(module, overview) => module.extentOf(overview) ?? null", counted(buckets=[], imprecise=[])) is None
