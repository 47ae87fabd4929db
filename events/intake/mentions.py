"""What words of a sentence mean: a record, or several, with the title that stands beside the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from events.edtf import EDTFDate
from events.folding import fold
from events.intake import offices
from events.intake.finding import Spotted
from events.intake.names import Names

CAPITALISED_BEFORE = re.compile(r"([A-ZÀ-Þ][\w’'.-]*)[ -]$")
CAPITALISED_AFTER = re.compile(r"[ -]([A-ZÀ-Þ][a-zà-ÿ]+)")
#: Capitalised words beside a surname that are no part of a name.
NO_NAME = re.compile(
    r"(?:The|A|An|In|On|At|By|But|And|When|While|After|Before|As|If|For|From|With|Since|Until|That|Both|Mr|Mrs|Ms|Dr|"
    r"President|Minister|Premier|Chancellor|Secretary|State|Chairman|Marshal|General|King|Queen|Prime|Foreign|Leader|"
    r"Mon|Tues|Wednes|Thurs|Fri|Satur|Sunday|Comrade|Colonel|HE|Secretary-General|Emir|Shah|Pope|Supreme|Did|Will|"
    r"Supposedly|Then|Later|Earlier|Yesterday|Today|Sir|Lord)(?:\.|day)?"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|Government|Administration|Doctrine"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Records that words from *start* to *end* mean: one, or several at once ("the two Koreas").

    *how* is "name", "people", "seat", "title", "person" (of that country; the record lacks the person), "together" or
    "pronoun". *organization* is set where the words name a government, which acts as its country but is quoted as
    itself.
    """

    start: int
    end: int
    ids: tuple[str, ...]
    how: str
    organization: str = ""


def is_part_of_a_name(sentence: str, spotted: Spotted) -> bool:
    """Whether the surname stands in the name of another person: "Hillary Clinton", "Kim Yong Chol"."""
    before = CAPITALISED_BEFORE.search(sentence, 0, spotted.start)
    if before and not NO_NAME.fullmatch(before[1]) and not before[1].endswith(("'s", "’s", "ian", "ean", "ese", "ish")):
        opens = before.start() == 0 or sentence[: before.start()].rstrip()[-1:] in '.:“"'
        if not opens or sentence[before.end() - 1] == "-":
            return True
        return not re.match(r"[A-Z][a-z]*(?:ly|er|ing|ed)$", before[1])
    after = CAPITALISED_AFTER.match(sentence, spotted.end)
    return bool(after) and not NO_NAME.fullmatch(after[1])


def joined(sentence: str, found: list[Mention], names: Names, when: EDTFDate | None) -> Iterator[Mention]:
    """*found*, a country and a title before a name, or after it, taken together with the person."""
    place = 0
    while place < len(found):
        mention, following = found[place], found[place + 1] if place + 1 < len(found) else None
        if is_one(mention, names, "country"):
            taken, used = _country_with_title(sentence, mention, following, names, when)
            yield taken
            place += used
            continue
        if following is not None and is_one(mention, names, "leader") and is_one(following, names, "country"):
            gap = sentence[mention.end : following.start]
            own = following.ids[0] in offices.countries_of(names.by_id[mention.ids[0]])
            title = offices.AFTER_COUNTRY.match(sentence, following.end)
            if (
                own
                and re.fullmatch(r"(?: of(?: the)? |, (?:the )?(?:[\w-]+ of )?(?:the )?)", gap)
                and (title or "of" in gap)
            ):
                yield replace(mention, end=title.end() if title else following.end)
                place += 2
                continue
        yield mention
        place += 1


def spans(mentions: Iterable[Mention]) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in mentions]


def is_one(mention: Mention, names: Names, model: str) -> bool:
    return len(mention.ids) == 1 and names.by_id[mention.ids[0]].model == model


def _country_with_title(
    sentence: str, mention: Mention, following: Mention | None, names: Names, when: EDTFDate | None
) -> tuple[Mention, int]:
    """The person whom a country with a title means, and how many mentions that took; else the country alone."""
    code = mention.ids[0]
    title = offices.AFTER_COUNTRY.match(sentence, mention.end)
    if following is not None and is_one(following, names, "leader"):
        gap = sentence[mention.end : following.start]
        own = code in offices.countries_of(names.by_id[following.ids[0]])
        if own and re.fullmatch(r"(?:['’]s?)?(?:,? [\w-]+){0,4}?,? ?", gap) and (title or gap.strip(" ’'s") == ""):
            return replace(following, start=mention.start), 2
    if title:
        person = offices.holder(names, code, title["title"], when)
        name_follows = re.match(r",? [A-Z][a-z]", sentence[title.end() : title.end() + 4])
        if person and not name_follows and not title[0].endswith("s"):
            return Mention(mention.start, title.end(), (person.public_id,), "title"), 1
        return replace(mention, end=title.end()) if mention.how != "together" else mention, 1
    before = offices.OF_COUNTRY.search(sentence, 0, mention.start)
    if before:
        person = offices.holder(names, code, before["title"], when)
        if person:
            return Mention(before.start(), mention.end, (person.public_id,), "title"), 1
    return mention, 1


def same_name(one: str, other: str) -> bool:
    return fold(one).removeprefix("the ") == fold(other).removeprefix("the ")
