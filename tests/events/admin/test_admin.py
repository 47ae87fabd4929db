import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from events.models import Claim, Country, Event, Kind, Leader, Organization, Participation, Source
from events.recording import recording
from tests.factories import (
    ClaimFactory,
    CountryFactory,
    EventFactory,
    LeaderFactory,
    OfficeFactory,
    OrganizationFactory,
    ParticipationFactory,
    SourceFactory,
)
from timeline.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


def address(record_or_model, action="change"):
    model = record_or_model if isinstance(record_or_model, type) else type(record_or_model)
    args = [] if isinstance(record_or_model, type) else [record_or_model.pk]
    return reverse(f"admin:events_{model._meta.model_name}_{action}", args=args)


def sent(answer):
    """What a browser would send back from the form in *answer*."""
    form = answer.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    if "reason" in values:
        values["reason"] = "Because"
    for inline in answer.context["inline_admin_formsets"]:
        formset = inline.formset
        values |= {f"{formset.prefix}-{name}": formset.management_form[name].value()
                   for name in formset.management_form.fields}
        for row in formset.forms:
            values |= {row.add_prefix(name): row[name].value() for name in row.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def errors(answer):
    assert answer.status_code == 200
    return str(answer.context["errors"])


@pytest.mark.parametrize("make", [CountryFactory, OrganizationFactory, LeaderFactory, SourceFactory, OfficeFactory,
                                  lambda: EventFactory(between=["PRK"], claimed=["reports"])])
def test_every_record_has_its_pages(desk, make):
    record = make()

    for page in (address(record), address(type(record), "add"), address(type(record), "changelist"),
                 address(record, "history")):
        assert desk.get(page, follow=True).status_code == 200  # an office is told of where its leader is


def test_an_event_is_made_with_its_parties_and_claims(desk):
    kind, country, source = Kind.objects.get(slug="talks"), CountryFactory(code="PRK"), SourceFactory()
    values = sent(desk.get(address(Event, "add"))) | {
        "title": "Talks", "slug": "talks", "kind": kind.pk, "date": "1973-10", "_review_publish": "", "importance": "",
        "participations-0-role": "party", "participations-0-country": country.pk,
        "claims-0-source": source.pk, "claims-0-stance": "reports", "claims-0-locator": "para. 1",
    }
    answer = desk.post(address(Event, "add"), values)

    assert answer.status_code == 302, errors(answer)
    event = Event.objects.get()
    assert (event.importance, event.occurrence) == (kind.default_importance, "occurred")
    assert Entry.objects.get().slug == "talks"


def test_the_date_says_back_what_it_was_understood_as(desk):
    page = desk.get(address(EventFactory(date="1973-10"))).content.decode()

    assert "October 1973, whole month" in page or "October 1973" in page


def test_names_are_found_whatever_their_case_accents_and_hyphens(desk):
    LeaderFactory(name="Kim Jong Un", aliases=["Kim Jong-un"])
    LeaderFactory(name="Recep Tayyip Erdoğan")

    for words, number in (("KIM JONG-UN", 1), ("erdogan", 1), ("nobody", 0)):
        assert desk.get(address(Leader, "changelist"), {"q": words}).context["cl"].result_count == number


@pytest.mark.parametrize("asked", ["review=published", "occurrence=planned", "verification=reported", "period=201X",
                                   "country=PRK", "kind=nonsense", "kind__id__exact=1", "period=nonsense", "q=DPRK"])
def test_every_filter_of_events_answers(desk, asked):
    EventFactory(date="2018", between=["PRK"], claimed=["announces"])

    assert desk.get(f"{address(Event, 'changelist')}?{asked}").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [{"date": "yesterday"}, {"latitude": "91", "longitude": "0"}, {"latitude": "1"}, {"slug": "No Slug"},
     {"assessed_occurrence": "occurred"}, {"title": "a\0b"}, {"importance": "101"}],
)
def test_what_cannot_be_saved_is_said_on_the_form(desk, wrong):
    event = EventFactory(claimed=["reports"])
    answer = desk.post(address(event), sent(desk.get(address(event))) | wrong)

    assert answer.status_code == 200
    assert errors(answer)
    assert Event.objects.get().version == event.version


def test_two_rows_that_say_the_same_are_refused(desk):
    participation = ParticipationFactory(country=CountryFactory(code="PRK"))
    values = sent(desk.get(address(participation.event)))
    values |= {"participations-1-role": participation.role, "participations-1-country": participation.country_id}

    answer = desk.post(address(participation.event), values)

    assert answer.status_code == 200
    assert "already" in answer.content.decode() or "take one out" in answer.content.decode()


def test_the_second_of_two_editors_is_told_what_changed_and_loses_nothing(desk):
    event = EventFactory(title="As it was")
    mine = sent(desk.get(address(event))) | {"title": "Mine"}
    with recording(None, "theirs"):
        event.title = "Theirs"
        event.save()

    answer = desk.post(address(event), mine)

    assert "Theirs" in errors(answer)
    assert Event.objects.get().title == "Theirs"
    again = desk.post(address(event), sent(answer))
    assert again.status_code == 302
    assert Event.objects.get().title == "Mine"


def test_a_claim_added_by_another_is_a_conflict_too(desk):
    event = EventFactory()
    mine = sent(desk.get(address(event))) | {"title": "Mine"}
    ClaimFactory(event=event)

    assert "claims" in errors(desk.post(address(event), mine))


def test_a_published_event_cannot_be_deleted_and_a_draft_can(desk):
    published, draft = EventFactory(), EventFactory(review="draft")

    assert desk.post(address(published, "delete"), {"post": "yes"}).status_code == 403
    assert desk.post(address(draft, "delete"), {"post": "yes"}).status_code == 302
    assert list(Event.objects.all()) == [published]


def test_a_bulk_deletion_that_would_break_a_promise_deletes_nothing(desk):
    events = [EventFactory(), EventFactory(review="draft")]
    desk.post(address(Event, "changelist"), {"action": "delete_selected", "post": "yes",
                                             "_selected_action": [event.pk for event in events]})

    assert Event.objects.count() == 2


def test_a_record_in_use_is_not_deleted(desk):
    publisher = SourceFactory().publisher

    assert desk.post(address(publisher, "delete"), {"post": "yes"}).status_code in (200, 302, 403)
    assert Organization.objects.filter(pk=publisher.pk).exists()


def test_aliases_are_kept_one_a_line(desk):
    country = CountryFactory(code="PRK")
    values = sent(desk.get(address(country))) | {"aliases": "DPRK\n\nNorth Korea\nDPRK"}

    assert desk.post(address(country), values).status_code == 302
    assert Country.objects.get().aliases == ["DPRK", "North Korea"]


def test_a_parties_lookup_finds_by_alias(desk):
    CountryFactory(code="PRK", name="North Korea", aliases=["DPRK"])
    found = desk.get(reverse("admin:autocomplete"), {
        "term": "dprk", "app_label": "events", "model_name": "participation", "field_name": "country",
    }).json()["results"]

    assert [choice["text"] for choice in found] == ["North Korea"]
    assert (Claim.objects.count(), Participation.objects.count(), Source.objects.count()) == (0, 0, 0)
