"""The filter beside a list that leaves just those records that need something, as the front page counts them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from events.overview import concerns_of


class NeedsFilter(admin.SimpleListFilter):
    """Records of one concern of ``events.overview``."""

    title = "what needs doing"
    parameter_name = "needs"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(concern.name, concern.label) for concern in concerns_of(model_admin.model)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        found = {concern.name: concern for concern in concerns_of(queryset.model)}.get(self.value() or "")
        if found is None:
            return queryset if self.value() is None else queryset.none()
        return queryset.filter(pk__in=found.find().order_by().values("pk"))
