"""The `edtf` package as a second opinion, on what it is known to read rightly.

Left out: qualified bounds (a convention of its own), unknown ends (it adds ten years), winter (December only), times
(it loses the hour), X in the day, reversed intervals and impossible days (it accepts them).
"""

import edtf
import pytest

from events.edtf import EDTFDate, InvalidEDTF, plain

AGREED = [
    "1966", "0000", "-0752", "1973-10", "2016-02", "2018-05-30", "1966/1969", "1958-02-01/1961", "-0300/-0250-02",
    "196X", "18XX", "1XXX", "-01XX", "1971-XX", "1971-04-XX", "157X-12-25", "17XX-11-XX", "2018-21", "2018-22",
    "2018-23", "2018-34", "2018-36", "[1966,1968,1970..1972]", "{1966,1968-12}",
]  # fmt: skip
REFUSED_BY_BOTH = ["", "sometime", "201u", "2018-13", "2018-06-32", "-0000-01-01", "2014-(06)?-11", "1966/1968/1969"]


def day_of(moment) -> str:
    shown = f"{moment.tm_year:04d}" if moment.tm_year >= 0 else f"{moment.tm_year:07d}"
    return f"{shown}-{moment.tm_mon:02d}-{moment.tm_mday:02d}"


@pytest.mark.parametrize("text", AGREED)
def test_bounds_agree(text):
    date, other = EDTFDate.parse(text), edtf.parse_edtf(text)

    assert plain(date.earliest_start) == day_of(other.lower_strict())
    assert plain(date.latest_end) == day_of(other.upper_strict())


@pytest.mark.parametrize("text", REFUSED_BY_BOTH)
def test_both_refuse(text):
    with pytest.raises(edtf.EDTFParseException):
        edtf.parse_edtf(text)
    with pytest.raises(InvalidEDTF):
        EDTFDate.parse(text)
