"""What a mapping makes of the cells of a row."""

import pytest

from events.importing.dates import day_of
from events.importing.problems import Rejected
from events.importing.values import DateInParts, Value, parted

VALUE = Value(
    "{a}",
    values=(("C+", "plus"), ("C", "plain"), ("+", "sign"), ("Визит", "official-visit")),
    begins=(("State visit", "state-visit"), ("***", "starred")),
)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("C", "plain"), ("C+", "plus"), ("+", "sign"), ("Визит", "official-visit"), ("ВИЗИТ", "official-visit"),
     ("State visit to Rome", "state-visit"), ("*** Talks", "starred"), ("Else", "Else")],
)  # fmt: skip
def test_a_value_stands_for_its_text_in_whatever_case(cell, meant):
    assert VALUE.of({"a": cell}) == meant


@pytest.mark.parametrize("cell", ["c", "C-"])
def test_what_may_be_two_of_the_values_is_rejected(cell):
    with pytest.raises(Rejected, match="may be 'C\\+' or 'C' of the mapping's values"):
        VALUE.of({"a": cell})


@pytest.mark.parametrize(
    ("text", "form", "day"),
    [
        ("4.6.2018", "%d.%m.%Y", "2018-06-04"),
        ("04062018", "%d%m%Y", "2018-06-04"),
        ("4Jun2018", "%d%b%Y", "2018-06-04"),
        ("201806", "%Y%m", "2018-06"),
        ("1112018", "%d%m%Y", None),
        ("2018061", "%Y%m%d", None),
    ],
)
def test_a_day_without_separators_has_all_its_digits(text, form, day):
    if day:
        assert day_of(text, form) == day
    else:
        with pytest.raises(Rejected, match=f"'{text}' is no date of the form {form}"):
            day_of(text, form)


PARTS = DateInParts(Value("{year}", format=("written",)), Value("{month}"), Value("{day}"))


@pytest.mark.parametrize(
    ("year", "month", "day", "date"),
    [
        ("2018", "6", "4", "2018-06-04"),
        ("2018", "June", "14", "2018-06-14"),
        ("2018", "juin", "", "2018-06"),
        ("2018", "", "", "2018"),
        ("44 BC", "3", "15", "-0043-03-15"),
        ("", "", "", ""),
    ],
)
def test_a_date_in_parts_is_as_fine_as_what_is_not_blank(year, month, day, date):
    assert PARTS.of({"year": year, "month": month, "day": day}) == date


@pytest.mark.parametrize(
    ("year", "month", "day", "why"),
    [
        ("2018", "", "4", "the day '4': no month"),
        ("", "6", "", "the month '6' and the day '': no year"),
        ("2018", "13", "4", "The month is '13'; it is 1 to 12, or a name"),
    ],
)
def test_a_date_in_parts_that_lacks_one_is_rejected(year, month, day, why):
    with pytest.raises(Rejected, match=why):
        PARTS.of({"year": year, "month": month, "day": day})


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Syria, Russia, and Iran", ["Syria", "Russia", "Iran"]),
        ("Syria and Russia", ["Syria", "Russia"]),
        ("Trinidad and Tobago and Syria", ["Trinidad and Tobago", "Syria"]),
        ("trinidad AND tobago", ["trinidad AND tobago"]),
        ("Syria, , Iran", ["Syria", "", "Iran"]),
        ("Finland", ["Finland"]),
        ("", [""]),
    ],
)
def test_several_marks_part_names_but_not_those_that_are_one(text, parts):
    assert parted(text, (" and ", ", ", ", and "), ("Trinidad and Tobago",)) == parts
