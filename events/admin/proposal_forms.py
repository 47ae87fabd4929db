"""The form of one proposal: what the intake read, to be accepted as it is or mended in place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse

from events.admin.keys import key_of
from events.admin.named import PARTY_MODELS, party_named
from events.admin.widgets import PlainSelect, RecordChoiceField, RecordSelect
from events.drafting import Drafted, acted_for, quoted_here, quoted_source
from events.duplicates import Sketch
from events.edtf import EDTFDate, InvalidEDTF
from events.edtf.field import EDTFFormField
from events.models import Claim, Country, Event, Kind, Leader, Organization, Participation, Proposal, Source
from events.vocabulary.roles import Role
from events.vocabulary.stances import Stance

THE_ARTICLE, A_NEW_SOURCE = "article", "new"


@dataclass
class Book:
    """What the forms of an article's proposals look up: read once for all of them."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    parties: dict[tuple[str, str], Any] = field(default_factory=dict)  #: by model and public id
    quoted: list[Source] = field(default_factory=list)  #: read through the article
    may_add_sources: bool = False

    @classmethod
    def of(cls, proposals: list[Proposal], may_add_sources: bool) -> "Book":
        named: dict[str, set[str]] = {model: set() for model in PARTY_MODELS}
        for proposal in proposals:
            for party in [*proposal.parties, *([proposal.origin] if proposal.origin else [])]:
                if party["model"]:
                    named[party["model"]].add(party["public_id"])
        parties = {}
        for name, model in PARTY_MODELS.items():
            found = model.objects.filter(**{f"{model.address_field}__in": named[name]})
            if model is Leader:
                found = found.prefetch_related("offices__country", "offices__organization")
            parties |= {(name, record.public_id): record for record in found}
        kinds = {kind.slug: kind for kind in Kind.objects.order_by("label")}
        return cls(kinds, parties, quoted_here(proposals), may_add_sources)

    def origins(self, proposal: Proposal) -> list[Source]:
        """The sources of whom *proposal* quotes that were read through its article."""
        origin = proposal.origin
        if not origin or origin["model"] != "organization":
            return []
        return [source for source in self.quoted if source.publisher.slug == origin["public_id"]]


class ProposalForm(forms.Form):
    """A proposal's fields; cleaned, ``drafted()`` gives what is to be made of it.

    Fields are named after the proposal, so that those of an article are one form. *data* is what was sent, to be
    cleaned; *typed* is what was typed instead of what is proposed, to be shown as it is.
    """

    title = forms.CharField(max_length=300, widget=forms.TextInput(attrs={"class": "vTextField"}))
    date = EDTFFormField()
    kind = forms.ChoiceField(widget=PlainSelect)
    stance = forms.ChoiceField(choices=Stance.choices, widget=PlainSelect)
    locator = forms.CharField(max_length=100, required=False)
    cites = forms.ChoiceField(label="Claim of", widget=PlainSelect)
    note = forms.CharField(max_length=500, required=False, widget=forms.TextInput(attrs={"class": "vTextField"}))
    more = forms.CharField(
        max_length=400, required=False, label="More parties",
        widget=forms.TextInput(attrs={"list": "parties"}),
    )  # fmt: skip
    more_role = forms.ChoiceField(choices=Role.choices, initial=Role.PARTY, label="Their role", widget=PlainSelect)
    other = RecordChoiceField(
        queryset=Event.objects.all(), required=False, label="Another event",
        widget=RecordSelect(Claim._meta.get_field("event"), admin.site),
    )  # fmt: skip

    def __init__(
        self, proposal: Proposal, book: Book, data: Any = None, typed: Mapping[str, Any] = MappingProxyType({})
    ) -> None:
        self.proposal, self.book, self.typed = proposal, book, typed
        self.origins = book.origins(proposal)
        super().__init__(data, prefix=f"p{proposal.pk}", initial=self.proposed() | typed)
        self.fields["kind"].choices = [
            ("", "Choose a kind"), *((slug, kind.label) for slug, kind in book.kinds.items())
        ]  # fmt: skip
        self.fields["cites"].choices = self.sources()
        self.fields["date"].widget.attrs["data-understood"] = reverse("admin:events_dates")
        self.known = [
            (party, record)
            for party in proposal.parties
            if (record := book.parties.get((party["model"], party["public_id"]))) is not None
        ]
        for number, (party, record) in enumerate(self.known):
            role = party["role"] if party["role"] in Role.values else Role.PARTY
            self.fields[f"keep{number}"] = forms.BooleanField(required=False, initial=True, label=self.named(record))
            select = PlainSelect(attrs={"aria-label": f"Role of {record.name}"})
            self.fields[f"role{number}"] = forms.ChoiceField(choices=Role.choices, initial=role, widget=select)

    def proposed(self) -> dict[str, Any]:
        proposal = self.proposal
        origin = proposal.origin
        return {
            "title": proposal.title,
            "date": proposal.date,
            "kind": proposal.kind.slug if proposal.kind else "",
            "stance": proposal.stance,
            "locator": proposal.locator,
            "cites": f"source-{self.origins[0].pk}" if self.origins else THE_ARTICLE,
            "note": f"According to {origin['words']}."[:500] if origin and not self.origins else "",
        }

    def sources(self) -> list[tuple[str, str]]:
        """What the claim may cite: the article, or what its origin is quoted with there."""
        choices = [(THE_ARTICLE, "the article itself")]
        choices += [(f"source-{source.pk}", f"{source.title} ({source.publisher})") for source in self.origins]
        if not self.origins and self.book.may_add_sources and (publisher := self.publisher_quoted()):
            choices.append((A_NEW_SOURCE, f"{publisher.name}, as quoted here (adds a source)"))
        return choices

    def publisher_quoted(self) -> Organization | None:
        origin = self.proposal.origin or {}
        return self.book.parties.get(("organization", origin.get("public_id"))) if origin else None

    def named(self, record: Any) -> str:
        """*record*, and for whom a person acts."""
        side = self.side_of(record, self.date_or_none())
        return f"{record.name}, for {side.name}" if side else record.name

    def side_of(self, record: Any, date: EDTFDate | None) -> Country | Organization | None:
        return acted_for(record, date) if date and isinstance(record, Leader) else None

    def date_or_none(self) -> EDTFDate | None:
        """The date as it stands in the form, where it can be read."""
        try:
            return EDTFDate.parse(str(self["date"].value() or ""))
        except InvalidEDTF:
            return None

    def party_rows(self) -> list[dict[str, Any]]:
        """For the template: each party's two fields, and the words that named it."""
        return [
            {"keep": self[f"keep{number}"], "role": self[f"role{number}"], "words": self.words(party)}
            for number, (party, _) in enumerate(self.known)
        ]

    def words(self, place: dict[str, Any]) -> str:
        paragraph = self.proposal.article.paragraphs[self.proposal.paragraph - 1]
        return paragraph[place["start"] : place["end"]]

    def wants_more(self) -> bool:
        """Whether what is usually folded away is to be seen."""
        told = (self.errors.keys() | self.typed.keys()) & {"more", "more_role", "locator"}
        return bool(told or not self.known or self["more"].value())

    def evidence(self) -> dict[str, str]:
        """The words that led to date, kind, stance and origin."""
        found: dict[str, list[str]] = {}
        for start, end, what in self.proposal.marks:
            found.setdefault(what, []).append(f"“{self.words({'start': start, 'end': end})}”")
        return {what: ", ".join(dict.fromkeys(words)) for what, words in found.items()}

    def clean_more(self) -> list[Any]:
        return [party_named(name) for each in self.cleaned_data["more"].split(";") if (name := each.strip())]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "more" in cleaned:
            rows = [(p.role, p.country_id, p.organization_id, p.leader_id) for p in self.participations()]
            if len(set(rows)) < len(rows):
                self.add_error("more", "That party stands above already, in the same role.")
        return cleaned

    def participations(self) -> list[Participation]:
        cleaned = self.cleaned_data
        parties = [
            (record, cleaned.get(f"role{number}"))
            for number, (_, record) in enumerate(self.known)
            if cleaned.get(f"keep{number}")
        ]
        parties += [(record, cleaned.get("more_role")) for record in cleaned["more"]]
        return [self.participation(record, role, cleaned.get("date")) for record, role in parties]

    def participation(self, record: Any, role: str, date: EDTFDate | None) -> Participation:
        sides = [record, self.side_of(record, date)]
        return Participation(role=role, **{name_of(side): side for side in sides if side is not None})

    def drafted(self, user: Any) -> Drafted:
        """What is to be made of it; inside a recording, for it may make the source of whom is quoted."""
        cleaned = self.cleaned_data
        return Drafted(
            title=cleaned["title"],
            date=cleaned["date"],
            kind=self.book.kinds[cleaned["kind"]],
            stance=cleaned["stance"],
            locator=cleaned["locator"],
            source=self.source(cleaned["cites"], user),
            note=self.note_for(cleaned["note"], cleaned["cites"]),
            parties=self.participations(),
        )

    def note_for(self, note: str, cites: str) -> str:
        """*note*; the proposed one, which tells who is quoted, only where the claim cites the article itself."""
        return "" if cites != THE_ARTICLE and note == self.initial["note"] else note

    def source(self, cites: str, user: Any) -> Source:
        if cites == THE_ARTICLE:
            return self.proposal.article.source
        if cites == A_NEW_SOURCE:
            return quoted_source(self.proposal, self.publisher_quoted(), user)
        return next(source for source in self.origins if f"source-{source.pk}" == cites)

    def event_to_join(self, action: str) -> Event:
        """The event that the button ``join-KEY`` names, or with ``join`` the one that was looked up."""
        key = key_of(action.removeprefix("join-"))
        event = self.cleaned_data["other"] if key is None else Event.objects.filter(pk=key).first()
        if event is None:
            raise ValidationError("Choose the event to join, under “Another event”.")
        if event.merged_into_id:
            raise ValidationError(f"“{event}” was merged into “{event.merged_into}”: join that one.")
        return event

    def sketch(self) -> Sketch:
        """As much of the event as stands in the form, for finding likely duplicates."""
        date = self.date_or_none()
        parties: dict[str, list[int]] = {model: [] for model in PARTY_MODELS}
        for number, (_, record) in enumerate(self.known):
            if self[f"keep{number}"].value():
                for side in filter(None, (record, self.side_of(record, date))):
                    parties[name_of(side)].append(side.pk)
        kind = self.book.kinds.get(self["kind"].value())
        return Sketch(self["title"].value() or "", date, kind and kind.pk, parties)


def name_of(record: Any) -> str:
    """The field of a participation in which *record* stands."""
    return next(name for name, model in PARTY_MODELS.items() if isinstance(record, model))
