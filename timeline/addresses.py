"""Where an event's public id leads at a moment: to a state, elsewhere, or nowhere, and why."""

from dataclasses import dataclass

from django.db.models import Min, Q

from timeline.models import UNTIL_FURTHER_NOTICE, Departure, Entry, PastEntry
from timeline.moments import Moment
from timeline.rows import Row, rows_with


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
    held = Q(recorded_from__lte=moment.number, recorded_to__gt=moment.number)
    return Departure.objects.filter(held, **which).order_by("-recorded_from").first()


def _first_known(key: int, moment: Moment) -> int | None:
    held = Q(key=key, recorded_from__lte=moment.number, recorded_to__gt=moment.number)
    since = [model.objects.filter(held).aggregate(since=Min("known_from"))["since"] for model in (Entry, PastEntry)]
    first = min(instant for instant in since if instant is not None)
    return None if first == UNTIL_FURTHER_NOTICE else first


def _first_recorded(key: int) -> int:
    since = [m.objects.filter(key=key).aggregate(since=Min("recorded_from"))["since"] for m in (Entry, PastEntry)]
    return min(number for number in since if number is not None)
