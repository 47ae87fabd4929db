"""Whose a public id was at a number of the record's clock: two people or organizations may be one since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from timeline.models import FormerHolder
from timeline.remembering import remembered


def keep_former_holders(readdressed: Mapping[tuple[str, str], int], number: int) -> None:
    """Note that up to *number* each id of *readdressed*, with its resource, was that of the record with its key."""
    FormerHolder.objects.bulk_create(
        FormerHolder(resource=resource, slug=slug, key=key, recorded_to=number)
        for (resource, slug), key in readdressed.items()
    )


def former_holders(resource: str, slugs: Iterable[str], number: int) -> dict[str, int]:
    """The keys of those that had the ids *slugs* of *resource* at *number*, where others have them since."""
    known = remembered("former holders", _read_former_holders)
    found = {}
    for slug in slugs:
        # Of those that had it one after the other, the first that was merged after the number.
        held = (key for until, key in known.get((resource, slug), ()) if until > number)
        if (key := next(held, None)) is not None:
            found[slug] = key
    return found


def _read_former_holders() -> dict[tuple[str, str], list[tuple[int, int]]]:
    """All of them, for merges are few: up to which number, and the key, in order."""
    known: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    rows = FormerHolder.objects.order_by("recorded_to").values_list("resource", "slug", "recorded_to", "key")
    for resource, slug, until, key in rows:
        known[resource, slug].append((until, key))
    return known
