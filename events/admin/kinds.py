from django.contrib import admin

from events.admin.base import RecordAdmin
from events.models import Kind


@admin.register(Kind)
class KindAdmin(RecordAdmin):
    list_display = ("label", "quad", "category", "cameo", "default_importance", "effect")
    list_filter = ("quad", "effect")
    search_fields = ("label", "definition", "cameo")
    folded_fields = ("slug",)
    search_help_text = "Labels, definitions and CAMEO codes."
    prepopulated_fields = {"slug": ("label",)}
    fields = (
        ("label", "slug"), "definition", ("quad", "effect"), ("category", "mode", "context"), "cameo",
        "default_importance",
    )  # fmt: skip
