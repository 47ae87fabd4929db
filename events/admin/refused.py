"""A form that comes back unsaved: with what was refused, or with what had been typed when a login ran out.

The sentences that say why wait on the request, as its ``refusals``, for the form to be made.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib.messages.storage import default_storage
from django.http import HttpRequest

from events.logins import typed
from events.refusals import sentences


class RefusableForm(forms.ModelForm):
    """``refusals`` are sentences for which it must not be saved."""

    refusals: ClassVar[Iterable[str]] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for sentence in self.refusals:
            self.add_error(None, sentence)
        return cleaned


def refuse(request: HttpRequest, error: Exception) -> None:
    """Let the form of *request* come back with what *error*, one of REFUSALS, means."""
    request.refusals = sentences(error)
    forget_news(request)


def forget_news(request: HttpRequest) -> None:
    """Say nothing of what was going to be said: it may hold the news that all went well."""
    request._messages = default_storage(request)


def give_back(request: HttpRequest) -> None:
    """Where what had been typed waits for this page, make *request* the one that sent it, not to be saved."""
    waiting = typed.take(request)
    if waiting is not None:
        typed.send_again(request, waiting)
        request.refusals = waiting.sentences
