"""Wrong passwords: the fifth locks the account and the address, both before any password is hashed.

django-axes counts them, in the database, and refuses. What is here says so on the login page.
"""

from datetime import datetime
from math import ceil
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class LoginForm(AdminAuthenticationForm):
    """Says how long it is locked, where it is."""

    def get_invalid_login_error(self) -> ValidationError:
        if not getattr(self.request, "axes_locked_out", False):
            return super().get_invalid_login_error()
        return ValidationError(locked_sentence(self.request, self.cleaned_data["username"]), code="locked")


def locked_sentence(request: HttpRequest, username: str) -> str:
    # The same for accounts that exist and for others: nobody is to learn which there are.
    counted = AxesProxyHandler.get_implementation().get_user_attempts(request, {"username": username})
    ends = [end for end in map(locked_until, counted) if end is not None]
    left = max(ends, default=timezone.now() + settings.AXES_COOLOFF_TIME) - timezone.now()
    minutes = max(1, ceil(left.total_seconds() / 60))
    return (
        f"Too many wrong passwords for this account or from your address: no password is looked at for another "
        f"{minutes} minute{'s' * (minutes > 1)}. An administrator can unlock it before."
    )


def locked_until(attempts: QuerySet[AccessAttempt]) -> datetime | None:
    """When so many of *attempts* are forgotten that those left lock nothing; None where they lock nothing now."""
    count = 0
    for attempt in attempts.order_by("-attempt_time"):
        count += attempt.failures_since_start
        if count >= settings.AXES_FAILURE_LIMIT:
            return attempt.attempt_time + settings.AXES_COOLOFF_TIME
    return None


def lockout_response(request: HttpRequest, response: HttpResponse, credentials: Any = None) -> HttpResponse:
    """The login page, which carries on what was typed before it, but said to be a refusal: 429."""
    response.status_code = settings.AXES_HTTP_RESPONSE_CODE
    return response


def forget_own_failures(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Who remembers their password is not counted as guessing it any more.

    Only for their own account and address: else whoever has an account could start anew at guessing another's.
    """
    address = getattr(request, "axes_ip_address", None)
    AccessAttempt.objects.filter(username=user.get_username(), ip_address=address).delete()


def unlock(attempts: QuerySet[AccessAttempt]) -> int:
    """Forget every wrong password for the accounts and from the addresses of *attempts*; how many were forgotten."""
    names, addresses = zip(*attempts.values_list("username", "ip_address"), strict=True) if attempts else ((), ())
    known = [address for address in addresses if address]
    chosen = AccessAttempt.objects.filter(Q(username__in=names) | Q(ip_address__in=known))
    forgotten = sum(attempt.failures_since_start for attempt in chosen)
    chosen.delete()
    return forgotten
