"""A page: an API resource whose answer is HTML."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from timeline.api.compressing import Compression
from timeline.api.problems import Moved, SeeOther
from timeline.api.renderers import BytesRenderer
from timeline.limits import TooSlow, time_limit
from timeline.pages.asking import address_of

APP = Path(__file__).parent.parent
#: A middleware: of it, answers that a view makes itself need ``process_response`` alone.
COMPRESSION = Compression(lambda request: HttpResponse())
#: Parameters that choose a form of the API's answer and mean nothing to a page.
NOT_OF_PAGES = {"format", "fields", "count"}
#: What others add to a link that is passed on, to follow who opens it. It asks nothing of the record.
TRACKING = re.compile(r"utm_\w+|mc_[ce]id|fbclid|gclid|dclid|msclkid|twclid|yclid|igshid|_hsenc|_hsmi")


class HTMLRenderer(BytesRenderer):
    """What a page's errors are negotiated under; its answers are rendered from templates."""

    media_type = "text/html"
    format = "html"
    page_sizes = (50, 100)


class AlwaysHTML(BaseContentNegotiation):
    """A page comes as a page, whatever a browser, a crawler or a maker of previews says that it accepts."""

    def select_renderer(
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class Page:
    """Mixed into an API resource, before it: the same parameters, moment, validators and errors, and a page as answer.

    Its templates extend ``timeline/base.html``, which shows ``title`` and ``description``.
    """

    template_name: ClassVar[str]
    content_negotiation_class = AlwaysHTML
    varies_by = ("Accept", "Accept-Encoding")
    #: Not part of the API's own description.
    schema = None
    #: Parts of the address that are codes of countries. The API has them in capitals alone; who types them may not.
    codes: ClassVar[tuple[str, ...]] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Takes off what was added to a link on its way: refused as unknown, it would shut out whoever follows it.

        Leads from codes in small letters to those in capitals.
        """
        sent = request.query_params.dict()
        asked = {name: value for name, value in sent.items() if not TRACKING.fullmatch(name)}
        if asked != sent:
            raise SeeOther(address_of(request.path, asked))
        super().initial(request, *args, **kwargs)
        capitals = self.kwargs | {name: self.kwargs[name].upper() for name in self.codes}
        if capitals != self.kwargs:
            raise Moved(address_of(reverse(self.address_name, kwargs=capitals), asked))

    def get_renderers(self) -> list[BaseRenderer]:
        return [HTMLRenderer()]

    def allowed_parameters(self) -> set[str]:
        return super().allowed_parameters() - NOT_OF_PAGES

    def look_of_answer(self) -> str:
        return f"{super().look_of_answer()} {look()}"

    @contextmanager
    def optional(self, seconds: float) -> Iterator[None]:
        """Around what a page can do without: past *seconds* the rest is skipped, and nobody may keep the page."""
        try:
            with time_limit(seconds):
                yield
        except TooSlow:
            self.is_complete = False

    def page(self, title: str, description: str, status: int = 200, **context: Any) -> HttpResponse:
        """The template with *context*. *title* and *description*, plain text, also go into previews of links."""
        context |= {"title": title, "description": description}
        # It holds nothing secret that its length could tell of, and shrinks to a fifth.
        return COMPRESSION.process_response(
            self.request, render(self.request, self.template_name, context, status=status)
        )


@cache
def look() -> str:
    """What tells the pages of one release from those of another: a digest of the templates and of what they load."""
    files = sorted(path for folder in ("templates", "static", "pages") for path in (APP / folder).rglob("*.*"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files if path.suffix != ".pyc")).hexdigest()[:16]
