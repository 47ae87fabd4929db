from django.contrib import admin
from django.http import HttpRequest

from events.admin.base import RecordAdmin, RecordInline
from events.admin.forms import NamedRecordForm
from events.admin.merging import MergePages
from events.models import Leader, Office


class OfficeInline(RecordInline, admin.StackedInline):
    model = Office
    autocomplete_fields = ("country", "organization", "source")
    fieldsets = ((None, {"fields": (("title", "held"), ("country", "organization"), ("source", "locator"))}),)


@admin.register(Leader)
class LeaderAdmin(MergePages, RecordAdmin):
    form = NamedRecordForm
    list_display = ("name", "other_names")
    inlines = (OfficeInline,)
    prepopulated_fields = {"slug": ("name",)}
    fields = (("name", "slug"), "aliases", "wikidata")

    @admin.display(description="aliases")
    def other_names(self, leader: Leader) -> str:
        return ", ".join(leader.aliases)


@admin.register(Office)
class OfficeAdmin(RecordAdmin):
    """Offices have no list in the index, they stand on their holders' pages; participations look them up here."""

    list_display = ("title", "leader", "held", "country", "organization")
    list_select_related = ("leader", "country", "organization")
    search_fields = ("title",)
    folded_fields = ("leader__names_folded", "country__names_folded", "organization__names_folded")
    search_help_text = "Titles, and names of people, countries and organizations."
    autocomplete_fields = ("leader", "country", "organization", "source")
    fields = ("leader", ("title", "held"), ("country", "organization"), ("source", "locator"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False
