"""Chancery's own CSV, as ``/api/v1/events/?format=csv`` exports it: a row an event, with ids of all it refers to."""

import re
from typing import ClassVar

from events.formulas import unescaped
from events.importing.drafts import ClaimDraft, Draft, PartyDraft, Row, SourceDraft, digest_of, number, whole
from events.importing.problems import Rejected
from events.importing.separated import DEGREES, Form, Separated

#: Read from here; the other columns of an export follow from these, or from the record.
READ = (
    "id", "title", "summary", "date", "date_reason", "kind", "place", "place_country", "latitude", "longitude",
    "participants", "importance", "claims",
)  # fmt: skip
#: What R, pandas and databases write for a blank cell. A summary that says NA would be none of ours.
NOTHING = frozenset({"NA", "NaN", "nan", "None", "NULL"})
#: Not that of NDJSON: an export that holds less must not take away what a fuller one brought.
DATASET = "chancery-csv"
CODE = re.compile(r"[A-Z]{3}")
#: How an EDTF date begins; neither 4/6/2018 nor the 43255 of a spreadsheet does.
A_DATE: Form = (re.compile(r"(?:[^0-9X]|[0-9X]{4}(?![0-9])).*"), "a date as 2018-06-04")


class ExportedCSV(Separated):
    """Keeps all but the claims' dates, figures, locators and notes; assessments; offices; and what sources are."""

    name: ClassVar[str] = "csv"
    published = True
    rejects_suffix = ".csv"
    forms: ClassVar[dict[str, Form]] = {"date": A_DATE, "latitude": DEGREES, "longitude": DEGREES}

    def check_header(self) -> None:
        super().check_header()
        missing = [name for name in READ if name not in self.columns]
        if missing:
            raise self.refuse(
                f"?format=csv exports a header with {', '.join(READ)}; here {', '.join(missing)} is missing."
            )

    def draft(self, row: Row) -> Draft:
        cells = {name: unescaped(cell) for name, cell in self.cells(row).items()}
        kept = [cells[name] for name in READ]
        for name, cell in zip(READ, kept, strict=True):
            if cell in NOTHING:
                raise Rejected(f"{name} is {cell!r}, as some programs write a blank cell: leave it blank.")
        return Draft(
            dataset=DATASET,
            external_id=cells["id"][:200],
            digest=digest_of(kept),
            slug=cells["id"],
            title=cells["title"],
            summary=cells["summary"],
            date=cells["date"],
            date_reason=cells["date_reason"],
            kind=cells["kind"],
            place_name=cells["place"],
            place_country=cells["place_country"],
            latitude=number(cells["latitude"], "latitude"),
            longitude=number(cells["longitude"], "longitude"),
            importance=whole(cells["importance"], "importance"),
            parties=tuple(map(_party, _parts(cells["participants"]))),
            claims=tuple(map(_claim, _parts(cells["claims"]))),
            exact=True,
            brief=True,
        )


def _parts(cell: str) -> list[str]:
    return [part for part in (part.strip() for part in cell.split(";")) if part]


def _party(text: str) -> PartyDraft:
    """``visitor:kim-jong-un@PRK``: a role, a person who acts for a party, or the party alone."""
    role, _, ids = text.partition(":")
    first, _, second = ids.partition("@")
    if not first:
        raise Rejected(f"The participant {text!r} is none; write role:PRK or role:person@PRK.")
    leader, acted_for = (first, second) if second else ("", first)
    if CODE.fullmatch(acted_for):
        return PartyDraft(role, country=acted_for, leader=leader)
    return PartyDraft(role, organization=acted_for, leader=leader) if leader else PartyDraft(role, name=acted_for)


def _claim(text: str) -> ClaimDraft:
    """``reports:the-source``."""
    stance, _, source = text.partition(":")
    if not source:
        raise Rejected(f"The claim {text!r} is none; write stance:source, as in reports:kcna-report.")
    return ClaimDraft(SourceDraft(source), stance)
