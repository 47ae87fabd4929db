"""What the serializers of records have in common."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from events.models.base import PublicRecord


class RecordSerializer(serializers.ModelSerializer):
    """A record under its public id, with its address in this API."""

    url = serializers.SerializerMethodField(help_text="Its address.")

    @extend_schema_field(serializers.CharField)
    def get_url(self, record: PublicRecord) -> str:
        return reverse(f"{record.resource}-detail", kwargs={"id": record.public_id})

    def build_standard_field(self, field_name, model_field):
        """Aliases are a list of names, which their JSON column alone does not tell."""
        if field_name == "aliases":
            return serializers.ListField, {"child": serializers.CharField(), "read_only": True}
        return super().build_standard_field(field_name, model_field)
