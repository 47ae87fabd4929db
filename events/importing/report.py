"""What an import did, counted; every row that was read is in one of the other counts."""

from dataclasses import dataclass, field
from typing import Any

COUNTS = ("read", "created", "updated", "unchanged", "merged", "rejected")
MOST_NAMED = 20


@dataclass
class Report:
    """``created``: rows that made an event; ``merged``: that joined an event another row made; ``unchanged``: known
    already, or left alone because a person has the say (``left_alone`` names the first of these events, and why)."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    rejected: int = 0
    seconds: float = 0.0
    left_alone: dict[str, str] = field(default_factory=dict)
    alike: int = 0  #: events marked as likely duplicates
    rejects: list[str] = field(default_factory=list)  #: files
    reasons: list[str] = field(default_factory=list)  #: of the first rejections, with file and line

    def count(self, outcome: str) -> None:
        self.read += 1
        setattr(self, outcome, getattr(self, outcome) + 1)

    def leave_alone(self, event: str, why: str) -> None:
        if len(self.left_alone) < MOST_NAMED:
            self.left_alone[event] = why

    def counts(self) -> dict[str, Any]:
        """What the last line of the command's output says."""
        return {name: getattr(self, name) for name in COUNTS} | {"seconds": round(self.seconds, 3)}

    def add(self, other: "Report") -> None:
        for name in (*COUNTS, "seconds", "alike"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for event, why in other.left_alone.items():
            self.leave_alone(event, why)
        self.rejects += other.rejects
        self.reasons = [*self.reasons, *other.reasons][:MOST_NAMED]
