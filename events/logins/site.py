"""The admin's site, which loses nothing when a login runs out."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from events.logins.locking import LoginForm
from events.logins.typed import FIELD, TooLong, Typed, take


class DeskSite(admin.AdminSite):
    login_form = LoginForm
    login_template = "events/login.html"
    logout_template = "events/logged_out.html"

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        guarded = super().admin_view(view, cacheable)

        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                sent_out = not request.user.is_authenticated and request.path != reverse("admin:logout")
                return self.login_again(request) if sent_out else guarded(request, *args, **kwargs)
            response = guarded(request, *args, **kwargs)
            # A page that can show a form unsaved has taken it by now.
            typed = take(request)
            return self.show(request, typed, typed.sentences) if typed else response

        return update_wrapper(kept, guarded)

    def login_again(self, request: HttpRequest) -> HttpResponse:
        """The login page, which carries what *request* had sent."""
        typed = Typed.of(request)
        context = {"is_lost_login": True, "has_files": typed.files, REDIRECT_FIELD_NAME: typed.path}
        try:
            context[FIELD] = typed.pack()
        except TooLong:
            context["is_too_long"] = True
        request.method = "GET"
        return self.login(request, context)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        packed = request.POST.get(FIELD, "") if request.method == "POST" else ""
        context = {FIELD: packed, "is_lost_login": bool(packed), "app_path": reverse("admin:login")}
        response = super().login(request, context | (extra_context or {}))
        if packed and isinstance(response, HttpResponseRedirect) and (typed := Typed.unpack(packed)):
            typed.put(request)
        return response

    def show(self, request: HttpRequest, typed: Typed, sentences: list[str]) -> HttpResponse:
        """A page of what was typed, to be copied, where the form itself cannot be filled in with it."""
        words = [
            (name, value)
            for name, values in typed.fields.items()
            for value in values
            # Buttons, and what the page itself had put into its form.
            if value.strip() and not name.startswith("_") and not name.endswith(("_FORMS", "seen"))
        ]
        context = self.each_context(request) | {
            "title": "What you had typed", "sentences": sentences, "path": typed.path, "words": words,
        }  # fmt: skip
        return TemplateResponse(request, "events/typed.html", context)
