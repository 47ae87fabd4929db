"""Who is quoted in a sentence: "KCNA said", "according to a UN report", "Assad wrote on Saturday"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from events.intake.dates import DateMention

SAID = (
    r"(?:said|says|say|saying|reported|reports|told|announced|announces|confirmed|confirms|wrote|writes|stated|"
    r"declared|added|adds|claimed|claims|insisted|argued|acknowledged|admitted|disclosed|revealed|noted|explained|"
    r"testified|asserted|maintained|quoted|tweeted|"
    r"recalled(?! (?:its|their|his|her|the|an?)\b)|remarked|warned|denied|denies|deny|alleged|alleges)"
)
ADVERB = r"(?:also|later|earlier|repeatedly|reportedly|publicly|then|itself|themselves|on its website|in a statement)"
ACCORDING = re.compile(
    r"\b(?:according to|as (?:quoted|reported|cited) by|quoted by|reported by|citing|quoting|in the words of|"
    r"by the account of|as told to) (?P<who>[^,;:()“”\"]{2,90}?)(?=\s*(?:[,;:.()“”\"]|$)| (?:on|in|last|that|who|"
    r"which|as|and "
    r"(?:is|was|has|will)|said|from|would|will|had|has|was|were|is)\b)",
    re.IGNORECASE,
)
#: At the end of what was said: ", KCNA said", "” Assad wrote".
TRAILING = re.compile(
    rf"[,”\"’]\s+(?P<who>(?!and\b|but\b|who\b|which\b|as\b|an? charge|an? accusation|an? claim|an? allegation)"
    rf"[^,;:“”\"]{{2,80}}?)\s+(?:{ADVERB} )?(?P<verb>{SAID})"
    rf"(?P<rest>(?: (?:on|in|at|late|early|last|that|earlier|yesterday|today|to|it|a|its|their|reporters|journalists|"
    rf"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b[^,;:“”\"]*|(?<=told) [^,;:“”\"]*)?)(?=[.,;:“\"]|$)"
)
INVERTED = re.compile(rf"[,”\"’]\s+(?P<verb>{SAID}) (?P<who>(?!on\b|in\b|at\b|that\b)[^,;:“”\"]{{2,80}}?)(?=[.,;:]|$)")
#: At its beginning: "Saudi Arabia said on Tuesday that".
LEADING = re.compile(rf"(?P<who>(?:[^;:“”\"]){{1,120}}?),?\s+(?:(?:has|have|had) )?(?:{ADVERB} )?(?P<verb>{SAID})\b")
CONTENT = re.compile(r"[^“”\"]*?\b(?:that|would|will|had|was|were|has|have|is|are|could|may)\b|[^“”\"]{0,40}[“\"]")
LEADS_IN = re.compile(
    r"^(?:(?:but|and|however|meanwhile|earlier|later|separately|also|in \w+|on \w+|at \w+|for (?:its|his) part|"
    r"last \w+|"
    r"in a statement|yesterday|today|asked [^,]+)\b,? ?)+,?\s*",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"(?:he|she|it|they|we|i|who|which|there|this|that|what|the two(?: \w+)?)$", re.IGNORECASE)
ANOTHER_CLAUSE = re.compile(
    r"\b(?:that|\w{3,}ed|came|went|held|met|took|gave|left|made|was|were|had|has|have|is|are)\b"
    r"[^,]*, (?:and|but|while)\b"
)
OBJECT = re.compile(r" (?:the|a|an|its|his|her|their|two|new|several|it|them|him)\b")
SAYS_ONLY = frozenset({"said", "says", "say", "told", "wrote", "denied", "denies", "deny"})
OPENS_WITH_WHEN = re.compile(r"(?:in|on|at|by|late|early|during)\b[^,]*$", re.IGNORECASE)
RELATIVE = re.compile(r"\b(?:who|which|whose|that|where)\W*$", re.IGNORECASE)
NOT_A_SPEAKER = re.compile(r"\b(?:is|are|was|were|be|been)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is quoted, from *start* to *end*; *verb* is where the saying stands (0, 0 for "according to")."""

    start: int
    end: int
    words: str
    verb_start: int
    verb_end: int
    leading: bool = False

    @property
    def is_pronoun(self) -> bool:
        return bool(PRONOUN.match(self.words))


def attributions(sentence: str, dates: Sequence[DateMention], starts: Sequence[int] = (0,)) -> list[Attribution]:
    """Those of *sentence*, in order. *starts* is where its clauses begin, each without the word that joins it."""
    found = [_made(match, sentence, dates, (match.start(), match.start())) for match in ACCORDING.finditer(sentence)]
    taken = [each.verb_start for each in found]
    for start in starts:
        if start and RELATIVE.search(sentence, 0, start):
            continue
        leading = LEADING.match(sentence, start)
        if leading and _quotes(sentence, leading):
            # Of two that begin further and further to the right, the nearer to the verb names who spoke.
            found = [each for each in found if each.verb_start != leading.start("verb")]
            found.append(_made(leading, sentence, dates, leading.span("verb"), leading=True))
    for pattern in (TRAILING, INVERTED):
        for match in pattern.finditer(sentence):
            if all(match.start("verb") != each.verb_start for each in found) and match.start("verb") not in taken:
                found.append(_made(match, sentence, dates, match.span("verb")))
    return sorted((each for each in found if each.words), key=lambda each: each.start)


def _quotes(sentence: str, leading: re.Match[str]) -> bool:
    """Whether what follows was said, and is not only what was announced ("announced the decision")."""
    if NOT_A_SPEAKER.search(leading["who"]) or not CONTENT.match(sentence, leading.end()):
        return False
    if leading["verb"] in SAYS_ONLY or not OBJECT.match(sentence, leading.end()):
        return True
    following = " ".join(sentence[leading.end() :].split()[:7])
    return bool(re.search(r"\b(?:that|would|will|had|was|were|is|are)\b", following))


def _made(match, sentence, dates, verb, *, leading=False) -> Attribution:
    start, end = match.span("who")
    if leading:
        # "Bush demanded that it be returned, and again on Tuesday said": nobody is named whom that quotes.
        start += max((each.end() for each in ANOTHER_CLAUSE.finditer(sentence[start:end])), default=0)
        for date in dates:
            if start < date.start < end and OPENS_WITH_WHEN.match(sentence[start : date.start]):
                start = date.end
        while start < end and sentence[start] in " ,":
            start += 1
        lead = LEADS_IN.match(sentence[start:end])
        start += lead.end() if lead else 0
        relative = re.search(r",? (?:who|which|whose)\b", sentence[start:end])
        end = start + relative.start() if relative else end
    changed = True
    while changed:
        changed = False
        for date in dates:
            # "Iran on Monday denied", "On Monday Iran said": the day is no part of who said so.
            if date.start < end <= date.end + 1 and date.start > start:
                end, changed = date.start, True
            elif date.start <= start + 3 < date.end and date.end < end:
                start, changed = date.end, True
        trimmed = sentence[start:end]
        shorter = re.sub(r"(?:,|\s|\b(?:on|in|late|early|at|since|has|have|had|also))+$", "", trimmed)
        end = start + len(shorter)
    while start < end and sentence[start] in " ,":
        start += 1
    return Attribution(start, end, sentence[start:end], *verb, leading=leading)


def said_on(sentence: str, attribution: Attribution, dates: Sequence[DateMention]) -> DateMention | None:
    """The date of the saying itself, not of what was said: "said on Tuesday that", "on Monday denied"."""
    for date in dates:
        between = sentence[attribution.verb_end : date.start]
        if date.start >= attribution.verb_end > 0 and re.fullmatch(
            r"(?: (?:on|in|late|early|last|earlier|at|reporters|journalists|in a statement|in an interview|to \w+|"
            r"a|news|"
            r"conference|parliament|statement|television|speech|by|telephone|the)\b)* ?", between
        ):  # fmt: skip
            return date
        told = sentence[attribution.verb_start : attribution.verb_end] == "told"
        if told and date.start >= attribution.verb_end and re.fullmatch(r"[^,;]{1,45}", between):
            return date
        before = sentence[date.end : attribution.verb_start]
        if (
            attribution.end <= date.start
            and date.end <= attribution.verb_start
            and re.fullmatch(r"[ \w]{0,11}", before)
        ):
            return date
        if attribution.leading and date.end <= attribution.start and not re.search(r"\w{3,}", sentence[: date.start]):
            return date
    return None
