"""Where an event's public id leads at a moment: to a state, elsewhere, or nowhere, and why."""

from dataclasses import dataclass

from django.db.models import Min, Q

from timeline.listing.rows import Row, rows_with
from timeline.models import UNTIL_FURTHER_NOTICE, Departure, Entry, PastEntry
from timeline.moments import Moment


@dataclass
class Elsewhere(LookupError):
    """The event stands under ``slug`` at that moment."""

    slug: str


@dataclass
class Departed(LookupError):
    """Withdrawn or erased, for ``reason``."""

    kind: str
    reason: str


@dataclass
class NotYetKnown(LookupError):
    """No source had told of it by then; the first did at ``since``, seconds of UTC since 1970, or None did."""

    since: int | None


@dataclass
class NotYetRecorded(LookupError):
    """The record did not hold it by then; it has since number ``since`` of the record's clock."""

    since: int


class NeverGiven(LookupError):
    """No published event ever had this id."""


def look_up(slug: str, moment: Moment) -> Row:
    """The state of the event *slug* that stands at *moment*; raises one of the LookupErrors above."""
    if (row := _standing(moment, slug=slug)) is not None:
        return row
    departure = _departure(moment, slug=slug)
    if departure is not None:
        return _follow(departure, moment)
    if (erased := Departure.objects.filter(slug=slug, kind=Departure.Kind.ERASED).first()) is not None:
        raise Departed(erased.kind, erased.reason)
    if (known := _standing(moment.whenever_known(), slug=slug)) is not None:
        raise NotYetKnown(_first_known(known.key, moment))
    return _under_another_id(slug, moment)


def _follow(departure: Departure, moment: Moment) -> Row:
    """Go where *departure* leads, from one merged event to the next; raises what is found at the end."""
    passed = set()
    while departure is not None and departure.kind == Departure.Kind.MERGED and departure.into_key not in passed:
        passed.add(departure.into_key)
        if (row := _standing(moment, key=departure.into_key)) is not None:
            raise Elsewhere(row.slug)
        if _standing(moment.whenever_known(), key=departure.into_key) is not None:
            raise NotYetKnown(_first_known(departure.into_key, moment))
        last, departure = departure, _departure(moment, key=departure.into_key)
        departure = departure or Departure(kind=Departure.Kind.WITHDRAWN, reason=last.reason)
    raise Departed(departure.kind, departure.reason)


def _under_another_id(slug: str, moment: Moment) -> Row:
    """An id that came into use after *moment*: its event may have stood under another then."""
    rows = [*Entry.objects.filter(slug=slug)[:1], *PastEntry.objects.filter(slug=slug).order_by("pk")[:1]]
    if not rows:
        raise NeverGiven(slug)
    if (row := _standing(moment, key=rows[0].key)) is not None:
        raise Elsewhere(row.slug)
    raise NotYetRecorded(_first_recorded(rows[0].key))


def _standing(moment: Moment, **which: str | int) -> Row | None:
    if moment.is_present:
        ((column, value),) = which.items()
        return next(iter(rows_with(Entry, column, [value]).values()), None)
    found = (row for rows in moment.standing() for row in rows.filter(**which).values_list(*Row._fields)[:1])
    return next(map(Row._make, found), None)


def _departure(moment: Moment, **which: str | int) -> Departure | None:
    """What an id, or any id of an event, leads to at *moment*: the last word of it."""
    return Departure.objects.filter(moment.held, **which).order_by("-recorded_from").first()


def _first_known(key: int, moment: Moment) -> int | None:
    first = _least("known_from", moment.held, key=key)
    return None if first == UNTIL_FURTHER_NOTICE else first


def _first_recorded(key: int) -> int:
    return _least("recorded_from", key=key)


def _least(column: str, *conditions: Q, key: int) -> int:
    """The least of *column* among the states of the event *key* that meet *conditions*; there is one."""
    states = [model.objects.filter(*conditions, key=key) for model in (Entry, PastEntry)]
    found = (each.aggregate(least=Min(column))["least"] for each in states)
    return min(least for least in found if least is not None)
