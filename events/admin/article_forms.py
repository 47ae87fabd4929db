"""The form of the intake: an article, and the source that it is."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from events.admin.named import find_named
from events.admin.refused import RefusableForm
from events.admin.text_files import read_text
from events.drafting import check_text, free_address
from events.edtf.field import EDTFFormField, EDTFInput
from events.intake.paragraphs import all_blocks
from events.loading.problems import did_you_mean
from events.models import Article, Organization, Source
from events.models.organizations import OrganizationKind
from events.models.sources import SourceKind

#: The fields of a source that is made here.
OF_A_NEW_SOURCE = ("title", "publisher", "published", "url")
WIDE = {"class": "vTextField"}


class ArticleForm(RefusableForm):
    """A text, pasted or in a file, with its source: one of the record, or one that is made of the fields here.

    After cleaning, a new source is on the instance, not saved; nor is its publisher, where that is new.
    """

    may_add_sources: ClassVar[bool] = True
    may_add_publishers: ClassVar[bool] = True

    pasted = forms.CharField(
        required=False,
        label="Text",
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField", "autofocus": True}),
        help_text="Paste the whole article, headline too. HTML is read as a reader would see it.",
    )
    file = forms.FileField(required=False, label="or a file", help_text="Plain text or HTML, up to 2 MB.")
    title = forms.CharField(
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=WIDE),
        help_text="Left empty, the text's headline.",
    )
    publisher = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs=WIDE | {"list": "publishers"})
    )
    publisher_is_new = forms.BooleanField(
        required=False, label="The record does not have this publisher yet: add it"
    )
    kind = forms.ChoiceField(choices=SourceKind.choices, initial=SourceKind.ARTICLE, required=False)
    published = EDTFFormField(
        required=False,
        widget=EDTFInput(attrs={"class": "vTextField"}),
        help_text="A day, or an exact time with its offset. What the text says of “Sunday” or “last month” is read "
        "against it. Left empty, the source counts as read today.",
    )
    url = forms.URLField(
        required=False, max_length=1000, assume_scheme="https", label="Address", widget=AdminURLFieldWidget
    )

    class Meta:
        model = Article
        fields = ("source",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].required = False
        self.fields["source"].help_text = "Instead of what stands above."
        self.fields["published"].widget.attrs |= {"data-understood": reverse("admin:events_dates")}
        if not self.may_add_sources:
            self.fields["source"].help_text = "You may choose among the record's sources; an editor adds new ones."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.instance.text = self.clean_text(cleaned)
        if cleaned.get("source"):
            self.refuse_two_sources(cleaned)
        elif not self.errors.keys() & {"source", "kind", *OF_A_NEW_SOURCE}:
            self.make_source(cleaned)
        return cleaned

    def clean_text(self, cleaned: dict[str, Any]) -> str:
        text, upload = cleaned.get("pasted") or "", cleaned.get("file")
        try:
            if upload and text.strip():
                raise ValidationError("Paste a text or choose a file, not both: which of them is meant?")
            if upload:
                text = read_text(upload)
                # A browser does not send a file a second time: whatever else is wrong, its text stays.
                self.data = self.data.copy()
                self.data[self.add_prefix("pasted")] = text
            elif not text.strip():
                raise ValidationError("Paste a text, or choose a file.")
            check_text(text)
        except ValidationError as error:
            self.add_error("file" if upload else "pasted", error)
        return text

    def refuse_two_sources(self, cleaned: dict[str, Any]) -> None:
        filled = [self.fields[name].label or name for name in OF_A_NEW_SOURCE if cleaned.get(name)]
        if filled:
            self.add_error(
                "source", f"A source is chosen, and a new one described ({', '.join(filled).lower()}): clear one."
            )

    def make_source(self, cleaned: dict[str, Any]) -> None:
        """Put a source made of the fields into *cleaned*, not saved; its errors on the fields."""
        if not self.may_add_sources:
            self.add_error("source", "Choose the source; only who may add sources can describe a new one.")
            return
        if not cleaned["publisher"]:
            self.add_error("publisher", "Name who published the text, or choose a source below.")
            return
        title = cleaned["title"] or headline(self.instance.text)
        publisher = self.find_publisher(cleaned["publisher"], cleaned["publisher_is_new"])
        if publisher is None:
            return
        source = Source(
            title=title,
            slug=free_address(Source, title),
            publisher=publisher,
            kind=cleaned["kind"] or SourceKind.ARTICLE,
            language="en",
            published=cleaned["published"],
            accessed=None if cleaned["published"] else timezone.now().date(),
            url=cleaned["url"] or "",
        )
        try:
            source.full_clean(exclude=["publisher"])
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                self.add_error(name if name in self.fields else None, errors)
        else:
            cleaned["source"] = source

    def find_publisher(self, name: str, is_new: bool) -> Organization | None:
        found = find_named([Organization], name)
        if len(found) == 1:
            return found[0]
        if found:
            which = ", ".join(f"{each.name} ({each.slug})" for each in found)
            self.add_error("publisher", f"“{name}” may be {which}: write the word in brackets.")
        elif not is_new:
            names = Organization.objects.values_list("name", flat=True)
            self.add_error(
                "publisher", f"The record knows no “{name}”.{did_you_mean(name, names)} If it is new, say so below."
            )
        elif not self.may_add_publishers:
            self.add_error("publisher", "Only who may add organizations can add a publisher; ask an editor.")
        else:
            publisher = Organization(
                name=name, slug=free_address(Organization, name), kind=OrganizationKind.PUBLISHER
            )
            publisher.full_clean()
            return publisher
        return None

    def _get_validation_exclusions(self) -> set[str]:
        # A new source has no key yet; the paragraphs are made when it is saved.
        return super()._get_validation_exclusions() | {"source", "paragraphs"}


def headline(text: str) -> str:
    """What stands first in *text*, shortened to a title."""
    first = next(iter(all_blocks(text)), "")
    return first if len(first) <= 300 else first[:299] + "…"
