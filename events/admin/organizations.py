from django.contrib import admin

from events.admin.base import RecordAdmin
from events.admin.forms import NamedRecordForm
from events.admin.merging import MergePages
from events.models import Organization


@admin.register(Organization)
class OrganizationAdmin(MergePages, RecordAdmin):
    form = NamedRecordForm
    list_display = ("name", "kind", "country")
    list_filter = ("kind",)
    list_select_related = ("country",)
    autocomplete_fields = ("country",)
    prepopulated_fields = {"slug": ("name",)}
    fields = (("name", "slug"), "aliases", ("kind", "country"), "wikidata")
