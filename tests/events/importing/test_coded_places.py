"""Where machine-coded events were."""

import pytest

from events.models import Event
from events.recording import recording
from tests.events.importing.files import gdelt
from tests.factories import CountryFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["OS", "YI", ""])
def test_a_place_that_belongs_to_no_country_has_its_name_alone(code, countries, bring_in):
    bring_in("e.CSV", gdelt(ActionGeo_CountryCode=code, ActionGeo_FullName="Indian Ocean"), "gdelt2")

    event = Event.objects.get()
    assert (event.place_name, event.place_country) == ("Indian Ocean", None)


@pytest.mark.parametrize(
    ("day", "place", "country"),
    [
        ("19850604", "RS", "SUN"),
        ("20180604", "RS", "RUS"),
        ("19850604", "UR", "SUN"),
        ("19990604", "KV", "YUG"),
        ("20050604", "KV", "SCG"),
        ("19850604", "YM", None),
        ("19850604", "YS", "YMD"),
    ],
)
def test_a_place_lay_in_the_country_of_its_day(day, place, country, countries, bring_in):
    from events.models import Country, Succession

    before = {"RUS": ["SUN"], "SCG": ["YUG"], "SRB": ["SCG"], "XKX": ["SRB"], "YEM": ["YMD", "XNY"]}
    existed = {"YUG": "1918-12-01/2003-02-04", "SCG": "2003-02-04/2006-06-05", "SRB": "2006-06-05/..",
               "XKX": "2008-02-17/..", "YMD": "1967-11-30/1990-05-22", "XNY": "1962/1990-05-22",
               "YEM": "1990-05-22/.."}  # fmt: skip
    for code, existence in existed.items():
        CountryFactory(code=code, name=f"Country {code}", existence=existence)
    of = {each.code: each for each in Country.objects.all()}
    with recording(None, "made for a test"):
        for code, predecessors in before.items():
            for each in predecessors:
                Succession.objects.create(predecessor=of[each], successor=of[code])

    row = gdelt(SQLDATE=day, ActionGeo_CountryCode=place)
    report = bring_in("e.CSV", row, "gdelt2")

    assert (report.created, report.rejected) == ((1, 0) if country else (0, 1))
    assert country is None or Event.objects.get().place_country.code == country
    if country is None:
        assert "Of the place: Country YEM (YEM) existed since 22 May 1990" in report.reasons[0]
        assert "Was it Country YMD (YMD) or Country XNY (XNY)?" in report.reasons[0]
