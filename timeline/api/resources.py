"""What all public collections have in common: strict parameters, validators, pages, old addresses."""

from collections.abc import Iterable, Mapping
from functools import cache, partial
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from rest_framework import viewsets
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from events.models import Address
from events.models.base import PublicRecord
from timeline.api.caching import Freshness, check_validator, etag_of, put_validators, wants_none
from timeline.api.negotiation import FormatOrAccept
from timeline.api.options import OptionsInAllow
from timeline.api.pagination import KeysetPagination
from timeline.api.parameters import check_parameters, names
from timeline.api.problems import Gone, Moved
from timeline.api.renderers import JSONRenderer
from timeline.api.strict_filters import FilterSetBackend
from timeline.consistency import at_one_tick
from timeline.models import Tick
from timeline.paging import Order


@cache
def names_of_fields(serializer: type[Serializer]) -> tuple[str, ...]:
    return tuple(serializer().fields)


class PublicResource(OptionsInAllow, viewsets.ReadOnlyModelViewSet):
    """A public collection and its members, read only.

    ``record`` is the model whose addresses it answers for. Lists are in the order of ``columns``.
    """

    record: ClassVar[type[PublicRecord]]
    columns: ClassVar[tuple[str, ...]] = ("slug",)
    lookup_field = "slug"
    lookup_url_kwarg = "id"
    lookup_value_regex = "[^/]+"
    filter_backends = (FilterSetBackend,)
    pagination_class = KeysetPagination
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = FormatOrAccept
    detail_parameters: ClassVar[frozenset[str]] = frozenset()
    #: Of the address of one of its members; None: that of the resource in the API.
    address_name: ClassVar[str | None] = None
    tick: Tick
    snapshot: int  #: the number of the record's clock that the answer is of
    fields_asked: list[str] | None = None
    #: Of a 304, too: a cache takes over what it says.
    varies_by: ClassVar[tuple[str, ...]] = ("Accept",)
    #: False where something is lacking that the same question may get when it is asked again, or may be in the end, and
    #: where other questions decide what it says. No cache may keep it then.
    is_complete = True
    format_kwarg: ClassVar[None] = None  #: no format is part of an address

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if self.action is None:  # before its parameters, which belong to no method here
            self.http_method_not_allowed(request)
        is_of_options = self.action == "metadata"  # answered in no format, so that none is wrong
        # What REST framework does first, but for users, versions and throttles, which there are none of.
        negotiated = self.perform_content_negotiation(request, force=is_of_options)
        request.accepted_renderer, request.accepted_media_type = negotiated
        if is_of_options:
            return
        check_parameters(request.query_params, self.allowed_parameters())
        self.fields_asked = names(request.query_params, "fields", self.field_names())
        self.snapshot = self.tick.number
        self.freshness = self.how_fresh(request)
        self.etag = etag_of(request, self.look_of_answer(), self.freshness)
        check_validator(request, self.etag, self.freshness)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = partial(super().dispatch, request, *args, **kwargs)

        def answer_at(tick: Tick) -> HttpResponse:
            self.tick = tick
            return answer()

        return at_one_tick(answer_at)

    def how_fresh(self, request: Request) -> Freshness:
        """Since when the answer has been what it is."""
        return Freshness(self.tick.number)

    def look_of_answer(self) -> str:
        """What tells answers to one question apart, though nothing changed in the record."""
        return self.request.accepted_media_type

    def carried(self) -> dict[str, str]:
        """Parameters that the links to other pages carry, sent or not."""
        return {}

    def finalize_response(self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code == 200 and hasattr(self, "etag"):
            if wants_none(request):
                response = HttpResponseNotModified()
            put_validators(response, self.etag, self.freshness, self.snapshot)
        if not self.is_complete:
            del response["ETag"]
            response["Cache-Control"] = "no-store"
        patch_vary_headers(response, self.varies_by)
        return response

    def allowed_parameters(self) -> set[str]:
        allowed = {"fields", "format"}
        if self.action == "list":
            return allowed | set(self.paginator.parameters) | set(self.filterset_class.base_filters)
        return allowed | self.detail_parameters

    def field_names(self) -> Iterable[str]:
        return names_of_fields(self.get_serializer_class())

    def kept(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """As much of *document* as ``fields`` asks for."""
        return {name: document[name] for name in document if self.fields_asked is None or name in self.fields_asked}

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        serializer = super().get_serializer(*args, **kwargs)
        if self.fields_asked is not None:
            fields = getattr(serializer, "child", serializer).fields
            for name in fields.keys() - set(self.fields_asked):
                fields.pop(name)
        return serializer

    def order(self) -> Order:
        return Order(self.columns)

    def envelope(self) -> dict[str, Any]:
        """What this collection adds to the envelope of its lists."""
        return {}

    def get_object(self) -> Any:
        public_id = self.kwargs[self.lookup_url_kwarg]
        if "\0" in public_id:
            raise NotFound("A public id has no NUL characters.")
        found = self.get_queryset().filter(**{self.lookup_field: public_id}).first()
        return found or self.look_elsewhere(public_id)

    def look_elsewhere(self, public_id: str) -> None:
        """Redirect to where the holder of an old address is now, say why it is gone, or that it never was: raises."""
        holder = Address.objects.holder(self.record, public_id)
        if holder is not None:
            place = reverse(self.address_name or f"{holder.resource}-detail", kwargs={"id": holder.public_id})
            raise Moved.with_question(place, self.request)
        given = Address.objects.filter(resource=self.record.resource, slug=public_id).first()
        if given is None:
            raise NotFound(f"No {self.record._meta.verbose_name} “{public_id[:120]}” is in the record.")
        raise Gone(f"“{public_id}” is no longer shown: {given.reason or 'It was taken out of the record.'}")
