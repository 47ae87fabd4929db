"""What an editor had before their eyes when they began to change a record, and what others changed meanwhile.

The form carries a token: the version of the record and of each of its rows, with a digest of every field. When it is
sent, the token is compared with what is stored by then. Where versions differ, or the history has a later one (a record
that was deleted and taken back counts from one again), nothing is saved. Instead the form comes back, brought up to
date: what the editor did not touch shows the others' values, what the editor typed stays, and sentences tell of every
difference.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django import forms
from django.http import QueryDict

from events.admin.keys import key_of
from events.differences import Difference
from events.models import Version

FIELD = "seen"  #: of the form: the token
LONGEST_SHOWN = 120  #: characters of a value in a sentence
MOST_ROWS = 2_000  #: of one formset; Django's own limit for what is sent

FIRST = (
    "{} changed this while you worked on it, so nothing of yours is saved yet. Look at what is listed here; "
    "saving again keeps what stands in the form now."
)


def texts(form: forms.ModelForm) -> dict[str, str]:
    """The value of each field of the record in an unbound *form*, as it stands in the page."""
    return {name: text_of(form.fields[name], form[name].value()) for name in form.fields if is_of_record(form, name)}


def is_of_record(form: forms.ModelForm, name: str) -> bool:
    """Whether the field *name* of *form* is one of its record, and not one that is only asked beside it."""
    return any(field.name == name for field in form._meta.model._meta.fields)


def text_of(form_field: forms.Field, value: Any) -> str:
    """*value*, stored or sent, as one comparable text."""
    shown = form_field.widget.format_value(value)
    if isinstance(shown, list):
        shown = ",".join(shown)
    return clear(str("" if shown is None else shown))


def clear(text: str) -> str:
    """*text* without what browsers do to it on the way."""
    return text.replace("\r\n", "\n").strip()


def digests(form: forms.ModelForm) -> dict[str, str]:
    return {name: digest(text) for name, text in texts(form).items()}


def digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def worded(form_field: forms.Field, text: str) -> str:
    """A value as an editor knows it: the label of a choice instead of its key."""
    if isinstance(form_field, forms.ModelChoiceField) and text:
        try:
            return form_field.label_from_instance(form_field.to_python(text))
        except forms.ValidationError:
            return text
    if isinstance(form_field, forms.ChoiceField):
        return str(dict(form_field.choices).get(text, text))
    return text


def shown(text: str) -> str:
    """A value in a sentence."""
    text = ", ".join(text.splitlines())
    return f"“{text[:LONGEST_SHOWN]}{'…' if len(text) > LONGEST_SHOWN else ''}”" if text else "nothing"


@dataclass(frozen=True)
class Stored:
    """A record as it is stored: its unbound form, and those of its rows, by formset prefix and key."""

    record: forms.ModelForm
    rows: Mapping[str, Mapping[int, forms.ModelForm]]

    @property
    def token(self) -> str:
        record = self.record.instance
        latest = Version.objects.of(record).values_list("pk", flat=True).first() or 0
        state = {"version": record.version, "latest": latest, "fields": digests(self.record), "rows": {}}
        for prefix, forms_by_key in self.rows.items():
            state["rows"][prefix] = {
                str(key): {"version": form.instance.version, "fields": digests(form)}
                for key, form in forms_by_key.items()
            }
        return json.dumps(state, separators=(",", ":"))

    def versions(self) -> dict[str, Any]:
        rows = {p: {str(key): form.instance.version for key, form in rows.items()} for p, rows in self.rows.items()}
        return {"version": self.record.instance.version, "rows": rows}


@dataclass(frozen=True)
class Meeting:
    """Something that both changed, or only the others: ``sides`` are the editor's own value and theirs."""

    sentence: str
    what: str
    sides: tuple[str, str]
    outcome: str  #: what stands in the form now

    @property
    def compared(self) -> Difference:
        return Difference((self.what,), *self.sides)


@dataclass
class Conflict:
    """The form brought up to date, as sent *data*, what is to be said of it, and the versions that others made."""

    data: QueryDict
    meetings: list[Meeting] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)

    @property
    def first(self) -> str:
        names = list(dict.fromkeys(version.who for version in self.versions if version.who))
        return FIRST.format(" and ".join(names) or "Somebody else")

    @property
    def sentences(self) -> list[str]:
        return [self.first, *(meeting.sentence for meeting in self.meetings)]


def compare(stored: Stored, sent: QueryDict) -> Conflict | None:
    """None where the editor had seen what is *stored* now, else what became of the form that they *sent*."""
    seen = read_token(sent.get(FIELD, ""))
    seen_versions = {
        "version": seen["version"],
        "rows": {p: {key: row["version"] for key, row in seen["rows"].get(p, {}).items()} for p in stored.rows},
    }
    changes = Version.objects.none()
    if seen["latest"] is not None:
        changes = Version.objects.of(stored.record.instance).filter(pk__gt=seen["latest"], at__isnull=False)
    since = list(changes.order_by("pk"))
    if seen_versions == stored.versions() and not since:
        return None
    conflict = Conflict(sent.copy(), versions=since)
    conflict.data[FIELD] = stored.token
    unify(conflict, stored.record, "", seen["fields"], "")
    for prefix, rows in stored.rows.items():
        Rows(conflict, prefix, rows, seen["rows"].get(prefix, {})).unify()
    return conflict


def read_token(text: str) -> dict[str, Any]:
    """The token's parts; one that cannot be read, or is missing, has seen nothing."""
    nothing = {"version": 0, "latest": None, "fields": {}, "rows": {}}
    try:
        token = json.loads(text)
        rows = {
            prefix: {key: {"version": row["version"], "fields": dict(row["fields"])} for key, row in found.items()}
            for prefix, found in token["rows"].items()
        }
        return {
            "version": token["version"], "latest": int(token["latest"]), "fields": dict(token["fields"]), "rows": rows,
        }  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return nothing


def unify(conflict: Conflict, form: forms.ModelForm, prefix: str, seen: Mapping[str, str], of: str) -> bool:
    """Take over what others changed in *form* and the editor did not; whether the editor had changed anything.

    Fields are sent under *prefix*, and told of as being *of* something.
    """
    touched = False
    for name, theirs in texts(form).items():
        form_field = form.fields[name]
        ours = text_of(form_field, conflict.data.get(prefix + name, ""))
        changed_here = digest(ours) != seen.get(name)
        touched = touched or changed_here
        if ours == theirs or digest(theirs) == seen.get(name):
            continue
        what = f"{of}{form[name].label}"
        sides = worded(form_field, ours), worded(form_field, theirs)
        if changed_here:
            said, outcome = f"{what}: yours {shown(sides[0])}, theirs {shown(sides[1])}.", "yours"
        else:
            conflict.data[prefix + name] = theirs
            said = f"{what}: theirs {shown(sides[1])}, taken over, for you had not changed it."
            outcome = "theirs, for you had not changed it"
        conflict.meetings.append(Meeting(said, what, sides, outcome))
    return touched


@dataclass
class Rows:
    """The rows of one formset, brought up to date."""

    conflict: Conflict
    prefix: str
    stored: Mapping[int, forms.ModelForm]
    seen: Mapping[str, Mapping[str, Any]]

    def unify(self) -> None:
        kept, added, present = [], [], set()
        for row in list(self.sent()):
            key = str(row.get("id", [""])[0])
            form = self.stored.get(key_of(key))
            if form is not None:
                present.add(int(key))
                kept.append(self.meet(row, form, key))
            elif not key:
                added.append(row)
            elif self.still_wanted(row, key):
                added.append(row | {"id": [""]})
        for key, form in self.stored.items():
            if key not in present:
                kept.append(self.brought(form))
        self.write(kept, added)

    def sent(self) -> Iterator[dict[str, list[str]]]:
        """The rows as they were sent: lists of values by the names of their fields."""
        data = self.conflict.data
        rows: dict[int, dict[str, list[str]]] = {}
        for name in [name for name in data if name.startswith(self.prefix + "-")]:
            number, _, suffix = name[len(self.prefix) + 1 :].partition("-")
            if suffix and number.isascii() and number.isdigit() and len(number) < 6 and int(number) < MOST_ROWS:
                rows.setdefault(int(number), {})[suffix] = data.pop(name)
        total = data.get(f"{self.prefix}-TOTAL_FORMS", "")
        end = int(total) if total.isascii() and total.isdigit() and len(total) < 6 else 0
        yield from (rows[number] for number in sorted(rows) if number < end)

    def meet(self, row: dict[str, list[str]], form: forms.ModelForm, key: str) -> dict[str, list[str]]:
        """*row* with what others changed in it and the editor did not."""
        part = Conflict(QueryDict(mutable=True), self.conflict.meetings)
        for name, values in row.items():
            part.data.setlist(name, values)
        seen = self.seen.get(key, {"fields": {}})
        unify(part, form, "", seen["fields"], f"{self.named(form)}, ")
        return dict(part.data.lists())

    def still_wanted(self, row: dict[str, list[str]], key: str) -> bool:
        """Whether the editor had changed a *row* that others removed: then it stays, as a new one."""
        what = self.noun()
        if "DELETE" in row:
            return False
        seen = self.seen.get(key, {"fields": {}})["fields"]
        if all(digest(clear(row.get(name, [""])[0])) == seen[name] for name in seen):
            self.tell(f"{what} that you had not changed was removed.", what, ("", "removed"), "gone")
            return False
        said = f"{what} that you changed was removed; yours stands here as a new row."
        self.tell(said, what, ("changed", "removed"), "yours, as a new row")
        return True

    def tell(self, sentence: str, what: str, sides: tuple[str, str], outcome: str) -> None:
        self.conflict.meetings.append(Meeting(sentence, what, sides, outcome))

    def brought(self, form: forms.ModelForm) -> dict[str, list[str]]:
        self.tell(f"{self.named(form)}: added by them.", self.noun(), ("", str(form.instance)), "theirs, added")
        return {"id": [str(form.instance.pk)]} | {name: [text] for name, text in texts(form).items()}

    def write(self, kept: list[dict[str, list[str]]], added: list[dict[str, list[str]]]) -> None:
        data = self.conflict.data
        for number, row in enumerate([*kept, *added]):
            for name, values in row.items():
                data.setlist(f"{self.prefix}-{number}-{name}", values)
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(kept))
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(kept) + len(added))

    def named(self, form: forms.ModelForm) -> str:
        return f"{self.noun()}, “{form.instance}”"

    def noun(self) -> str:
        return f"One of the {self.prefix.replace('_', ' ')}"
