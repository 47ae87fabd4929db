"""Who is quoted in an article, as an origin of its own."""

import pytest

from events.models import Claim, Source
from tests.factories import (
    OrganizationFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quoted(article):
    """A proposal that quotes a news agency."""
    agency = OrganizationFactory(slug="kcna", name="KCNA")
    proposal = article.proposals.first()
    proposal.origin = {"words": "KCNA", "start": 0, "end": 4, "model": "organization", "public_id": agency.slug}
    proposal.save()
    return proposal


def test_an_origin_that_the_record_has_as_a_source_read_here_is_cited(quoted, settled):
    source = SourceFactory(publisher__slug="kcna", via=quoted.article.source)

    settled(quoted, "accept", kind="talks")
    assert (Claim.objects.get().source, Claim.objects.get().note) == (source, "")


def test_an_origin_without_a_source_is_told_in_the_note(quoted, settled):
    settled(quoted, "accept", kind="talks")

    assert (Claim.objects.get().source, Claim.objects.get().note) == (quoted.article.source, "According to KCNA.")


def test_a_source_can_be_added_for_an_origin(quoted, settled):
    settled(quoted, "accept", kind="talks", cites="new")
    source = Claim.objects.get().source

    assert (source.publisher.slug, source.via, Claim.objects.get().note) == ("kcna", quoted.article.source, "")


def test_a_refused_draft_adds_no_source(quoted, settled):
    settled(quoted, "accept", kind="talks", cites="new", date="soon")

    assert not Source.objects.filter(publisher__slug="kcna").exists()


def test_an_origin_that_is_a_person_is_told_in_the_note(article, settled):
    proposal = article.proposals.first()
    proposal.origin = {"words": "Firefly", "start": 0, "end": 7, "model": "", "public_id": ""}
    proposal.save()

    settled(proposal, "accept", kind="talks")
    assert Claim.objects.get().note == "According to Firefly."
