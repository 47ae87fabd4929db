"""Whom the codes and names of machine-coded events mean."""

import pytest

from events.importing.gdelt import BODIES
from events.importing.matching import Names
from events.models import Event
from tests.events.importing.files import BANK, gdelt, icews, parties
from tests.factories import CountryFactory, LeaderFactory, OfficeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("day", "who"), [("1995-06-04", "hafez-al-assad"), ("2018-06-04", "bashar-al-assad")])
def test_president_assad_is_whoever_was_president(day, who, countries, bring_in):
    from events.models import Country

    for slug, name, held in (("hafez-al-assad", "Hafez al-Assad", "1971-03-12/2000-06-10"),
                             ("bashar-al-assad", "Bashar al-Assad", "2000-07-17/2024-12-08")):  # fmt: skip
        leader = LeaderFactory(slug=slug, name=name, aliases=["President Assad", "Assad"])
        OfficeFactory(leader=leader, title="President of Syria", held=held, country=Country.objects.get(code="SYR"))

    row = {"Event Date": day, "Target Name": "President Assad", "Target Sectors": "Executive"}
    bring_in("e.tab", icews(row), "icews")

    assert Event.objects.get().participations.get(leader__isnull=False).leader.slug == who


def test_a_body_is_a_party(countries, bring_in):
    bring_in("e.CSV", gdelt(Actor2KnownGroupCode="UNO", Actor2CountryCode="", Actor2Name="UNITED NATIONS"), "gdelt2")

    assert parties(Event.objects.get()) == ["party:North Korea", "party:United Nations"]


def test_a_body_of_a_body_is_the_finer_one(countries, bring_in):
    from tests.factories import OrganizationFactory

    OrganizationFactory(slug="world-bank", name="World Bank", kind="international-body")
    bring_in("e.CSV", gdelt(Actor2KnownGroupCode="UNO", **BANK), "gdelt2")

    assert parties(Event.objects.get()) == ["party:North Korea", "party:World Bank"]


def test_an_actor_by_its_country_code_alone_is_a_party(countries, bring_in):
    bring_in("e.CSV", gdelt(Actor1Code="", Actor1Name="", Actor1Type1Code=""), "gdelt2")

    assert parties(Event.objects.get()) == ["party:North Korea", "party:Syria"]


@pytest.mark.parametrize(("code", "country"), [("IMY", "IMN"), ("MTN", "MNE"), ("ROM", "ROU"), ("WSB", "PSE")])
def test_cameos_own_codes_of_countries_are_those_countries(code, country, countries, bring_in):
    CountryFactory(code=country, name="Elsewhere")

    bring_in("e.CSV", gdelt(Actor2CountryCode=code, Actor2Code=code, Actor2Name="ELSEWHERE"), "gdelt2")

    assert parties(Event.objects.get()) == ["party:Elsewhere", "party:North Korea"]


def test_the_curated_record_knows_each_body_of_which_gdelt_has_a_code(curated_record):
    names = Names.of_the_record()

    found = [names.organization(name) for name in BODIES.values()]
    assert len(set(found)) == len(BODIES)
