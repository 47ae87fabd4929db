"""Dates in words."""

import pytest

from events.edtf import EDTFDate, label, meaning


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1966", "1966"), ("0044", "44 CE"), ("-0043", "44 BCE"), ("0000", "1 BCE"), ("Y-12000", "12001 BCE"),
        ("1973-10", "October 1973"), ("2018-05-30", "30 May 2018"), ("-0043-03-15", "15 March 44 BCE"),
        ("1966~", "about 1966"), ("1966?", "perhaps 1966"), ("1966%", "perhaps about 1966"), ("?1966", "perhaps 1966"),
        ("196X", "1960s"), ("200X", "2000s (decade)"), ("19XX", "1900s (century)"), ("1XXX", "1000s (millennium)"),
        ("015X", "150s CE"), ("-01XX", "a year from 200 BCE to 101 BCE"), ("1X66", "year 1X66 (X: an unknown digit)"),
        ("196X~", "about the 1960s"),
        ("2018-21", "spring 2018"), ("2018-24", "winter 2018–2019"), ("2018-30", "southern summer 2018–2019"),
        ("2018-33", "first quarter of 2018"), ("2018-38", "second four months of 2018"),
        ("2018-41", "second half of 2018"), ("201X-22", "summer of a year in the 2010s"),
        ("1966/1969", "1966 to 1969"), ("196X/1973", "1960s to 1973"), ("1966~/1969", "about 1966 to 1969"),
        ("2011/..", "since 2011"), ("2011/", "from 2011, end unknown"),
        ("../2018", "until 2018"), ("/2018", "until 2018, start unknown"),
        ("[2018-06-03..]", "on or after 3 June 2018"), ("[..2018-06]", "in or before June 2018"),
        ("[1966..1969]", "between 1966 and 1969"), ("[1966,1968]", "1966 or 1968"), ("[1966]", "1966"),
        ("[1966,1968,1970..1972]", "1966, 1968 or between 1970 and 1972"),
        ("{1966,1968-12}", "each of 1966 and December 1968"), ("{1960..1962}", "each of 1960 to 1962"),
        ("1971-XX", "1971, month unknown"), ("1971-04-XX", "April 1971, day unknown"),
        ("1971-XX-25", "day 25 of an unknown month of 1971"), ("157X-12-25", "25 December of a year in the 1570s"),
        ("2018-06-1X", "one of 10 to 19 June 2018"), ("2018-02-X1", "1, 11 or 21 February 2018"),
        ("2018-1X", "one of October to December 2018"),
        ("2014-06~-11", "11 June 2014 (year and month approximate)"),
        ("?2014-06-~11", "11 June 2014 (year uncertain, day approximate)"),
        ("2018-06-12T09:00:00+08", "12 June 2018, 09:00 (UTC+08:00)"),
        ("2018-06-12T09:00:07Z", "12 June 2018, 09:00:07 (UTC)"), ("2018-06-12T09:00:00", "12 June 2018, 09:00"),
    ],
)  # fmt: skip
def test_a_label_says_no_more_and_no_less_than_the_date(text, words):
    assert label(EDTFDate.parse(text)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1973-10", "some time in October 1973"),
        ("2018-05-30", "on 30 May 2018"),
        ("1966~", "about 1966; found as 1 January 1965 to 31 December 1967"),
        ("2018-24", "some time in winter 2018–2019; found as 1 December 2018 to 28 February 2019"),
        ("1971-04-XX", "April 1971, day unknown; found as 1 April 1971 to 30 April 1971"),
        ("2018-06/..", "began in June 2018 and is still going on"),
        ("2018-06/", "began in June 2018 and has ended or not: its end is not known"),
        ("../2018-06-04", "ended on 4 June 2018, with no given start"),
        ("/2018", "ended in 2018, its start is not known"),
        ("1966/1969~", "began in 1966 and ended about 1969; found as 1 January 1966 to 31 December 1970"),
        ("[2018-06-03..]", "on 3 June 2018 or some later day"),
        ("[..2018-06-03]", "on 3 June 2018 or some earlier day"),
        ("[2018-06..]", "in June 2018 or some later time"),
        ("[1966..1969]", "at one time between 1966 and 1969, it is not known when"),
        ("[1966,1968]", "1966 or 1968: one of them, it is not known which"),
        ("{1966,1968}", "each of 1966 and 1968: all of them are meant"),
        ("[1966]", "some time in 1966"),
        ("[..2018-06-03~]", "about 3 June 2018 or some earlier day; found as any day up to 6 June 2018"),
        ("2018-06-12T09:00:00", "on 12 June 2018, 09:00, in the time of the place"),
        ("2018-06-12T09:00:00Z", "on 12 June 2018, 09:00 (UTC)"),
    ],
)
def test_an_editor_is_told_what_was_understood(text, words):
    assert meaning(EDTFDate.parse(text)) == words
