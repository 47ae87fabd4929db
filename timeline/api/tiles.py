"""Tiles of the timeline, as of a map: one, several side by side, and which there are."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from events.edtf import edtf_of_day, plain
from events.edtf.calendar import DAY
from timeline.api.caching import Freshness
from timeline.api.documents.tiles import TileDocument, TileInfoDocument, TilesDocument
from timeline.api.fields import IntegerField
from timeline.api.filters import EventFilterSet, MomentFilterSet
from timeline.api.problems import BadParameter, parameter_error
from timeline.api.strict_filters import asked
from timeline.api.timeline import TimelineResource, leave_out
from timeline.blocks import last_between
from timeline.density import density_of, extent_of
from timeline.query import EventQuery
from timeline.tiles.tiers import FINER, TIERS, UNITS, TileOutOfGrid, index_of, tile_span
from timeline.tiles.tiling import TileQuestion

MOST_TILES = 32
MOST_ITEMS, ITEMS = 200, 50
MOST_SPANS, SPANS = 50, 20
#: Seconds for which a tile whose time is past may be kept without asking.
PAST_FOR = 300


class TileFilterSet(EventFilterSet):
    """Every filter of a list of events but its span, which a tile brings itself."""

    k = asked(IntegerField, f"Events that a tile shows at most; {ITEMS} if left out.", "50", low=0, high=MOST_ITEMS)
    s = asked(IntegerField, f"Spans that it shows at most; {SPANS} if left out.", "20", low=0, high=MOST_SPANS)

    @cached_property
    def query(self) -> EventQuery:
        # Where they are taken, from and to choose tiles; they leave no event out.
        return replace(self.question(), begin=None, end=None)


class TilesFilterSet(TileFilterSet):
    """The tiles of a tier between two dates."""

    z = asked(IntegerField, "The tier: 0 millennium, 1 century, 2 decade, 3 year, 4 month.", "3", low=0, high=4)


leave_out(TileFilterSet, "ordering", "match", "from", "to")
leave_out(TilesFilterSet, "ordering", "match")


class TileResource(TimelineResource):
    """Tiles of the timeline, as of a map: what is most important in each, what crosses it, and how many there are."""

    #: First and last second of the tiles that are asked for.
    first: int
    last: int

    def fresh_since(self, resources: list[str]) -> Freshness:
        self.find_tiles()
        is_past = self.last < datetime.now(UTC).timestamp()
        return Freshness(last_between(self.first, self.last, resources), kept_for=PAST_FOR if is_past else 0)

    def find_tiles(self) -> None:
        """Set ``first`` and ``last``; raises what the answer is where there are no such tiles."""
        raise NotImplementedError

    def question(self) -> TileQuestion:
        k, s = self.filterset.values["k"], self.filterset.values["s"]
        return TileQuestion(
            self.moment, self.filterset.query, ITEMS if k is None else k, SPANS if s is None else s
        )

    def tiles_json(self, tier: int, indexes: range) -> list[dict[str, Any]]:
        tiles = self.question().tiles(tier, indexes)
        self.is_complete = all(tile["density"] is not None for tile in tiles)
        return [tile | {"links": self.links(tier, tile["index"])} for tile in tiles]

    def links(self, tier: int, index: int) -> dict[str, str | None]:
        """The tile itself, those beside it, the one above, and where its children are listed."""
        first, last = tile_span(tier, index)
        begin, end = (edtf_of_day(second // DAY) for second in (first, last))
        children = f"{reverse('tiles')}?z={tier + 1}&from={begin}&to={end}"
        return {
            "self": address(tier, index),
            "previous": address(tier, index - 1),
            "next": address(tier, index + 1),
            "parent": address(tier - 1, index_of(tier - 1, first)) if tier else None,
            "children": children if tier < TIERS[-1] else None,
        }


def address(tier: int, index: int) -> str | None:
    """Where the tile is; None beyond all tiles."""
    try:
        tile_span(tier, index)
    except TileOutOfGrid:
        return None
    return reverse("tile", kwargs={"z": tier, "index": index})


@extend_schema_view(
    retrieve=extend_schema(
        summary="One tile of the timeline",
        filters=True,
        parameters=[
            OpenApiParameter("z", int, OpenApiParameter.PATH, description="The tier, 0 to 4."),
            OpenApiParameter("index", int, OpenApiParameter.PATH, description="The tile's index in its tier."),
        ],
    )
)
class TileViewSet(TileResource):
    filterset_class = TileFilterSet
    serializer_class = TileDocument

    def find_tiles(self) -> None:
        tier, index = self.kwargs["z"], self.kwargs["index"]
        try:
            self.first, self.last = tile_span(tier, index)
        except TileOutOfGrid as error:
            raise NotFound(str(error)) from None
        if tier not in TIERS:
            raise NotFound(f"{tier} is no tier: they are 0 to 4.")

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        self.find_tiles()
        index = self.kwargs["index"]
        return self.answer(self.tiles_json(self.kwargs["z"], range(index, index + 1))[0])


@extend_schema_view(
    retrieve=extend_schema(
        operation_id="timeline_tiles_between", summary="Several tiles that lie side by side", filters=True
    )
)
class TilesViewSet(TileResource):
    filterset_class = TilesFilterSet
    serializer_class = TilesDocument

    def how_fresh(self, request: Request) -> Freshness:
        freshness = super().how_fresh(request)
        self.find_tiles()
        return freshness

    def find_tiles(self) -> None:
        tier, begin, end = (self.filterset.values[name] for name in ("z", "from", "to"))
        missing = [name for name in ("z", "from", "to") if self.filterset.values[name] is None]
        if missing:
            expected = "a tier and a span: z=3&from=2010&to=2019"
            raise BadParameter(*(parameter_error(name, "", expected) for name in missing))
        first, last = begin.earliest_start, end.latest_end
        self.tier, self.indexes = tier, range(index_of(tier, first), index_of(tier, last) + 1)
        if not 0 < len(self.indexes) <= MOST_TILES:
            expected = f"a span of 1 to {MOST_TILES} tiles of this tier"
            raise BadParameter(parameter_error("from", begin.edtf, expected))
        self.first, self.last = tile_span(tier, self.indexes[0])[0], tile_span(tier, self.indexes[-1])[1]

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.answer({"tiles": self.tiles_json(self.tier, self.indexes)})


@extend_schema_view(retrieve=extend_schema(summary="What tiles there are", filters=True))
class TileInfoViewSet(TimelineResource):
    """The number of events, the span of their dates, the tiers, and how much one answer may hold."""

    filterset_class = MomentFilterSet
    serializer_class = TileInfoDocument

    def total(self) -> int:
        """Kept of the present; of the past, counted in an index."""
        if self.moment.is_present:
            return density_of(self.moment, EventQuery(), 0, None).total
        return sum(rows.count() for rows in self.moment.standing())

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        ends = extent_of(self.moment, None, None)
        return self.answer({
            "total": self.total(),
            "from": ends and plain(ends[0]),
            "to": ends and plain(ends[1]),
            "tiers": [{"z": tier, "unit": UNITS[tier], "density_unit": UNITS[FINER[tier]]} for tier in TIERS],
            "limits": {"tiles": MOST_TILES, "k": MOST_ITEMS, "s": MOST_SPANS},
        })
