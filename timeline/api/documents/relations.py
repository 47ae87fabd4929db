"""The shape of what two countries have to do with each other."""

from rest_framework import serializers

from timeline.api.documents.events import EventReferenceDocument
from timeline.api.documents.parts import DateDocument, NamedDocument
from timeline.relations.steps import RelationState

STATES = [(str(state), str(state)) for state in RelationState]


class IntervalDocument(serializers.Serializer):
    """A state of relations, from one change to the next; see docs/relations.md."""

    state = serializers.ChoiceField(choices=STATES)
    begins = DateDocument(allow_null=True)
    ends = DateDocument(allow_null=True)
    opened_by = EventReferenceDocument(many=True)
    closed_by = EventReferenceDocument(many=True)
    strained_by = EventReferenceDocument(many=True)
    doubted_by = EventReferenceDocument(many=True)
    certain = serializers.BooleanField()


class DecadeDocument(serializers.Serializer):
    decade = serializers.IntegerField(allow_null=True, help_text="Its first year; null for dates that fit no decade.")
    events = serializers.IntegerField()


class CountsDocument(serializers.Serializer):
    quad = serializers.DictField(child=serializers.IntegerField())
    occurrence = serializers.DictField(child=serializers.IntegerField())
    decade = DecadeDocument(many=True)


class DyadDocument(serializers.Serializer):
    """What two countries have to do with each other."""

    countries = NamedDocument(many=True)
    url = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    intervals = IntervalDocument(many=True)
    events = serializers.IntegerField()
    events_url = serializers.CharField()
    first = EventReferenceDocument(allow_null=True)
    last = EventReferenceDocument(allow_null=True)
    counts = CountsDocument()
    disputed = EventReferenceDocument(many=True, help_text="At most 50, the latest first.")
    snapshot = serializers.IntegerField()


class RelationDocument(serializers.Serializer):
    """One of a country's pairs."""

    country = NamedDocument()
    url = serializers.CharField()
    events = serializers.IntegerField()
    state = serializers.ChoiceField(choices=STATES)
