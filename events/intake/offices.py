"""Titles of office in a text, and who held such an office at a date."""

from __future__ import annotations

import re

from events.edtf import EDTFDate
from events.folding import fold
from events.intake.names import Held, Named, Names

_QUALIFIER = r"(?:(?:acting|interim|then|new|newly elected|outgoing|incumbent|visiting|current|late)[- ])*"
RANK = (
    r"vice[- ]president|president[- ]elect|president|deputy prime minister|prime minister|premier|chancellor|"
    r"(?:deputy |vice )?(?:foreign|defen[cs]e|interior|finance|oil|trade|energy|economy|justice|health|"
    r"culture) (?:minister|"
    r"secretary)|minister (?:of|for) (?:foreign affairs|external affairs|defen[cs]e|finance)|external affairs minister|"
    r"foreign minister|secretary of (?:state|defen[cs]e|the treasury)|under[- ]?secretary of state|"
    r"secretary[- ]general|general secretary|first secretary|party (?:leader|chief)|chairman|chairwoman|chair|"
    r"supreme leader|paramount leader|leader|ruler|strongman|dictator|head of (?:state|government)|king|queen|emperor|"
    r"shah|sultan|emir|amir|crown prince|prince|pope|monarch|ambassador|envoy|marshal|general|secretary|minister"
)
#: "Syrian Foreign Minister", "Japan's then prime minister": what follows a country.
AFTER_COUNTRY = re.compile(
    rf"(?:['’]s|['’])?,? (?:{_QUALIFIER})(?P<title>{RANK})s?\b(?!['’]s (?:office|wife|son|party))", re.IGNORECASE
)
#: What precedes a name.
BEFORE_NAME = re.compile(
    rf"(?:\b(?P<title>{RANK})|\b(?:mr|mrs|ms|dr|comrade|sir|h\.?e\.?|his excellency|generalissimo|colonel|col|"
    rf"gen)\b\.?)"
    r",? (?:mr\.? |comrade |dr\.? )?$",
    re.IGNORECASE,
)
#: "The President of Egypt": what precedes a country.
OF_COUNTRY = re.compile(rf"\b(?:the )?(?:{_QUALIFIER})(?P<title>{RANK}) of (?:the )?$", re.IGNORECASE)
ALONE = re.compile(
    r"\b[Tt]he (?P<title>President|Secretary|Prime Minister|Chancellor|Foreign Minister|Premier|King|Emir|"
    r"Secretary-General|president|prime minister|chancellor|king|foreign minister|secretary of state|secretary|"
    r"secretary-general|emir|premier)\b(?! of| [A-Z][a-z])"
)
#: Who leads a country, whatever the office is called.
HEADS = frozenset({
    "leader", "ruler", "strongman", "dictator", "monarch", "head of state", "head of government", "supreme leader",
    "paramount leader",
})  # fmt: skip
HEAD_TITLES = (
    "president", "king", "queen", "leader", "general secretary", "first secretary", "chairman", "emperor", "shah",
    "emir", "sultan", "premier", "prime minister", "chancellor",
)  # fmt: skip
SAME = {"defense": "defence", "foreign secretary": "foreign minister", "premier": "prime minister"}


def in_office(leader: Named, when: EDTFDate | None, title: str = "", country: str = "") -> bool:
    """Whether *leader* held an office at some time of *when* (ever, where that is None), so called, of *country*."""
    return any(
        (when is None or office.held.may_overlap(when))
        and (not country or office.country == country)
        and (not title or is_so_called(office, title))
        for office in leader.offices
    )


def is_so_called(office: Held, title: str) -> bool:
    """Whether the office may be meant by *title*: "Secretary of State" by "the Secretary", "Premier" by "leader"."""
    asked, borne = fold(title), fold(office.title)
    if asked in HEADS:
        return any(re.search(rf"\b{each}\b", borne) for each in HEAD_TITLES) and " deputy " not in f" {borne} "
    for one, other in SAME.items():
        asked, borne = asked.replace(one, other), borne.replace(one, other)
    if borne.startswith(("vice ", "deputy ")) and not asked.startswith(("vice", "deputy")):
        return False
    return set(asked.split()) - {"of", "for", "the", "affairs"} <= set(borne.split())


def holder(names: Names, country: str, title: str, when: EDTFDate | None) -> Named | None:
    """The one person who was called *title* of *country* then; None where the record knows none or several."""
    found = [leader for leader in names.leaders if in_office(leader, when, title, country)]
    if len(found) > 1 and fold(title) in HEADS:
        firm = [
            each
            for each in found
            if in_office(each, when, "leader", country) and not in_office(each, when, "premier", country)
        ]
        found = firm or found
    return found[0] if len(found) == 1 else None


def is_head(leader: Named, when: EDTFDate | None) -> bool:
    """Whether *leader* was head of state or of government then."""
    return in_office(leader, when, "leader")


def countries_of(leader: Named, when: EDTFDate | None = None) -> set[str]:
    """Codes of the countries for which *leader* acted then, or ever where none is known for then."""
    then = {
        office.country
        for office in leader.offices
        if office.country and (when is None or office.held.may_overlap(when))
    }
    return then or {office.country for office in leader.offices if office.country}
