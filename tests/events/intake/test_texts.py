"""The texts of the benchmark are sound, and those that the code was made with are still read well."""

import pytest

from events.edtf import EDTFDate
from events.intake import Names, paragraphs, propose
from events.recording import recording
from events.vocabulary import kinds as vocabulary
from events.vocabulary.stances import Stance
from tests import factories
from tests.events.intake.bench import TEXTS, Count, measure, read_text
from tests.events.intake.record import names_of_fixtures

FILES = sorted(TEXTS.glob("*/*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_is_expected_of_a_text_can_be_met(path):
    text, _, events = read_text(path)
    kinds = {block["id"] for block in vocabulary()}
    for event in events:
        assert any(event.words in paragraph for paragraph in paragraphs(text)), event.words
        assert set(event.kinds) <= kinds
        assert set(event.stances) <= set(Stance.values)
        assert event.parties <= set(names_of_fixtures().by_id)
        assert all(EDTFDate.parse(date) for date in event.dates if date)


def test_the_texts_that_the_code_was_made_with_are_read_well():
    count = Count()
    for path in sorted((TEXTS / "before").glob("*.yaml")):
        measure(count, path.stem, *read_text(path), names_of_fixtures())

    assert count.texts >= 60
    assert count.found >= 0.9 * count.expected
    assert count.found >= 0.9 * count.proposed
    assert count.dates >= 0.9 * count.found
    assert count.parties_found >= 0.8 * count.parties_expected


@pytest.mark.django_db
@pytest.mark.parametrize("newspaper", ["kenyan-post", "jane-doe"])  # a person and an organization may have one slug
def test_names_come_from_the_record(newspaper, django_assert_num_queries):
    with recording(None, "A test."):
        kenya = factories.CountryFactory(code="KEN", name="Kenya", capital="Nairobi")
        factories.OrganizationFactory(slug=newspaper, name="Kenyan Post", country=kenya)
        leader = factories.LeaderFactory(slug="jane-doe", name="Jane Doe", aliases=["Doe"])
        factories.OfficeFactory(
            leader=leader, title="President of Kenya", country=kenya, held=EDTFDate.parse("2001/2005")
        )
    with django_assert_num_queries(5):  # countries, organizations, leaders, their offices, of which countries
        names = Names.of_record()

    assert [each.name for each in names.leaders] == ["Jane Doe"]
    found = propose("The Kenyan president visited Cuba on 3 May 2002, Kenyan Post said.", None, names)
    assert [
        (each.parties[0].model, each.parties[0].public_id, each.origin.model, each.origin.public_id) for each in found
    ] == [("leader", "jane-doe", "organization", newspaper)]
