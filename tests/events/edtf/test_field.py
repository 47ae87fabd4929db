"""EDTF dates in models and forms."""

import pytest
from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import isolate_apps

from events.edtf import OPEN_END, EDTFDate
from events.edtf.field import COMPANIONS, EDTFField, EDTFFormField, EDTFInput


@pytest.fixture
def sample_model(transactional_db):
    """A model with a date that is wanted and one that is not, and its table."""
    with isolate_apps("events"):

        class Dated(models.Model):
            date = EDTFField()

            class Meta:
                abstract = True
                app_label = "events"

        class Sample(Dated):
            title = models.CharField(max_length=20, default="")
            ended = EDTFField(null=True, blank=True)

            class Meta:
                app_label = "events"
                constraints = [
                    models.CheckConstraint(
                        name="sample_is_no_season",
                        condition=~models.Q(date_precision="season"),
                        violation_error_message="Name no season.",
                    )
                ]

            def __str__(self) -> str:
                return self.title

        with connection.schema_editor() as editor:
            editor.create_model(Sample)
        yield Sample
        with connection.schema_editor() as editor:
            editor.delete_model(Sample)


def companions(record, name="date"):
    return [getattr(record, f"{name}_{companion}") for companion in COMPANIONS]


def columns(text):
    date = EDTFDate.parse(text)
    return [getattr(date, companion) for companion in COMPANIONS]


def test_a_text_is_saved_and_comes_back_as_a_date(sample_model):
    saved = sample_model.objects.create(date="1966~")

    loaded = sample_model.objects.get(pk=saved.pk)
    assert saved.date == loaded.date == EDTFDate.parse("1966~")
    assert companions(saved) == companions(loaded) == columns("1966~")


def test_the_text_is_kept_as_curated(sample_model):
    saved = sample_model.objects.create(date="2018-06-12T09:00:00+08")

    assert sample_model.objects.get(pk=saved.pk).date.edtf == "2018-06-12T09:00:00+08"


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_date_has_no_columns(sample_model, nothing):
    saved = sample_model.objects.create(date="1966", ended="2011/..")
    saved.ended = nothing
    saved.save()

    saved.refresh_from_db()
    assert saved.ended is None
    assert companions(saved, "ended") == [None] * 7


def test_open_ends_are_stored_and_compared(sample_model):
    sample_model.objects.create(date="2018-06/..")

    assert sample_model.objects.filter(date_latest_end=OPEN_END, date__startswith="2018").exists()
    assert sample_model.objects.filter(date="2018-06/..").exists()
    assert sample_model.objects.filter(date__in=[EDTFDate.parse("2018-06/..")]).exists()


def test_saving_the_date_alone_saves_its_columns(sample_model):
    saved = sample_model.objects.create(date="1966")
    saved.date = "1973-10"
    saved.save(update_fields=["date"])

    assert companions(sample_model.objects.get()) == columns("1973-10")


def test_many_at_once_have_their_columns(sample_model):
    sample_model.objects.bulk_create([sample_model(date="1966"), sample_model(date=EDTFDate.parse("196X"))])
    first, second = sample_model.objects.order_by("pk")
    assert (companions(first), companions(second)) == (columns("1966"), columns("196X"))

    field = sample_model._meta.get_field("date")
    first.date = "1969"
    field.set_companions(first)
    sample_model.objects.bulk_update([first], field.names_with_companions())
    sample_model.objects.filter(pk=second.pk).update(**field.columns_of("1973-10"))

    first, second = sample_model.objects.order_by("pk")
    assert (companions(first), companions(second)) == (columns("1969"), columns("1973-10"))


def test_what_is_no_date_is_never_stored(sample_model):
    saved = sample_model.objects.create(date="1966")
    with pytest.raises(ValidationError):
        sample_model.objects.create(date="sometime")
    with pytest.raises(ValidationError):
        sample_model.objects.update(date="sometime")

    assert list(sample_model.objects.all()) == [saved]


def test_full_clean_says_what_to_write_instead(sample_model):
    with pytest.raises(ValidationError) as caught:
        sample_model(date="201u").full_clean()

    error = caught.value.error_dict["date"][0]
    assert error.code == "invalid_edtf"
    assert error.params["suggestion"] == "201X"
    assert "Write 201X instead" in error.messages[0]


def test_full_clean_validates_constraints_on_the_columns(sample_model):
    record = sample_model(date="1966", title="A record")
    record.full_clean()
    assert companions(record) == columns("1966")

    with pytest.raises(ValidationError, match="Name no season"):
        sample_model(date="2018-24", title="A record").full_clean()


def test_a_date_is_wanted_where_the_field_is_not_null(sample_model):
    with pytest.raises(ValidationError, match="cannot be"):
        sample_model(title="A record").full_clean()


def test_migrations_can_write_the_field():
    *_, arguments, options = EDTFField("the date", null=True).deconstruct()

    assert (arguments, options) == ([], {"verbose_name": "the date", "null": True})
    assert EDTFField(**options).deconstruct()[1:] == EDTFField("the date", null=True).deconstruct()[1:]


@isolate_apps("events")
def test_the_models_of_migrations_list_the_columns_themselves():
    state = type("State", (models.Model,), {
        "__module__": "__fake__", "Meta": type("Meta", (), {"app_label": "events"}), "date": EDTFField(),
    })  # fmt: skip

    assert [field.name for field in state._meta.fields] == ["id", "date"]


class DateForm(forms.Form):
    date = EDTFFormField(required=False)


def test_a_form_cleans_a_text_to_a_date():
    form = DateForm({"date": " 1973-10 "})

    assert form.is_valid()
    assert form.cleaned_data["date"] == EDTFDate.parse("1973-10")


def test_a_form_cleans_nothing_to_none():
    form = DateForm({"date": ""})

    assert form.is_valid()
    assert form.cleaned_data["date"] is None


@pytest.mark.parametrize("text", ["201u", "1966\0", "1" * 300])
def test_a_form_refuses_what_is_no_date(text):
    form = DateForm({"date": text})

    assert not form.is_valid()
    assert "cannot be read" in form.errors["date"][0] or "Null characters" in form.errors["date"][0]


def test_a_form_has_changed_when_the_text_has():
    initial = {"date": EDTFDate.parse("1966")}

    assert not DateForm({"date": "1966"}, initial=initial).has_changed()
    assert DateForm({"date": "1966~"}, initial=initial).has_changed()


def test_the_input_says_back_what_it_understood():
    rendered = EDTFInput().render("date", EDTFDate.parse("[2018-06-03..]"), {"id": "id_date"})

    assert 'value="[2018-06-03..]"' in rendered
    assert '<output class="edtf-meaning" for="id_date">on 3 June 2018 or some later day</output>' in rendered


@pytest.mark.parametrize("value", [None, "", "<b>"])
def test_the_input_says_nothing_back_where_it_understood_nothing(value):
    rendered = EDTFInput().render("date", value)

    assert "<output" not in rendered
    assert "<b>" not in rendered


def test_the_admin_shows_the_same_input():
    assert isinstance(EDTFField().formfield(widget=AdminTextInputWidget).widget, EDTFInput)
    assert isinstance(EDTFField().formfield(widget=forms.HiddenInput).widget, forms.HiddenInput)
