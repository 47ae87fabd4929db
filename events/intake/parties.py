"""Who is named in a sentence, at a date, and who is meant by a title or a pronoun."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from events.edtf import EDTFDate
from events.intake import offices
from events.intake.finding import Spotted
from events.intake.mentions import Mention, is_one, is_part_of_a_name, joined, spans
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
        found = [self._with_name(sentence, each) for each in joined(sentence, found, self.names, when)]
        found += [
            Mention(start, end, (code,), "person") for start, end, code in self.strangers.named(sentence, spans(found))
        ]
        found += self._strangers(sentence, found)
        return sorted([*found, *self._titles_alone(sentence, found, when)], key=lambda each: each.start)

    def _with_name(self, sentence: str, mention: Mention) -> Mention:
        """*mention* with the name of whom the record lacks: "Syrian Foreign Minister" and "Walid al-Moallem"."""
        if not is_one(mention, self.names, "country"):
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
            if len(pair) == 2 and not overlaps(both.span(), spans(found)):
                yield Mention(*both.span(), pair, "together")
        for match in titled(sentence, spans(found)):
            end = match.end("name")
            of = next((each for each in found if OF_A_COUNTRY.fullmatch(sentence[end : each.start])), None)
            told = of.ids[0] if of else own_country(match["title"])
            if not of and told not in self.spoken_of and len(self.spoken_of) > 1:
                told = ""  # not the only foreign secretary: the text never speaks of that country
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
                    self.spoken_of.update(code for each in mention.ids for code in self.countries_of(each))
        self.strangers.forget_guesses()

    def countries_of(self, public_id: str) -> list[str]:
        """The code of the country that it is, or those of a leader or none."""
        record = self.names.by_id[public_id]
        return [public_id] if record.model == "country" else sorted(offices.countries_of(record))

    def named(self, name: str) -> tuple[str, ...]:
        """Whom the record knows under *name*."""
        return tuple(each for spotted in self.names.finder.find(name) for each in spotted.candidates[:1])

    def topic(self) -> tuple[str, ...]:
        """The country of which the text has spoken most."""
        return tuple(code for code, _ in self.spoken_of.most_common(1))

    def note(self, sentence: str, mentions: list[Mention], subject: tuple[str, ...]) -> None:
        """Remember a *sentence* that was read; the place where something was done is nobody."""
        for mention in mentions:
            if mention.how == "seat" and IN_A_PLACE.search(sentence, 0, mention.start):
                continue
            self.spoken_of.update(code for each in mention.ids for code in self.countries_of(each))
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
                   or each.existence.may_overlap(when)]  # fmt: skip
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
        if " " not in sentence[start : spotted.end].strip() and is_part_of_a_name(sentence, spotted):
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
