from django.contrib import admin

from events.admin.base import RecordAdmin
from events.admin.needs import NeedsFilter
from events.edtf import label
from events.models import Source


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = ("title", "publisher", "kind", "published_in_words", "via")
    list_filter = (NeedsFilter, "kind")
    list_select_related = ("publisher", "via")
    search_fields = ("title", "url")
    folded_fields = ("slug", "publisher__names_folded")
    search_help_text = "Titles, addresses, and names of publishers."
    autocomplete_fields = ("publisher", "via")
    prepopulated_fields = {"slug": ("title",)}
    fields = (
        "title", "slug", ("publisher", "kind", "language"), ("published", "accessed"), "via", "url", "archive_url",
    )  # fmt: skip

    @admin.display(description="published", ordering="published_position")
    def published_in_words(self, source: Source) -> str:
        return label(source.published) if source.published else "–"
