"""Every page of the desk, asked for by its address by every role, to be looked at and to be sent to."""

import re

import pytest
from django.contrib import admin
from django.urls import get_resolver

from events.drafting import take_in
from events.models import (
    Article,
    Claim,
    Event,
    ImportRun,
    Leader,
    LikelyDuplicate,
    Proposal,
    Source,
    Upload,
    Version,
)
from events.recording import recording
from tests.factories import CountryFactory, EventFactory, KindFactory, OfficeFactory, SourceFactory

pytestmark = pytest.mark.django_db

#: No rights, all, and two selections: what a page links to may be somebody else's to see.
ROLES = ["nobody", "Contributors", "Editors", "superuser"]
#: Addresses that lead away or hold no page of ours, and what needs an address that was made for it.
ELSEWHERE = ("/logout/", "/login/", "/admin/r/", "/jsi18n/", "/autocomplete/", "password")


def desk_addresses(keys):
    """Every address of the admin, with *keys* in it, by the model's name; those of models without one are left out."""
    found = []
    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern) != "admin/":
            continue
        for model in pattern.url_patterns:
            for page in getattr(model, "url_patterns", []):
                name = str(model.pattern).strip("/").rpartition("/")[2]
                route = re.sub(r"<[^>]+>", str(keys.get(name, 1)), str(page.pattern))
                if "^" not in route:
                    found.append(f"/admin/{model.pattern}{route}")
        found += [f"/admin/{page.pattern}" for page in pattern.url_patterns if not hasattr(page, "url_patterns")]
    return [a for a in found if not any(word in a for word in ELSEWHERE) and "<" not in a and "^" not in a]


@pytest.fixture
def record():
    """One of everything; the keys, by the names of the models."""
    CountryFactory(code="PRK")
    KindFactory(slug="talks")
    event = EventFactory(between=["PRK", "SYR"], claimed=["reports"])
    other = EventFactory(review="draft", between=["PRK"])
    leader = OfficeFactory().leader
    with recording(None, "For a test"):
        article = Article(source=SourceFactory(published="2018"), text="North Korea and Syria held talks in 1966.")
        take_in(article)
    upload = Upload.objects.create(file="a.csv", format="table")
    LikelyDuplicate.objects.create(event=event, other=other)
    run = ImportRun.objects.first()
    return {"event": event.pk, "leader": leader.pk, "article": article.pk, "upload": upload.pk,
            "source": article.source_id, "importrun": run.pk if run else 1, "likelyduplicate": 1}  # fmt: skip


def content():
    """What is in the record, to be compared."""
    models = (Article, Claim, Event, Leader, LikelyDuplicate, Proposal, Source, Upload, Version)
    return {model.__name__: sorted(map(repr, model.objects.values_list())) for model in models}


@pytest.mark.parametrize("role", ROLES)
def test_no_page_breaks_whoever_asks_for_it(client, member, record, role):
    client.force_login(member(role))
    addresses = desk_addresses(record)
    assert len(addresses) > 60
    answers = {address: client.get(address).status_code for address in addresses}

    assert {address: status for address, status in answers.items() if status not in (200, 302, 403, 404, 405)} == {}


@pytest.mark.parametrize("role", [None, "nobody"])
def test_who_has_no_rights_changes_nothing_by_any_address(client, member, record, role):
    if role:
        client.force_login(member(role))
    before = content()
    for address in desk_addresses(record):
        answer = client.post(address, {"action": "accept", "post": "yes", "text": "Because", "reason": "Because"})
        assert answer.status_code in (200, 302, 403, 404, 405), address

    assert content() == before


@pytest.mark.parametrize("role", ROLES)
def test_an_empty_form_breaks_no_page(client, member, record, role):
    client.force_login(member(role))
    for address in desk_addresses(record):
        assert client.post(address, {}).status_code in (200, 302, 400, 403, 404, 405), address


def test_every_model_of_the_record_has_its_addresses_looked_at(record):
    names = {model._meta.model_name for model in admin.site._registry if model._meta.app_label == "events"}
    asked = " ".join(desk_addresses(record))

    assert {name for name in names if f"/admin/events/{name}/" not in asked} == set()
