"""Filters beside the list of events."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from events.edtf import EDTFDate, InvalidEDTF, label
from events.edtf.calendar import DAY, civil_from_days
from events.models import Country, Event, Kind, Participation

MOST_PERIODS = 60  #: offered at once


class FoldedFilter(admin.SimpleListFilter):
    """One of many choices: folded up unless one of them is chosen."""

    template = "admin/events/folded_filter.html"


class KindFilter(FoldedFilter):
    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        used = Exists(Event.objects.filter(kind=OuterRef("pk")))
        return list(Kind.objects.filter(used).order_by("label").values_list("slug", "label"))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset if self.value() is None else queryset.filter(kind__slug=self.value())


class CountryFilter(FoldedFilter):
    """Events in which a country takes part, in whatever role."""

    title = "country"
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        takes_part = Exists(Participation.objects.filter(country=OuterRef("pk")))
        return list(Country.objects.filter(takes_part).order_by("name").values_list("code", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        return queryset.filter(pk__in=Participation.objects.filter(country__code=self.value()).values("event"))


class PeriodFilter(admin.SimpleListFilter):
    """Events by the century, then the decade, in which they stand in the list; before Christ too.

    A value is EDTF: 19XX, 197X, -07XX. One that is no date finds nothing.
    """

    title = "period"
    parameter_name = "period"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        chosen = self.period()
        choices = []
        for century in periods_present(100, period(100, -9999), period(100, 9999)):
            choices.append((century.edtf, period_label(century)))
            if chosen is not None and century.earliest_start <= chosen.earliest_start <= century.latest_end:
                decades = periods_present(10, century, century)
                choices += [(decade.edtf, f"· {period_label(decade)}") for decade in decades]
        return choices

    def period(self) -> EDTFDate | None:
        try:
            return EDTFDate.parse(self.used_parameters.get(self.parameter_name, ""))
        except InvalidEDTF:
            return None

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        chosen = self.period()
        return queryset.filter(date_position__range=span(chosen, chosen)) if chosen else queryset.none()


def span(first: EDTFDate, last: EDTFDate) -> tuple[int, int]:
    return first.earliest_start, last.latest_end


def period(years: int, year: int) -> EDTFDate:
    """The century (100 *years*) or decade (10) of *year*, as EDTF has them: 197X; -075X is 759 to 750 before year 0."""
    digits = f"{abs(year):04d}"
    return EDTFDate.parse(("-" if year < 0 else "") + (digits[:2] + "XX" if years == 100 else digits[:3] + "X"))


def periods_present(years: int, first: EDTFDate, last: EDTFDate) -> list[EDTFDate]:
    """The centuries or decades from *first* to *last* in which events stand, the latest first.

    Goes from one event to the next period, by the index of positions: a few queries, however many events there are.
    """
    positions = Event.objects.order_by("-date_position").values_list("date_position", flat=True)
    low, high = span(first, last)
    found: list[EDTFDate] = []
    while len(found) < MOST_PERIODS:
        position = positions.filter(date_position__range=(low, high)).first()
        if position is None:
            break
        found.append(period(years, civil_from_days(position // DAY)[0]))
        high = found[-1].earliest_start - 1
    return found


def period_label(date: EDTFDate) -> str:
    return label(date).removeprefix("a year from ")
