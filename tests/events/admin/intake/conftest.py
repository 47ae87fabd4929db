"""An article about two countries at the desk. What needs models is imported late: Django is not set up yet."""

import pytest
from django.urls import reverse

from tests.events.admin.intake.desk import ADD, TEXT, address_of, form_of
from tests.shared import shared


@shared
def known_names() -> None:
    """Two countries, a newspaper by two names, and two kinds."""
    from tests.factories import CountryFactory, KindFactory, OrganizationFactory

    CountryFactory(code="FRE", name="Freedonia")
    CountryFactory(code="SYL", name="Sylvania")
    OrganizationFactory(slug="daily-news", name="Daily News", aliases=["The Daily News"])
    KindFactory(slug="talks")
    KindFactory(slug="statement")


@pytest.fixture(autouse=True)
def _names_are_known(known_names):
    """By every test at the desk of articles."""


@pytest.fixture
def taken_in(editor):
    """A function that sends the form of the intake, and gives the answer."""

    def send(**values):
        return editor.post(reverse(ADD), {"pasted": TEXT, "publisher": "daily news", "published": "2018-06-04",
                                          "kind": "article"} | values)  # fmt: skip

    return send


@pytest.fixture
def article(taken_in):
    from events.models import Article

    assert taken_in().status_code == 302
    return Article.objects.get()


@pytest.fixture
def settled(editor):
    """A function that sends one proposal as its form has it, with a button, and gives the answer."""

    def send(proposal, action, **changes):
        form = form_of(editor, proposal)
        values = {form.add_prefix(name): form[name].value() for name in form.fields}
        values |= {form.add_prefix(name): value for name, value in changes.items()}
        values = {name: value for name, value in values.items() if value not in (None, False)}
        return editor.post(address_of(proposal), values | {"action": action})

    return send
