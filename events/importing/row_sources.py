"""The source that a row of a table names for what it tells: an article by its address, a document by its title."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from events.importing.addresses import number_of, slug_of
from events.importing.drafts import SourceDraft
from events.importing.problems import Rejected
from events.models import Source

LONGEST_TITLE = Source._meta.get_field("title").max_length
LONGEST_BEGINNING = 90  # characters of an id before the number behind it
KEYS = ("id", "title", "publisher", "kind", "language", "url", "archive_url", "published", "accessed")


def source_of(said: Mapping[str, str], dataset: SourceDraft) -> SourceDraft:
    """The source of which a row has *said* something under KEYS, read through the table, *dataset*: the table itself
    where all of it is blank.

    Who published an address is its host unless said. Raises Rejected.
    """
    said = {**said, "url": f"https://{said['url']}" if said["url"].startswith("www.") else said["url"]}
    if not any(said[name] for name in ("id", "title", "url")):
        return dataset
    if said["id"] and not (said["title"] or said["url"]):
        return SourceDraft(said["id"])
    publisher = said["publisher"] or _host(said["url"])
    if not publisher:
        named = said["title"] or said["url"]
        raise Rejected(f"The source {named!r} has no publisher: name one under claim.source, or a url.")
    return SourceDraft(
        said["id"] or _id_of(said["url"] or f"{publisher} {said['title']}"),
        title=said["title"] or said["url"][:LONGEST_TITLE],
        publisher_name=publisher,
        kind=said["kind"] or "article",
        via=dataset,
        **{name: said[name] for name in ("language", "url", "archive_url", "published", "accessed")},
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _id_of(text: str) -> str:
    """An id that the same *text* always has, and no other one."""
    beginning = slug_of(text.partition("://")[2] or text)[:LONGEST_BEGINNING]
    return f"{beginning}-{number_of(text)}".strip("-")
