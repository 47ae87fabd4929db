"""How well the intake reads: precision and recall over texts with the events that an editor would take from them.

python -m tests.events.intake.bench [article.txt 2018-06-04T03:35:00+04:00] [--misses]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from events.edtf import EDTFDate
from events.folding import fold
from events.intake import Names, Proposal, paragraphs, propose
from tests.events.intake.record import ROOT, names_of_fixtures
from tests.scale.report import as_table

TEXTS = Path(__file__).parent / "texts"
SETS = {each.split()[0]: each for each in ("before the code", "after the code", "blind to the code")}  #: by folder
COLUMNS = ("texts", "expected", "proposed", "found", "recall", "precision", "date", "kind", "stance", "parties found",
           "parties right", "origin", "seconds")  # fmt: skip
ARTICLE = "trend-2018-06-04-assad-kim"
HEADLINES_FROM = 13  #: in the article, paragraphs that are none


@dataclass(frozen=True)
class Expected:
    """An event of a text, every field a tuple of what is right."""

    words: str
    dates: tuple[str, ...]
    kinds: tuple[str, ...]
    stances: tuple[str, ...]
    parties: frozenset[str]
    origin: str = ""
    paragraph: int = 0  #: where no words are given

    @classmethod
    def read(cls, line: dict[str, Any]) -> Expected:
        return cls(line["words"], _all(line["date"]), _all(line["kind"]), _all(line["stance"]),
                   frozenset(line["parties"]), str(line.get("origin", "")))  # fmt: skip


@dataclass
class Count:
    """What was found in texts, added up."""

    texts: int = 0
    expected: int = 0
    proposed: int = 0
    found: int = 0
    dates: int = 0
    kinds: int = 0
    stances: int = 0
    origins: int = 0
    parties_expected: int = 0
    parties_proposed: int = 0
    parties_found: int = 0
    seconds: float = 0.0
    misses: list[str] = field(default_factory=list)

    def row(self, name: str) -> tuple[str, ...]:
        return (
            name, str(self.texts), str(self.expected), str(self.proposed), str(self.found),
            _percent(self.found, self.expected), _percent(self.found, self.proposed), _percent(self.dates, self.found),
            _percent(self.kinds, self.found), _percent(self.stances, self.found),
            _percent(self.parties_found, self.parties_expected), _percent(self.parties_found, self.parties_proposed),
            _percent(self.origins, self.found), f"{self.seconds:.2f}",
        )  # fmt: skip


def _all(value: Any) -> tuple[str, ...]:
    return tuple(str(each) for each in (value if isinstance(value, list) else [value]))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def read_text(path: Path) -> tuple[str, EDTFDate, list[Expected]]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data["text"], EDTFDate.parse(str(data["published"])), [Expected.read(line) for line in data["events"]]


def agreement(expected: Expected, proposal: Proposal) -> tuple[bool, ...]:
    """Whether date, kind, stance and origin are right."""
    return (
        proposal.date in expected.dates,
        proposal.kind in expected.kinds,
        proposal.stance in expected.stances,
        has_origin(expected.origin, proposal),
    )


def has_origin(expected: str, proposal: Proposal) -> bool:
    if not expected or proposal.origin is None:
        return not expected and proposal.origin is None
    return expected == proposal.origin.public_id or fold(expected).removeprefix("the ") in fold(proposal.origin.words)


def likeness(expected: Expected, proposal: Proposal) -> int:
    date, kind, stance, origin = agreement(expected, proposal)
    parties = len(expected.parties & {party.public_id for party in proposal.parties})
    return 8 * date + 6 * kind + 2 * stance + origin + 2 * parties


def matched(text: str, expected: list[Expected], proposals: list[Proposal]) -> list[tuple[Expected, Proposal]]:
    """Each expected event with a proposal of its sentence, those that are most alike first.

    A proposal that has neither the date nor the kind is not of that event.
    """
    blocks = paragraphs(text)
    pairs = sorted(
        (
            (-likeness(event, proposal), place, order, event, proposal)
            for place, event in enumerate(expected)
            for order, proposal in enumerate(proposals)
            if _is_there(event, proposal, blocks) and any(agreement(event, proposal)[:2])
        ),
        key=lambda each: each[:3],
    )
    used_events: set[int] = set()
    used_proposals: set[int] = set()
    found = []
    for _, place, order, event, proposal in pairs:
        if place not in used_events and order not in used_proposals:
            used_events.add(place)
            used_proposals.add(order)
            found.append((event, proposal))
    return found


def _is_there(event: Expected, proposal: Proposal, blocks: list[str]) -> bool:
    if event.paragraph:
        return proposal.paragraph == event.paragraph
    return event.words in blocks[proposal.paragraph - 1][proposal.start : proposal.end]


def measure(
    count: Count, name: str, text: str, published: EDTFDate, expected: list[Expected], names: Names,
    besides: Sequence[Expected] = (),
) -> None:  # fmt: skip
    """Add one text to *count*. What is like one of *besides* is neither missed nor false."""
    began = time.perf_counter()
    proposals = propose(text, published, names)
    count.seconds += time.perf_counter() - began
    pairs = matched(text, expected, proposals)
    count.texts += 1
    count.expected += len(expected)
    also = [each for each in proposals if all(each is not right for _, right in pairs)]
    also = [proposal for _, proposal in matched(text, list(besides), also)]
    proposals = [each for each in proposals if each not in also]
    count.proposed += len(proposals)
    count.found += len(pairs)
    for event, proposal in pairs:
        date, kind, stance, origin = agreement(event, proposal)
        count.dates += date
        count.kinds += kind
        count.stances += stance
        count.origins += origin
        parties = {party.public_id for party in proposal.parties}
        count.parties_expected += len(event.parties)
        count.parties_proposed += len(parties)
        count.parties_found += len(parties & event.parties)
        right = {"date": date, "kind": kind, "stance": stance, "origin": origin}
        wrong = [what for what in right if not right[what]] + ["parties"] * (parties != event.parties)  # fmt: skip
        if wrong:
            count.misses.append(
                f"{name}: {event.words!r}: {', '.join(wrong)}: {_shown(proposal)}; not {_wanted(event)}"
            )
    found_events, found_proposals = [event for event, _ in pairs], [proposal for _, proposal in pairs]
    blocks = paragraphs(text)
    count.misses += [
        f"{name}: MISSED {event.words!r} {_wanted(event)}" for event in expected if event not in found_events
    ]
    count.misses += [
        f"{name}: FALSE {_shown(each)} in {blocks[each.paragraph - 1][each.start : each.end][:150]!r}"
        for each in proposals if each not in found_proposals
    ]  # fmt: skip


def _shown(proposal: Proposal) -> str:
    parties = " ".join(party.public_id for party in proposal.parties)
    origin = proposal.origin and (proposal.origin.public_id or proposal.origin.words)
    return f"{proposal.date or '(none)'} {proposal.kind} {proposal.stance} [{parties}] by {origin}"


def _wanted(event: Expected) -> str:
    choices = " ".join("|".join(each) for each in (event.dates, event.kinds, event.stances))
    return f"{choices} [{' '.join(sorted(event.parties))}] by {event.origin or None}"


def article_events(text: str, *, dated: bool) -> Iterator[Expected]:
    """The curated events with a claim on the article, from the fixtures: where *dated*, on a date that it gives.

    Claims on its headlines are found in any paragraph after the last numbered one.
    """
    sources = {each["id"]: each for each in yaml.safe_load((ROOT / "fixtures/sources.yaml").read_text())}
    for event in yaml.safe_load((ROOT / "fixtures/events.yaml").read_text()):
        parties = frozenset(
            each.get("leader") or each.get("organization") or each.get("country") for each in event["participants"]
        )
        for claim in event["claims"]:
            locator = claim.get("locator", "")
            if ("date" in claim) != dated or not locator:
                continue
            origin = sources[claim["source"]]["publisher"] if claim["source"] != ARTICLE else ""
            number = int(locator.removeprefix("para. ")) if locator.startswith("para. ") else 0
            for paragraph in [number] if number else range(HEADLINES_FROM, len(paragraphs(text)) + 1):
                dates = (str(claim.get("date", event["date"])), str(event["date"]))
                yield Expected(event["id"], dates, (event["kind"],),
                               (claim["stance"],), parties, origin, paragraph)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("article", nargs="?", type=Path, help="a text of which the fixtures hold the events")
    parser.add_argument("published", nargs="?", default="2018-06-04", help="its date")
    parser.add_argument("--misses", action="store_true", help="list what was wrong, missed and proposed in vain")
    parser.add_argument("--set", choices=SETS, help="one set of the texts only")
    options = parser.parse_args()
    names = names_of_fixtures()
    _ = names.finder
    rows, misses = [], []
    for folder in [options.set] if options.set else SETS:
        count = Count()
        for path in sorted((TEXTS / folder).glob("*.yaml")):
            measure(count, path.stem, *read_text(path), names)
        rows.append(count.row(SETS[folder]))
        misses += count.misses
    if options.article:
        count = Count()
        text, published = options.article.read_text(encoding="utf-8"), EDTFDate.parse(options.published)
        numbered = [each for each in article_events(text, dated=True) if each.paragraph < HEADLINES_FROM]
        besides = [*article_events(text, dated=False), *article_events(text, dated=True)]
        measure(count, "article", text, published, numbered, names, besides)
        rows.append(count.row("the article"))
        misses += count.misses
    print(as_table(("set", *COLUMNS), rows))
    if options.misses:
        print("\n".join(misses))


if __name__ == "__main__":
    main()
