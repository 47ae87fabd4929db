"""What a load did, to be counted and said."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Tally:
    """Counts of one resource's blocks; ``left_alone`` holds each such id and why."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_alone: list[tuple[str, str]] = field(default_factory=list)

    def __str__(self) -> str:
        counts = {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "left alone": len(self.left_alone),
        }
        return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "none"


@dataclass
class Report:
    """Tallies by resource, in order of dependency; resources of which the files hold nothing are left out."""

    tallies: dict[str, Tally] = field(default_factory=dict)

    def of(self, resource: str) -> Tally:
        return self.tallies.setdefault(resource, Tally())

    def __str__(self) -> str:
        lines = []
        for resource, tally in self.tallies.items():
            lines.append(f"{resource}: {tally}")
            lines.extend(f"  {resource}/{public_id} left alone: {why}" for public_id, why in tally.left_alone)
        return "\n".join(lines) or "The files hold nothing."
