"""What the serializers of records have in common."""

from typing import Any

from django.db.models import Field
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

    def build_standard_field(self, field_name: str, model_field: Field) -> tuple[type[serializers.Field], dict]:
        """Aliases are a list of names, which their JSON column alone does not tell; what is not given is null."""
        if field_name == "aliases":
            return serializers.ListField, {"child": serializers.CharField(), "read_only": True}
        field_class, options = super().build_standard_field(field_name, model_field)
        if options.pop("allow_blank", False):
            options["allow_null"] = True
        return field_class, options

    def to_representation(self, record: PublicRecord) -> dict[str, Any]:
        return {name: None if value == "" else value for name, value in super().to_representation(record).items()}
