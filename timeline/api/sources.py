"""Sources, each with the chain through which it was read."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from events.chains import chains_of
from events.models import Organization, Source
from events.models.sources import SourceKind
from timeline.api.documents.events import SourceDocument
from timeline.api.fields import ChoicesField, ListField, refusal
from timeline.api.record_fields import RecordsField
from timeline.api.resources import PublicResource
from timeline.api.strict_filters import AnyOf, AskedFilter, StrictFilterSet, asked
from timeline.rendering import source_json


class Chains:
    """The chains of a page of sources, both ways: a query for each link of the longest, however many sources."""

    def __init__(self, keys: Collection[int]) -> None:
        self.onward = {key: chain[1:] for key, chain in chains_of(keys).items()}
        self.readers = readers_of(keys)

    def read_here(self, key: int) -> list[Source]:
        """Every source that was read through *key*, the nearest first."""
        found = list(self.readers.get(key, ()))
        for source in found:  # grows while it is walked
            found += self.readers.get(source.pk, ())
        return found


def readers_of(keys: Iterable[int]) -> dict[int, list[Source]]:
    """The sources read directly through each of *keys*, and through those, to the last."""
    readers: dict[int, list[Source]] = {}
    edge = set(keys)
    while edge:
        found = list(Source.objects.filter(via__in=edge).select_related("publisher").order_by("slug"))
        readers |= {key: [] for key in edge}
        for source in found:
            readers[source.via_id].append(source)
        edge = {source.pk for source in found} - readers.keys()
    return readers


class SourceListSerializer(serializers.ListSerializer):
    """Reads the chains of the whole page at once."""

    def to_representation(self, data: Any) -> list[dict]:
        sources = list(data)
        self.child.chains = Chains({source.pk for source in sources})
        return super().to_representation(sources)


class SourceSerializer(SourceDocument):
    """A source in the form that it has everywhere, with its chain both ways."""

    class Meta:
        list_serializer_class = SourceListSerializer

    chains: Chains | None = None

    def to_representation(self, source: Source) -> dict[str, Any]:
        chains = self.chains or Chains({source.pk})
        whole = source_json(source) | {
            "via": [source_json(link) for link in chains.onward[source.pk]],
            "read_here": [source_json(link) for link in chains.read_here(source.pk)],
        }
        return {name: whole[name] for name in self.fields}


class LanguagesField(ListField):
    """Languages in which the record has sources."""

    def read(self, values: list[str]) -> frozenset[str]:
        known = set(Source.objects.order_by().values_list("language", flat=True).distinct()) - {""}
        for value in values:
            if value not in known:
                raise refusal(value, f"languages of sources in the record: {', '.join(sorted(known))}")
        return frozenset(values)


class ReadThrough(AskedFilter):
    """Read through any of these sources, directly or through others."""

    def filter(self, queryset: QuerySet, value: frozenset[str]) -> QuerySet:
        if not value:
            return queryset
        readers = readers_of(Source.objects.filter(slug__in=sorted(value)).values_list("pk", flat=True))
        return queryset.filter(pk__in={source.pk for found in readers.values() for source in found})


class SourceFilterSet(StrictFilterSet):
    publisher = asked(RecordsField, "Published by any of these organizations.", "kcna", base=AnyOf,
                      field_name="publisher__slug", model=Organization, called="an organization")
    kind = asked(ChoicesField, "Any of these sorts of source.", "article", base=AnyOf, choices=SourceKind.values)
    language = asked(LanguagesField, "In any of these languages, as BCP 47 codes.", "en", base=AnyOf)
    via = asked(RecordsField, "Read through any of these sources, directly or through others.",
                "trend-2018-06-04-assad-kim", base=ReadThrough, model=Source, called="a source")


@extend_schema_view(
    list=extend_schema(summary="Sources, with their chains"),
    retrieve=extend_schema(summary="One source, with its chain both ways"),
)
class SourceViewSet(PublicResource):
    """Documents and broadcasts, each with the sources through which it was read, and those that were read in it."""

    record = Source
    queryset = Source.objects.select_related("publisher")
    serializer_class = SourceSerializer
    filterset_class = SourceFilterSet
