"""New and changed events as an Atom feed (RFC 4287), written by Django."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed

from timeline.feeds.feed import Event, Feed
from timeline.feeds.words import dated_title, html

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class PagedFeed(Atom1Feed):
    """With links to the pages beside it (RFC 5005). Empty, it was never updated: not just now."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for name in ("next", "previous"):
            if self.feed[name]:
                handler.addQuickElement("link", None, {"rel": name, "href": self.feed[name]})

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)


def document(events: Sequence[Event], feed: Feed) -> bytes:
    made = PagedFeed(
        title=feed.words,
        link=f"{feed.root}/",
        description=None,
        language="en",
        author_name="Chancery",
        feed_url=feed.address,
        feed_guid=feed.address,
        next=feed.next,
        previous=feed.previous,
    )
    for event in events:
        made.add_item(
            title=dated_title(event),
            link=feed.page(event),
            description=html(event),
            unique_id=f"urn:uuid:{feed.uuid(event)}",
            updateddate=datetime.fromisoformat(event["modified"]),
            categories=[event["kind"]["id"]],
        )
    return made.writeString("utf-8").encode()
