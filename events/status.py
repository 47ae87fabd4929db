"""From claims to status: what is held to have happened, on whose word, and in which words that is said.

A pure function of values. The rules are the two tables of ``docs/status.md``; each is read from the top.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.text import get_text_list

from events.vocabulary.stances import STANCE_ORDER, Stance
from events.vocabulary.status_terms import Occurrence, Verification

PLANS = {
    Stance.ANNOUNCES: Occurrence.PLANNED,
    Stance.POSTPONES: Occurrence.POSTPONED,
    Stance.CANCELS: Occurrence.CANCELLED,
}
PREPOSITIONS = {"about", "after", "before", "between", "from", "on", "perhaps", "since", "until"}
HAPPENED = (Stance.REPORTS, Stance.ALLEGES)


@dataclass(frozen=True, slots=True)
class Assertion:
    """One claim, as far as status depends on it.

    ``known``: when it was known, in seconds of UTC since 1970. ``publisher``: whatever tells one origin's publisher
    from another. ``voice``: who says so, in words. ``told``: by what it is known, in words ("Trend reported on …").
    """

    stance: str
    known: int
    publisher: str | int
    voice: str = ""
    told: str = ""

    @property
    def origin(self) -> str:
        """Who says so, without through whom it was read."""
        return self.voice.partition(", read in ")[0]


@dataclass(frozen=True, slots=True)
class Status:
    """``support`` bears out the occurrence; ``denials`` contradict it; both in the order in which they were known."""

    occurrence: str
    verification: str
    support: tuple[Assertion, ...] = ()
    denials: tuple[Assertion, ...] = ()
    withdrawn: tuple[Assertion, ...] = ()
    mentioned_later: bool = False

    @property
    def origins(self) -> int:
        """Number of independent origins: publishers whose claims bear out the occurrence."""
        return len({assertion.publisher for assertion in self.support})


def status_of(assertions: Iterable[Assertion]) -> Status:
    """The status that *assertions*, in any order, amount to."""
    return _status_of(tuple(in_order(assertions)))


@lru_cache(maxsize=4_096)  # many events rest on the same few sources, and each is asked for more than once
def _status_of(ordered: tuple[Assertion, ...]) -> Status:
    standing = still_standing(ordered)
    occurrence, support = borne_out(standing)
    denials = tuple(assertion for assertion in standing if assertion.stance == Stance.DENIES)
    withdrawn = tuple(
        assertion for assertion in ordered if assertion.stance in {*HAPPENED, *PLANS} and assertion not in standing
    )
    last = support[-1].known if support else None
    return Status(
        occurrence,
        verification_of(support, denials, withdrawn),
        support,
        denials,
        withdrawn,
        mentioned_later=last is not None and any(a.known > last for a in ordered),
    )


def in_order(assertions: Iterable[Assertion]) -> list[Assertion]:
    """By when they were known; at the same instant in the order of stances."""
    return sorted(assertions, key=lambda assertion: (assertion.known, STANCE_ORDER.index(assertion.stance)))


def still_standing(ordered: Sequence[Assertion]) -> list[Assertion]:
    """Those that no later retraction of the same publisher took back; retractions themselves carry no weight."""
    standing: list[Assertion] = []
    for assertion in ordered:
        if assertion.stance == Stance.RETRACTS:
            standing = [earlier for earlier in standing if earlier.publisher != assertion.publisher]
        else:
            standing.append(assertion)
    return standing


def borne_out(standing: Sequence[Assertion]) -> tuple[str, tuple[Assertion, ...]]:
    """The occurrence, and the assertions that bear it out."""
    happened = tuple(assertion for assertion in standing if assertion.stance in HAPPENED)
    if happened:
        return Occurrence.OCCURRED, happened
    plans = [assertion for assertion in standing if assertion.stance in PLANS]
    if not plans:
        return Occurrence.UNKNOWN, ()
    stance = plans[-1].stance
    since = next((i for i in range(len(plans) - 1, -1, -1) if plans[i].stance != stance), -1) + 1
    return PLANS[stance], tuple(plans[since:])


def verification_of(
    support: Sequence[Assertion], denials: Sequence[Assertion], withdrawn: Sequence[Assertion]
) -> str:
    """How well the occurrence is borne out: the first rule that holds."""
    firm = {assertion.publisher for assertion in support if assertion.stance != Stance.ALLEGES}
    if withdrawn and not support:
        return Verification.RETRACTED
    if denials:
        return Verification.DISPUTED
    if not support:
        return Verification.UNSUPPORTED
    if all(assertion.stance == Stance.ALLEGES for assertion in support):
        return Verification.ALLEGED
    return Verification.CONFIRMED if len(firm) > 1 else Verification.REPORTED


def status_words(status: Status, date: str) -> str:
    """One sentence or two for a reader; *date* is the event's, in words. Never an occurrence without its support."""
    occurrence, verification = status.occurrence, status.verification
    if occurrence == Occurrence.UNKNOWN:
        return _unknown_words(status)
    denied = f"; denied by {voices(status.denials)}" if status.denials else ""
    if occurrence == Occurrence.OCCURRED:
        by = voices(status.support)
        if verification in (Verification.ALLEGED, Verification.DISPUTED):
            return f"Said to have occurred, by {by}{denied}."
        number = "one origin" if status.origins == 1 else f"{status.origins} independent origins"
        return f"{'Confirmed' if verification == Verification.CONFIRMED else 'Reported'} by {number}: {by}{denied}."
    last = status.support[-1]
    later = "later sources only mention it" if status.mentioned_later else "no later source is recorded"
    told = last.told or last.voice
    what = f"Planned {when(date)}" if occurrence == Occurrence.PLANNED else f"{occurrence.capitalize()}"
    return f"{what}, by what {told}{denied}; {later}."


def reason_words(status: Status) -> str:
    """Why the verification is as it is, for an editor: "KCNA denies what two others allege", without a full stop."""
    denials, support = status.denials, status.support
    match status.verification:
        case Verification.DISPUTED if support:
            stances = {assertion.stance for assertion in support}
            said = support[-1].stance if len(stances) == 1 else "says"
            return f"{says(denials, Stance.DENIES)} what {says(support, said)}"
        case Verification.DISPUTED:
            return f"{says(denials, Stance.DENIES)} it, and no source says that it occurred or is to occur"
        case Verification.ALLEGED:
            return f"{says(support, Stance.ALLEGES)} it, and no source that is in a position to know reports it"
        case Verification.CONFIRMED:
            return f"{says(support, 'says')} so, independently of each other"
        case Verification.REPORTED if status.origins == 1:
            return f"{says(support, 'says')} so, and no independent origin bears it out"
        case Verification.REPORTED:
            firm = [assertion for assertion in support if assertion.stance != Stance.ALLEGES]
            return f"{says(firm, 'says')} so, and no other origin does more than allege"
        case Verification.RETRACTED:
            names = listed(assertion.origin for assertion in status.withdrawn)
            return f"{names} took back what had been claimed, and nothing else bears it out"
        case _:
            return "no claim says that it occurred or is to occur"


def says(assertions: Iterable[Assertion], verb: str) -> str:
    """Who and *verb*, a stance: "A denies", "A and B deny"."""
    names = list(dict.fromkeys(assertion.origin for assertion in assertions))
    if len(names) > 1:
        verb = "deny" if verb == Stance.DENIES else str(verb).removesuffix("s")
    return f"{listed(names)} {verb}"


def when(date: str) -> str:
    """*date*, in words, after a verb: "for 12 June 2018", but "on or after 30 May 2018"."""
    return date if date.split()[0] in PREPOSITIONS else f"for {date}"


def _unknown_words(status: Status) -> str:
    if status.verification == Verification.RETRACTED:
        return f"Taken back by {voices(status.withdrawn)}; nothing else bears it out."
    if status.denials:
        return f"Denied by {voices(status.denials)}; no recorded source says that it occurred or is to occur."
    return "No recorded source says that it occurred or is to occur."


def voices(assertions: Iterable[Assertion]) -> str:
    """Who says so, and where it was read."""
    return listed(assertion.voice for assertion in assertions)


def listed(names: Iterable[str]) -> str:
    """Each of *names* once, in the order given: "A, B and C"."""
    return get_text_list(list(dict.fromkeys(names)), "and")
