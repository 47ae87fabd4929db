"""The question why a record is changed. The answer is kept in its history."""

from typing import Any

from django import forms

REASON = "reason"  #: of a form: the field
LONGEST = 500


class ReasonField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        options = {
            "label": "Reason for the change",
            "help_text": "Kept in the history, beside what was changed.",
            "widget": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        } | options
        super().__init__(max_length=LONGEST, **options)


class ReasonForm(forms.Form):
    """Asks why something is done to a record."""

    reason = ReasonField()

    def __init__(self, *args: Any, is_required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[REASON].required = is_required
