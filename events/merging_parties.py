"""Two people, or two organizations, that turned out to be one."""

from typing import Any, TypeVar

from events.models import Address, Leader, Organization, Participation
from events.recording import Recording, recording
from events.uniting import fill, locked, move, unite_twins

Party = TypeVar("Party", Leader, Organization)

PARTY = ("event_id", "role", "country_id", "organization_id", "leader_id")


def merge_parties(loser: Party, survivor: Party, user: Any, reason: str = "") -> Party:
    """Let *survivor* be whatever *loser* is anywhere in the record, by *user*; returns it as it stands then.

    It is found by both's names, and gets what it leaves blank. The loser is deleted, and its address leads to the
    survivor. Raises ValidationError where that cannot be.
    """
    model = type(survivor)
    with recording(user, reason) as unit:
        loser, survivor = locked(loser, survivor)
        unit.foresee([loser, survivor])
        unit.note_merged(loser, survivor)
        if model is Leader:
            _unite_offices(loser, survivor)
        _unite_participations(loser, survivor)
        for relation in model._meta.related_objects:
            rows = relation.related_model._default_manager.filter(**{relation.field.name: loser})
            move(rows, survivor, relation.field.name)
        fill(survivor, loser, ("wikidata", "country") if model is Organization else ("wikidata",))
        survivor.aliases = sorted({*survivor.aliases, *loser.all_names()} - {survivor.name})
        survivor.save()
        _lead_on(loser, survivor, unit)
        loser.delete()
    return survivor


def _unite_offices(loser: Leader, survivor: Leader) -> None:
    """Before participations, which may name an office of their own person only."""
    there = {(office.title, office.held): office for office in survivor.offices.all()}
    for office in loser.offices.order_by("pk"):
        twin = there.get((office.title, office.held))
        if twin is not None:
            move(Participation.objects.filter(office=office), twin, "office")
            office.delete()
    move(loser.offices.all(), survivor, "leader")


def _unite_participations(loser: Party, survivor: Party) -> None:
    """A party stands in a role of an event once."""
    name = type(survivor)._meta.model_name
    identity = tuple(part for part in PARTY if part != f"{name}_id")
    rows = loser.participations.order_by("pk")
    others = survivor.participations.filter(event__in=rows.order_by().values("event"))
    unite_twins(rows, others, identity, ("office",))


def _lead_on(loser: Party, survivor: Party, unit: Recording) -> None:
    """Let every address of *loser* lead to *survivor*; *unit* is told whose it was, when it began."""
    addresses = Address.objects.filter(resource=loser.resource, key=loser.pk)
    had = {(loser.resource, slug): loser.pk for slug in addresses.values_list("slug", flat=True)}
    unit.readdressed = had | unit.readdressed
    addresses.update(key=survivor.pk)
