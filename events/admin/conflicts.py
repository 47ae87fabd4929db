"""Two editors on one record: the form carries what it was made from, and is refused when that has changed."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models


def fingerprint(record: models.Model, inline_models: tuple[type[models.Model], ...]) -> dict[str, Any]:
    """The version of *record* and of each row of its inlines, by model."""
    return {"version": record.version} | {
        model.__name__: sorted(map(list, rows_of(model, record).values_list("pk", "version")))
        for model in inline_models
    }


def rows_of(model: type[models.Model], record: models.Model) -> models.QuerySet:
    """The rows of *model* that belong to *record*, by the first foreign key that points there and cascades."""
    links = [
        field
        for field in model._meta.get_fields()
        if field.many_to_one and field.related_model is type(record) and field.remote_field.on_delete is models.CASCADE
    ]
    condition = models.Q()
    for link in links:
        condition |= models.Q(**{link.name: record})
    return model._base_manager.filter(condition)


class GuardedForm(forms.ModelForm):
    """A form that says, instead of overwriting, what somebody else changed since it was opened.

    ``inline_models`` are the rows that are edited with the record.
    """

    inline_models: tuple[type[models.Model], ...] = ()
    opened_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.present = json.dumps(fingerprint(self.instance, self.inline_models))
            self.initial["opened_at"] = self.present
            self.stored = {name: self[name].initial for name in self.fields if name != "opened_at"}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        sent = self.data.get(self.add_prefix("opened_at"))
        if self.instance.pk and sent and sent != self.present:
            # Shown again with what was typed; saving once more, knowing this, goes through.
            self.data = self.data.copy()
            self.data[self.add_prefix("opened_at")] = self.present
            raise ValidationError(
                "Somebody else saved this since you opened it. %(differences)s Nothing was overwritten: your own "
                "changes stand below. Save again to put yours in place of theirs.",
                code="stale",
                params={"differences": self.differences(sent)},
            )
        return cleaned

    def differences(self, sent: str) -> str:
        said = [
            f"{self.fields[name].label or name}: theirs is “{stored if stored not in (None, '') else '—'}”, "
            f"yours “{self.data.get(self.add_prefix(name)) or '—'}”."
            for name, stored in self.stored.items()
            if self.fields[name].has_changed(stored, self[name].data)
        ]
        rows = [model._meta.verbose_name_plural for model in self.inline_models if self._rows_differ(sent, model)]
        if rows:
            said.append(f"They also changed: {', '.join(map(str, rows))}.")
        return " ".join(said) or "Their values are the same as yours."

    def _rows_differ(self, sent: str, model: type[models.Model]) -> bool:
        try:
            return json.loads(sent).get(model.__name__) != json.loads(self.present).get(model.__name__)
        except (ValueError, AttributeError):
            return True
