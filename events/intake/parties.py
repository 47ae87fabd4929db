"""Who is named in a sentence, at a date, and who is meant by a title or a pronoun."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from events.edtf import EDTFDate
from events.folding import fold
from events.intake import offices
from events.intake.finding import Spotted
from events.intake.names import Named, Names
from events.intake.sentences import sentences
from events.intake.strangers import (
    AFTER_TITLE,
    BEFORE_COUNTRY,
    BOTH_TITLED,
    ENDS_WITH_TITLE,
    NO_SURNAME,
    OF_A_COUNTRY,
    Strangers,
    overlaps,
    own_country,
    surname,
    titled,
)

MOST_REMEMBERED = 12
#: Organizations that act as their country, but are quoted as themselves.
GOVERNMENTS = frozenset({"government", "government-department"})
IN_A_PLACE = re.compile(r"\b(?:in|at|near|from|outside) $")
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


@dataclass
class Discourse:
    """What a text has said so far about who is who."""

    names: Names
    cast: list[str] = field(default_factory=list)  #: leaders as they first appeared
    leaders: list[str] = field(default_factory=list)  #: the latest last
    sides: list[str] = field(default_factory=list)  #: countries and organizations, the latest last
    #: How often the text names each country, by its leaders too; as far as it was read, twice that.
    spoken_of: Counter[str] = field(default_factory=Counter)
    subject: tuple[str, ...] = ()  #: who acted in the sentence before
    person: tuple[str, ...] = ()  #: the person named last, or the country of one whom the record lacks
    strangers: Strangers = field(default_factory=Strangers)

    def mentions(self, sentence: str, when: EDTFDate | None) -> list[Mention]:
        """Those of *sentence* from left to right, as they were called at *when*; titles joined with their names."""
        found = [
            mention
            for spotted in self.names.finder.find(sentence)
            if (mention := self._meant(sentence, spotted, when)) is not None
        ]
        found = [self._with_name(sentence, each) for each in _joined(sentence, found, self.names, when)]
        found += [
            Mention(start, end, (code,), "person") for start, end, code in self.strangers.named(sentence, _spans(found))
        ]
        found += self._strangers(sentence, found)
        return sorted([*found, *self._titles_alone(sentence, found, when)], key=lambda each: each.start)

    def _with_name(self, sentence: str, mention: Mention) -> Mention:
        """*mention* with the name of whom the record lacks: "Syrian Foreign Minister" and "Walid al-Moallem"."""
        if not _is(mention, self.names, "country"):
            return mention
        start, end, code = mention.start, mention.end, mention.ids[0]
        if ENDS_WITH_TITLE.search(sentence, start, end):
            after = AFTER_TITLE.match(sentence, end)
            before = BEFORE_COUNTRY.search(sentence, 0, start)
            if after and surname(after["name"]) not in NO_SURNAME:
                self.strangers.note(after["name"], code)
                return replace(mention, end=after.end(), how="person")
            if before and surname(before["name"]) not in NO_SURNAME:
                self.strangers.note(before["name"], code)
                return replace(mention, start=before.start(), how="person")
        return mention

    def _strangers(self, sentence: str, found: list[Mention]) -> Iterator[Mention]:
        """People with a title whom neither the record nor the text names otherwise, of the country spoken of."""
        for both in BOTH_TITLED.finditer(sentence):
            pair = tuple(code for code, _ in self.spoken_of.most_common(2))
            if len(pair) == 2 and not overlaps(both.span(), _spans(found)):
                yield Mention(*both.span(), pair, "together")
        for match in titled(sentence, _spans(found)):
            end = match.end("name")
            of = next((each for each in found if OF_A_COUNTRY.fullmatch(sentence[end : each.start])), None)
            told = of.ids[0] if of else own_country(match["title"])
            code = told or self._home(found)
            if code in self.names.by_id:
                self.strangers.note(match["name"], code, guessed=not told)
                if of is None:
                    yield Mention(match.start(), end, (code,), "person")

    def _home(self, found: list[Mention]) -> str:
        """Of which country somebody is whose title stands alone in a sentence that names *found*."""
        by_id = self.names.by_id
        here = [each for mention in found for each in mention.ids if by_id[each].model == "country"]
        subject = [each for each in self.subject if by_id[each].model == "country"]
        often = [code for code, _ in self.spoken_of.most_common(2)]
        elsewhere = [code for code in [*subject, *often] if code not in here]
        return next(iter([*elsewhere, *subject, *often, *here]), "")

    def look_ahead(self, blocks: Iterable[str], when: EDTFDate | None) -> None:
        """Learn of a text, headline and all, whom it speaks of most, and who its people are."""
        for block in blocks:
            for start, end in sentences(block):
                for mention in self.mentions(block[start:end], when):
                    self.spoken_of.update(self._countries(mention))
        self.strangers.forget_guesses()

    def _countries(self, mention: Mention) -> list[str]:
        """Codes of the countries that *mention* names, or whose leaders."""
        records = [self.names.by_id[each] for each in mention.ids]
        return [
            code
            for record in records
            for code in ([record.public_id] if record.model == "country" else sorted(offices.countries_of(record)))
        ]

    def topic(self) -> tuple[str, ...]:
        """The country of which the text has spoken most."""
        return tuple(code for code, _ in self.spoken_of.most_common(1))

    def note(self, sentence: str, mentions: list[Mention], subject: tuple[str, ...]) -> None:
        """Remember a *sentence* that was read; the place where something was done is nobody."""
        for mention in mentions:
            if mention.how == "seat" and IN_A_PLACE.search(sentence, 0, mention.start):
                continue
            self.spoken_of.update(self._countries(mention))
            for each in mention.ids:
                record = self.names.by_id[each]
                memory = self.leaders if record.model == "leader" else self.sides
                if record.model == "leader" and each not in self.cast:
                    self.cast.append(each)
                if record.model == "leader" or mention.how == "person":
                    self.person = (each,)
                if record.kind not in ("news-agency", "publisher"):
                    if each in memory:
                        memory.remove(each)
                    memory.append(each)
                    del memory[:-MOST_REMEMBERED]
        if subject:
            self.subject = subject

    def _meant(self, sentence: str, spotted: Spotted, when: EDTFDate | None) -> Mention | None:
        if spotted.how == "nobody":
            return None
        records = [self.names.by_id[each] for each in spotted.candidates]
        if spotted.how == "together":
            return Mention(spotted.start, spotted.end, spotted.candidates, "together")
        if spotted.how == "half":
            alone = sentence[: spotted.start].lower().endswith("the ") and not re.match(
                " [A-Z]", sentence[spotted.end :]
            )
            records = [each for each in records if alone and self._speaks_of(sentence, each)]
            if not records:
                return None
        if records[0].model == "leader":
            return self._leader(sentence, spotted, records, when)
        if records[0].model == "organization":
            record = records[0]
            if record.kind in GOVERNMENTS and record.country:
                return Mention(spotted.start, spotted.end, (record.country,), "seat", record.public_id)
            return Mention(spotted.start, spotted.end, (record.public_id,), spotted.how)
        existed = [each for each in records if when is None or each.existence is None
                   or offices.overlap(each.existence, when)]  # fmt: skip
        return Mention(spotted.start, spotted.end, ((existed or records)[0].public_id,), spotted.how)

    def _speaks_of(self, sentence: str, half: Named) -> bool:
        """Whether the text has named the country of which this is a half: "the North" is North Korea then."""
        whole = half.name.split()[-1]
        return whole in sentence or any(whole in self.names.by_id[each].name.split() for each in self.sides)

    def _leader(self, sentence: str, spotted: Spotted, bearers: list[Named], when: EDTFDate | None) -> Mention | None:
        """Whoever held office then; else who was last so called in the text; else the only one of that name."""
        start = spotted.start
        before = offices.BEFORE_NAME.search(sentence, 0, start)
        title = (before and before["title"]) or ""
        if " " not in sentence[start : spotted.end].strip() and _is_part_of_a_name(sentence, spotted):
            return None
        held = [each for each in bearers if offices.in_office(each, when, title)]
        if not held and title:
            held = [each for each in bearers if offices.in_office(each, when)]
        said = [each for each in self.leaders if any(each == bearer.public_id for bearer in held or bearers)]
        if len(held) == 1:
            meant = held[0].public_id
        elif said:
            meant = said[-1]
        elif len(bearers) == 1:
            meant = bearers[0].public_id
        else:
            return None
        return Mention(before.start() if before else start, spotted.end, (meant,), "name")

    def _titles_alone(self, sentence: str, found: list[Mention], when: EDTFDate | None) -> Iterator[Mention]:
        """ "The President", of whom the text spoke; else the one of the country of whom it spoke last."""
        for match in offices.ALONE.finditer(sentence):
            if any(match.start() < each.end and each.start < match.end() for each in found):
                continue
            title = match["title"]
            before = [each for mention in found if mention.end <= match.start() for each in mention.ids]
            earlier = [*self.leaders, *(each for each in before if self.names.by_id[each].model == "leader")]
            spoken_of = [each for each in earlier if offices.in_office(self.names.by_id[each], when, title)]
            if spoken_of:
                yield Mention(match.start(), match.end(), (spoken_of[-1],), "title")
                continue
            for each in dict.fromkeys([*self.cast, *earlier]):
                codes = offices.countries_of(self.names.by_id[each], when)
                holders = {holder.public_id for code in codes
                           if (holder := offices.holder(self.names, code, title, when))}  # fmt: skip
                if len(holders) == 1:
                    yield Mention(match.start(), match.end(), tuple(holders), "title")
                break


def _is_part_of_a_name(sentence: str, spotted: Spotted) -> bool:
    """Whether the surname stands in the name of another person: "Hillary Clinton", "Kim Yong Chol"."""
    before = CAPITALISED_BEFORE.search(sentence, 0, spotted.start)
    if before and not NO_NAME.fullmatch(before[1]) and not before[1].endswith(("'s", "’s", "ian", "ean", "ese", "ish")):
        opens = before.start() == 0 or sentence[: before.start()].rstrip()[-1:] in '.:“"'
        if not opens or sentence[before.end() - 1] == "-":
            return True
        return not re.match(r"[A-Z][a-z]*(?:ly|er|ing|ed)$", before[1])
    after = CAPITALISED_AFTER.match(sentence, spotted.end)
    return bool(after) and not NO_NAME.fullmatch(after[1])


def _joined(sentence: str, found: list[Mention], names: Names, when: EDTFDate | None) -> Iterator[Mention]:
    """*found*, a country and a title before a name, or after it, taken together with the person."""
    place = 0
    while place < len(found):
        mention, following = found[place], found[place + 1] if place + 1 < len(found) else None
        if _is(mention, names, "country"):
            taken, used = _country_with_title(sentence, mention, following, names, when)
            yield taken
            place += used
            continue
        if following is not None and _is(mention, names, "leader") and _is(following, names, "country"):
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


def _spans(mentions: Iterable[Mention]) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in mentions]


def _is(mention: Mention, names: Names, model: str) -> bool:
    return len(mention.ids) == 1 and names.by_id[mention.ids[0]].model == model


def _country_with_title(
    sentence: str, mention: Mention, following: Mention | None, names: Names, when: EDTFDate | None
) -> tuple[Mention, int]:
    """The person whom a country with a title means, and how many mentions that took; else the country alone."""
    code = mention.ids[0]
    title = offices.AFTER_COUNTRY.match(sentence, mention.end)
    if following is not None and _is(following, names, "leader"):
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
