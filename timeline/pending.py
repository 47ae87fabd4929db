"""Events that wait to be projected, because one change touched too many at once."""

from collections.abc import Callable, Collection
from collections.abc import Set as AbstractSet

from django.db import transaction

from events.affected import MOST_AT_ONCE
from events.behind import working_behind
from timeline.clock import Turn
from timeline.models import Pending
from timeline.projecting import project


def waiting() -> int:
    """How many events are yet to be brought up to date."""
    return Pending.objects.count()


def waiting_among(keys: Collection[int]) -> set[int]:
    """Those of the events *keys* that are yet to be brought up to date."""
    return set(Pending.objects.filter(key__in=keys).values_list("key", flat=True))


def bring_up_to_date(keys: AbstractSet[int], turn: Turn) -> None:
    """Show what changed in the events *keys*, at most MOST_AT_ONCE, which then wait no longer."""
    project(keys, turn)
    Pending.objects.filter(key__in=keys).delete()


def project_pending(on_batch: Callable[[int], None] = lambda events: None) -> int:
    """Bring up to date what waits, MOST_AT_ONCE events a transaction; returns how many there were.

    Killed at any moment, it leaves what it has done and what still waits; any number may run at once.
    ``on_batch`` is told the number of events of each batch.
    """
    done = 0
    while batch := _project_batch():
        done += batch
        on_batch(batch)
    return done


def _project_batch() -> int:
    with transaction.atomic(), working_behind():
        # In line first: another that works through the same list has committed its batch then.
        turn = Turn()
        keys = set(Pending.objects.order_by("key").values_list("key", flat=True)[:MOST_AT_ONCE])
        bring_up_to_date(keys, turn)
    return len(keys)
