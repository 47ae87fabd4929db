"""Filters beside the list of events."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest

from events.edtf import OPEN_END, OPEN_START
from events.edtf.calendar import DAY, civil_from_days, days_from_civil
from events.models import Country, Event, Participation

MOST_PERIODS = 60  #: offered at once


class StrictListFilter(admin.SimpleListFilter):
    """A value that is not among the choices is refused, as Django refuses it of its own filters."""

    def __init__(self, request: HttpRequest, params: dict, model: type, model_admin: admin.ModelAdmin) -> None:
        super().__init__(request, params, model, model_admin)
        if self.value() is not None and not self.accepts(self.value()):
            raise IncorrectLookupParameters

    def accepts(self, value: str) -> bool:
        return value in {str(choice) for choice, _ in self.lookup_choices}


class CountryFilter(StrictListFilter):
    """Events in which a country takes part, in whatever role."""

    title = "country"
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        taking_part = Participation.objects.filter(country__isnull=False).order_by().values("country")
        return list(Country.objects.filter(pk__in=taking_part).order_by("name").values_list("code", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        return queryset.filter(pk__in=Participation.objects.filter(country__code=self.value()).values("event"))


class PeriodFilter(StrictListFilter):
    """Events by the century, then the decade, in which they stand in the list; before Christ too.

    A value is the number of years and the first of them, by astronomical count: 100:1900, 10:1970, 100:-800.
    """

    title = "period"
    parameter_name = "period"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        chosen = self.used_parameters.get(self.parameter_name, "")
        century = read_period(chosen)[1] // 100 * 100 if read_period(chosen) else None
        choices = []
        for first in periods_present(100, OPEN_START, OPEN_END - 1):
            choices.append((f"100:{first}", period_label(100, first)))
            if first == century:
                span = (start_of(first), start_of(first + 100) - 1)
                choices += [(f"10:{d}", "· " + period_label(10, d)) for d in periods_present(10, *span)]
        return choices

    def accepts(self, value: str) -> bool:
        return read_period(value) is not None

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        years, first = read_period(self.value())
        return queryset.filter(date_position__gte=start_of(first), date_position__lt=start_of(first + years))


def read_period(text: str) -> tuple[int, int] | None:
    """Years and first year of a period's value; None where it is none."""
    years, _, first = text.partition(":")
    digits = first.removeprefix("-")
    if years not in ("10", "100") or not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        return None
    return int(years), int(first)


def start_of(year: int) -> int:
    """The first second of *year*, counted from 1970."""
    return days_from_civil(year, 1, 1) * DAY


def periods_present(years: int, low: int, high: int) -> list[int]:
    """First years of the periods of *years* years with events at positions *low* … *high*, the latest first.

    Goes from one event to the next period, by the index of positions: a few queries, however many events there are.
    """
    positions = Event.objects.order_by("-date_position").values_list("date_position", flat=True)
    found: list[int] = []
    while len(found) < MOST_PERIODS:
        position = positions.filter(date_position__gte=low, date_position__lte=high).first()
        if position is None:
            break
        found.append(civil_from_days(position // DAY)[0] // years * years)
        high = start_of(found[-1]) - 1
    return found


def period_label(years: int, first: int) -> str:
    """ "1970 to 1979", "800 to 701 BCE", "1 BCE to 9"."""
    last = first + years - 1
    if last <= 0:
        return f"{1 - first} to {1 - last} BCE"
    return f"{first} to {last}" if first > 0 else f"{1 - first} BCE to {last}"
