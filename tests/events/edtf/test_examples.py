"""The standard by example: each with the rule that it shows."""

from pathlib import Path

import pytest
import yaml

from events.edtf import OPEN_END, OPEN_START, EDTFDate, InvalidEDTF, plain

EXAMPLES = yaml.safe_load(Path(__file__).with_name("examples.yaml").read_text("utf-8"))
VALID = [pytest.param(each, id=each["text"]) for each in EXAMPLES if "rule" in each]
REFUSED = [pytest.param(each, id=each["refused"]) for each in EXAMPLES if "refused" in each]


@pytest.mark.parametrize("example", VALID)
def test_a_date_reaches_as_far_as_the_standard_says(example):
    date = EDTFDate.parse(example["text"])

    assert (plain(date.earliest_start), plain(date.latest_end)) == (example["first"], example["last"])
    assert date.precision == example["precision"]


@pytest.mark.parametrize("example", REFUSED)
def test_what_is_no_date_is_refused_with_what_to_write_instead(example):
    with pytest.raises(InvalidEDTF) as caught:
        EDTFDate.parse(example["text"])

    assert caught.value.suggestion == example.get("instead", "")
    assert caught.value.expected in str(caught.value)
    assert not caught.value.suggestion or EDTFDate.parse(caught.value.suggestion)


def test_long_input_is_refused_before_it_is_read():
    with pytest.raises(InvalidEDTF, match="at most 200") as caught:
        EDTFDate.parse("[" + "1966," * 1_000_000 + "1967]")

    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("value", [None, 1966, b"1966"])
def test_only_texts_are_read(value):
    with pytest.raises(InvalidEDTF):
        EDTFDate.parse(value)


@pytest.mark.parametrize(
    ("text", "earliest_start", "latest_start", "earliest_end", "latest_end"),
    [
        ("1969", "1969-01-01", "1969-12-31", "1969-01-01", "1969-12-31"),
        ("1966/1969", "1966-01-01", "1966-12-31", "1969-01-01", "1969-12-31"),
        ("2004-06/2004", "2004-06-01", "2004-06-30", "2004-06-01", "2004-12-31"),
        ("2004/2004-06", "2004-01-01", "2004-06-30", "2004-06-01", "2004-06-30"),
        ("2018-06/..", "2018-06-01", "2018-06-30", OPEN_END, OPEN_END),
        ("2018-06/", "2018-06-01", "2018-06-30", "2018-06-01", OPEN_END),
        ("../2018", OPEN_START, "2018-12-31", "2018-01-01", "2018-12-31"),
        ("/2018", OPEN_START, "2018-12-31", "2018-01-01", "2018-12-31"),
        ("[2018-06-03..]", "2018-06-03", OPEN_END, "2018-06-03", OPEN_END),
        ("[..2018-06-03]", OPEN_START, "2018-06-03", OPEN_START, "2018-06-03"),
        ("{1966,1969}", "1966-01-01", "1969-12-31", "1966-01-01", "1969-12-31"),
    ],
)
def test_starts_and_ends_have_bounds_of_their_own(text, earliest_start, latest_start, earliest_end, latest_end):
    date = EDTFDate.parse(text)

    bounds = [date.earliest_start, date.latest_start, date.earliest_end, date.latest_end]
    assert [plain(each) or each for each in bounds] == [earliest_start, latest_start, earliest_end, latest_end]


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("1966~", "1966-01-01T00:00:00"),
        ("1966~/1969", "1966-01-01T00:00:00"),
        ("2018-06-12T09:04:07+08:00", "2018-06-12T09:04:07"),
        ("2011/..", "2011-01-01T00:00:00"),
        ("../2018", "2018-12-31T23:59:59"),
        ("/2018-06~", "2018-06-30T23:59:59"),
        ("[..2018-06-04]", "2018-06-04T23:59:59"),
        ("[2018-06-03..]", "2018-06-03T00:00:00"),
        ("[..1966,1968..]", "1968-12-31T23:59:59"),
        ("?2014-06-~11", "2014-06-11T00:00:00"),
    ],
)
def test_a_date_is_placed_where_it_begins_unwidened(text, position):
    assert plain(EDTFDate.parse(text).position, with_time=True) == position


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("1966", False, False), ("1966~", True, False), ("1966?", False, True), ("1966%", True, True),
        ("?2014-06-~11", True, True), ("1966/1969~", True, False), ("[1966?,1968]", False, True),
    ],
)  # fmt: skip
def test_qualifiers_say_whether_a_date_is_approximate_or_uncertain(text, approximate, uncertain):
    date = EDTFDate.parse(text)

    assert (date.approximate, date.uncertain, date.qualified) == (approximate, uncertain, approximate or uncertain)


@pytest.mark.parametrize(
    ("text", "canonical", "offset"),
    [
        ("2018-06-12T09:04:00+08", "2018-06-12T09:04:00+08:00", 28_800),
        ("2018-06-12T09:04:00+00:00", "2018-06-12T09:04:00Z", 0),
        ("2018-06-12T09:04:00+00", "2018-06-12T09:04:00Z", 0),
        ("2018-06-12T09:04:00-04:30", "2018-06-12T09:04:00-04:30", -16_200),
        ("2018-06-12T09:04:00", "2018-06-12T09:04:00", None),
        ("2018-06-12", "2018-06-12", None),
    ],
)
def test_offsets_are_kept_and_written_in_one_way(text, canonical, offset):
    date = EDTFDate.parse(text)

    assert (date.edtf, date.canonical, date.utc_offset) == (text, canonical, offset)
    assert date == EDTFDate.parse(canonical)


def test_precisions_sort_from_coarse_to_fine():
    texts = ["1XXX", "19XX", "196X", "1966", "1966-34", "1966-05", "1966-05-01", "1966-05-01T09:00:00"]

    assert [EDTFDate.parse(text).coarseness for text in texts] == list(range(8))


def test_only_intervals_are_intervals():
    intervals = [text for text in ("1966", "[1966..1969]", "1966/1969", "2011/..") if EDTFDate.parse(text).is_interval]

    assert intervals == ["1966/1969", "2011/.."]
