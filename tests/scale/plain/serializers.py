"""An event with all that belongs to it, by nested model serializers."""

from rest_framework import serializers

from events.models import Claim, Country, Event, Kind, Leader, Organization, Participation, Source


class CountrySerializer(serializers.ModelSerializer):
    class Meta:
        model = Country
        fields = ["code", "name"]


class OrganizationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Organization
        fields = ["slug", "name"]


class LeaderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Leader
        fields = ["slug", "name"]


class KindSerializer(serializers.ModelSerializer):
    class Meta:
        model = Kind
        fields = ["slug", "label", "category", "quad"]


class ParentSourceSerializer(serializers.ModelSerializer):
    publisher = OrganizationSerializer()
    published = serializers.CharField(source="published.edtf", allow_null=True)

    class Meta:
        model = Source
        fields = ["slug", "title", "publisher", "kind", "language", "url", "archive_url", "published", "accessed"]


class SourceSerializer(ParentSourceSerializer):
    via = ParentSourceSerializer()

    class Meta(ParentSourceSerializer.Meta):
        fields = [*ParentSourceSerializer.Meta.fields, "via"]


class ParticipationSerializer(serializers.ModelSerializer):
    country = CountrySerializer()
    organization = OrganizationSerializer()
    leader = LeaderSerializer()

    class Meta:
        model = Participation
        fields = ["role", "country", "organization", "leader"]


class ClaimSerializer(serializers.ModelSerializer):
    source = SourceSerializer()

    class Meta:
        model = Claim
        fields = ["stance", "figures", "locator", "note", "source"]


class EventSerializer(serializers.ModelSerializer):
    date = serializers.CharField(source="date.edtf")
    kind = KindSerializer()
    place_country = CountrySerializer()
    participations = ParticipationSerializer(many=True)
    claims = ClaimSerializer(many=True)

    class Meta:
        model = Event
        fields = [
            "slug", "title", "summary", "date", "date_reason", "kind", "place_name", "place_country", "latitude",
            "longitude", "importance", "occurrence", "verification", "participations", "claims",
        ]  # fmt: skip
