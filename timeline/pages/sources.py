"""A source's page."""

from typing import Any

from timeline.api.sources import SourceViewSet
from timeline.pages.records import RecordPage


class SourcePage(RecordPage, SourceViewSet):
    """A source: its chain both ways, and what it claims, itself or through those that were read in it."""

    template_name = "timeline/source.html"
    address_name = "source-page"
    question = "source"

    def told(self, facts: dict[str, Any]) -> str:
        published = f", {facts['published_label']}" if facts["published_label"] else ""
        return f"{facts['publisher']['name']}{published}: what it claims, and how it was read."
