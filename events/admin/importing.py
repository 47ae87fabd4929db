from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from events.models import Event, ImportRun, LikelyDuplicate


class BookkeepingAdmin(admin.ModelAdmin):
    """Written by imports, only looked at here."""

    show_full_result_count = False

    class Media:
        css: ClassVar = {"all": ["events/admin.css", "events/lists.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(ImportRun)
class ImportRunAdmin(BookkeepingAdmin):
    list_display = ("file", "format", "started", "finished", "rows", "counts")
    list_filter = ("format",)


@admin.register(LikelyDuplicate)
class LikelyDuplicateAdmin(BookkeepingAdmin):
    """Pairs that wait for a person: who opens both can see which to merge, or dismisses the pair."""

    list_display = ("first", "second", "date", "merging")
    list_display_links = None
    list_select_related = ("event", "other")
    actions = ("dismiss",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return LikelyDuplicate.objects.open()

    def has_dismiss_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("events.change_event")

    @admin.display(description="event")
    def first(self, pair: LikelyDuplicate) -> SafeString:
        return link_to(pair.event)

    @admin.display(description="looks like")
    def second(self, pair: LikelyDuplicate) -> SafeString:
        return link_to(pair.other)

    @admin.display(description="date")
    def date(self, pair: LikelyDuplicate) -> str:
        return str(pair.event.date)

    @admin.display(description="")
    def merging(self, pair: LikelyDuplicate) -> SafeString:
        page = reverse("admin:events_event_merge", args=[pair.other_id, pair.event_id])
        return format_html('<a href="{}">Merge…</a>', page)

    @admin.action(description="They are two events: dismiss the pair", permissions=["dismiss"])
    def dismiss(self, request: HttpRequest, pairs: QuerySet) -> None:
        count = LikelyDuplicate.objects.filter(pk__in=pairs.values("pk")).update(dismissed=True)
        self.message_user(request, f"{count} dismissed.")


def link_to(event: Event) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("admin:events_event_change", args=[event.pk]), event)
