"""Guessed mappings: what is not sure is asked, and what is written can be read."""

from datetime import datetime

import openpyxl
import pytest
import yaml

from events.importing.guessing import guess
from events.importing.mapping import read_mapping
from events.importing.running import import_events
from events.models import Event
from tests.events.importing.files import table
from tests.factories import CountryFactory

pytestmark = pytest.mark.django_db


def guessed(folder, *dates, header=("id", "date", "country")):
    path = folder / "t.csv"
    path.write_text(table(header, *((str(n), date, "Syria") for n, date in enumerate(dates))))
    return guess(path)


@pytest.mark.parametrize(
    ("dates", "form", "asked"),
    [
        (("03/04/2018", "05/06/2018"), "'%d/%m/%Y'", ["# ??? 03/04/2018 may be of the format '%m/%d/%Y', too"]),
        (("03/04/2018", "13/06/2018"), "'%d/%m/%Y'", []),
        (("03/04/2018", "06/13/2018"), "'%m/%d/%Y'", []),
        (("03/04/2018", "13/06/2018", "14/06/2018", "06/15/2018"), "'%d/%m/%Y'",
         ["# ??? 06/15/2018 is no such date, but one of the format '%m/%d/%Y'"]),
        (("1966", "1970", "04.06.2018"), ["written", "%d.%m.%Y"], []),
        (("2018-06-12", "1966", "2018-06", ""), None, []),
        (("12 June 2018", "4 June 2018"), "written", []),
        (("c. 1970", "1973–75", "44 BC", "1 Jun 2018"), "written", []),
        (("20180612",), "'%Y%m%d'", []),
        (("June 2018", "June 12, 2018", "June 13, 2018"), "written", []),
        (("1/20/17", "2/8/2017"), ["%m/%d/%Y", "%m/%d/%y"],
         ["# ??? 2/8/2017 may be of the format '%d/%m/%Y', too"]),
        (("06/12/2018 - 06/14/2018", "7/3/2018"), "'%m/%d/%Y'", []),
        (("12.06.2018–14.06.2018", "15.-17.06.2018", "4.6.2018"), "'%d.%m.%Y'", []),
        (("June 2018", "04.06.2018", "6/13/18"), ["written", "%d.%m.%Y", "%m/%d/%y"], []),
        (("",), None, []),
        (("2018-06-12", "04.06.2018"), "'%d.%m.%Y'", []),
        (("04-06-2018", "13-06-2018"), "'%d-%m-%Y'", []),
        (("2018-06-12 09:30:00",), "'%Y-%m-%d %H:%M:%S'", []),
        (("12-Jun-18",), "'%d-%b-%y'", []),
        (("2018-06-12", "12.6.18"), "'%d.%m.%y'", []),
        (("6/1/18", "6/2/18"), "'%d/%m/%y'", ["# ??? 6/1/18 may be of the format '%m/%d/%y', too"]),
        (("6/14/2018 13:45:12", "6/4/2018 9:01:00"), "'%m/%d/%Y %H:%M:%S'", []),
        (("14.06.2018 13:45",), "'%d.%m.%Y %H:%M'", []),
        (("9/9/2018",), "'%d/%m/%Y'", ["# ??? 9/9/2018 may be of the format '%m/%d/%Y', too"]),
        (("1439-09-28", "1440-01-10"), None, ["# ??? 1439-09-28 is read as of the year 1439 of the common calendar"]),
        (("04/05/2561", "25/12/2560"), "'%d/%m/%Y'", ["# ??? 04/05/2561 is read as of the year 2561"]),
        (("1966", "1961-62", "1985/86"), "written", ["# ??? 1961-62 is of no format that was tried, nor is 1985/86"]),
        (("2018-06-12", "n.d.", "TBD", "unknown"), None, []),
        (("2018-06-12", "in the spring"), None, ["# ??? in the spring is of no format that was tried"]),
    ],
)  # fmt: skip
def test_a_format_of_dates_that_is_not_sure_is_asked(folder, dates, form, asked):
    text = guessed(folder, *dates)

    form = form.strip("'") if isinstance(form, str) else form
    assert yaml.safe_load(text)["date"] == ({"text": "{date}", "format": form} if form else "{date}")
    said = [line for line in text.splitlines() if line.startswith("# ???")]
    assert len(said) == len(asked)
    assert all(line.startswith(words) for line, words in zip(said, asked, strict=True))


@pytest.mark.parametrize(
    ("header", "rows", "wanted"),
    [
        ("Visits of 2018,,\nFrom,To,State", ["03.01.,05.01.,Syria", "30.05.,31.05.,Syria"],
         ["date: {from: '{From} 2018', to: '{To} 2018', format: '%d.%m. %Y'}", "# ??? The dates have no year: 2018"]),
        ("Year,Date,State", ["2018,4 June,Syria", "2017,1–2 May,Syria"],
         ["date: {text: '{Date} {Year}', format: written}"]),
        ("When,State", ["4 June,Syria", "5 July,Syria"],
         ["date: {text: '{When} ????', format: written}", "# ??? The dates have no year: write it for ????."]),
        ("Year,Date,State", ["2018,4 June 2018,Syria"], ["date: {text: '{Date}', format: written}"]),
        ("Opened,Closed,State", ["1966,present,Syria", "1969,1990,Syria"],
         ["date: '{Opened}'", "# ??? Dates stand in Closed, too."]),
        ("Took office,Left office,State", ["2000-07-17,Incumbent,Syria", "1971-03-12,til now,Syria"],
         ["date: {from: '{Took office}', to: {text: '{Left office}', values: {Incumbent: .., til now: ..}}}"]),
        ("Term,Credentials,State", ["2014–2018,23 December 2014,Syria", "2015–2018,30 March 2015,Syria"],
         ["date: {text: '{Term}', format: written}", "# ??? Dates stand in Credentials, too."]),
        ("Date,State,Status", ["2018-06-04,Syria,Held", "2018-06-05,Syria,Called off", "2018-06-06,Syria,?"],
         ["  stance:", "    text: '{Status}'", "    values:  # ??? each is one of announces",
          "      Called off: cancels", "      Held: reports"]),
        ("Donor,Date,State", ["Syria,1966,Disbursed", "PRK,1967,Pledged", "Syria,1968,Cancelled"],
         ["# ??? “Cancelled” stands in State: where it is said of events, make it"]),
        ("State,Date", ["Syria,1966", ",1967", "Iraq,1968"], ["# fill_down: State  # ???", "id: '{Date} {State}'"]),
        ("State,Date,Topic", ["Syria,,", ",1966,a", ",1967,b", "Iraq,,", ",1968,c"], ["# fill_down: State  # ???"]),
        ("Date,Country,Visitor country", ["2018,PRK,AUS", "2019,PRK,XYZ"],
         ["# ??? Not all codes are of ISO 3166.", "#   IOC's or that of the Correlates of War, others may"]),
        ("Date,Country", ["2018,PRK", "2019,SUI"], ["      SUI: Switzerland"]),
        ("Date,Country", ["2018,KP", "2019,NA", "2020,IQ"],
         ["      NA: NA  # ??? unknown by this name; perhaps “Namibia” or “nothing, and to be named under missing”"]),
        ("Date,Country,City", ["2018,KP,Sochi", "2019,NA,NA"],
         ["# ??? NA is taken for nothing. Among codes of two letters it may be", "missing: ['NA']"]),
        ("Date,Country,Place", ["2018,Syria,Pyongyang", "2019,Syria,Iraq"], ["place:", "  name: '{Place}'"]),
        ("Date,Dyad", ["2018,Syria-PRK", "2019,PRK-Iraq"], ["  country: {text: '{Dyad}', split: '-'}"]),
        ("Date,Title,Yes,No,State", ["2018,On a,88,21,Syria", "2019,On b,9,30,Syria"], ["id: '{Date} {State}'"]),
        ("Year,Month,Headline,Text,Media,Type,Country", [",,A history,,,title,", "1966,,a,b,https://x.example/p.jpg,,Syria"],
         ["# Not mapped: Media, Type", "title: '{Headline}'", "kind: ''", "date: {year: '{Year}', month: '{Month}'}"]),
        ("Subject,Date,Description,State", ["Talks,2018-06-04,On trade,Syria"],
         ["title: '{Subject}'", "summary: '{Description}'"]),
        ("Timestamp,When was it?,State", ["11/24/2026 9:15:22,6/13/2018,Syria"],
         ["date: {text: '{When was it?}', format: '%m/%d/%Y'}"]),
        ("Timestamp,When was it?,State", ["11/24/2026 9:15:22,4 June,Syria"], ["date: {text: '{When was it?} ????'"]),
        ("Zeitstempel,Wann war es?,State", ["24.11.2026 09:15:22,13.06.2018,Syria"],
         ["date: {text: '{Wann war es?}', format: '%d.%m.%Y'}", "# ??? Dates stand in Zeitstempel, too."]),
        ("date_reported,event_date,State", ["2018-06-15,2018-06-13,Syria"], ["date: '{event_date}'"]),
        ("start,end,Date of incident,State", ["2026-11-20,2026-11-20,2018-06-04,Syria"],
         ["date: {from: '{start}', to: '{end}'}", "# ??? Dates stand in Date of incident, too."]),
        ("Timestamp,State", ["11/24/2026 9:15:22,Syria"], ["date: {text: '{Timestamp}', format: '%m/%d/%Y %H:%M:%S'}"]),
        ("Date,States", ['2018,"Syria,PRK"', '2019,"Syria,Iraq"'], ["  country: {text: '{States}', split: ','}"]),
        ("Date,States", ['2018,"[""Syria"",""PRK""]"'], ["  country: {text: '{States}', split: ','}"]),
        ("Date,States", ['2018,"Syria, PRK"', '2019,"Syria, Iraq"'], ["  country: {text: '{States}', split: ', '}"]),
        ("Subject,Date,State", ["Talks on trade,2018-06-04,Syria"], ["summary: '{Subject}'"]),
        ("eventLabel,when,stateLabel", ["A summit,1966-01-01T00:00:00Z,Syria", "B,2018-06-12T00:00:00Z,Syria"],
         ["title: '{eventLabel}'", "date: {text: '{when}', format: '%Y-%m-%dT%H:%M:%SZ'}",
          "# ??? 1966-01-01T00:00:00Z is read as 1966-01-01: where only the year"]),
        ("event,eventLabel,when,state,stateLabel",
         ["http://x.example/Q1,A summit,2018-09-01T00:00:00Z,http://x.example/Q2,Syria"],
         ["title: '{eventLabel}'", "# ??? 2018-09-01T00:00:00Z is read as 2018-09-01", "  source: {url: '{event}'}"]),
        ("eventLabel,when,state,stateLabel", ["A summit,2018,http://x.example/Q2,Syria"],
         ["# Not mapped: state", "title: '{eventLabel}'", "  country: '{stateLabel}'"]),
        ("Date,Type,State", ["2018-06-12,SYR,PRK"], ["  text: '{Type}'", "    SYR: ''", "  country: '{State}'"]),
        ("Name,Title,Appointed,Country", ["A. Envoy,Ambassador Extraordinary,2010-12-29,Syria"],
         ["# Not mapped: Name, Title", "id: '{Appointed} {Country}'"]),
        ("Name,Title,Date,Country", ["A. Envoy,Talks on trade,2010-12-29,Syria"], ["title: '{Title}'"]),
        ("LeaderFullName,LeaderTitle,Country,CityVisited,Date", ["A Leader,President,Syria,Sochi,2018-05-17"],
         ["# Not mapped: LeaderTitle", "  name: '{CityVisited}'", "  leader: {text: '{LeaderFullName}'"]),
        ("event_id_cnty,Date,Actor country,Target country,Placename,Country,Latitude,Longitude",
         ["a1,2018-06-12,Syria,Iraq,Pyongyang,PRK,39.0,125.8", "a1b,2018-06-13,Syria,Iraq,Iraq,Iraq,33.3,44.4"],
         ["id: '{event_id_cnty}'", "  name: '{Placename}'", "  country: '{Country}'", "  country: '{Actor country}'"]),
        ("Date,List,Target country", ["2018,PRK,North Korea", "2019,SYR,Syria"], ["  country: '{Target country}'"]),
    ],
)  # fmt: skip
def test_what_is_told_by_other_columns_or_titles_is_found_and_what_is_not_is_asked(folder, header, rows, wanted):
    known = {"PRK": "North Korea", "SYR": "Syria", "IRQ": "Iraq", "AUS": "Australia", "CHE": "Switzerland"}
    for code, name in known.items():
        CountryFactory(code=code, name=name)
    path = folder / "t.csv"
    path.write_text("\n".join([header, *rows, ""]))

    lines = guess(path).splitlines()

    found = [next((place for place, line in enumerate(lines) if line.startswith(words)), -1) for words in wanted]
    assert -1 not in found, "\n".join(lines)
    assert found == sorted(found)


def test_the_end_of_a_span_tells_of_its_beginning(folder):
    path = folder / "t.csv"
    path.write_text(table(("start", "end"), ("03/04/2018", "03/15/2018")))

    assert yaml.safe_load(guess(path))["date"] == {"from": "{start}", "to": "{end}", "format": "%m/%d/%Y"}
    assert "\n# ???" not in guess(path)


def test_a_guess_reads_the_spreadsheet_that_it_was_made_of(folder, countries):
    book = openpyxl.Workbook()
    for row in (
        ("No", "Start", "End", "Country"),
        (1, datetime(2018, 6, 4, 9, 30), datetime(2018, 6, 4, 11), "Syria"),
        (2, datetime(2018, 6, 5), datetime(2018, 6, 6, 11), "North Korea"),
    ):
        book.active.append(row)
    book.save(folder / "t.xlsx")

    text = guess(folder / "t.xlsx").replace("accessed: ''", "accessed: '2020-01-01'").replace("kind: ''", "kind: talks")
    (folder / "m.yaml").write_text(text)

    assert import_events([folder / "t.xlsx"], "table", mapping=folder / "m.yaml").created == 2
    assert [str(event.date) for event in Event.objects.order_by("slug")] == ["2018-06-04", "2018-06-05/2018-06-06"]


def test_a_name_with_an_and_that_is_unknown_is_asked(folder):
    path = folder / "t.csv"
    path.write_text(table(("date", "country"), ("2018", "Syria and Russia")))

    assert "Syria and Russia  # ??? unknown by this name; where “and” parts two, add split: ' and '" in guess(path)


def test_line_breaks_and_braces_of_a_header_stay_within_their_line(folder):
    book = openpyxl.Workbook()
    book.active.append(["From\ncountry", "Kind", "Day: 1\n# {x}", "Start\ndate", "no", "yes"])
    book.active.append(["Syria", "State\nvisit", "x", "2018", "1", ""])
    book.active.append(["Syria", "Long " * 300, "x", "2018", "2", ""])
    book.save(folder / "t.xlsx")

    text = guess(folder / "t.xlsx")
    (folder / "m.yaml").write_text(text.replace("accessed: ''", "accessed: '2020-01-01'"))
    found = read_mapping(folder / "m.yaml")

    assert "# Not mapped: 'Day: 1 # (x)', 'yes'\n" in text
    assert found.participants[0]["country"].text == "{From country}"
    assert found.date[0].text == "{Start date}"
    assert found.event["kind"].values == (("State\nvisit", "state-visit"),)
    assert all(line.lstrip()[0] in "#-" or ":" in line for line in text.splitlines())


def test_a_file_may_be_called_anything(folder):
    path = folder / "yes: no\n#.csv"
    path.write_text("id,date,country\n1,2018,Syria\n")

    assert yaml.safe_load(guess(path))["dataset"]["title"] == "yes: no\n#"


def test_two_columns_that_only_their_dates_make_ends_of_one_event_are_asked(folder):
    path = folder / "t.csv"
    rows = [("China", "11 July 1961", "10 September 1961"), ("Cuba", "1 March 1986", "2 April 1986")]
    path.write_text(table(("State", "Signed", "Entered into force"), *rows))

    text = guess(path)

    assert yaml.safe_load(text)["date"] == {"from": "{Signed}", "to": "{Entered into force}", "format": "written"}
    assert "# ??? Signed and Entered into force are taken for the beginning and the end of" in text


def test_what_has_no_end_yet_is_open(countries, folder):
    path = folder / "t.csv"
    rows = [("Syria", "17 July 2000", "present"), ("North Korea", "8 July 1994", "17 December 2011")]
    path.write_text(table(("State", "In office from", "In office until"), *rows))
    (folder / "m.yaml").write_text(guess(path).replace("kind: ''", "kind: leadership-change"))

    assert import_events([path], "table", mapping=folder / "m.yaml").created == 2
    assert [str(event.date) for event in Event.objects.order_by("slug")] == [
        "2000-07-17/..", "1994-07-08/2011-12-17",
    ]  # fmt: skip
