"""Sources, each with the chain through which it was read."""

from typing import Any

from rest_framework import serializers

from events.chains import chains_of
from events.models import Organization, Source
from events.models.sources import SourceKind
from timeline.api.documents import SourceDocument
from timeline.api.filters import ByRecord, ChoicesField, RecordsField, StrictFilterSet, asked
from timeline.api.resources import PublicResource
from timeline.rendering import source_json


class SourceListSerializer(serializers.ListSerializer):
    """Reads the chains of the whole page at once."""

    def to_representation(self, data: Any) -> list[dict]:
        sources = list(data)
        self.child.chains = chains_of({source.pk for source in sources})
        return super().to_representation(sources)


class SourceSerializer(SourceDocument):
    """A source in the form that it has everywhere, with its chain both ways."""

    class Meta:
        list_serializer_class = SourceListSerializer

    chains: dict[int, tuple[Source, ...]] | None = None

    def to_representation(self, source: Source) -> dict[str, Any]:
        chains = self.chains if self.chains is not None else chains_of({source.pk})
        whole = source_json(source) | {
            "via": [source_json(link) for link in chains[source.pk][1:]],
            "read_here": [source_json(link) for link in source.read_here.all()],
        }
        return {name: whole[name] for name in self.fields}


class SourceFilterSet(StrictFilterSet):
    publisher = asked(RecordsField, "Published by any of these organizations.", "kcna", base=ByRecord,
                      field_name="publisher__slug", model=Organization, called="an organization")
    kind = asked(ChoicesField, "Any of these sorts of source.", "article", base=ByRecord, choices=SourceKind.values)
    via = asked(RecordsField, "Read through any of these sources.", "trend-2018-06-04-assad-kim", base=ByRecord,
                field_name="via__slug", model=Source, called="a source")


class SourceViewSet(PublicResource):
    """Documents and broadcasts, each with the sources through which it was read, and those that were read in it."""

    record = Source
    queryset = Source.objects.select_related("publisher").prefetch_related("read_here__publisher")
    serializer_class = SourceSerializer
    filterset_class = SourceFilterSet

