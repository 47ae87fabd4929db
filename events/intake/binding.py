"""Which date belongs to which thing told: a sentence's dates and cues → drafts of one cue and one date each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from events.intake.clauses import Clause, clauses_of
from events.intake.dates import DateMention
from events.intake.deeds import deeds_in
from events.intake.drafts import Draft, Parsed
from events.intake.kinds import SAID, Cue
from events.intake.origins import Attribution, said_on
from events.intake.stances import AHEAD, CANCELLED, DENIED, POSTPONED

#: What is arranged beforehand, so that news of it comes before it.
ARRANGED = frozenset({
    "summit", "talks", "state-visit", "official-visit", "agreement-signed", "embassy-opened", "mission-opened", "call",
    "military-exercise", "mediation", "relations-established", "treaty-withdrawn", "troop-withdrawal", "recognition",
    "ambassador-recalled", "prisoner-release", "relations-severed", "mission-closed", "sanctions-lifted",
})  # fmt: skip
HELD = re.compile(
    rf"{POSTPONED.pattern}|{CANCELLED.pattern}|"
    r"\b(?:took place|(?:was|were|been|be) held|(?:opened|closed|ended) (?:on|in))\b",
    re.IGNORECASE,
)
BEGAN = re.compile(r"\b(?:began|begun|started|dates from)\b")
#: Before, and after, one of several things that one subject did.
DONE_TOO = re.compile(r"(?:, |\band |\bthen )$")
THEN = re.compile(r"(?:[^,;]{0,60}), $")
ENTRY = re.compile(r"(?=[^:]{0,40}[0-9])[A-Z0-9][\w ,.–/-]{2,40}?(?::| [–—-])\s")
#: The occasion of what the sentence before quoted; what was done on it follows.
SAID_THEN = re.compile(
    r"\b(?:(?:made|making|gave|giving|delivered) (?:the|these|those|his|her|their) (?:[a-z]+ )?"
    r"(?:remarks?|comments?|statements?|announcement|speech|appeal|warning)|"
    r"(?:[Tt]he|[Tt]hese|[Tt]hose|[Hh]is|[Hh]er) (?:[a-z]+ )?(?:remarks|comments|statement|announcement|speech) came|"
    r"(?:[Hh]e|[Ss]he) (?:was speaking|spoke|was addressing reporters))\b"
    r"[^,;:]{0,40}?,? (?:as|while|when|during|at)\b"
)
NOT_IN_LINE = frozenset({"which", "who", "whose", "where", "after", "before", "since", "because", "although", "though"})


def drafts_of(parsed: Parsed) -> list[Draft]:
    """The drafts of a sentence, in its order, one a cue."""
    sayings = {id(each): said_on(parsed.text, each, parsed.dates) for each in parsed.attributions}
    said = [date for date in sayings.values() if date is not None]
    drafts = _dated(parsed, [date for date in parsed.dates if date not in said])
    drafts += _in_line(parsed, drafts)
    for attribution in parsed.attributions:
        drafts += _said(parsed, attribution, sayings[id(attribution)], drafts)
    drafts += _accused(parsed, drafts, said)
    drafts += _ahead(parsed, drafts, said)
    return sorted(drafts, key=lambda draft: draft.cue.start)


def _dated(parsed: Parsed, dates: Sequence[DateMention]) -> list[Draft]:
    """Each date with the cue that is nearest in its clause, or in the one beside it."""
    best: dict[Cue, tuple[int, DateMention]] = {}
    for date in dates:
        cues = parsed.cues_of(parsed.clause_of(date)) or _put_off(parsed, date) or _beside(parsed, date)
        if parsed.text.endswith(" of ", 0, date.start) and len(parsed.dates_of(parsed.clause_of(date))) > 1:
            # "Gave notice on 21 January of ending a treaty of 1972": that year only says which treaty.
            cues = [cue for cue in cues if not (cue.weight == 3 and cue.end + 4 == date.start)]
        cues = [cue for cue in cues if cue.weight or parsed.text[cue.end : date.start] == " of "] or cues
        if not cues:
            continue
        cost, cue = min((_cost(parsed.text, cue, date), cue) for cue in cues)
        if cue not in best or cost < best[cue][0]:
            best[cue] = cost, date
    return [Draft(cue, parsed.clause_of(cue), date.edtf, date) for cue, (_, date) in best.items()]


def _cost(text: str, cue: Cue, date: DateMention) -> tuple[int, Cue]:
    between = text[cue.end : date.start]
    if between == " of " and cue.weight in (0, 2):
        return -1000
    if cue.start <= date.start < cue.end:
        gap = 0
    elif cue.end <= date.start:
        gap = date.start - cue.end
    else:
        gap = cue.start - date.end + 20
    return gap - 25 * cue.weight


def _put_off(parsed: Parsed, date: DateMention) -> list[Cue]:
    """What was put off, called off or held, where a clause before names it: "the summit, which …, was put off"."""
    clause = parsed.clause_of(date)
    if not HELD.search(parsed.text, clause.start, clause.end):
        return []
    return [cue for cue in parsed.cues if cue.end <= clause.start][-1:]


def _beside(parsed: Parsed, date: DateMention) -> list[Cue]:
    """Cues of the next clause or of the one before, where that has no date of its own."""
    clause_of_date = parsed.clause_of(date)
    if any(clause_of_date.holds(deed) for deed in deeds_in(parsed.text)):
        return []  # it tells something of its own
    place = parsed.clauses.index(clause_of_date)
    for other in (place + 1, place - 1, place + 2):
        if 0 <= other < len(parsed.clauses):
            clause = parsed.clauses[other]
            if clause.joint in ("who", "whose") and other > place:
                continue
            if clause.joint != "when" and _says_more(parsed, date, clause_of_date):
                continue
            cues = parsed.cues_of(clause)
            if cues and not parsed.dates_of(clause):
                return cues
    return []


def _says_more(parsed: Parsed, date: DateMention, clause: Clause) -> bool:
    """Whether the clause of *date* tells something of its own besides."""
    rest = parsed.text[clause.start : date.start] + parsed.text[date.end : clause.end]
    return len(re.findall(r"\w{2,}", rest)) > 4 or bool(re.match(r"\s*(?:That|This|It)\b", rest))


def at_a_saying(parsed: Parsed, edtf: str) -> list[Draft]:
    """What was done when something was said on *edtf*: "Assad made the remarks as he received the credentials"."""
    said = SAID_THEN.search(parsed.text)
    if parsed.dates or not said:
        return []
    return [
        Draft(cue, parsed.clause_of(cue), edtf, None)
        for cue in parsed.cues
        if cue.start >= said.end() and cue.weight >= 2 and cue.kind not in SAID
    ][:1]


def is_entry(paragraph: str) -> bool:
    """Whether *paragraph* is an entry of a chronology, which begins with its date: "3 May 1919: …"."""
    return bool(ENTRY.match(paragraph))


def without_cues(
    parsed: Parsed, drafts: Sequence[Draft], settled: Sequence[Draft], *, present: bool
) -> tuple[Parsed, list[Draft]]:
    """*parsed* as it is with verbs by themselves for cues, and the drafts of the dates that none *settled* uses.

    *present* says that what happened is told in the present tense. The cues of *drafts*, of which nothing came where
    they are not settled, are not tried again.
    """
    used = [draft.date for draft in settled]
    if settled:
        used += [said_on(parsed.text, each, parsed.dates) for each in parsed.attributions]
    free = [date for date in parsed.dates if date.edtf and date not in used]
    if not free:
        return parsed, []
    taken = [(each.start, each.end) for each in (*parsed.cues, *parsed.dates)]
    deeds = deeds_in(parsed.text, taken, present=present)
    cues = sorted([*parsed.cues, *deeds], key=lambda cue: cue.start)
    finer = replace(parsed, cues=cues, clauses=clauses_of(parsed.text, cues, parsed.dates))
    told = [draft.cue for draft in drafts]
    return finer, _dated(replace(finer, cues=[cue for cue in cues if cue not in told]), free)


def _in_line(parsed: Parsed, drafts: Sequence[Draft]) -> list[Draft]:
    """Things done in the same breath as a dated one: "opening its embassy", "and expelled two diplomats"."""
    found = _listed(parsed, drafts)
    taken, clauses = {draft.cue for draft in (*drafts, *found)}, parsed.clauses
    for before, clause, after in zip([None, *clauses], clauses, [*clauses[1:], None], strict=False):
        cues, done = parsed.cues_of(clause), _done_in(parsed, clause)
        if not done or parsed.dates_of(clause) or any(cue.kind == "allegation" or cue in taken for cue in cues):
            continue
        for draft in drafts:
            edtf = _edtf_in_line(parsed, draft, done[0], clause, before, after)
            if edtf is not None:
                found.append(Draft(done[0], clause, edtf, draft.date))
                break
    return found


def _done_in(parsed: Parsed, clause: Clause) -> list[Cue]:
    """The cues of *clause* that tell of something done."""
    cues = parsed.cues_of(clause)
    done = [cue for cue in cues if cue.weight == 3 or cue.weight == 2 and BEGAN.search(parsed.text)]
    if clause.joint == "and" and not done:
        # "And Kennedy promised that …": what is said, too, where the clause has a subject of its own.
        return [cue for cue in cues if cue.weight == 1 and cue.start - clause.start > 8]
    return done


def _edtf_in_line(
    parsed: Parsed, draft: Draft, cue: Cue, clause: Clause, before: Clause | None, after: Clause | None
) -> str | None:
    """When that was of which *cue* tells in *clause*, between *before* and *after*, if *draft* stands beside it."""
    if after is not None and draft.clause == after and after.joint == "when":
        # "Cooperation began when …": from then on, and nobody says until when.
        edtf = f"{draft.edtf}/" if BEGAN.search(parsed.text, clause.start, clause.end) else draft.edtf
        return edtf if "//" not in edtf and "[" not in edtf else draft.edtf
    joined = clause.joint in ("and", "when") or clause.joint.endswith("ing") and clause.joint != "ending"
    is_behind = joined and draft.clause == before and draft.date and draft.date.end <= clause.start
    leads = after is not None and draft.clause == after and after.joint == "and" and clause.joint not in NOT_IN_LINE
    if not (is_behind or leads) or draft.cue.kind == cue.kind:
        return None
    return draft.edtf.removesuffix("/..") if clause.joint == "when" else draft.edtf


def _listed(parsed: Parsed, drafts: Sequence[Draft]) -> list[Draft]:
    """What else stands in a dated clause as one of several things done: "closed its embassy, recalled its envoy"."""
    taken = {draft.cue for draft in drafts}
    return [
        Draft(cue, draft.clause, draft.edtf, draft.date)
        for draft in drafts
        if draft.date
        for cue in parsed.cues_of(draft.clause)
        if cue not in taken and not cue.noun and cue.weight in (1, 3) and cue.kind != draft.cue.kind
        and (DONE_TOO.search(parsed.text, 0, cue.start) or THEN.match(parsed.text, cue.end, draft.cue.start))
        and not any(other.start < cue.start < other.end for other in parsed.dates)
    ]  # fmt: skip


def _said(parsed: Parsed, attribution: Attribution, date: DateMention | None, drafts: Sequence[Draft]) -> list[Draft]:
    """What was said on a date: what is to come, what had been, or only that something was said."""
    if date is None or not date.edtf:
        return []
    taken = {draft.cue for draft in drafts}
    if attribution.leading:
        content = [cue for cue in parsed.cues if cue.start >= attribution.verb_end]
    else:
        content = [cue for cue in parsed.cues if cue.end <= attribution.start]
    if any(cue in taken for cue in content):
        return []
    free = sorted((cue for cue in content if cue not in taken), key=lambda cue: (-cue.weight, cue.start))
    if free and free[0].weight:
        cue = free[0]
        clause = parsed.clause_of(cue)
        if AHEAD.search(parsed.text, clause.start, cue.end):
            edtf = _from(date.edtf) if cue.kind in ARRANGED else date.edtf
            found = [Draft(cue, clause, edtf, date, dated=cue.kind not in ARRANGED)]
            if cue.kind in ARRANGED and any(mark in parsed.text for mark in '“"'):
                # Quoted word for word, the saying is an event besides.
                spoken = Cue(attribution.verb_start, attribution.verb_end, "statement", 0)
                found.append(Draft(spoken, parsed.clause_of(spoken), date.edtf, date))
            return found
        if cue.weight == 3 and parsed.text[attribution.verb_start : attribution.verb_end] in ("announced", "declared"):
            # Whoever announces that it is leaving a treaty leaves it by that.
            return [Draft(cue, clause, date.edtf, date)]
        if cue.weight == 3:
            return [Draft(cue, clause, _until(date.edtf), date)]
    at_verb = [cue for cue in parsed.cues if cue.start <= attribution.verb_start < cue.end and cue.weight]
    cue = at_verb[0] if at_verb else Cue(attribution.verb_start, attribution.verb_end, "statement", 0)
    return [] if cue in taken else [Draft(cue, parsed.clause_of(cue), date.edtf, date)]


def _accused(parsed: Parsed, drafts: Sequence[Draft], said: Sequence[DateMention]) -> list[Draft]:
    """The act of which somebody is accused, or which somebody denies: at some time up to that day."""
    accusing = parsed.accusing
    denial = DENIED.search(parsed.text)
    where = accusing.end if accusing else denial.end() if denial else None
    if where is None:
        return []
    taken = {draft.cue: draft for draft in drafts}
    own = taken.get(accusing) if accusing else None
    if accusing and own is None and parsed.clause_of(accusing).joint == "when":
        own = next((each for each in drafts if each.clause.end == parsed.clause_of(accusing).start), None)
    latest = own.edtf if own else said[0].edtf if said else parsed.anchor.edtf if parsed.anchor else ""
    acts = [cue for cue in parsed.cues if cue.start >= where and cue.weight >= 2]
    if any(act in taken for act in acts):
        return []
    if acts:
        return [Draft(acts[0], parsed.clause_of(acts[0]), _until(latest), own.date if own else None, dated=False)]
    if accusing and own is None:
        return [Draft(accusing, parsed.clause_of(accusing), _until(latest), None, dated=False)]
    return []


def _ahead(parsed: Parsed, drafts: Sequence[Draft], said: Sequence[DateMention]) -> list[Draft]:
    """What is arranged and has no date yet: on the day on which that was said, or later."""
    taken = {draft.clause for draft in drafts}
    day = said[0].edtf if said else parsed.anchor.edtf if parsed.anchor else ""
    if not day:
        return []
    return [
        Draft(cue, clause, _from(day), None, dated=False)
        for cue in parsed.cues
        if cue.kind in ARRANGED and cue.weight == 3 and (clause := parsed.clause_of(cue)) not in taken
        and not parsed.dates_of(clause) and AHEAD.search(parsed.text, clause.start, cue.end)
        and clause.joint not in NOT_IN_LINE
        and not any(
            each.start < cue.start and (each.kind in SAID or each.kind == "invitation")
            for each in parsed.cues_of(clause)
        )
    ][:1]  # fmt: skip


def _from(edtf: str) -> str:
    return edtf if any(mark in edtf for mark in "[]{}/") else f"[{edtf}..]"


def _until(edtf: str) -> str:
    edtf = edtf.removesuffix("/..")
    return edtf if not edtf or any(mark in edtf for mark in "[]{}/") else f"[..{edtf}]"
