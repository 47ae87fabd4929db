"""How a template tells of events, claims and sources: in words, and by the addresses of their pages."""

import re
from itertools import groupby
from typing import Any

from django import template
from django.urls import reverse

from events.edtf import EDTFDate, label, meaning
from events.edtf.calendar import days_from_civil
from events.vocabulary.roles import Role
from events.vocabulary.stances import Stance
from timeline.feeds import words
from timeline.feeds.feed import Event
from timeline.pages.known import day_edtf

register = template.Library()
register.filter("web_address", words.web_address)

SAID = {
    Stance.ANNOUNCES: "Announced",
    Stance.POSTPONES: "Postponed",
    Stance.CANCELS: "Cancelled",
    Stance.ALLEGES: "Alleged",
    Stance.REPORTS: "Reported",
    Stance.DENIES: "Denied",
    Stance.RETRACTS: "Taken back",
    Stance.MENTIONS: "Mentioned",
}
PARTIES = {"country": "country-page", "organization": "organization-page", "leader": "leader-page"}
PLAIN_DAY = re.compile(r"([+-]?\d+)-(\d\d)-(\d\d)")
#: Of a person with whom they act for, the person comes first.
ORDER = ("leader", "organization", "country")


@register.filter
def said(claim: dict[str, Any]) -> str:
    """What a claim does, as a participle: "Announced", "Denied" by whom the chain says."""
    return SAID[claim["stance"]]


@register.filter
def does(claim: dict[str, Any]) -> str:
    """What its stance means: "it is to happen"."""
    return Stance(claim["stance"]).label.partition(": ")[2]


@register.filter
def chain(claim: dict[str, Any]) -> list[dict[str, Any]]:
    """Origin first, then those through which it was read."""
    return [claim["source"], *claim["via"]]


@register.filter
def publishers(claim: dict[str, Any]) -> list[dict[str, str]]:
    """Who says so and in whose hands it came to us; one who passed it on to themselves is named once."""
    return [publisher for publisher, _ in groupby(source["publisher"] for source in chain(claim))]


@register.filter
def known_day(claim: dict[str, Any]) -> str:
    """The day, in UTC, since which a claim was known, in words."""
    day = days_from_civil(*map(int, PLAIN_DAY.match(claim["known"]).groups()))
    return label(EDTFDate.parse(day_edtf(day)))


@register.filter
def date_meaning(date: dict[str, Any]) -> str:
    """What a date says and how far it can be relied on: "began in June 2018 and is still going on"."""
    return meaning(EDTFDate.parse(date["edtf"]))


@register.filter
def parties(participant: dict[str, Any]) -> list[dict[str, str]]:
    """Who takes part, then whom they act for: name and page of each."""
    return [
        {"name": party["name"], "page": reverse(PARTIES[sort], kwargs={"id": party["id"]})}
        for sort in ORDER
        if (party := participant[sort])
    ]


@register.filter
def by_role(participants: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """*participants*, who are in the order of their roles, by role."""
    return [(Role(role).label, list(those)) for role, those in groupby(participants, key=lambda p: p["role"])]


@register.filter
def spaced(word: str) -> str:
    """A code word as words: "news-agency" → "news agency"."""
    return word.replace("-", " ")


@register.filter
def claims_through(event: Event, source: str) -> list[dict[str, Any]]:
    """The claims of *event* that rest on the source with the id *source*, directly or through a chain."""
    return [claim for claim in event["claims"] if source in {link["id"] for link in chain(claim)}]
