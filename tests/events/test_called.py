import pytest

from events.models import Country
from tests.factories import CountryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def country():
    return CountryFactory(code="PRK", name="North Korea", official_name="", aliases=["Corée du Nord", "DPRK"])


@pytest.mark.parametrize("name", ["PRK", "north-korea", "COREE DU NORD", " dprk "])
def test_a_record_is_found_by_each_of_its_names(name, country):
    assert list(Country.objects.called(name)) == [country]


@pytest.mark.parametrize("name", ["Korea", "North", "du Nord", "Corée", "DPR", "North Korea Corée du Nord", "–", ""])
def test_it_is_not_found_by_a_part_of_one_nor_by_two_together(name, country):
    assert not Country.objects.called(name).exists()
