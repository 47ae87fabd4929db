"""Reads the API's own NDJSON into the record; its last line of output is what it did, as JSON.

    DATABASE_URL=… python -m tests.scale.loading events.ndjson
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.progress import Progress

from tests.scale.environment import set_up

AT_ONCE = 1000


class References:
    """Keys of what events refer to, by public id."""

    def __init__(self) -> None:
        from events.models import Country, Kind, Leader, Organization, Source

        self.kinds = {kind.slug: kind for kind in Kind.objects.all()}
        self.countries = dict(Country.objects.values_list("code", "pk"))
        self.organizations, self.leaders, self.sources = (
            dict(model.objects.values_list("slug", "pk")) for model in (Organization, Leader, Source)
        )


def whole(read: dict[str, Any], known: References) -> Any:
    """The event of one line, with its participations and claims."""
    from events.bulk import WholeEvent
    from events.models import Claim, Event, Participation

    place = read["place"] or {}
    event = Event(
        slug=read["id"], title=read["title"], summary=read["summary"], kind=known.kinds[read["kind"]["id"]],
        date=read["date"]["edtf"], importance=read["importance"], review="published",
        place_name=place.get("name", ""), place_country_id=known.countries.get(place.get("country")),
    )  # fmt: skip
    parties = [
        Participation(
            role=each["role"],
            country_id=each["country"] and known.countries[each["country"]["id"]],
            organization_id=each["organization"] and known.organizations[each["organization"]["id"]],
            leader_id=each["leader"] and known.leaders[each["leader"]["id"]],
        )
        for each in read["participants"]
    ]
    claims = [
        Claim(source_id=known.sources[each["source"]["id"]], stance=each["stance"], locator=each["locator"])
        for each in read["claims"]
    ]
    return WholeEvent(event, parties, claims)


def batches(path: Path) -> Iterator[list[dict[str, Any]]]:
    with path.open("rb") as file:
        while lines := list(islice(file, AT_ONCE)):
            yield [orjson.loads(line) for line in lines]


def load(path: Path, on_batch: Callable[[int], None] = lambda events: None) -> int:
    """Read *path* into the record, a recording for every AT_ONCE events; returns how many there were."""
    from events.bulk import create_events
    from events.recording import recording

    created, known = 0, References()
    for batch in batches(path):
        with recording(None, "loaded for a benchmark") as unit:
            create_events(unit, [whole(read, known) for read in batch])
        created += len(batch)
        on_batch(len(batch))
    return created


def main() -> None:
    set_up()
    started, file = time.monotonic(), Path(sys.argv[1])
    with file.open("rb") as lines:
        total = sum(1 for _ in lines)
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("Importing", total=total)
        created = load(file, lambda events: bar.advance(task, events))
    print(json.dumps({"read": created, "created": created, "seconds": round(time.monotonic() - started, 3)}))


if __name__ == "__main__":
    main()
