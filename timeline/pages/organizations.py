"""An organization's page."""

from typing import Any

from events.models import Organization, Source
from timeline.api.organizations import OrganizationViewSet
from timeline.feeds.feed import cleaned, read_event
from timeline.listing.reading import entries_at
from timeline.pages.leaders import people_with_offices
from timeline.pages.records import RecordPage, events_asked
from timeline.rendering import source_json

#: Shown on the page; the API has the others.
MOST_SOURCES = MOST_TOLD = 50


class OrganizationPage(RecordPage, OrganizationViewSet):
    """An organization: who acts for it, the events in which it takes part, and what it published."""

    template_name = "timeline/organization.html"
    address_name = "organization-page"
    question = "organization"

    def told(self, facts: dict[str, Any]) -> str:
        country = f", {facts['country']['name']}" if facts["country"] else ""
        return f"{facts['name']}, {facts['kind'].replace('-', ' ')}{country}: its events and what it published."

    def beside(self, record: Organization, facts: dict[str, Any]) -> dict[str, Any]:
        sources = Source.objects.filter(publisher=record).select_related("publisher")[: MOST_SOURCES + 1]
        told = events_asked(self.request, publisher=record.public_id)
        rows = entries_at(told.moment(self.tick), told.query).rows(self.order(), None, MOST_TOLD + 1) if sources else []
        return {
            "people": people_with_offices(organization=record),
            "sources": [cleaned(source_json(source)) for source in sources[:MOST_SOURCES]],
            "more_sources": len(sources) > MOST_SOURCES,
            "told_events": list(map(read_event, rows[:MOST_TOLD])),
            "more_told": len(rows) > MOST_TOLD,
        }
