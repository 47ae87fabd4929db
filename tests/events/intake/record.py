"""A record for the intake, from files: the curated one, and whom the texts name besides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml

from events.edtf import EDTFDate
from events.intake import Held, Named, Names

ROOT = Path(__file__).parent.parent.parent.parent
BESIDE = Path(__file__).parent / "names.yaml"


@lru_cache(maxsize=1)
def names_of_fixtures() -> Names:
    return Names((*_curated("countries"), *_curated("organizations"), *_curated("leaders"), *_beside()))


def _curated(what: str) -> Iterator[Named]:
    model = {"countries": "country", "organizations": "organization", "leaders": "leader"}[what]
    for block in yaml.safe_load((ROOT / f"fixtures/{what}.yaml").read_text(encoding="utf-8")):
        aliases = (block.get("official_name"), *block.get("aliases", ()))
        existence = block.get("existence")
        offices = tuple(
            Held(
                each["title"], EDTFDate.parse(str(each["held"])), each.get("country", ""), each.get("organization", "")
            )
            for each in block.get("offices", ())
        )
        yield Named(model, block["id"], block["name"], tuple(filter(None, aliases)),
                    EDTFDate.parse(str(existence)) if existence else None, block.get("capital", ""),
                    block.get("country", "") if model == "organization" else "",
                    block.get("kind", "") if model == "organization" else "", offices)  # fmt: skip


def _beside() -> Iterator[Named]:
    data = yaml.safe_load(BESIDE.read_text(encoding="utf-8"))
    for line in data["organizations"].strip().splitlines():
        slug, name, aliases, kind, country = (part.strip() for part in line.split("|"))
        yield Named("organization", slug, name, _parts(aliases), country=country, kind=kind)
    for line in data["leaders"].strip().splitlines():
        slug, name, aliases, offices = (part.strip() for part in line.split("|"))
        yield Named("leader", slug, name, _parts(aliases), offices=tuple(map(_office, offices.split("; "))))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(","))))


def _office(text: str) -> Held:
    title, of, held = (part.strip() for part in text.rsplit(", ", 2))
    country, organization = (of, "") if of.isupper() else ("", of)
    return Held(title, EDTFDate.parse(held), country, organization)
