"""Two countries and what they have to do with each other."""

from collections import defaultdict
from operator import gt, lt
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from events.models import Address, Country
from timeline.api.documents.relations import DyadDocument, RelationDocument
from timeline.api.moments import MomentResource
from timeline.api.problems import Moved
from timeline.api.record_fields import RecordsField
from timeline.api.renderers import json_response
from timeline.moments import Moment
from timeline.paging import Listing, Order
from timeline.relations.dyads import counts_between, dyad_json, partners_of, states_of_pairs
from timeline.rendering import named


class PairResource(MomentResource):
    """What is told of pairs of countries, by the names that they have now."""

    def resources_named(self) -> list[str]:
        return [Country.resource]


def found_countries(*codes: str) -> dict[str, tuple[Country, frozenset[str]]]:
    """The country of each of *codes*, which it has or had, with every code that it ever had. Raises NotFound.

    One that was taken out of the record, as snapshots show it still, goes by its code.
    """
    field = RecordsField(model=Country, called="an ISO 3166 alpha-3 code")
    try:
        if any("\0" in code for code in codes):
            raise NotFound("A code has no NUL characters.")
        ever = field.ids_ever(list(codes))
    except ValidationError as error:
        refused = error.params
        hint = f" Did you mean {refused['suggestion']}?" if refused["suggestion"] else ""
        raise NotFound(f"No country “{refused['value'][:120]}” is in the record.{hint}") from None
    countries = Country.objects.in_bulk(ever)
    return {
        code: (countries.get(key) or Country(pk=key, code=code, name=code), ids)
        for code in codes for key, ids in ever.items() if code in ids
    }  # fmt: skip


@extend_schema_view(
    retrieve=extend_schema(
        summary="The relations of two countries",
        parameters=[
            OpenApiParameter(name, str, OpenApiParameter.PATH, description="ISO 3166 alpha-3 code.",
                             pattern="^[A-Z]{3}$")
            for name in ("a", "b")
        ],
    )
)
class DyadViewSet(PairResource):
    """The state of two countries' relations, as intervals, and the events that made it so."""

    serializer_class = DyadDocument
    address_name = "dyad"

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return json_response(self.kept(self.document(request)))

    def document(self, request: Request) -> dict[str, Any]:
        """All that is told of the two; raises NotFound, and Moved where they are named by old codes or out of order."""
        a, b = self.kwargs["a"], self.kwargs["b"]
        found = sorted(found_countries(a, b).values(), key=lambda pair: pair[0].code)
        if len({country.pk for country, _ in found}) < 2:
            raise NotFound(f"Two countries make a dyad; {a[:120]} alone does not.")
        (first, first_codes), (second, second_codes) = found
        address = reverse(self.address_name, kwargs={"a": first.code, "b": second.code})
        if (a, b) != (first.code, second.code):
            raise Moved.with_question(address, request)
        sent = {name: request.query_params[name] for name in ("as_of",) if name in request.query_params}
        between = urlencode({"between": f"{first.code},{second.code}", **sent, **self.carried()}, safe=",:")
        return {
            "countries": [named(first), named(second)],
            "url": address,
            "events_url": f"{reverse('events-list')}?{between}",
            **self.relations(first_codes, second_codes),
            "snapshot": self.snapshot,
        }

    def relations(self, first: frozenset[str], second: frozenset[str]) -> dict[str, Any]:
        return dyad_json(self.moment, first, second) | {"counts": counts_between(self.moment, first, second)}


@extend_schema_view(
    list=extend_schema(
        summary="A country's relations, most eventful first",
        parameters=[
            OpenApiParameter("id", str, OpenApiParameter.PATH, description="The public id.", pattern="^[A-Z]{3}$")
        ],
    )
)
class RelationViewSet(PairResource):
    """The countries with which one has to do, most eventful first."""

    serializer_class = RelationDocument

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        public_id = self.kwargs["id"]
        country, codes = found_countries(public_id)[public_id]
        if country.code != public_id:
            raise Moved.with_question(reverse("relations", kwargs={"id": country.code}), request)
        rows = self.paginate_queryset(Partners(self.moment, country, codes))
        states = states_of_pairs(self.moment, codes, [row.codes for row in rows])
        relations = (row.json(country, state) for row, state in zip(rows, states, strict=True))
        return self.get_paginated_response(list(map(self.kept, relations)))

    def order(self) -> Order:
        return Order(("fewer", "code"))


class Partner:
    """A country, by its present code, and in how many events it meets another."""

    def __init__(self, country: Country, codes: frozenset[str], events: int) -> None:
        self.country, self.codes, self.events = country, codes, events
        self.code, self.fewer = country.code, -events

    def json(self, other: Country, state: str) -> dict[str, Any]:
        a, b = sorted((self.code, other.code))
        address = reverse("dyad", kwargs={"a": a, "b": b})
        return {"country": named(self.country), "url": address, "events": self.events, "state": state}


class Partners(Listing):
    """A country's partners at a moment: counted at once, for there are as many as there are countries at most."""

    def __init__(self, moment: Moment, country: Country, codes: frozenset[str]) -> None:
        super().__init__()
        counted = partners_of(moment, codes)
        keys = dict(Address.objects.filter(resource=Country.resource).values_list("slug", "key"))
        ever: dict[int, set[str]] = defaultdict(set)
        for code, key in keys.items():
            ever[key].add(code)
        events: dict[int, int] = defaultdict(int)
        for code, number in counted.items():
            events[keys[code]] += number
        gone = {keys[code]: Country(code=code, name=code) for code in counted}
        countries = gone | Country.objects.in_bulk(events)
        self.partners = [Partner(countries[key], frozenset(ever[key]), n) for key, n in events.items()]

    def rows(self, order: Order, after: Any, limit: int) -> list[Partner]:
        rows = sorted(self.partners, key=order.values_of, reverse=order.descending)
        if after is not None:
            beyond = lt if order.descending else gt
            rows = [row for row in rows if beyond(order.values_of(row), list(after))]
        return rows[:limit]

    def count_up_to(self, most: int) -> int:
        return min(most, len(self.partners))
