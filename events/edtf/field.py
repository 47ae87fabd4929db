"""EDTF in models and forms: the text as curated, beside it the columns that databases compare and sort by."""

from operator import attrgetter
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import signals
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .grammar import LONGEST
from .problems import InvalidEDTF
from .value import EDTFDate
from .words import meaning

COMPANIONS = (
    "earliest_start", "latest_start", "earliest_end", "latest_end", "position", "coarseness", "precision",
)  # fmt: skip
companions_of = attrgetter(*COMPANIONS)
NO_COMPANIONS = (None,) * len(COMPANIONS)
HELP = "EDTF: 1966, 1973-10, 2018-05-30, 1966~ (about), 196X, 1966/1969, 2011/.. (going on), [2018-06-03..] (or later)"


def date_or_none(value: EDTFDate | str | None) -> EDTFDate | None:
    """The date; None for nothing or "". Raises ValidationError, with the parts of InvalidEDTF as its params."""
    if value is None or value == "" or isinstance(value, EDTFDate):
        return value or None
    try:
        return EDTFDate.parse(value)
    except InvalidEDTF as error:
        params = {name: getattr(error, name) for name in ("value", "expected", "suggestion")}
        raise ValidationError("%(message)s", "invalid_edtf", {"message": str(error), **params}) from error


class EDTFField(models.CharField):
    """An EDTF date. A text may be assigned; what is loaded, cleaned or saved is an EDTFDate.

    Adds the columns `{name}_{companion}` for each of COMPANIONS, null where the date is. They are set by `save()` (also
    with `update_fields` that name the date only, by a second query), `full_clean()` and `bulk_create()`. Before
    `bulk_update()` call `set_companions()` on each object, and name `names_with_companions()` as its fields.
    `QuerySet.update()` takes such a set of values from `columns_of()`.
    """

    description = "A date in EDTF"

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", LONGEST)
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, args, options = super().deconstruct()
        if options.get("max_length") == LONGEST:
            del options["max_length"]
        return name, path, args, options

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only=private_only)
        self._names = (self.name, *(f"{self.name}_{companion}" for companion in COMPANIONS))
        # The models of migrations list the companions themselves, one AddField after another.
        if not cls._meta.abstract and cls.__module__ != "__fake__":
            signals.class_prepared.connect(self._add_companions, sender=cls)
            signals.post_save.connect(self._save_left_out_companions, sender=cls)

    def _add_companions(self, sender: type[models.Model], **_: Any) -> None:
        present = {field.name for field in sender._meta.local_fields}
        for companion in COMPANIONS:
            name = f"{self.name}_{companion}"
            if name not in present:
                sender.add_to_class(name, self._companion(companion))

    def _companion(self, companion: str) -> models.Field:
        # Blank, so that full_clean() of an object that was never saved does not ask for them.
        options = {"null": self.null, "blank": True, "editable": False}
        if companion == "coarseness":
            return models.SmallIntegerField(**options)
        if companion == "precision":
            return models.CharField(max_length=10, **options)
        return models.BigIntegerField(**options)

    def _save_left_out_companions(
        self, sender: type[models.Model], instance: models.Model, using: str, update_fields: frozenset | None, **_: Any
    ) -> None:
        if update_fields and self.name in update_fields and not update_fields.issuperset(self.names_with_companions()):
            columns = self.columns_of(getattr(instance, self.attname))
            sender._base_manager.using(using).filter(pk=instance.pk).update(**columns)

    def names_with_companions(self) -> list[str]:
        """The field's own name, then its companions'."""
        return list(self._names)

    def columns_of(self, value: EDTFDate | str | None) -> dict[str, Any]:
        """Name and value of the date and of every companion. Raises ValidationError."""
        date = date_or_none(value)
        values = NO_COMPANIONS if date is None else companions_of(date)
        return dict(zip(self._names, (date, *values), strict=True))

    def set_companions(self, instance: models.Model) -> EDTFDate | None:
        """Sets the companions of *instance* by its date, and makes the date an EDTFDate. Raises ValidationError."""
        columns = self.columns_of(getattr(instance, self.attname))
        vars(instance).update(columns)
        return columns[self.name]

    def pre_save(self, model_instance: models.Model, add: bool) -> EDTFDate | None:
        value = getattr(model_instance, self.attname)
        return value if hasattr(value, "resolve_expression") else self.set_companions(model_instance)

    def clean(self, value: Any, model_instance: models.Model | None) -> EDTFDate | None:
        date = super().clean(value, model_instance)
        if model_instance is not None:
            # Constraints on the companions are validated before anything is saved.
            setattr(model_instance, self.attname, date)
            self.set_companions(model_instance)
        return date

    def run_validators(self, value: EDTFDate | None) -> None:
        super().run_validators("" if value is None else str(value))

    def to_python(self, value: Any) -> EDTFDate | None:
        return date_or_none(value)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> EDTFDate | None:
        return EDTFDate.parse(value) if value else None

    def get_prep_value(self, value: Any) -> Any:
        # Not parsed: lookups such as `startswith` come with parts of a date.
        return value.edtf if isinstance(value, EDTFDate) else models.Field.get_prep_value(self, value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, str):
            value = date_or_none(value)
        return super().get_db_prep_save(value, connection)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **options: Any) -> forms.Field:
        # The admin hands every CharField its own text input, which would not say back what was understood.
        if options.get("widget") is AdminTextInputWidget:
            options["widget"] = EDTFInput(attrs={"class": "vTextField"})
        return super().formfield(**{"form_class": EDTFFormField, **options})


class EDTFInput(forms.TextInput):
    """A text input that says back in words what it understood, in an `<output>` after it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"placeholder": "1966, 1973-10, 2018-05-30, 1966~ …", "title": HELP, **(attrs or {})})

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        rendered = super().render(name, value, attrs, renderer)
        try:
            date = date_or_none(value)
        except ValidationError:
            return rendered
        if date is None:
            return rendered
        identity = (attrs or {}).get("id", "")
        return format_html('{} <output class="edtf-meaning" for="{}">{}</output>', rendered, identity, meaning(date))


class EDTFFormField(forms.CharField):
    """A form's EDTF date: cleaned, an EDTFDate or None."""

    widget = EDTFInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", LONGEST)
        options["help_text"] = options.get("help_text") or HELP
        super().__init__(**options)

    def to_python(self, value: Any) -> EDTFDate | None:
        return date_or_none(super().to_python(str(value) if isinstance(value, EDTFDate) else value))

    def run_validators(self, value: EDTFDate | None) -> None:
        super().run_validators("" if value is None else str(value))

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, EDTFDate) else value

    def has_changed(self, initial: EDTFDate | str | None, data: str | None) -> bool:
        # By what is written: +08 and +08:00 are the same date, but an editor who changes one for the other means to.
        return not self.disabled and str(initial or "") != str(data or "").strip()
