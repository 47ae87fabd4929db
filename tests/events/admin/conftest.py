import html

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.urls import reverse


@pytest.fixture
def editor(client):
    """A browser in which an editor is logged in."""
    client.force_login(get_user_model().objects.create_superuser("an-editor"))
    return client


@pytest.fixture
def permitted(client):
    """A function that logs in somebody of the staff with these rights."""

    def log_in(*rights):
        user = get_user_model().objects.create_user("a-member", is_staff=True)
        user.user_permissions.set(apps.get_model("auth", "Permission").objects.filter(codename__in=rights))
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def page_of():
    """A function that gives a page's address: of a record, or of a model."""

    def address(of, action="change"):
        model, args = (of, []) if isinstance(of, type) else (type(of), [of.pk])
        return reverse(f"admin:events_{model._meta.model_name}_{action}", args=args)

    return address


@pytest.fixture
def errors_of():
    """A function that gives every error of the form in an answer; the form must have been shown again."""

    def errors(answer):
        assert answer.status_code == 200
        return html.unescape(str(answer.context["errors"]))

    return errors


@pytest.fixture
def log_in(client, member):
    """A function that makes the browser one of a member in the role given."""

    def as_member(role, name=None):
        user = member(role, name)
        client.force_login(user)
        return user

    return as_member
