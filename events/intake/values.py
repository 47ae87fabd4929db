"""What the intake finds in a text, as plain values. Offsets count characters of the paragraph's text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """The words that led to something: *what* is "date", "party", "kind", "stance" or "origin".

    Instead of "kind" it is "verb" where no words tell a kind, and the verb alone made a draft of it.
    """

    start: int
    end: int
    what: str


@dataclass(frozen=True, slots=True)
class Party:
    """A record that takes part, and the words that name it: *model* is "country", "organization" or "leader".

    A person may act for a country, and then only the person is listed: the country is that of the office.
    """

    model: str
    public_id: str
    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Who is quoted: *words* as the text has them; *model* and *public_id* are blank where the record knows no such."""

    words: str
    start: int
    end: int
    model: str = ""
    public_id: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft of an event and of the claim that the text makes on it. An editor decides.

    *paragraph* counts from 1, as locators do; *start* and *end* are the sentence; *date* is EDTF, or "" where the
    words give none; *kind*, *stance* and roles are the record's own slugs. Where only a verb led to it *kind* is no
    more than likely, and "" where the verb makes none likely: the editor chooses.
    """

    paragraph: int
    start: int
    end: int
    date: str
    kind: str
    stance: str
    parties: tuple[Party, ...]
    origin: Origin | None
    title: str
    marks: tuple[Mark, ...]

    @property
    def is_by_verb(self) -> bool:
        """Whether no words told its kind."""
        return any(mark.what == "verb" for mark in self.marks)

    @property
    def locator(self) -> str:
        return f"para. {self.paragraph}"
