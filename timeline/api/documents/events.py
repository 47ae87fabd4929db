"""The shape of an event and of what belongs to it, as ``timeline.rendering`` writes them."""

from rest_framework import serializers

from events.vocabulary.plover import PloverCategory, QuadClass
from events.vocabulary.roles import Role
from events.vocabulary.stances import Stance
from events.vocabulary.status_terms import Occurrence, Verification
from timeline.api.documents.parts import DateDocument, NamedDocument


class EventDateDocument(DateDocument):
    reason = serializers.CharField(help_text="Why the date is written so.")


class EventKindDocument(serializers.Serializer):
    id = serializers.CharField()
    label = serializers.CharField()
    category = serializers.ChoiceField(choices=PloverCategory.choices, allow_null=True)
    quad = serializers.ChoiceField(choices=QuadClass.choices)


class PlaceDocument(serializers.Serializer):
    name = serializers.CharField()
    country = serializers.CharField(allow_null=True)
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)


class OfficeDocument(serializers.Serializer):
    """An office that a person held, and the source that says so."""

    title = serializers.CharField()
    country = NamedDocument(allow_null=True)
    organization = NamedDocument(allow_null=True)
    held = DateDocument()
    certain = serializers.BooleanField(help_text="With `on`: whether it was certainly held then; else true.")
    source = NamedDocument()
    locator = serializers.CharField()


class OfficeHeldDocument(serializers.Serializer):
    title = serializers.CharField()
    held = serializers.CharField(help_text="EDTF.")


class ParticipantDocument(serializers.Serializer):
    role = serializers.ChoiceField(choices=Role.choices)
    country = NamedDocument(allow_null=True)
    organization = NamedDocument(allow_null=True)
    leader = NamedDocument(allow_null=True)
    office = OfficeHeldDocument(allow_null=True)


class SourceInClaimDocument(serializers.Serializer):
    id = serializers.CharField()
    url = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    publisher = NamedDocument()
    kind = serializers.CharField()
    language = serializers.CharField(allow_null=True)
    published = serializers.CharField(allow_null=True, help_text="EDTF.")
    published_label = serializers.CharField(allow_null=True)
    accessed = serializers.DateField(allow_null=True)
    archive_url = serializers.CharField(allow_null=True)


class SourceDocument(SourceInClaimDocument):
    """A source with its chain both ways."""

    via = SourceInClaimDocument(many=True, help_text="Through which it was read, up to the one that was at hand.")
    read_here = SourceInClaimDocument(many=True, help_text="Those that were read through this one, the nearest first.")


class ClaimDocument(serializers.Serializer):
    """What one source says of the event; ``via`` are the sources through which it reached the record."""

    stance = serializers.ChoiceField(choices=Stance.choices)
    date = DateDocument(allow_null=True)
    figures = serializers.CharField()
    locator = serializers.CharField()
    note = serializers.CharField()
    known = serializers.CharField(help_text="The instant, in UTC, since which it was known.")
    source = SourceInClaimDocument()
    via = SourceInClaimDocument(many=True)


class AssessmentDocument(serializers.Serializer):
    """Why the curators set another status than the claims amount to, and which that would be."""

    reason = serializers.CharField()
    derived_occurrence = serializers.ChoiceField(choices=Occurrence.choices)
    derived_verification = serializers.ChoiceField(choices=Verification.choices)


class EventDocument(serializers.Serializer):
    id = serializers.CharField()
    url = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    date = EventDateDocument()
    kind = EventKindDocument()
    occurrence = serializers.ChoiceField(choices=Occurrence.choices)
    verification = serializers.ChoiceField(choices=Verification.choices)
    status_words = serializers.CharField()
    assessment = AssessmentDocument(allow_null=True)
    origins = serializers.IntegerField()
    place = PlaceDocument(allow_null=True)
    participants = ParticipantDocument(many=True)
    claims = ClaimDocument(many=True)
    importance = serializers.IntegerField()
    modified = serializers.DateTimeField()


class ChangeDocument(serializers.Serializer):
    """What became of one public id; ``event`` is null where it left."""

    number = serializers.IntegerField(help_text="Of the record's clock.")
    id = serializers.CharField()
    kind = serializers.ChoiceField(choices=["changed", "withdrawn", "merged", "erased"])
    into = serializers.CharField(allow_null=True, help_text="For `merged`: where its address leads.")
    event = EventDocument(allow_null=True)


class EventReferenceDocument(serializers.Serializer):
    """An event, briefly."""

    id = serializers.CharField()
    url = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField()
    date = serializers.CharField(help_text="EDTF.")
    verification = serializers.ChoiceField(choices=Verification.choices)
