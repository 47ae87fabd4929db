from itertools import count

import pytest
from django.apps import apps


@pytest.fixture
def everything():
    """A function that reads every row of the record and of the projection."""

    def read():
        models = [*apps.get_app_config("events").get_models(), *apps.get_app_config("timeline").get_models()]
        return {
            model.__name__: sorted(repr(tuple(map(as_value, row))) for row in model.objects.values_list())
            for model in models
        }

    def as_value(value):
        return bytes(value) if isinstance(value, memoryview) else value

    return read


@pytest.fixture
def member(django_user_model):
    """A function that makes a user who may enter the desk: in one of its groups, as superuser, or as nobody."""
    numbers = count()

    def make(role, name=None):
        name = name or f"{role.lower()}-{next(numbers)}"
        if role == "superuser":
            return django_user_model.objects.create_superuser(name)
        user = django_user_model.objects.create_user(name, is_staff=True)
        if role != "nobody":
            user.groups.add(apps.get_model("auth", "Group").objects.get(name=role))
        return user

    return make


def is_asked_why(form):
    return "reason" in form.fields and form.fields["reason"].required


@pytest.fixture
def filled_in():
    """A function that gives what a browser would send of the form in an answer."""

    def values(answer):
        forms = [answer.context["adminform"].form]
        for inline in answer.context["inline_admin_formsets"]:
            forms += [inline.formset.management_form, *inline.formset.forms]
        fields = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
        fields |= {form.add_prefix("reason"): "Because" for form in forms if is_asked_why(form)}
        return {name: value for name, value in fields.items() if value is not None and not name.endswith("-DELETE")}

    return values
