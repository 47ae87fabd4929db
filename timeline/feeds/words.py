"""What the formats say of an event, in plain text and in HTML: title, parties, sources with their chain."""

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from django.utils.encoding import iri_to_uri

from timeline.feeds.days import date_of, is_one_day
from timeline.feeds.feed import Event

#: A text, and the address that it leads to or None.
Piece = tuple[str, str | None]

#: An occurrence that nothing speaks against goes without a mark.
BORNE_OUT = {"confirmed", "reported"}
#: Longest run of characters that no line is broken in.
LONGEST_WORD = 30


def title(event: Event) -> str:
    """Its title, marked unless it occurred and is borne out: "… (planned)", "… (disputed)", "… (planned, alleged)"."""
    marks = [event["occurrence"]] if event["occurrence"] != "occurred" else []
    marks += [event["verification"]] if event["verification"] not in BORNE_OUT else []
    return f"{event['title']} ({', '.join(marks)})" if marks else event["title"]


def dated_title(event: Event) -> str:
    """The same with the date in words, unless a calendar shows by itself when it was."""
    return title(event) if is_one_day(date_of(event)) else f"{title(event)} – {event['date']['label']}"


def paragraphs(event: Event) -> Iterator[list[Piece]]:
    """All that is to be told of it below its title and date."""
    if event["summary"]:
        yield [(event["summary"], None)]
    yield [(event["status_words"], None)]
    if event["date"]["reason"]:
        yield [(f"Date: {event['date']['label']}. {event['date']['reason']}", None)]
    if event["participants"]:
        yield [(f"Parties: {'; '.join(map(party, event['participants']))}", None)]
    for claim in event["claims"]:
        yield [(f"{claim['stance'].capitalize()}: ", None), *sources(claim)]


def sources(claim: dict[str, Any]) -> Iterator[Piece]:
    """Where a claim is from, and through whom it was read."""
    yield from _source(claim["source"])
    if claim["locator"]:
        yield f", {claim['locator']}", None
    for source in claim["via"]:
        yield "; read in ", None
        yield from _source(source)


def _source(source: dict[str, Any]) -> Iterator[Piece]:
    yield f"{source['publisher']['name']}, ", None
    yield f"“{source['title']}”", web_address(source["url"])
    if source["published_label"]:
        yield f", {source['published_label']}", None


def party(participant: dict[str, Any]) -> str:
    """"visitor: Bashar al-Assad, President of Syria (Syria)"."""
    names = [participant[kind]["name"] for kind in ("leader", "organization", "country") if participant[kind]]
    office = f", {participant['office']['title']}" if participant["office"] else ""
    acts_for = f" ({', '.join(names[1:])})" if names[1:] else ""
    return f"{participant['role']}: {names[0]}{office}{acts_for}"


def web_address(url: str | None) -> str | None:
    """*url*, percent-encoded, if it leads into the web and does nothing else."""
    try:
        return iri_to_uri(url) if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def text(event: Event) -> str:
    """The paragraphs in plain text, with the addresses of the sources behind their titles."""
    lines = (
        "".join(f"{words} <{address}>" if address else words for words, address in pieces)
        for pieces in paragraphs(event)
    )
    return "\n\n".join(lines)


def html(event: Event) -> str:
    """The paragraphs as HTML."""
    return "".join(f"<p>{''.join(map(_linked, pieces))}</p>" for pieces in paragraphs(event))


def _linked(piece: Piece) -> str:
    words, address = piece
    return f'<a href="{escape(address)}">{markup(words)}</a>' if address else markup(words)


def markup(words: str) -> str:
    """*words* as HTML, in which a word of any length can be broken."""
    return " ".join(_breakable(word) for word in words.split(" "))


def _breakable(word: str) -> str:
    cuts = [*range(0, len(word), LONGEST_WORD), len(word)]
    return "<wbr>".join(escape(word[begin:end]) for begin, end in pairwise(cuts))
