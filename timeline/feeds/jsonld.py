"""One event as JSON-LD, in the terms of schema.org; its EDTF date is a term of our own."""

from collections.abc import Iterator
from typing import Any

import orjson

from timeline.feeds.days import ISO, date_of, sides
from timeline.feeds.feed import Event, Feed
from timeline.feeds.words import web_address

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
STATUS = {
    "occurred": "EventScheduled",
    "planned": "EventScheduled",
    "postponed": "EventPostponed",
    "cancelled": "EventCancelled",
}
#: Who is only spoken of takes no part.
SPOKEN_OF = {"accused", "target", "subject"}
ORGANIZING = {"initiator", "host", "accuser", "provider"}
SOURCES = {"article": "NewsArticle", "headline": "NewsArticle", "report": "Report", "dataset": "Dataset"}


def context(feed: Feed) -> dict[str, Any]:
    """Written into the document, so that no reader has to fetch it."""
    own = f"{feed.root}/api/v1/schema/#"
    addresses = ("eventStatus", "url", "sameAs", "isBasedOn")
    return {
        "@vocab": "https://schema.org/",
        **{name: {"@type": "@id"} for name in addresses},
        "edtf": {"@id": f"{own}edtf", "@type": EDTF},
        "occurrence": f"{own}occurrence",
        "verification": f"{own}verification",
        "stance": f"{own}stance",
    }


def document(event: Event, feed: Feed) -> bytes:
    """The document; no ``<`` is left in it, so that it may stand inside a script element of a page."""
    found = {
        "@context": context(feed),
        "@type": "Event",
        "@id": feed.address_of(event),
        "url": feed.page(event),
        "identifier": event["id"],
        "name": event["title"],
        "description": event["summary"],
        "disambiguatingDescription": event["status_words"],
        "keywords": event["kind"]["label"],
        "edtf": event["date"]["edtf"],
        **iso_dates(event),
        "occurrence": event["occurrence"],
        "verification": event["verification"],
        "location": place(event),
        **parties(event, feed),
        "subjectOf": list(sources(event, feed)),
        "dateModified": event["modified"],
    }
    if event["occurrence"] in STATUS:
        found["eventStatus"] = f"https://schema.org/{STATUS[event['occurrence']]}"
    return orjson.dumps({name: value for name, value in found.items() if value}).replace(b"<", b"\\u003c")


def iso_dates(event: Event) -> dict[str, str]:
    """Start and end as far as ISO 8601 writes them no more precisely than the record does."""
    begin, end = sides(date_of(event))
    named = {"startDate": begin if event["date"]["earliest_start"] else None, "endDate": end}
    return {name: date.edtf for name, date in named.items() if date and ISO.match(date.edtf)}


def place(event: Event) -> dict[str, Any] | None:
    if (found := event["place"]) is None:
        return None
    made = {"@type": "Place", "name": found["name"] or found["country"]}
    if found["country"]:
        made["address"] = {"@type": "PostalAddress", "addressCountry": found["country"]}
    if found["latitude"] is not None:
        made["geo"] = {"@type": "GeoCoordinates", "latitude": found["latitude"], "longitude": found["longitude"]}
    return {name: value for name, value in made.items() if value}


def parties(event: Event, feed: Feed) -> dict[str, list[dict[str, Any]]]:
    """Who acts or receives is ``organizer``, who else takes part ``attendee``, who is only spoken of ``about``."""
    found: dict[str, list[dict[str, Any]]] = {"organizer": [], "attendee": [], "about": []}
    for participant in event["participants"]:
        role = participant["role"]
        term = "organizer" if role in ORGANIZING else "about" if role in SPOKEN_OF else "attendee"
        found[term].append(party(participant, feed))
    return found


def party(participant: dict[str, Any], feed: Feed) -> dict[str, Any]:
    """A person, with whom they act for; or a country or organization."""
    bodies = [
        {"@type": kind, "@id": f"{feed.root}/api/v1/{resource}/{body['id']}/", "name": body["name"]}
        for resource, kind, body in (
            ("organizations", "Organization", participant["organization"]),
            # A place to schema.org: as one who acts, it is an organization as well.
            ("countries", ["Country", "Organization"], participant["country"]),
        )
        if body
    ]
    person = participant["leader"]
    if not person:
        return bodies[0]
    made = {"@type": "Person", "@id": f"{feed.root}/api/v1/leaders/{person['id']}/", "name": person["name"]}
    if participant["office"]:
        made["jobTitle"] = participant["office"]["title"]
    return made | ({"affiliation": bodies} if bodies else {})


def sources(event: Event, feed: Feed) -> Iterator[dict[str, Any]]:
    """What each claim rests on: its origin and, based on it, those through which it was read."""
    for claim in event["claims"]:
        yield work(claim["source"], feed) | {"stance": claim["stance"]}
        origin = claim["source"]
        for source in claim["via"]:
            yield work(source, feed) | {"isBasedOn": address(origin, feed)}
            origin = source


def work(source: dict[str, Any], feed: Feed) -> dict[str, Any]:
    publisher = source["publisher"]
    made = {
        "@type": SOURCES.get(source["kind"], "CreativeWork"),
        "@id": address(source, feed),
        "name": source["title"],
        "url": web_address(source["url"]),
        "publisher": {
            "@type": "Organization",
            "@id": f"{feed.root}/api/v1/organizations/{publisher['id']}/",
            "name": publisher["name"],
        },
        "datePublished": source["published"] if source["published"] and ISO.match(source["published"]) else None,
        "inLanguage": source["language"],
    }
    return {name: value for name, value in made.items() if value}


def address(source: dict[str, Any], feed: Feed) -> str:
    return f"{feed.root}/api/v1/sources/{source['id']}/"
