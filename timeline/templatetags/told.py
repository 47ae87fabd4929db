"""How a template tells of events, claims and sources: in words, and by the addresses of their pages."""

import re
from itertools import combinations, groupby
from typing import Any

from django import template
from django.urls import reverse

from events.edtf import EDTFDate, edtf_of_day, label, meaning
from events.edtf.calendar import DAY, days_from_civil
from events.models import Country
from events.status import Assertion, in_order, still_standing
from events.vocabulary.roles import DYADIC_ROLES, Role
from events.vocabulary.stances import Stance
from events.vocabulary.status_terms import Occurrence, Verification
from timeline.feeds import words
from timeline.feeds.feed import Event, cleaned
from timeline.pages.counting import Found
from timeline.relations.steps import RelationState

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
#: How the rules of events/status.py lead to each value, to a reader: docs/status.md.
OCCURRENCE_FOLLOWS = {
    Occurrence.OCCURRED: "It counts as having occurred, because a source reports or alleges so",
    Occurrence.PLANNED: "It counts as planned, by the latest of what was announced, postponed or cancelled",
    Occurrence.POSTPONED: "It counts as postponed, by the latest of what was announced, postponed or cancelled",
    Occurrence.CANCELLED: "It counts as cancelled, by the latest of what was announced, postponed or cancelled",
    Occurrence.UNKNOWN: "Nothing that stands says that it occurred or is to occur",
}
VERIFICATION_FOLLOWS = {
    Verification.RETRACTED: "all that had borne it out was taken back",
    Verification.DISPUTED: "somebody denies it",
    Verification.ALLEGED: "those who say so are not in a position to know",
    Verification.CONFIRMED: "at least two independent origins bear it out",
    Verification.REPORTED: "no second independent origin bears it out",
    Verification.UNSUPPORTED: "no source bears anything out",
}
RELATIONS = {
    RelationState.UNKNOWN: "not known",
    RelationState.NONE: "no relations",
    RelationState.RECOGNISED: "recognised",
    RelationState.RELATIONS: "diplomatic relations",
    RelationState.MISSIONS: "relations with missions",
    RelationState.EMBASSIES: "relations with embassies",
    RelationState.SEVERED: "relations broken off",
}
#: How high each state stands in the picture of relations, and where its foot is.
HEIGHTS = {
    RelationState.UNKNOWN: 4,
    RelationState.NONE: 8,
    RelationState.SEVERED: 14,
    RelationState.RECOGNISED: 24,
    RelationState.RELATIONS: 40,
    RelationState.MISSIONS: 56,
    RelationState.EMBASSIES: 72,
}
FOOT = 98
#: Of three countries; those of a conference would fill the page.
MOST_PAIRS = 3
PARTIES = {"country": "country-page", "organization": "organization-page", "leader": "leader-page"}
INSTANT = re.compile(r"([+-]?\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)")
#: How labels begin that leave nothing to be explained.
SAYS_ALL = ("on or after ", "on or before ", "in or after ", "in or before ")
#: Of a person with whom they act for, the person comes first.
ORDER = ("leader", "organization", "country")


@register.filter
def with_standing(claims: list[dict[str, Any]]) -> list[tuple[dict[str, Any], bool]]:
    """Each of an event's *claims*, and whether it was taken back since, so that it counts no more."""
    assertions = [
        Assertion(claim["stance"], seconds_of(claim["known"]), claim["source"]["publisher"]["id"], voice=str(number))
        for number, claim in enumerate(claims)
    ]
    standing = still_standing(in_order(assertions))
    return [
        (claim, assertion not in standing and assertion.stance != Stance.RETRACTS)
        for claim, assertion in zip(claims, assertions, strict=True)
    ]


@register.filter
def said(claim: dict[str, Any]) -> str:
    """What a claim does, as a participle: "Announced", "Denied" by whom the chain says."""
    return SAID[claim["stance"]]


@register.filter
def does(claim: dict[str, Any]) -> str:
    """What its stance means: "it is to happen"."""
    return Stance(claim["stance"]).label.partition(": ")[2]


@register.filter
def follows(event: Event) -> str:
    """How what the claims amount to follows from them."""
    derived = event["assessment"] or {}
    occurrence = derived.get("derived_occurrence", event["occurrence"])
    verification = derived.get("derived_verification", event["verification"])
    return f"{OCCURRENCE_FOLLOWS[occurrence]}; {verification}, because {VERIFICATION_FOLLOWS[verification]}."


@register.filter
def chain(claim: dict[str, Any]) -> list[dict[str, Any]]:
    """Origin first, then those through which it was read."""
    return [claim["source"], *claim["via"]]


@register.filter
def publishers(claim: dict[str, Any]) -> list[dict[str, str]]:
    """Who says so and in whose hands it came to us; one who passed it on to themselves is named once."""
    return [publisher for publisher, _ in groupby(source["publisher"] for source in chain(claim))]


def seconds_of(instant: str) -> int:
    """An instant as the API writes it → seconds of UTC since 1970."""
    year, month, day, hour, minute, second = map(int, INSTANT.match(instant).groups())
    return days_from_civil(year, month, day) * DAY + hour * 3600 + minute * 60 + second


@register.filter
def day_of(instant: str) -> str:
    """The day, in UTC, of an instant as the API writes it, in words."""
    return label(EDTFDate.parse(edtf_of_day(seconds_of(instant) // DAY)))


@register.filter
def more_than_label(date: dict[str, Any]) -> str:
    """How far a date can be relied on, where its label does not say so: "began in June 2018 and is still going on"."""
    told, words = date["label"], meaning(EDTFDate.parse(date["edtf"]))
    days = words.replace("began on ", "").replace(" and ended on ", " to ")
    says_all = told in (words, days) or words in (f"on {told}", f"some time in {told}") or told.startswith(SAYS_ALL)
    return "" if says_all else words


@register.filter
def place_parts(event: Event) -> list[dict[str, str]]:
    """The name of an event's place and its country, once where they are the same, each with its page where it has one.

    Nothing where no place is known. An event tells its place's country by the code, and by its name only where that
    country takes part; else the record is asked.
    """
    if not event["place"]:
        return []
    name, code = event["place"]["name"], event["place"]["country"]
    if not code:
        return [{"name": name, "page": ""}]
    named = {party["id"]: party["name"] for p in event["participants"] if (party := p["country"])}
    called = named.get(code) or cleaned(str(Country.objects.filter(code=code).first() or code))
    country = {"name": called, "page": reverse("country-page", kwargs={"id": code})}
    return [country] if name in ("", called) else [{"name": name, "page": ""}, country]


@register.filter
def place_words(parts: list[dict[str, str]]) -> str:
    """What place_parts() gives, in a line."""
    return ", ".join(part["name"] for part in parts)


@register.filter
def parties(participant: dict[str, Any]) -> list[dict[str, str]]:
    """Who takes part, then whom they act for: name and page of each."""
    return [
        {"name": party["name"], "page": reverse(PARTIES[sort], kwargs={"id": party["id"]})}
        for sort in ORDER
        if (party := participant[sort])
    ]


@register.filter
def pairs(event: Event) -> list[dict[str, str]]:
    """The pairs of countries between which an event was, each with its page; none of more than MOST_PAIRS."""
    acting = {p["country"]["id"]: p["country"]["name"] for p in event["participants"]
              if p["country"] and p["role"] in DYADIC_ROLES}  # fmt: skip
    found = list(combinations(sorted(acting), 2))
    return [
        {"name": f"{acting[a]} and {acting[b]}", "page": reverse("dyad-page", kwargs={"a": a, "b": b})}
        for a, b in found
        if len(found) <= MOST_PAIRS
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


@register.filter
def relation_words(state: str) -> str:
    """How two countries stand to each other."""
    return RELATIONS[state]


@register.filter
def events_counted(number: int) -> str:
    """"2 846 events", "1 event"."""
    return str(Found(number))


@register.filter
def band_height(state: str) -> int:
    return HEIGHTS[state]


@register.filter
def band_top(state: str) -> int:
    return FOOT - HEIGHTS[state]


@register.filter
def edtf_label(edtf: str) -> str:
    """A date in words."""
    return label(EDTFDate.parse(edtf))
