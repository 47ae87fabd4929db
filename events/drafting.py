"""From an article to drafts: what was taken in, and what editors make of each event that is proposed from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import chain, count
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify

from events.edtf import EDTFDate
from events.intake import Names, paragraphs, propose
from events.models import (
    Address,
    Article,
    Claim,
    Country,
    Event,
    Kind,
    Leader,
    Organization,
    Participation,
    Proposal,
    Source,
)
from events.models.base import PublicRecord
from events.models.intake import ProposalState
from events.models.sources import SourceKind
from events.recording import recording
from events.vocabulary.stances import Stance

LONGEST_TEXT = 400_000  #: characters, some 65,000 words
LONGEST_STEM = 100  #: characters of a slug, so that a year or a number fits after it
DASHES = re.compile("[\u2010-\u2015]")  # slugify strips them, and would make trumpkim-summit of "Trump–Kim summit"


@dataclass(frozen=True, slots=True)
class Drafted:
    """What an editor made of a proposal. ``parties``: participations without an event, not saved yet.

    ``source`` is what the claim cites: the article's own, or one that was read through it.
    """

    title: str
    date: EDTFDate
    kind: Kind
    stance: str
    locator: str
    source: Source
    note: str = ""
    parties: Sequence[Participation] = ()


def check_text(text: str) -> None:
    """Raises ValidationError where nothing is in *text*, or too much."""
    if len(text) > LONGEST_TEXT:
        raise ValidationError(
            f"The text has {len(text):,} characters; up to {LONGEST_TEXT:,} are read at once. Take it in by parts."
        )
    if not paragraphs(text):
        raise ValidationError("There are no words in it.")


def take_in(article: Article) -> int:
    """Keep *article*, new, with the events that it may tell of; how many. The record stays as it is."""
    article.paragraphs = paragraphs(article.text)
    article.save()
    return propose_from(article)


def propose_from(article: Article) -> int:
    """Propose events from *article*, by the names that the record has now; those that were settled stay. How many."""
    settled = {
        (proposal.paragraph, proposal.start, proposal.end, proposal.date)
        for proposal in article.proposals.exclude(state=ProposalState.WAITING)
    }
    kinds = {kind.slug: kind for kind in Kind.objects.all()}
    proposals = [
        Proposal(
            article=article,
            paragraph=each.paragraph,
            start=each.start,
            end=each.end,
            title=each.title[:300],
            date=each.date,
            kind=kinds.get(each.kind),
            stance=each.stance if each.stance in Stance.values else Stance.REPORTS,
            parties=[asdict(party) for party in each.parties],
            origin=asdict(each.origin) if each.origin else None,
            marks=[[mark.start, mark.end, mark.what] for mark in each.marks],
        )
        for each in propose(article.text, article.source.published, Names.of_record())
        if (each.paragraph, each.start, each.end, each.date) not in settled
    ]
    article.proposals.waiting().delete()
    return len(Proposal.objects.bulk_create(proposals))


def accept(proposal: Proposal, drafted: Drafted, user: Any) -> Event:
    """Make a draft event of *proposal*, with its parties and the claim of its source.

    Raises ValidationError where it breaks a rule of the record, or the proposal was settled by somebody else.
    """
    with recording(user, f"Drafted from {proposal.locator} of “{proposal.article}”"[:500]):
        proposal = still_waiting(proposal)
        event = Event(
            title=drafted.title,
            slug=free_address(Event, drafted.title, slugify(drafted.date.edtf[:4])),
            kind=drafted.kind,
            date=drafted.date,
            importance=drafted.kind.default_importance,
        )
        save_whole(event)
        for participation in drafted.parties:
            participation.event = event
            save_whole(participation)
        save_whole(claim_of(drafted, event))
        settle(proposal, ProposalState.ACCEPTED, user, event)
    return event


def join(proposal: Proposal, drafted: Drafted, event: Event, user: Any) -> Claim:
    """Add what the source of *proposal* says to *event*, which is there already; raises ValidationError as above."""
    with recording(user, f"Claimed in {proposal.locator} of “{proposal.article}”"[:500]):
        proposal = still_waiting(proposal)
        claim = claim_of(drafted, event)
        save_whole(claim)
        settle(proposal, ProposalState.JOINED, user, event)
    return claim


def discard(proposal: Proposal, user: Any) -> None:
    with recording(user, "Discarded a proposal"):
        settle(still_waiting(proposal), ProposalState.DISCARDED, user)


def bring_back(proposal: Proposal, user: Any) -> None:
    """Let a discarded *proposal* wait again."""
    with recording(user, "Brought a proposal back"):
        proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if proposal.state != ProposalState.DISCARDED:
            raise ValidationError("Only what was discarded can be brought back.")
        settle(proposal, ProposalState.WAITING, user)


def still_waiting(proposal: Proposal) -> Proposal:
    """*proposal* as it is now, locked. Raises ValidationError where somebody settled it meanwhile."""
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("article__source").get(pk=proposal.pk)
    if not proposal.is_waiting:
        by = f" by {proposal.settled_by}" if proposal.settled_by else ""
        raise ValidationError(f"It was {proposal.get_state_display().lower()}{by} meanwhile.")
    return proposal


def settle(proposal: Proposal, state: ProposalState, user: Any, event: Event | None = None) -> None:
    proposal.state, proposal.event, proposal.settled_by, proposal.settled_at = state, event, user, timezone.now()
    proposal.save(update_fields=["state", "event", "settled_by", "settled_at"])


def claim_of(drafted: Drafted, event: Event) -> Claim:
    return Claim(
        event=event,
        source=drafted.source,
        stance=drafted.stance,
        date=drafted.date,
        locator=drafted.locator,
        note=drafted.note,
    )


def save_whole(record: Any) -> None:
    """Save *record* with every rule told in its own sentence, instead of the database's."""
    record.full_clean()
    record.save()


def free_address(model: type[PublicRecord], name: str, year: str = "") -> str:
    """A slug for *name* that no record of *model* has or had: alone, with the *year*, or with a number after it."""
    stem = slugify(DASHES.sub("-", name))[:LONGEST_STEM].strip("-") or model.resource.removesuffix("s")
    taken = set(model.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= set(Address.objects.filter(resource=model.resource, slug__startswith=stem).values_list("slug", flat=True))
    with_year = [f"{stem}-{year}"] if year and year not in stem else []
    candidates = chain([stem], with_year, (f"{stem}-{number}" for number in count(2)))
    return next(slug for slug in candidates if slug not in taken)


def acted_for(leader: Leader, date: EDTFDate) -> Country | Organization | None:
    """For whom *leader* acted on *date*: the only country of the offices held then, else the only organization."""
    held = [office for office in leader.offices.all() if office.held.may_overlap(date)]
    for party in ("country", "organization"):
        parties = {getattr(office, party) for office in held} - {None}
        if len(parties) == 1:
            return parties.pop()
    return None


def quoted_here(proposals: Sequence[Proposal]) -> list[Source]:
    """The sources that were read through the articles of *proposals*."""
    articles = {proposal.article.source_id for proposal in proposals}
    return list(Source.objects.filter(via__in=articles).select_related("publisher").order_by("slug"))


def quoted_source(proposal: Proposal, publisher: Organization, user: Any) -> Source:
    """A new source: what *publisher* is quoted with in the article of *proposal*, through which it was read."""
    article_source = proposal.article.source
    title = f"{publisher.name}, as quoted by {article_source.publisher.name}"[:300]
    with recording(user, f"Quoted in “{article_source}”"[:500]):
        source = Source(
            title=title,
            slug=free_address(Source, title),
            publisher=publisher,
            kind=SourceKind.STATEMENT,
            via=article_source,
        )
        save_whole(source)
    return source
