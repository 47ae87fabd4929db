import re

import pytest
from django.test import Client

from tests.events.logins.hasher import CountingHasher

LOGIN = "/admin/login/"


@pytest.fixture
def account(settings, django_user_model):
    """A superuser whose password is "right"."""
    settings.PASSWORD_HASHERS = [f"{CountingHasher.__module__}.CountingHasher"]
    return django_user_model.objects.create_superuser("anna", password="right")


@pytest.fixture
def guess():
    """A function that sends a password to the login page, in a browser of its own, from an address."""

    def send(password="wrong", name="anna", address="192.0.2.1", **headers):
        client = Client(REMOTE_ADDR=address, headers=headers)
        return client.post(LOGIN, {"username": name, "password": password, "next": "/admin/"})

    return send


@pytest.fixture
def browser():
    """A browser that checks tokens as a real one is made to, and says from where it sends a form."""
    return Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})


@pytest.fixture
def hidden():
    """A function that gives the hidden fields of the last form in a page, by name."""

    def fields(answer):
        inputs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.content.decode())
        return dict(inputs)

    return fields
