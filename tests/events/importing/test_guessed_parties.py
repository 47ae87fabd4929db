"""Whom a guess finds in cells: countries by other languages' names and by codes, and people with their countries."""

import subprocess
import sys

import pytest
import yaml

from events.importing.guessing import guess
from events.importing.running import import_events
from events.models import Country, Event
from tests.events.importing.files import parties, table
from tests.factories import CountryFactory, LeaderFactory, OfficeFactory

pytestmark = pytest.mark.django_db


def guessed(folder, *rows):
    (folder / "t.csv").write_text(table(*rows))
    return guess(folder / "t.csv")


def party_of(folder, *rows):
    (party,) = yaml.safe_load(guessed(folder, *rows))["participants"]
    return party.get("country") or party["party"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Nordkorea", "North Korea"),
        ("Corée du Nord", "North Korea"),
        ("RUSIA", "Russia"),
        ("Сирия", "Syria"),
        ("États-Unis", "United States"),
        ("朝鲜", "North Korea"),
        ("سوريا", "Syria"),
        ("Sowjetunion", "Soviet Union"),
        ("СССР", "Soviet Union"),
    ],
)
def test_a_country_is_known_by_its_name_in_another_language(name, meant, countries, folder):
    text = guessed(folder, ("Date", "Wer"), ("2018", name), ("2018", "Russia"))

    (party,) = yaml.safe_load(text)["participants"]
    assert party["country"]["values"] == {name: meant}
    assert f"      {name}: {meant}\n" in text  # which is no question


def test_several_in_another_language_are_taken_apart(countries, folder):
    CountryFactory(code="TTO", name="Trinidad and Tobago", alpha_2="TT")
    rows = [("2018", "Nordkorea und Syrien"), ("2018", "Trinidad und Tobago und Russland")]

    country = party_of(folder, ("Datum", "Länder"), *rows)

    assert country["split"] == " und "
    assert country["values"] == {
        "Nordkorea": "North Korea", "Syrien": "Syria", "Trinidad und Tobago": "Trinidad and Tobago",
        "Russland": "Russia",
    }  # fmt: skip


def test_a_name_that_two_languages_mean_differently_is_asked(countries, folder):
    CountryFactory(code="COG", name="Congo", alpha_2="CG")
    CountryFactory(code="COD", name="DR Congo", alpha_2="CD")

    text = guessed(folder, ("Date", "Land"), ("2018", "Kongo"))

    assert "      Kongo: Kongo  # ??? unknown by this name; perhaps “DR Congo” or “Congo”\n" in text


def test_a_name_of_the_record_is_what_it_says_whatever_it_is_elsewhere(countries, folder):
    CountryFactory(code="XAA", name="Rusia")

    assert party_of(folder, ("Date", "Country"), ("2018", "Rusia")) == "{Country}"


def test_codes_of_two_letters_are_told_where_the_column_is_called_so(countries, folder):
    rows = [("2018", "KP", "RU"), ("2018", "SY", "RU")]

    found = yaml.safe_load(guessed(folder, ("Date", "Country code", "RU"), *rows))["participants"]

    assert [party["country"] for party in found] == [
        {"text": "{Country code}", "values": {"KP": "North Korea", "SY": "Syria"}}
    ]


def test_a_name_in_the_last_of_many_rows_is_answered_too(countries, folder):
    rows = [(f"{1000 + n}", "Russia") for n in range(300)]

    assert party_of(folder, ("Date", "Country"), *rows, ("2018", "Siria"))["values"] == {"Siria": "Syria"}


def test_people_with_their_countries_are_a_party_each(countries, folder):
    OfficeFactory(leader=LeaderFactory(name="Kim Jong Un"), country=Country.objects.get(code="PRK"), held="2011/..")
    rows = [("2018-06-04", "Kim Jong Un (Nordkorea), Some Envoy (Syria)"), ("2018-06-05", "Another, Russia")]

    text = guessed(folder, ("Date", "Delegates"), *rows)
    mapping = yaml.safe_load(text) | {"kind": "talks"}
    mapping["participants"][0]["party"]["if_known"] = "yes"
    (folder / "m.yaml").write_text(yaml.safe_dump(mapping, allow_unicode=True))
    report = import_events([folder / "t.csv"], "table", mapping=folder / "m.yaml")

    assert "# ??? Some Envoy is unknown: such rows are rejected, or with if_known: yes" in text
    assert report.created == 2
    assert parties(Event.objects.get(date="2018-06-04")) == ["party:Kim Jong Un", "party:Syria"]
    assert mapping["claim"]["note"] == "{Delegates}"


def test_the_country_of_the_people_beside_it_is_no_second_party(countries, folder):
    rows = [("2018", "Some Envoy (Syria)", "Syria"), ("2018", "Another (DPRK)", "North Korea")]

    assert party_of(folder, ("Date", "Visitor", "Visitor country"), *rows) == "{Visitor}"


def test_a_server_that_guesses_nothing_reads_no_names_of_other_languages():
    code = "import django; django.setup(); import events.importing.guessing, sys; print('babel' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout == "False\n"
