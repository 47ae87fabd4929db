"""What generated events refer to, put into the record before they are imported."""

from typing import Any

from events.batched import batched
from events.loading.applying import load_record
from events.models import Country, Leader, Office, Organization, Source
from events.recording import recording
from tests.scale.generator import Made
from tests.scale.shape import ROOT

AT_ONCE = 1000


def load_references(made: Made) -> None:
    """The curated countries, kinds and organizations, then the sources, organizations and leaders of *made*."""
    load_record([ROOT / "fixtures"])
    with recording(None, "made for a benchmark"):
        Organization.objects.bulk_create(
            [Organization(slug=each["id"], name=each["name"], kind=each["kind"]) for each in made.organizations]
        )
    load_sources(made.sources)
    load_leaders(made.leaders)


def load_sources(blocks: list[dict[str, Any]]) -> None:
    """Those through which others were read come first."""
    publishers = dict(Organization.objects.values_list("slug", "pk"))
    for is_chained in (False, True):
        keys = dict(Source.objects.values_list("slug", "pk"))
        rows = [
            source(block, publishers, keys[blocks[block["via"]]["id"]] if is_chained else None)
            for block in blocks
            if (block["via"] is not None) is is_chained
        ]
        for batch in batched(rows, AT_ONCE):
            with recording(None, "made for a benchmark"):
                Source.objects.bulk_create(batch)


def source(block: dict[str, Any], publishers: dict[str, int], via: int | None) -> Source:
    return Source(
        slug=block["id"], title=block["title"], publisher_id=publishers[block["publisher"]["id"]], kind=block["kind"],
        language=block["language"], published=block["published"], via_id=via,
    )  # fmt: skip


def load_leaders(blocks: list[dict[str, Any]]) -> None:
    countries = dict(Country.objects.values_list("code", "pk"))
    witness = Source.objects.order_by("pk").first()
    with recording(None, "made for a benchmark"):
        leaders = Leader.objects.bulk_create([Leader(slug=block["id"], name=block["name"]) for block in blocks])
        Office.objects.bulk_create([
            Office(leader=leader, title="Foreign minister", country_id=countries[block["country"]], held=block["held"],
                   source=witness)
            for leader, block in zip(leaders, blocks, strict=True)
        ])  # fmt: skip
