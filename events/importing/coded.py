"""What machine-coded datasets have in common: CAMEO codes, two sides, and the same act told many times.

A code is given two roles, by the kind that it stands for. Where both are the same, or the code has a mirror, an act
that was written once from each side is one event.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import ClassVar

from events.importing.addresses import address_of
from events.importing.drafts import ClaimDraft, Draft, PartyDraft, SourceDraft, digest_of
from events.importing.problems import ImportRefused, Rejected
from events.importing.separated import Form, Separated
from events.importing.sources import dates_of
from events.vocabulary.cameo import KIND_OF_CAMEO, UnknownCameoCode, kind_for

BOTH_PARTIES = ("party", "party")
#: Kind → the roles of the two sides, who acts first. The others are initiator and recipient.
ROLES_OF_KIND = {
    "talks": BOTH_PARTIES,
    "call": BOTH_PARTIES,
    "cooperation": BOTH_PARTIES,
    "weapons-cooperation": BOTH_PARTIES,
    "intelligence-shared": ("provider", "beneficiary"),
    "ceasefire": BOTH_PARTIES,
    "agreement-signed": ("signatory", "signatory"),
    "official-visit": ("visitor", "host"),
    "mediation": ("mediator", "party"),
    "aid-provided": ("provider", "beneficiary"),
    "arms-transfer": ("provider", "beneficiary"),
    "allegation": ("accuser", "accused"),
    "criticism": ("accuser", "accused"),
    "sanctions-imposed": ("initiator", "target"),
    "coercion": ("initiator", "target"),
    "violence": ("initiator", "target"),
    "armed-clash": ("initiator", "target"),
    "invasion": ("initiator", "target"),
    "mass-violence": ("initiator", "target"),
}
ROLES = ("initiator", "recipient")
#: 043 is "host a visit": the other side of 042, "make a visit".
MIRRORED = {"043": "042"}
#: An intent to meet or to mediate is that meeting, not yet held.
ANNOUNCED = frozenset({"036", "039"})
#: 20 is the root of mass violence, or it is 020, an appeal, taken for a number.
ROOT = re.compile(r"1[0-9]|20")
FINE = re.compile(r"[0-9]{3,4}")

NUMBER: Form = (re.compile(r"[0-9]+"), "a whole number")
CODE: Form = (FINE, "text of three or four digits, as in 040")
#: Spreadsheets put quotation marks around text with a comma in it, which would become part of it.
BARE: Form = (re.compile(r'(?!".*"\Z).*', re.DOTALL), "text without quotation marks around it")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sides: how the dataset writes it, and whom that may mean (None where it names nobody)."""

    written: str
    party: PartyDraft | None


class Coded(Separated):
    """Tabs, no quotes; each row is an act of one side toward another, under a CAMEO code."""

    separator = "\t"
    quoted: ClassVar[bool] = False
    rejects_suffix = ".tsv"
    source: ClassVar[SourceDraft]
    code_column: ClassVar[str]

    def __init__(self, path: Path, dataset: str) -> None:
        super().__init__(path)
        self.dataset = dataset or self.source.id
        #: Made where the record lacks it. It was known here from the day on which it was read, if nothing says more.
        self.cited = replace(self.source, id=self.dataset, accessed=date.today().isoformat())
        try:
            dates_of(self.cited)
        except Rejected as problem:
            raise ImportRefused(f"--dataset: {problem}") from None

    def check_rows(self) -> int:
        width, at = len(self.columns), self.columns.index(self.code_column)
        codes = (row.raw[at] for row in self.rows() if len(row.raw) == width)
        if not self.is_rejects and (why := lost_zeros(codes)):
            raise self.refuse(why)
        return super().check_rows()

    def in_form(self, cells: dict[str, str]) -> None:
        """Raises Rejected where a cell is not written as the dataset writes it."""
        for name, (form, words) in self.forms.items():
            if not form.fullmatch(cells[name]):
                raise Rejected(f"{name} is {cells[name]!r}; it is {words}.")

    def options(self) -> dict[str, object]:
        return {"dataset": self.dataset}

    def coded(
        self, *, external_id: str, day: str, code: str, sides: Sequence[Side], place: dict[str, object],
        summary: str, told: ClaimDraft, same_only: str = "",
    ) -> Draft:
        """The draft of one act. *same_only*: what else has to be the same for rows to tell of one event."""
        try:
            kind = kind_for(code)
        except UnknownCameoCode as problem:
            raise Rejected(str(problem)) from None
        if code in MIRRORED:
            code, sides = MIRRORED[code], sides[::-1]
        roles = ROLES_OF_KIND.get(kind, ROLES)
        written = [side.written for side in sides]
        if roles[0] == roles[1]:
            written.sort()
        parties = [
            replace(side.party, role=role)
            for role, side in zip(roles, sides, strict=True)
            if side.party is not None
        ]
        if not parties:
            raise Rejected("It names no side: an event has a party at least.")
        fingerprint = digest_of(self.dataset, day, code, written, same_only)
        return Draft(
            dataset=self.dataset,
            external_id=external_id,
            digest=digest_of(fingerprint, kind, summary, sorted(place.items()), _telling(told), *parties),
            slug=address_of(self.dataset, external_id),
            date=day,
            kind=kind,
            summary=summary,
            parties=tuple(parties),
            claims=(told,),
            fingerprint=fingerprint,
            place_as_of_today=True,
            **place,
        )


def _telling(claim: ClaimDraft) -> tuple[str, ...]:
    """What *claim* says; of its source the id alone, for when that was read differs from day to day."""
    return claim.source.id, claim.stance, claim.date, claim.figures, claim.locator, claim.note


def lost_zeros(codes: Iterable[str]) -> str:
    """What is wrong where the *codes* of a file were taken for numbers (40 for 040, and none begins with 0), or ""."""
    lost: list[str] = []
    for code in codes:
        if code.startswith("0"):
            return ""
        if code not in KIND_OF_CAMEO and f"0{code}" in KIND_OF_CAMEO:
            lost.append(code)
    if not lost:
        return ""
    return (
        f"its codes were turned to numbers ({lost[0]} for 0{lost[0]}; {len(lost)} such rows), as spreadsheets do: "
        "take the file as it was published."
    )
