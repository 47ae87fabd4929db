"""What a mapping makes of the cells of a row."""

import pytest

from events.importing.mapping import Value, day_of
from events.importing.problems import Rejected

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
