"""Public ids ↔ keys: what the blocks name must be in the files or in the record."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from events.batched import batched
from events.loading.blocks import SHAPES
from events.loading.problems import Problem, did_you_mean
from events.loading.reading import Block, Reading
from events.models import Address

AT_ONCE = 500  #: ids that a statement looks for


class References:
    """The keys of the records that the blocks of a reading name; grows as records are created."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.keys: dict[tuple[str, str], int] = {}
        for resource in SHAPES:
            self._find(resource, {slug for name, slug, _ in self._mentions() if name == resource})

    def _mentions(self) -> Iterator[tuple[str, str, int]]:
        for blocks in self.reading.blocks.values():
            for block in blocks:
                yield from block.mentions

    def _find(self, resource: str, public_ids: set[str]) -> None:
        model = SHAPES[resource].model
        for batch in batched(sorted(public_ids), AT_ONCE):
            found = model.objects.filter(**{f"{model.address_field}__in": batch}).order_by()
            self.keys |= {(resource, slug): key for key, slug in found.values_list("pk", model.address_field)}
            # A file may go on naming what has another id now, or became part of another record.
            ever = Address.objects.filter(resource=resource, slug__in=batch, key__in=model.objects.values("pk"))
            for slug, key in ever.values_list("slug", "key"):
                self.keys.setdefault((resource, slug), key)

    def key_of(self, resource: str, public_id: str) -> int:
        """The key of that record; raises KeyError where it is not in the record (yet)."""
        return self.keys[resource, public_id]

    def add(self, resource: str, public_id: str, key: int) -> None:
        self.keys[resource, public_id] = key

    def problems(self) -> Iterator[tuple[Block, Problem]]:
        """What is named by a block and stands neither in the files nor in the record."""
        known: dict[str, dict[str, str]] = {}
        for blocks in self.reading.blocks.values():
            for block in blocks:
                for resource, public_id, line in block.mentions:
                    if resource in self.reading.unreadable:
                        continue
                    if (resource, public_id) in self.keys or public_id in self.reading.ids[resource]:
                        continue
                    if resource not in known:
                        known[resource] = self._names(resource)
                    text = f"“{public_id}” is not among the {resource} of the files or of the record."
                    yield block, block.problem(line, text + self._hint(public_id, known[resource]))

    def _names(self, resource: str) -> dict[str, str]:
        """Public ids by the words under which somebody may have written them."""
        model = SHAPES[resource].model
        stored = model.objects.order_by().values_list(model.address_field, flat=True)
        known = {public_id: public_id for public_id in {*stored, *self.reading.ids[resource]}}
        for block in self.reading.blocks[resource]:
            for name in [block.values.get("name"), *block.values.get("aliases", [])]:
                known.setdefault(str(name), block.id)
        if hasattr(model, "name"):
            for name, public_id in model.objects.order_by().values_list("name", model.address_field):
                known.setdefault(name, public_id)
        return known

    @staticmethod
    def _hint(word: str, known: dict[str, str]) -> str:
        if public_id := known.get(word) or known.get(word.upper()) or known.get(word.lower()):
            return f" Did you mean “{public_id}”?"
        return did_you_mean(word, set(known.values()))


def in_order(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """*blocks* so that each comes after those of its resource that it names (`via`), and those that form a ring."""
    by_id = {block.id: block for block in blocks}
    graph = {
        block.id: [slug for resource, slug, _ in block.mentions if resource == block.resource and slug in by_id]
        for block in blocks
    }
    rings: list[Block] = []
    while True:
        try:
            return [by_id[public_id] for public_id in TopologicalSorter(graph).static_order()], rings
        except CycleError as error:
            ring = error.args[1]
            rings.append(by_id[ring[0]])
            graph[ring[0]] = [slug for slug in graph[ring[0]] if slug not in ring]
