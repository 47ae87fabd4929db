"""Likely duplicates of an event that is being written, shown beside the form."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from events.admin.keys import key_of
from events.duplicates import PARTIES, Like, Sketch, likely_duplicates, words_of
from events.edtf import EDTFDate, InvalidEDTF
from events.models import Event

MOST_PARTIES = 50


def alike(request: HttpRequest) -> HttpResponse:
    """``?title=&date=&kind=&country=&organization=&leader=&but=``: the likely duplicates, as a part of a page.

    Parties may come several times; what cannot be read counts as not said, for the form itself tells of it.
    """
    asked = request.GET
    but = next(iter(keys(asked, "but")), None)
    likes = likely_duplicates(sketch_of(asked), but)
    context = {"likes": shown(likes), "joinable": asked.get("joinable") == "yes"}
    return render(request, "admin/events/event/alike.html", context)


def sketch_of(asked: QueryDict) -> Sketch:
    try:
        date = EDTFDate.parse(asked.get("date", "").strip())
    except InvalidEDTF:
        date = None
    kind = next(iter(keys(asked, "kind")), None)
    return Sketch(asked.get("title", "")[:300], date, kind, {party: keys(asked, party) for party in PARTIES})


def keys(asked: QueryDict, name: str) -> list[int]:
    return [key for text in asked.getlist(name)[:MOST_PARTIES] if (key := key_of(text)) is not None]


def sketch_of_event(event: Event) -> Sketch:
    parties: Mapping[str, list[int]] = {party: [] for party in PARTIES}
    for participation in event.participations.all():
        for party in PARTIES:
            if (key := getattr(participation, f"{party}_id")) is not None:
                parties[party].append(key)
    return Sketch(event.title, event.date, event.kind_id, dict(parties))


def shown(likes: list[Like]) -> list[dict[str, object]]:
    """*likes* as a template shows them."""
    return [{"event": each.event, "words": words_of(each)} for each in likes]
