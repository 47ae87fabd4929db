"""Events of a realistic shape, the same for the same seed, as the API's own NDJSON in order of date."""

import math
from calendar import isleap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

import orjson

from tests.scale import shape

YEARS = shape.LAST_YEAR - shape.FIRST_YEAR + 1
RATE = math.log(shape.GROWTH)
STANCE = shape.Skewed(shape.STANCES)
PRECISION = shape.Skewed(shape.PRECISIONS)
#: Coarser before finer where several begin on one day, as the record orders them.
COARSEST_FIRST = ("open", "years", "interval", "about", "year", "month", "day")
SEVERAL_SOURCES = 0.1
#: Every so many sources, one was read through the next.
READ_ELSEWHERE = 10


def slug_of(number: int) -> str:
    """The public id of event *number*, counted from 0 in order of date."""
    return f"event-{number:08d}"


def moment_at(share: float) -> float:
    """The year, with its fraction, before which *share* (0 to 1) of all events lie."""
    return shape.FIRST_YEAR + YEARS * math.log1p(share * (shape.GROWTH - 1)) / RATE


def share_before(year: float) -> float:
    """The share of all events that lie before *year*."""
    return math.expm1(RATE * (year - shape.FIRST_YEAR) / YEARS) / (shape.GROWTH - 1)


def day_of(moment: float) -> date:
    year = min(int(moment), shape.LAST_YEAR)
    days = 366 if isleap(year) else 365
    return date(year, 1, 1) + timedelta(days=min(int((moment - year) * days), days - 1))


@dataclass(frozen=True)
class Made:
    """*count* events and all that they refer to, made from *seed*: every value follows from these two alone."""

    count: int
    seed: int = 1

    @cached_property
    def organizations(self) -> list[dict[str, Any]]:
        """Publishers, then international bodies."""
        random = Random(f"{self.seed} organizations")
        names = [f"{shape.invented_name(random)} Press {number}" for number in range(shape.PUBLISHERS)]
        bodies = [f"{shape.invented_name(random)} Council {number}" for number in range(shape.BODIES)]
        return [self._organization(name, "publisher") for name in names] + [
            self._organization(name, "international-body") for name in bodies
        ]

    @staticmethod
    def _organization(name: str, kind: str) -> dict[str, Any]:
        return {"id": name.lower().replace(" ", "-"), "name": name, "kind": kind}

    @cached_property
    def leaders(self) -> list[dict[str, Any]]:
        """People, each with the one country for which they act and the years in office."""
        random = Random(f"{self.seed} leaders")
        found = []
        for number in range(shape.LEADERS):
            name = f"{shape.invented_name(random)} {shape.invented_name(random)}"
            code, since = shape.countries().draw(random), random.randint(shape.FIRST_YEAR, shape.LAST_YEAR - 5)
            held = f"{since}/{since + random.randint(2, 15)}"
            found.append({"id": f"leader-{number}", "name": name, "country": code, "held": held})
        return found

    @cached_property
    def leaders_of(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for leader in self.leaders:
            found.setdefault(leader["country"], []).append(leader)
        return found

    @cached_property
    def sources(self) -> list[dict[str, Any]]:
        """Documents in order of publication; ``via`` is the place of a later one, or None."""
        random = Random(f"{self.seed} sources")
        publishers = shape.zipf([made["id"] for made in self.organizations[: shape.PUBLISHERS]])
        names = {made["id"]: made["name"] for made in self.organizations}
        count = max(50, self.count // shape.EVENTS_PER_SOURCE)
        found = []
        for number in range(count):
            publisher, day = publishers.draw(random), day_of(moment_at((number + 1) / count))
            via = number + 1 if number % READ_ELSEWHERE == 0 and number + 1 < count else None
            found.append({
                "id": f"source-{number}",
                "title": f"{names[publisher]}, {day.isoformat()}",
                "publisher": {"id": publisher, "name": names[publisher]},
                "kind": "article",
                "language": "en",
                "published": day.isoformat(),
                "via": via,
            })
        return found

    def events(self) -> Iterator[dict[str, Any]]:
        """All events in order of date. Memory holds those of one year, not all."""
        number = 0
        for year in range(shape.FIRST_YEAR, shape.LAST_YEAR + 1):
            first = round(self.count * share_before(year))
            last = round(self.count * share_before(year + 1))
            for made in sorted(self._draw(place, year) for place in range(first, last)):
                yield self._event(number, *made[2:])
                number += 1

    def _draw(self, place: int, year: int) -> tuple[date, int, int, str, float]:
        """Of the event at *place* in *year*: first day and coarseness of its date, *place*, the date, its share."""
        random = Random(f"{self.seed} {place}")
        share = (place + random.random()) / self.count
        # The first and the last place of a year reach into its neighbours.
        day = min(max(day_of(moment_at(share)), date(year, 1, 1)), date(year, 12, 31))
        precision = PRECISION.draw(random)
        first, edtf = dated(day, precision, random)
        return first, COARSEST_FIRST.index(precision), place, edtf, share

    def _event(self, number: int, place: int, edtf: str, share: float) -> dict[str, Any]:
        random = Random(f"{self.seed} {place} told")
        kind = shape.kind_blocks()[shape.kinds().draw(random)]
        codes = shape.countries().draw_several(random, 2)
        names = [shape.country_names()[code] for code in codes]
        words = shape.words().draw_several(random, 5)
        sentences = random.sample(shape.SENTENCES, 3)
        placed = random.random() < 0.6
        return {
            "id": slug_of(number),
            "title": f"{kind['label']}: {names[0]} and {names[1]} on {words[0]}",
            "summary": " ".join(each.format(*words[1:4], names[turn % 2]) for turn, each in enumerate(sentences)),
            "date": {"edtf": edtf, "reason": ""},
            "kind": {"id": kind["id"], "label": kind["label"]},
            "place": {"name": words[4], "country": codes[1], "latitude": None, "longitude": None} if placed else None,
            "participants": self._participants(kind["id"], codes, random),
            "claims": self._claims(share, random),
            "importance": min(100, max(0, int(random.gauss(kind.get("default_importance", 50), 12)))),
        }

    def _participants(self, kind: str, codes: list[str], random: Random) -> list[dict[str, Any]]:
        roles = shape.ROLES.get(kind, ("initiator", "recipient"))
        first, second = (party(role, country=code) for role, code in zip(roles, codes, strict=True))
        chance = random.random()
        if chance < 0.5 and codes[0] in self.leaders_of:
            third = party(roles[0], codes[0], leader=random.choice(self.leaders_of[codes[0]]))
        elif chance < 0.7:
            body = random.choice(self.organizations[shape.PUBLISHERS :])
            third = party("mediator", organization=body)
        else:
            code = shape.countries().draw(random)
            third = party("observer" if code in codes else "party", country=code)
        return [first, second, third]

    def _claims(self, share: float, random: Random) -> list[dict[str, Any]]:
        stances = [STANCE.draw(random)]
        if random.random() < SEVERAL_SOURCES:
            stances += random.sample(shape.SEQUELS[stances[0]], random.randint(1, 3))
        place = math.ceil(share * len(self.sources))
        claims = []
        for stance in stances:
            place = min(place, len(self.sources) - 1)
            claims.append(self._claim(stance, place, f"para. {random.randint(1, 30)}"))
            # The next one tells of it up to some months later.
            place += random.randint(1, 3 + len(self.sources) // 200)
        # At the end of time, where no later source is left, one document is not heard twice.
        return list({claim["source"]["id"]: claim for claim in claims}.values())

    def _claim(self, stance: str, place: int, locator: str) -> dict[str, Any]:
        origin = self.sources[place]
        via = [self.sources[origin["via"]]] if origin["via"] is not None else []
        return {
            "stance": stance, "date": None, "figures": "", "locator": locator, "note": "",
            "source": told(origin), "via": [told(source) for source in via],
        }  # fmt: skip


def told(source: dict[str, Any]) -> dict[str, Any]:
    """*source* as it stands in a claim."""
    return {name: value for name, value in source.items() if name != "via"}


def dated(day: date, precision: str, random: Random) -> tuple[date, str]:
    """The first day of a date of *precision* that holds *day*, and its EDTF."""
    year = day.replace(month=1, day=1)
    match precision:
        case "month":
            return day.replace(day=1), f"{day:%Y-%m}"
        case "year":
            return year, f"{day:%Y}"
        case "about":
            return year, f"{day:%Y}~"
        case "years":
            return year, f"{day.year // 10}X" if day.year % 10 == 0 else f"{day.year}/{day.year + 2}"
        case "interval":
            return day.replace(day=1), f"{day:%Y-%m}/{min(day.year + random.randint(1, 4), shape.LAST_YEAR + 1)}"
        case "open":
            return year, f"{day:%Y}/.."
    return day, day.isoformat()


def party(role: str, country: str | None = None, organization: Any = None, leader: Any = None) -> dict[str, Any]:
    """A participant, as the API shows one."""
    return {
        "role": role,
        "country": {"id": country, "name": shape.country_names()[country]} if country else None,
        "organization": {"id": organization["id"], "name": organization["name"]} if organization else None,
        "leader": {"id": leader["id"], "name": leader["name"]} if leader else None,
        "office": None,
    }


def write(made: Made, path: Path, on_batch: Callable[[int], None] = lambda events: None) -> None:
    """All events of *made* into *path*, one a line; ``on_batch`` is told of every thousand."""
    with path.open("wb") as file:
        for number, event in enumerate(made.events(), start=1):
            file.write(orjson.dumps(event, option=orjson.OPT_APPEND_NEWLINE))
            if number % 1000 == 0:
                on_batch(1000)
