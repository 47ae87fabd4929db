"""How many events there are, by unit of the calendar."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request

from events.edtf import plain
from timeline.api.caching import Freshness
from timeline.api.documents.density import DensityDocument
from timeline.api.fields import IntegerField, OneOfField
from timeline.api.filters import EventFilterSet
from timeline.api.problems import BadParameter, parameter_error
from timeline.api.strict_filters import asked
from timeline.api.timeline import TimelineResource, leave_out
from timeline.blocks import last_in_span
from timeline.density import BY, Density, density_of, ends_of, extent_of
from timeline.tiles.tiers import UNITS, index_of, tile_label, tile_span

#: Buckets of an answer, at most.
MOST_BUCKETS = 2_000
TIER_OF = {unit: tier for tier, unit in UNITS.items()}


class DensityFilterSet(EventFilterSet):
    """Every filter of a list of events, and in what the answer counts."""

    unit = asked(OneOfField, "The unit of the calendar to count in.", "year", choices=list(TIER_OF))
    buckets = asked(IntegerField, "Instead of `unit`: at most so many buckets, in the finest unit that fits.", "200",
                    low=1, high=MOST_BUCKETS)
    by = asked(OneOfField, "Counts each of its values apart.", "quad", choices=BY)


leave_out(DensityFilterSet, "ordering")


@extend_schema_view(retrieve=extend_schema(summary="How many events there are, by unit of the calendar", filters=True))
class DensityViewSet(TimelineResource):
    """Counts by millennium … day. A date counts in no bucket finer than itself; what is too imprecise stands beside."""

    filterset_class = DensityFilterSet
    serializer_class = DensityDocument

    def fresh_since(self, resources: list[str]) -> Freshness:
        query = self.filterset.query
        return Freshness(last_in_span(query.begin, query.end, resources))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        values, query = self.filterset.values, self.filterset.query
        tier, by = self.tier(), values["by"]
        density = density_of(self.moment, query, tier, by)
        return self.answer({
            "unit": UNITS[tier],
            "from": query.first_day,
            "to": query.last_day,
            "total": density.total,
            "extent": density.extent and dict(zip(("from", "to"), map(plain, density.extent), strict=True)),
            "buckets": [
                {"start": plain(tile_span(tier, index)[0]), "label": tile_label(tier, index), **counts_of(counts, by)}
                for index, counts in sorted(density.buckets.items())
            ],
            "imprecise": imprecise_of(density, by),
            "query": {"words": self.filterset.words(ordered=False)},
        })

    def tier(self) -> int:
        """The unit that is asked for, or the finest that has no more than the buckets that are; years, or what is
        coarser where these are too many, if neither is. Raises BadParameter.
        """
        unit, most = self.filterset.values["unit"], self.filterset.values["buckets"]
        if unit and most:
            raise BadParameter(parameter_error("buckets", str(most), "either `unit` or `buckets`"))
        ends = extent_of(self.moment, *ends_of(self.filterset.query))
        if ends is None:
            return TIER_OF[unit or "year"]
        fitting = [tier for tier in UNITS if number_of_buckets(tier, *ends) <= (most or MOST_BUCKETS)]
        if not fitting:  # `buckets` was sent: dates do not reach over MOST_BUCKETS millennia
            expected = f"{number_of_buckets(0, *ends)} or more, for so many millennia there are"
            raise BadParameter(parameter_error("buckets", str(most), expected))
        if unit is None:
            return fitting[-1] if most else min(fitting[-1], TIER_OF["year"])
        if TIER_OF[unit] not in fitting:
            expected = f"a unit with at most {MOST_BUCKETS:,} buckets in the span, or a shorter span by from and to"
            raise BadParameter(parameter_error("unit", unit, expected, UNITS[fitting[-1]]))
        return TIER_OF[unit]


def number_of_buckets(tier: int, first: int, last: int) -> int:
    return index_of(tier, last) - index_of(tier, first) + 1


def counts_of(counts: Any, by: str | None) -> dict[str, Any]:
    """``count`` and, where values are counted apart, ``by``."""
    return {"count": counts.total()} | ({"by": dict(sorted(counts.items()))} if by else {})


def imprecise_of(density: Density, by: str | None) -> list[dict[str, Any]]:
    """From the coarsest: what no bucket of the unit holds, by the finest bucket that does; null for what none does."""
    return [
        {
            "unit": UNITS.get(tier),
            "start": plain(tile_span(tier, index)[0]) if tier in UNITS else None,
            "label": tile_label(tier, index) if tier in UNITS else None,
            **counts_of(counts, by),
        }
        for (tier, index), counts in sorted(density.imprecise.items())
    ]
