"""Dates in words: read no finer than they are, and rejected where they may be two."""

import re

import pytest
from django.conf import settings

from events.importing.calendar_names import month_of
from events.importing.dates import day_of
from events.importing.problems import Rejected
from events.importing.written_dates import read_written


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("1 Jun 2018", "2018-06-01"),
        ("1st June 2018", "2018-06-01"),
        ("June 4th, 2018", "2018-06-04"),
        ("June 4 2018", "2018-06-04"),
        ("2018 June 4", "2018-06-04"),
        ("4-Jun-2018", "2018-06-04"),
        ("Mon 4 June 2018", "2018-06-04"),
        ("Monday, June 4, 2018", "2018-06-04"),
        ("4\u00a0June\u00a02018", "2018-06-04"),
        ("Sept. 2018", "2018-09"),
        ("June 2018", "2018-06"),
        ("June, 2018", "2018-06"),
        ("2018", "2018"),
        ("4. Juni 2018", "2018-06-04"),
        ("1er juin 2018", "2018-06-01"),
        ("février 2018", "2018-02"),
        ("4 de junio de 2018", "2018-06-04"),
        ("4 июня 2018", "2018-06-04"),
        ("٤ يونيو ٢٠١٨", "2018-06-04"),
        ("2018年6月4日", "2018-06-04"),
        ("2018年6月", "2018-06"),
        ("c. 1970", "1970~"),
        ("ca 1970", "1970~"),
        ("circa June 2018", "2018-06~"),
        ("1970?", "1970?"),
        ("June 1970 (?)", "1970-06?"),
        ("c. June 1970?", "1970-06%"),
        ("1970s", "197X"),
        ("the 1970s", "197X"),
        ("18th century", "17XX"),
        ("autumn 1973", "1973-23"),
        ("Q3 2018", "2018-35"),
        ("2018-Q1", "2018-33"),
        ("3rd quarter of 2018", "2018-35"),
        ("1st half of 2017", "2017-40"),
        ("H2 2017", "2017-41"),
        ("early 2018", "2018"),
        ("mid-June 2018", "2018-06"),
        ("end of May 2018", "2018-05"),
        ("late 1990s", "199X"),
        ("c. mid-1970", "1970~"),
        ("late December 2017 – early January 2018", "2017-12/2018-01"),
        ("Jul-Aug 2018", "2018-07/2018-08"),
        ("before 1970", "[..1969]"),
        ("before March 2018", "[..2018-02]"),
        ("before 1 January 2018", "[..2017-12-31]"),
        ("by June 2018", "[..2018-06]"),
        ("after 1970", "[1970..]"),
        ("between 2 and 5 May 2018", "[2018-05-02..2018-05-05]"),
        ("1970 or 1971", "[1970,1971]"),
        ("14 févr. 2018", "2018-02-14"),
        ("15 сент. 2018", "2018-09-15"),
        ("12. Jänner 2018", "2018-01-12"),
        ("4 حزيران 2018", "2018-06-04"),
        ("44 BC", "-0043"),
        ("1 BCE", "0000"),
        ("AD 79", "0079"),
        ("49–44 BC", "-0048/-0043"),
        ("1973–75", "1973/1975"),
        ("1910–12", "1910/1912"),
        ("1973–1975", "1973/1975"),
        ("1973-1975", "1973/1975"),
        ("c. 1973–75", "1973~/1975"),
        ("6–25 October 1973", "1973-10-06/1973-10-25"),
        ("6-25 October 1973", "1973-10-06/1973-10-25"),
        ("October 6–25, 1973", "1973-10-06/1973-10-25"),
        ("30 May – 2 June 2018", "2018-05-30/2018-06-02"),
        ("May 30 – June 2, 2018", "2018-05-30/2018-06-02"),
        ("30 December 2017 – 2 January 2018", "2017-12-30/2018-01-02"),
        ("1 June 2018 to 3 June 2018", "2018-06-01/2018-06-03"),
        ("June–July 2018", "2018-06/2018-07"),
        ("since 1966", "1966/.."),
        ("June 1966 – present", "1966-06/.."),
        ("1999 bis heute", "1999/.."),
        ("2018年至今", "2018/.."),
        ("2018-06-04T09:30:00", "2018-06-04"),
        ("2018/6/4", "2018-06-04"),
        ("2018. 6. 4.", "2018-06-04"),
        ("٢٠١٨/٠٦/٠٤", "2018-06-04"),
        ("4 июня 2018 г.", "2018-06-04"),
        ("с 4 по 5 июня 2018 года", "2018-06-04/2018-06-05"),
        ("2018年6月4日（月）", "2018-06-04"),
        ("Oct 7, 2018 (Sun.)", "2018-10-07"),
        ("2018年5月30日至6月2日", "2018-05-30/2018-06-02"),
        ("2018년 9월 18일~20일", "2018-09-18/2018-09-20"),
        ("平成30年6月12日", "2018-06-12"),
        ("令和元年6月", "2019-06"),
        ("民國107年6月12日", "2018-06-12"),
        ("June 12, Juche 107 (2018)", "2018-06-12"),
        ("4/5 June 2018", "2018-06-04/2018-06-05"),
        ("30 April/1 May 2018", "2018-04-30/2018-05-01"),
        ("June 1 & 2, 2018", "2018-06-01/2018-06-02"),
        ("Sept. 18th-20th, 2018", "2018-09-18/2018-09-20"),
        ("May 30-June 2, 2018", "2018-05-30/2018-06-02"),
        ("du 3 au 5 mars 2018", "2018-03-03/2018-03-05"),
        ("Anfang Mai 2018", "2018-05"),
        ("1960s–70s", "196X/197X"),
        ("5 czerwca 2018 r.", "2018-06-05"),
        ("12. června 2018", "2018-06-12"),
        ("12. lipnja 2018.", "2018-06-12"),
        ("2018. június 12.", "2018-06-12"),
        ("7 Δεκεμβρίου 2018", "2018-12-07"),
        ("12 червня 2018 року", "2018-06-12"),
        ("lundi 12 juin 2018", "2018-06-12"),
        ("martes, 12 de junio de 2018", "2018-06-12"),
        ("Вт., 12 июня 2018 г.", "2018-06-12"),
        ("Di. 12. Juni 2018", "2018-06-12"),
        ("mar 12 2018", "2018-03-12"),
        ("1975-06-00", "1975-06"),
        ("1975-00-00", "1975"),
        ("12 June 2018 9:15 a.m.", "2018-06-12"),
        ("12 June 2018, 10.00 GMT", "2018-06-12"),
        ("12. Juni 2018 um 10:30 Uhr", "2018-06-12"),
        ("2018-06-12 21:30 UTC", "2018-06-12"),
        ("4 VI 1961", "1961-06-04"),
        ("2018\u201106\u201107", "2018-06-07"),
        ("12.XII.1962 r.", "1962-12-12"),
        ("4–6-IV-1961", "1961-04-04/1961-04-06"),
        ("4.-6. Juni 2018", "2018-06-04/2018-06-06"),
        ("czerwiec 1963", "1963-06"),
        ("Feb-2018", "2018-02"),
        ("1961m7", "1961-07"),
        ("12jun2018", "2018-06-12"),
        ("04May2018", "2018-05-04"),
        ("May 31, 2018 → June 1, 2018", "2018-05-31/2018-06-01"),
        ("31 May 2018 -> 1 June 2018", "2018-05-31/2018-06-01"),
        ("June 2018 → present", "2018-06/.."),
        ("2018-W24", "2018-06-11/2018-06-17"),
        ("2015W53", "2015-12-28/2016-01-03"),
        ("[2018-06-03..]", "[2018-06-03..]"),
        ("1910-12", "1910-12"),
    ],
)
def test_a_date_in_words_is_read_as_fine_as_it_is(text, edtf):
    assert read_written(text) == edtf


@pytest.mark.parametrize(
    "text",
    ["", "?", "1973-75", "1966–", "04/06/2018", "4.6.2018", "43255", "12", "4 June", "31 June 2018", "before c. 1970",
     "not 4 June 2018", "1975–1973", "30 December – 2 January 2018", "0 BC", "Junember 2018",
     "Total", "1968 and 1969", "early 4 June 2018", "Spring/Summer 2018", "1970–75 or 1978",
     "4/7 June 2018", "2 and 5 June 2018", "2018-05-03 – June", "2018 – June", "明治3年1月1日",
     "June 12, Juche 107 (2017)", "listopad 2018", "0000-00-00",
     "4 IIII 1961", "4 C 1961", "XII 1961", "1961m13", "31.-2. Juni 2018", "2018-W53", "2018-W00", "31jun2018",
     "lundi juin 2018", "Minister 12 June 2018", "June 2018, 10:30", "4 June 10:30"],
)  # fmt: skip
def test_what_may_be_two_dates_or_none_is_rejected(text):
    with pytest.raises(Rejected, match="is no date that can be read: write it as 4 June 2018"):
        read_written(text)


def test_a_paragraph_is_no_date_and_is_not_said_again_as_a_whole():
    with pytest.raises(Rejected) as refused:
        read_written("1970 - " * 3_000 + "1975")

    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("text", "number"),
    [("6", 6), ("06", 6), ("Jun", 6), ("JUNE", 6), ("juin", 6), ("Mai", 5), ("sept", 9), ("13", 0), ("0", 0), ("x", 0),
     ("123", 0), ("²", 0)],
)  # fmt: skip
def test_a_month_is_a_number_or_a_name(text, number):
    assert month_of(text) == number


@pytest.mark.parametrize(
    ("text", "forms", "edtf"),
    [
        ("04.06.2018", ("written", "%d.%m.%Y"), "2018-06-04"),
        ("June 2018", ("written", "%d.%m.%Y"), "2018-06"),
        ("2018", ("%d.%m.%Y", "%Y"), "2018"),
        ("2018-06-04", ("%d.%m.%Y", "%Y"), "2018-06-04"),
        ("2018-06-04T09:30:00", ("%Y", "%m/%Y"), "2018-06"),
        ("43255", ("serial",), "2018-06-04"),
        ("13/06/2018", ("%d/%m/%Y", "%m/%d/%Y"), "2018-06-13"),
        ("06/06/2018", ("%d/%m/%Y", "%m/%d/%Y"), "2018-06-06"),
        ("12.06.2018 - 14.06.2018", ("%d.%m.%Y",), "2018-06-12/2018-06-14"),
        ("30.12.2018–2.1.2019", ("written", "%d.%m.%Y"), "2018-12-30/2019-01-02"),
        ("15.–17.06.2018", ("%d.%m.%Y",), "2018-06-15/2018-06-17"),
        ("28.02-3.3.20", ("%d.%m.%y",), "2020-02-28/2020-03-03"),
        ("29.2.–3.3. 2020", ("%d.%m. %Y",), "2020-02-29/2020-03-03"),
        ("6/20-6/22/2018", ("%m/%d/%Y",), "2018-06-20/2018-06-22"),
        ("03-04-2018 to 05-04-2018", ("%d-%m-%Y",), "2018-04-03/2018-04-05"),
    ],
)
def test_a_date_may_have_any_of_several_forms_and_is_as_fine_as_its_own(text, forms, edtf):
    assert day_of(text, *forms) == edtf


@pytest.mark.parametrize("text", ["4.6.58", "1.6.-4.6.58"])
def test_a_year_of_two_digits_that_may_be_of_two_centuries_is_rejected(text):
    with pytest.raises(Rejected, match="may be 1958 or 2058: write all four digits"):
        day_of(text, "written", "%d.%m.%y")


def test_what_two_forms_read_as_two_dates_is_rejected():
    with pytest.raises(Rejected, match="'03/04/2018' may be 2018-03-04 or 2018-04-03"):
        day_of("03/04/2018", "%d/%m/%Y", "%m/%d/%Y")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("14.06.2018–12.06.2018", "%d.%m.%Y"),
        ("30.12.–2.1.2019", "%d.%m.%Y"),
        ("20-22/6/2018", "%m/%d/%Y"),
        ("3-4-5-2018", "%d-%m-%Y"),
        ("12.06.2018–14.06.2018–16.06.2018", "%d.%m.%Y"),
        ("2016–2018", "%Y"),
    ],
)
def test_days_in_digits_that_may_be_no_interval_are_rejected(text, form):
    with pytest.raises(Rejected, match="is no date of the form"):
        day_of(text, form)


def test_a_date_of_none_of_its_forms_is_rejected_with_all_of_them():
    with pytest.raises(Rejected, match=r"'43255' is no date of the form written or %d\.%m\.%Y"):
        day_of("43255", "written", "%d.%m.%Y")


def test_the_documents_show_dates_in_words_as_they_are_read():
    text = (settings.BASE_DIR / "docs/importing.md").read_text().split("| written | read as |\n|---|---|\n")[1]
    rows = [row.strip("| ").split(" | ") for row in text.split("\n\n")[0].splitlines()]

    assert len(rows) == 14
    for written, shown in rows:
        read = [read_written(date) for date in written.split("; ")]
        assert list(dict.fromkeys(read)) == re.findall("`([^`]+)`", shown)
