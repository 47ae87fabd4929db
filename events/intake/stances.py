"""What stance a clause takes: announces, postpones, cancels, alleges, denies, mentions, or reports."""

import re

from events.intake.dates import is_a_first
from events.vocabulary.stances import Stance

AHEAD = re.compile(
    r"\b(?:will|shall|would|going to|(?:is|are|was|were|be|been) (?:to|due|set|scheduled|slated|expected|planned|"
    r"supposed|about to)\b|due|scheduled|slated|(?<!had )planned|plans? (?:to|a|an)|planning|expects? to|intends?|"
    r"intended to|"
    r"upcoming|forthcoming|hopes? to|(?:set|ready|prepared) to|to (?:be held|take place|meet|visit|hold|"
    r"sign|reopen|travel|attend))\b"
)
CANCELLED = re.compile(
    r"\b(?:cancel(?:s|led|ed|ling|lation)?|call(?:s|ed|ing)? off|scrap(?:s|ped)?|shelv(?:e|es|ed)|abandon(?:s|ed)|"
    r"scuppered|will not (?:take place|go ahead|be held|meet|visit|attend|travel|sign)|would not (?:take place|"
    r"go ahead|"
    r"be held|meet|visit|attend|travel|sign)|withdr(?:ew|awn) (?:the|its|his|her|their) invitation|invitation was "
    r"withdrawn|is off)\b",
    re.IGNORECASE,
)
POSTPONED = re.compile(
    r"\b(?:postpon(?:e|es|ed|ing|ement)|put(?:s|ting)? off|put back|delay(?:s|ed|ing)|defer(?:s|red|ring)?|"
    r"push(?:es|ed|ing)? back|reschedul(?:e|es|ed|ing))\b",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial)|(?:reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|rebut(?:s|ted)?|refut(?:e|es|ed)) "
    r"(?:(?:the|all|any|these|those|such|that|as \w+|media|press|recent) ){0,2}(?:allegations?|accusations?|"
    r"charges?|claims?|"
    r"reports?|suggestions?|assertions?)|no truth|(?:there (?:was|were|had been)|had) no such)\b",
    re.IGNORECASE,
)
#: "A charge that the North denies": the denial of what the sentence told before.
DENIED_AFTERWARDS = re.compile(
    r"\b(?:which (?:it |they )?|"
    r"(?:an? |the )?(?:charges?|accusations?|allegations?|claims?|assertions?|something|which)(?: that| which)? "
    r"(?P<who>(?:[\w’'.-]+ ){1,6}?))"
    r"(?:has |have |had )?(?:repeatedly |always |flatly |strongly |also )?"
    r"(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?)\b",
    re.IGNORECASE,
)
#: "Caracas denies the charge", a sentence or a clause of its own.
DENIES_IT = re.compile(
    r"(?:^|[;,] (?:but |and |though )?)(?P<who>[A-Z][\w’'. -]{1,60}?|the [\w’'. -]{1,60}?) (?:has |have |had )?"
    r"(?:repeatedly |always |flatly |strongly |also )?(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?) "
    r"(?:it\b(?! \w+ed)|this\b|"
    r"(?:the|that|those|these|all|any|both) (?:\w+ )?(?:charges?|accusations?|allegations?|claims?|reports?)\b)"
)
ALLEGED = re.compile(
    r"\b(?:accus(?:e|es|ed|ing)|alleg(?:e|es|ed|ing|edly)|suspect(?:s|ed)?(?: of| that| to)?|(?:is|are|was|were) "
    r"(?:said|believed|thought|rumou?red|understood|suspected|alleged) to have|blam(?:e|es|ed|ing)|"
    r"by (?:several|some|many|unconfirmed|other) (?:accounts|reports)|unconfirmed reports?|rumou?rs?|claim(?:s|"
    r"ed) that|"
    r"asked about reports)\b",
    re.IGNORECASE,
)
POSSIBLE = re.compile(r"\b(?:may|might|could)\b(?! not)|\b(?:is|was) (?:possible|conceivable|considering|weighing)\b")
PASSIVE = re.compile(r"\b(?:is|are|was|were|been|be|being)(?: \w+)? $")
NEGATED = re.compile(
    r"\b(?:not|never|without|fail(?:s|ed)? to|unable to|no longer|nor|hardly|stopped short of|"
    r"no (?:\w+ )?(?:meeting|talks|"
    r"agreement|visit|summit|date|plans?))\b"
)


def stance_of(
    sentence: str, start: int, end: int, cue_start: int, cue_end: int, *, future: bool
) -> tuple[str, tuple[int, int] | None] | None:
    """The stance toward what stands at *cue_start*, of a clause from *start* to *end*, and the words that tell it.

    None where the clause says that nothing was done. *future* says that its date is spoken of as one to come.
    """
    for pattern, first, last, stance in (
        (DENIED, max(0, start - 60), cue_start, Stance.DENIES),
        (POSTPONED, start, end, Stance.POSTPONES),
        (CANCELLED, start, end, Stance.CANCELS),
        (NEGATED, start, cue_start, None),
        (ALLEGED, start if sentence.startswith("and ", start) else max(0, start - 80), cue_end, Stance.ALLEGES),
        (ALLEGED, start, end, Stance.ALLEGES),
        (AHEAD, start, end if future else cue_end, Stance.ANNOUNCES),
        (POSSIBLE, start, cue_start, Stance.MENTIONS),
    ):
        match = pattern.search(sentence, first, last)
        if match and is_a_first(sentence, match):
            match = pattern.search(sentence, match.end(), last)
        if match and pattern in (POSTPONED, CANCELLED) and match.start() >= cue_end:
            # "Recalled its envoy and cancelled the concert": only "the visit was cancelled" cancels what stands before.
            match = match if PASSIVE.search(sentence, 0, match.start()) else None
        if match:
            return None if stance is None else (stance.value, match.span())
    return Stance.REPORTS.value, None
