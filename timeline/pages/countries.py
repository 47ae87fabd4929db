"""A country's page."""

from typing import Any

from events.models import Country, Organization
from timeline.api.countries import CountryViewSet
from timeline.api.dyads import Partners
from timeline.feeds.feed import cleaned
from timeline.moments import Moment
from timeline.pages.leaders import people_with_offices
from timeline.pages.records import RecordPage, events_asked
from timeline.paging import Order
from timeline.relations.dyads import states_of_pairs
from timeline.rendering import named

#: Shown on the page; the API has the others.
MOST_RELATIONS = 24
MOST_ORGANIZATIONS = 60
#: Seconds after which the page goes without its relations: they are counted anew for each answer.
PATIENCE_FOR_RELATIONS = 1.0


class CountryPage(RecordPage, CountryViewSet):
    """A country: its names, codes and dates, whom it has to do with, who acts for it, and its events."""

    template_name = "timeline/country.html"
    address_name = "country-page"
    codes = ("id",)
    question = "country"

    def told(self, facts: dict[str, Any]) -> str:
        existence = f" ({facts['existence']['label']})" if facts["existence"] else ""
        return f"{facts['name']}{existence}: its relations, who acts for it, and the events in which it takes part."

    def beside(self, record: Country, facts: dict[str, Any]) -> dict[str, Any]:
        return {
            "relations": self.relations(record),
            "people": people_with_offices(country=record),
            "organizations": [
                cleaned(named(organization) | {"kind": organization.kind})
                for organization in Organization.objects.filter(country=record)[:MOST_ORGANIZATIONS]
            ],
        }

    def relations(self, country: Country) -> list[dict[str, Any]] | None:
        """The countries with which it has most to do; None where counting them would take too long."""
        moment = Moment(self.tick.number)
        codes = events_asked(self.request, country=country.code).query.countries
        with self.optional(PATIENCE_FOR_RELATIONS):
            partners = Partners(moment, country, codes).rows(Order(("fewer", "code")), None, MOST_RELATIONS)
            states = states_of_pairs(moment, codes, [partner.codes for partner in partners])
            return [
                cleaned(partner.json(country, state)) | {"pair": sorted((country.code, partner.code))}
                for partner, state in zip(partners, states, strict=True)
            ]
        return None
