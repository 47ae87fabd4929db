"""The intake: articles, and what is proposed from each, beside the paragraphs that it comes from."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.messages.storage import default_storage
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import path, reverse

from events.admin.alike import shown
from events.admin.article_forms import ArticleForm
from events.admin.forms import RecordFields
from events.admin.marking import pieces
from events.admin.named import MOST_OFFERED, PARTY_MODELS, names_of
from events.admin.proposal_forms import Book, ProposalForm
from events.admin.refusals import REFUSALS, sentences
from events.drafting import accept, bring_back, discard, join, propose_from, take_in
from events.duplicates import likely_duplicates
from events.edtf import label
from events.logins import typed
from events.models import Article, Event, Organization, Proposal, Source
from events.models.intake import ProposalState
from events.recording import recording


@admin.register(Article)
class ArticleAdmin(RecordFields, admin.ModelAdmin):
    """Whoever may add events may take in texts to draft from, and settle what is proposed."""

    form = ArticleForm
    list_display = ("source", "taken_in", "user", "waiting")
    list_select_related = ("source", "user")
    search_fields = ("source__title", "source__publisher__name")
    show_full_result_count = False
    autocomplete_fields = ("source",)
    fieldsets = (
        ("The text", {"fields": ("pasted", "file")}),
        ("Its source", {"fields": ("publisher", "publisher_is_new", "published", "title", ("kind", "url"))}),
        ("or a source that the record has", {"fields": ("source",)}),
    )
    add_form_template = "admin/events/article/add_form.html"

    class Media:
        css = {"all": ["events/admin.css", "events/article.css"]}
        js = [forms.Script("events/dates.js", type="module"), forms.Script("events/article.js", type="module")]

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

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("<int:article>/proposals/<int:key>/", view(self.settle_view), name="events_proposal"),
            path("<int:article>/again/", view(self.again_view), name="events_article_again"),
            *super().get_urls(),
        ]

    # Taking in

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
        waiting = typed.take(request)
        if waiting is not None:
            typed.send_again(request, waiting)
            request.refusals = waiting.sentences
        try:
            return super().add_view(request, form_url, context)
        except REFUSALS as error:
            request.refusals = sentences(error)
            request._messages = default_storage(request)
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

    # Settling

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = self.get_object(request, object_id)
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return self.article_page(request, article)

    def article_page(self, request: HttpRequest, article: Article, bound: ProposalForm | None = None) -> HttpResponse:
        """The paragraphs, each with its proposals; *bound* is the form of one that was refused."""
        proposals = list(article.proposals.select_related("article__source", "kind", "event", "settled_by"))
        book = self.book(request, proposals)
        cards: dict[int, list[dict[str, Any]]] = {}
        marks: dict[int, list[tuple[int, int, str, int]]] = {}
        for proposal in proposals:
            is_bound = bound is not None and bound.proposal.pk == proposal.pk
            form = bound if is_bound else ProposalForm(proposal, book)
            cards.setdefault(proposal.paragraph, []).append(card(proposal, form))
            marks.setdefault(proposal.paragraph, []).extend((*mark, proposal.pk) for mark in proposal.marks)
        context = {
            **self.admin_site.each_context(request),
            "title": str(article),
            "article": article,
            "published": label(article.source.published) if article.source.published else "",
            "opts": self.opts,
            "media": self.media + ProposalForm.base_fields["other"].widget.media,
            "paragraphs": [
                {"number": number, "pieces": pieces(text, marks.get(number, [])), "cards": cards.get(number, [])}
                for number, text in enumerate(article.paragraphs, 1)
            ],
            "number": len(proposals),
            "number_waiting": sum(proposal.is_waiting for proposal in proposals),
            "party_names": names_of(PARTY_MODELS.values(), MOST_OFFERED),
        }
        return TemplateResponse(request, "admin/events/article/change_form.html", context)

    def book(self, request: HttpRequest, proposals: list[Proposal]) -> Book:
        return Book.of(proposals, request.user.has_perm("events.add_source"))

    def settle_view(self, request: HttpRequest, article: int, key: int) -> HttpResponse:
        """Accept, mend, join, discard or bring back one proposal. A script asks for its ``part`` of the page alone."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        proposal = get_object_or_404(
            Proposal.objects.select_related("article__source__publisher", "kind"), pk=key, article=article
        )
        page = reverse("admin:events_article_change", args=[article])
        if request.method != "POST":
            return HttpResponseRedirect(f"{page}#proposal-{key}")
        form = ProposalForm(proposal, self.book(request, [proposal]), request.POST)
        try:
            # Not one recording: each step inside gives a reason of its own, and is undone with the others.
            with transaction.atomic():
                event = self.settle(request, form)
        except REFUSALS as error:
            if form.is_valid():
                form.add_error(None, sentences(error))
            if "part" in request.POST:
                return self.card_alone(request, form, refused=True)
            messages.error(request, "Not saved: see what is said beside it.")
            return self.article_page(request, self.get_object(request, str(article)), form)
        if "part" in request.POST:
            return self.card_alone(request, form)
        if request.POST.get("action") == "mend" and event:
            return HttpResponseRedirect(reverse("admin:events_event_change", args=[event.pk]))
        following = proposal.article.proposals.waiting().filter(paragraph__gte=proposal.paragraph).first()
        return HttpResponseRedirect(f"{page}#proposal-{(following or proposal).pk}")

    def settle(self, request: HttpRequest, form: ProposalForm) -> Event | None:
        """Do what the button that was pressed says; the event that it led to. Raises what is refused."""
        proposal, action = form.proposal, request.POST.get("action", "")
        if action == "discard":
            return discard(proposal, request.user)
        if action == "back":
            return bring_back(proposal, request.user)
        if not form.is_valid():
            raise ValidationError("Not everything in it can be read.")
        if action in ("accept", "mend"):
            event = accept(proposal, form.drafted(request.user), request.user)
            self.events.log_addition(request, event, [{"added": {}}])
            return event
        event = form.event_to_join(action)
        if not self.events.has_change_permission(request, event):
            raise ValidationError(f"You may not change “{event}”; ask an editor, or accept this as a draft of its own.")
        claim = join(proposal, form.drafted(request.user), event, request.user)
        self.events.log_change(request, event, [{"added": {"name": "claim", "object": str(claim)}}])
        return event

    @property
    def events(self) -> admin.ModelAdmin:
        return self.admin_site.get_model_admin(Event)

    def card_alone(self, request: HttpRequest, form: ProposalForm, refused: bool = False) -> HttpResponse:
        proposal = Proposal.objects.select_related("article__source", "kind", "event", "settled_by").get(
            pk=form.proposal.pk
        )
        form = form if refused else ProposalForm(proposal, form.book)
        return render(request, "admin/events/article/card.html", {"card": card(proposal, form)})

    def again_view(self, request: HttpRequest, article: int) -> HttpResponse:
        """Read the text again, by the names that the record has by now; what was settled stays."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        found = get_object_or_404(Article, pk=article)
        if request.method == "POST":
            with recording(request.user, "Read an article again"):
                number = propose_from(found)
            self.message_user(request, f"Read again: {number} event{'s' * (number != 1)} proposed.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:events_article_change", args=[article]))


def card(proposal: Proposal, form: ProposalForm) -> dict[str, Any]:
    """What the template of a card shows; who is settled needs no form."""
    if not proposal.is_waiting and not form.is_bound:
        return {"proposal": proposal}
    return {"proposal": proposal, "form": form, "likes": shown(likely_duplicates(form.sketch()))}
