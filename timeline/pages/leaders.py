"""A person's page."""

from typing import Any

from django.db.models import Prefetch

from events.models import Country, Leader, Office, Organization
from timeline.api.leaders import LeaderViewSet
from timeline.feeds.feed import cleaned
from timeline.pages.records import RecordPage
from timeline.rendering import date_json, named

#: Listed on the page of those for whom they act; the API has the others.
MOST_PEOPLE = 60


class LeaderPage(RecordPage, LeaderViewSet):
    """A person: names, offices with who says so, and events."""

    template_name = "timeline/leader.html"
    address_name = "leader-page"
    question = "leader"

    def told(self, facts: dict[str, Any]) -> str:
        offices = "; ".join(f"{office['title']}, {office['held']['label']}" for office in facts["offices"])
        return f"{facts['name']}: {offices or 'no offices are recorded'}."


def people_with_offices(**of: Country | Organization) -> list[dict[str, Any]]:
    """Those who held an office *of* a country or an organization, with their offices there, in order."""
    people = Leader.objects.filter(pk__in=Office.objects.filter(**of).values("leader"))
    people = people.prefetch_related(Prefetch("offices", Office.objects.filter(**of), "held_here"))
    return [
        cleaned(named(person) | {
            "offices": [{"title": office.title, "held": date_json(office.held)} for office in person.held_here],
        })
        for person in people[:MOST_PEOPLE]
    ]  # fmt: skip
