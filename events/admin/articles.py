"""The intake: articles, taken in to draft events from; ``settling`` has the page of what is proposed from each."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from events.admin.article_forms import ArticleForm
from events.admin.forms import RecordFields
from events.admin.named import MOST_OFFERED, names_of
from events.admin.refused import give_back, refuse
from events.admin.settling import SettlePages
from events.drafting import take_in
from events.models import Article, Organization, Source
from events.models.intake import ProposalState
from events.recording import recording
from events.refusals import REFUSALS


@admin.register(Article)
class ArticleAdmin(SettlePages, RecordFields, admin.ModelAdmin):
    """Whoever may add events may take in texts to draft from, and settle what is proposed."""

    form = ArticleForm
    list_display = ("source", "taken_in", "user", "waiting")
    list_select_related = ("source", "user")
    search_fields = ("source__title", "source__publisher__name")
    show_full_result_count = False
    autocomplete_fields = ("source",)
    fieldsets = (
        ("The text", {"fields": ("pasted", "file")}),
        ("Its source", {"fields": ("publisher", "publisher_is_new", "published", "title", "url", "kind")}),
        ("or a source that the record has", {"fields": ("source",)}),
    )
    add_form_template = "admin/events/article/add_form.html"

    class Media:
        css = {"all": [f"events/{name}.css" for name in ("admin", "forms", "writing", "lists", "article")]}
        js = [forms.Script(f"events/{name}.js", type="module") for name in ("dates", "selects", "article")]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("events.add_event")

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return self.has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return self.has_add_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        waiting = Count("proposals", filter=Q(proposals__state=ProposalState.WAITING))
        return super().get_queryset(request).annotate(number=Count("proposals"), number_waiting=waiting)

    @admin.display(description="proposals that wait", ordering="number_waiting")
    def waiting(self, article: Article) -> str:
        return f"{article.number_waiting} of {article.number}"

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.may_add_sources = request.user.has_perm("events.add_source")
        form.may_add_publishers = request.user.has_perm("events.add_organization")
        form.refusals = getattr(request, "refusals", ())
        return form

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"publishers": names_of([Organization], MOST_OFFERED), **(extra_context or {})}
        give_back(request)
        try:
            return super().add_view(request, form_url, context)
        except REFUSALS as error:
            refuse(request, error)
            return super().add_view(request, form_url, context)

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        source = obj.source
        with recording(request.user, "Added with a text to draft from"):
            self.save_new(request, source.publisher)
            source.publisher = source.publisher  # has a key by now
            self.save_new(request, source)
            obj.source, obj.user = source, request.user
            take_in(obj)

    def save_new(self, request: HttpRequest, record: Organization | Source) -> None:
        if record.pk is None:
            record.save()
            self.admin_site.get_model_admin(type(record)).log_addition(request, record, [{"added": {}}])

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        if "_addanother" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        number = obj.proposals.count()
        found = f"{number} event{'s' * (number != 1)} proposed." if number else "No dated event was found in it."
        self.message_user(request, f"{found} Nothing is in the record until you accept it.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:events_article_change", args=[obj.pk]))
