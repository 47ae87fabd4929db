"""The page of an article: what is proposed from it, beside its paragraphs, to be settled one by one.

It is one form. A script sends what stands in one proposal; a browser without scripts sends the whole page, and gets
back what was typed into the others.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from events.admin.alike import shown
from events.admin.marking import pieces
from events.admin.named import MOST_OFFERED, PARTY_MODELS, names_of
from events.admin.proposal_forms import Book, ProposalForm
from events.drafting import accept, bring_back, discard, join, propose_from
from events.duplicates import likely_duplicates
from events.edtf import label
from events.logins import typed
from events.models import Article, Event, Proposal
from events.recording import recording
from events.refusals import REFUSALS, sentences

NONE_PRESSED = "Nothing is settled yet: press the button of the proposal that you mean. What you typed stands here."


@dataclass(frozen=True, slots=True)
class Sent:
    """The *fields* that came with a request; the *refused* form, if any; the key of the proposal to go on with."""

    fields: QueryDict
    refused: ProposalForm | None = None
    focus: int | None = None

    def form(self, proposal: Proposal, book: Book) -> ProposalForm:
        """The form of *proposal*, with what stood in it."""
        if self.refused is not None and self.refused.proposal.pk == proposal.pk:
            return self.refused
        form = ProposalForm(proposal, book, self.fields)
        if not proposal.is_waiting or form.add_prefix("title") not in self.fields:
            return ProposalForm(proposal, book)
        return ProposalForm(proposal, book, typed={name: form[name].value() for name in form.changed_data})


class SettlePages:
    """Whoever may take in an article may settle what is proposed from it."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("<int:article>/proposals/<int:key>/", view(self.settle_view), name="events_proposal"),
            path("<int:article>/again/", view(self.again_view), name="events_article_again"),
            *super().get_urls(),
        ]

    # The page

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = self.get_object(request, object_id)
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if request.method != "POST":
            return self.article_page(request, article, self.given_back(request))
        # By Enter in a field, where no script knows in which.
        messages.warning(request, NONE_PRESSED)
        return self.article_page(request, article, Sent(request.POST))

    def given_back(self, request: HttpRequest) -> Sent | None:
        """What had been typed into the page when the login had run out."""
        waiting = typed.take(request)
        if waiting is None:
            return None
        messages.warning(request, " ".join(waiting.sentences))
        return Sent(waiting.data)

    def article_page(self, request: HttpRequest, article: Article, sent: Sent | None = None) -> HttpResponse:
        """The paragraphs, each with its proposals."""
        sent = sent or Sent(QueryDict())
        proposals = list(article.proposals.select_related("article__source", "kind", "event", "settled_by"))
        book = self.book(request, proposals)
        cards: dict[int, list[dict[str, Any]]] = defaultdict(list)
        marks: dict[int, list[tuple[int, int, str, int]]] = defaultdict(list)
        for proposal in proposals:
            cards[proposal.paragraph].append(card(proposal, sent.form(proposal, book)))
            marks[proposal.paragraph].extend((*mark, proposal.pk) for mark in proposal.marks)
        context = {
            **self.admin_site.each_context(request),
            "title": str(article),
            "article": article,
            "published": label(article.source.published) if article.source.published else "",
            "opts": self.opts,
            "media": self.media + ProposalForm.base_fields["other"].widget.media,
            "paragraphs": [
                {"number": number, "pieces": pieces(text, marks[number]), "cards": cards[number]}
                for number, text in enumerate(article.paragraphs, 1)
            ],
            "focus": sent.focus,
            "number": len(proposals),
            "number_waiting": sum(proposal.is_waiting for proposal in proposals),
            "party_names": names_of(PARTY_MODELS.values(), MOST_OFFERED),
        }
        return TemplateResponse(request, "admin/events/article/change_form.html", context)

    def book(self, request: HttpRequest, proposals: list[Proposal]) -> Book:
        return Book.of(proposals, request.user.has_perm("events.add_source"))

    def card_alone(self, request: HttpRequest, form: ProposalForm, refused: bool = False) -> HttpResponse:
        proposal = Proposal.objects.select_related("article__source", "kind", "event", "settled_by").get(
            pk=form.proposal.pk
        )
        form = form if refused else ProposalForm(proposal, form.book)
        return render(request, "admin/events/article/card.html", {"card": card(proposal, form)})

    # What is done with one proposal

    def settle_view(self, request: HttpRequest, article: int, key: int) -> HttpResponse:
        """Accept, mend, join, discard or bring back one proposal. A script asks for its ``part`` of the page alone."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        proposal = get_object_or_404(
            Proposal.objects.select_related("article__source__publisher", "kind"), pk=key, article=article
        )
        if request.method != "POST":
            sent = self.given_back(request)
            return self.article_page(request, proposal.article, sent) if sent else self.go_on(proposal)
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
            return self.article_page(request, proposal.article, Sent(request.POST, form, key))
        if "part" in request.POST:
            return self.card_alone(request, form)
        return self.settled(request, proposal, event)

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

    def settled(self, request: HttpRequest, proposal: Proposal, event: Event | None) -> HttpResponse:
        """To the event, if it is to be opened, or on to the next; but what is typed into others is not left."""
        to_open = reverse("admin:events_event_change", args=[event.pk]) if event else ""
        is_opened = bool(to_open) and request.POST.get("action") == "mend"
        waiting = proposal.article.proposals.waiting().select_related("article__source", "kind")
        following = waiting.filter(paragraph__gte=proposal.paragraph).first() or proposal
        book = self.book(request, list(waiting))
        sent = Sent(request.POST, focus=following.pk)
        if any(sent.form(other, book).typed for other in waiting):
            if is_opened:
                to_the_draft = 'A draft was made: <a href="{}">{}</a>. Settle what you typed below before you open it.'
                messages.warning(request, format_html(to_the_draft, to_open, event))
            return self.article_page(request, proposal.article, sent)
        return HttpResponseRedirect(to_open) if is_opened else self.go_on(following)

    def go_on(self, proposal: Proposal) -> HttpResponse:
        page = reverse("admin:events_article_change", args=[proposal.article_id])
        return HttpResponseRedirect(f"{page}#proposal-{proposal.pk}")

    @property
    def events(self) -> admin.ModelAdmin:
        return self.admin_site.get_model_admin(Event)

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
