from django.contrib import admin

from events.admin.base import RecordAdmin, RecordInline
from events.admin.forms import NamedRecordForm
from events.models import Country, Succession


class Predecessors(RecordInline, admin.StackedInline):
    model = Succession
    fk_name = "successor"
    autocomplete_fields = ("predecessor",)
    verbose_name = "predecessor"
    verbose_name_plural = "predecessors: countries that this one followed"
    blank_when_adding = 0


class Successors(RecordInline, admin.StackedInline):
    model = Succession
    fk_name = "predecessor"
    autocomplete_fields = ("successor",)
    verbose_name = "successor"
    verbose_name_plural = "successors: countries that followed this one"
    blank_when_adding = 0


@admin.register(Country)
class CountryAdmin(RecordAdmin):
    form = NamedRecordForm
    list_display = ("name", "code", "official_name", "capital")
    inlines = (Predecessors, Successors)
    fieldsets = (
        (None, {"fields": (("code", "name"), "official_name", "aliases", "existence")}),
        ("Codes", {"fields": (("alpha_2", "numeric", "wikidata"),)}),
        ("Capital", {"fields": ("capital", ("latitude", "longitude"))}),
    )
