"""Fields of forms that stock ones do not cover."""

from typing import Any

from django import forms


class NamesField(forms.CharField):
    """A list of names, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
            required=False,
            help_text="One name a line.",
            label=kwargs.get("label"),
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: str | None) -> list[str]:
        return sorted({line.strip() for line in (value or "").splitlines() if line.strip()})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(self.prepare_value(initial)) != self.to_python(data)
