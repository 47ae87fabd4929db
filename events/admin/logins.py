from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from events.admin.importing import BookkeepingAdmin
from events.logins.locking import unlock


@admin.register(AccessAttempt)
class WrongPasswordsAdmin(BookkeepingAdmin):
    """Accounts and addresses with wrong passwords in the last quarter of an hour; who may delete them may unlock."""

    list_display = ("account", "address", "wrong", "attempt_time", "forgotten")
    list_display_links = None
    search_fields = ("username", "ip_address")
    actions = ("unlock",)

    def has_unlock_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("axes.delete_accessattempt")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = {"title": "Wrong passwords of the last quarter of an hour"}
        return super().changelist_view(request, title | (extra_context or {}))

    @admin.display(description="account", ordering="username")
    def account(self, attempt: AccessAttempt) -> str:
        return attempt.username or "–"

    @admin.display(description="address", ordering="ip_address")
    def address(self, attempt: AccessAttempt) -> str:
        return attempt.ip_address or "–"

    @admin.display(description="wrong passwords", ordering="failures_since_start")
    def wrong(self, attempt: AccessAttempt) -> int:
        return attempt.failures_since_start

    @admin.display(description="forgotten at")
    def forgotten(self, attempt: AccessAttempt) -> Any:
        return attempt.attempt_time + settings.AXES_COOLOFF_TIME

    @admin.action(description="Unlock these accounts and addresses", permissions=["unlock"])
    def unlock(self, request: HttpRequest, attempts: QuerySet[AccessAttempt]) -> None:
        self.message_user(request, f"{unlock(attempts)} wrong passwords forgotten.")
