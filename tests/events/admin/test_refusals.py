import pytest
from django.db import IntegrityError

from events.models import Claim, Country, Event, Kind, Leader, Office, Organization, Participation, Source, Succession
from events.recording import record_changed
from tests.factories import (
    ClaimFactory,
    CountryFactory,
    EventFactory,
    KindFactory,
    LeaderFactory,
    OfficeFactory,
    OrganizationFactory,
    ParticipationFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused(editor, page_of, filled_in, errors_of):
    """A function that changes some values in a record's form, sees it refused, and gives the errors."""

    def errors(record, **wrong):
        values = filled_in(editor.get(page_of(record))) | {name.replace("__", "-"): v for name, v in wrong.items()}
        answer = editor.post(page_of(record), values)
        said = errors_of(answer)
        assert said
        return said

    return errors


@pytest.mark.parametrize("wrong", [
    {"date": "last spring"}, {"date": ""}, {"date": "1973-13"}, {"latitude": "91", "longitude": "0"},
    {"latitude": "1"}, {"latitude": "nan", "longitude": "inf"}, {"slug": "No Slug"},
    {"assessed_occurrence": "occurred"}, {"title": "a\0b"},
    {"title": ""}, {"importance": "101"}, {"importance": "-1"}, {"importance": "9" * 5_000}, {"kind": "abc"},
    {"kind": "\0"}, {"place_country": "9" * 30}, {"title": "x" * 301}, {"participations__TOTAL_FORMS": "x"},
])  # fmt: skip
def test_an_event_breaks_no_rule(refused, wrong):
    event = EventFactory()

    refused(event, **wrong)

    assert Event.objects.get().version == event.version


def test_an_unreadable_date_stays_in_the_form_with_the_reason(editor, page_of, filled_in):
    event = EventFactory()
    answer = editor.post(page_of(event), filled_in(editor.get(page_of(event))) | {"date": "1973-13"})

    assert 'value="1973-13"' in answer.content.decode()
    assert answer.context["adminform"].form.errors["date"]


def test_a_slug_of_somebody_elses_is_refused_with_its_sentence(refused):
    first = EventFactory(slug="first")
    EventFactory(slug="second")

    assert "was published before" in refused(first, slug="second")


@pytest.mark.parametrize(("wrong", "said"), [
    ({"country": ""}, "Name a country"),
    ({"office": "office"}, "person"),
    ({"role": "king"}, "valid choice"),
    ({"country": "9" * 30}, "valid choice"),
])  # fmt: skip
def test_a_participation_breaks_no_rule(refused, wrong, said):
    participation = ParticipationFactory(country=CountryFactory())
    keys = {"office": OfficeFactory().pk} if "office" in wrong else wrong

    errors = refused(participation.event, **{f"participations__0__{name}": key for name, key in keys.items()})

    assert said in errors


def test_the_same_party_twice_is_refused_in_new_rows_too(editor, page_of, filled_in, errors_of):
    country = CountryFactory()
    values = filled_in(editor.get(page_of(Event, "add"))) | {
        "title": "Talks", "slug": "talks", "kind": KindFactory().pk, "date": "1973",
        "participations-0-role": "party", "participations-0-country": country.pk,
        "participations-1-role": "party", "participations-1-country": country.pk,
    }  # fmt: skip

    assert "take one out" in errors_of(editor.post(page_of(Event, "add"), values))
    assert not Participation.objects.exists()


def test_the_same_claim_twice_is_refused(refused):
    event = EventFactory()
    source = SourceFactory()
    for locator in ("para. 1", "para. 2"):
        ClaimFactory(event=event, source=source, locator=locator)

    assert refused(event, claims__1__locator="para. 1")
    assert set(Claim.objects.values_list("locator", flat=True)) == {"para. 1", "para. 2"}


def test_two_rows_that_change_places_are_refused_by_the_database_in_words(refused):
    event = EventFactory()
    first, second = (ParticipationFactory(event=event, country=CountryFactory()) for _ in range(2))

    refused(event, participations__0__country=second.country_id, participations__1__country=first.country_id)

    assert [p.country_id for p in Participation.objects.order_by("pk")] == [first.country_id, second.country_id]


def test_offices_break_no_rule(refused):
    office = OfficeFactory()

    assert "of a country or of an organization" in refused(office.leader, offices__0__country="")
    assert refused(office.leader, offices__0__held="soon")
    assert Office.objects.get().version == office.version


def test_sources_break_no_rule(refused):
    source = SourceFactory()
    reader = SourceFactory(via=source)

    assert "when it was" in refused(source, published="")
    assert "no open end" in refused(source, published="2018/..")
    assert "read through this source" in refused(source, via=reader.pk)
    assert refused(source, via=source.pk)
    assert refused(source, url="http://[", archive_url="javascript:alert(1)")
    assert Source.objects.get(pk=source.pk).version == source.version


def test_countries_break_no_rule(refused):
    country = CountryFactory()
    with_rows = {"successions_before__TOTAL_FORMS": "1", "successions_before__0__predecessor": country.pk}

    assert refused(country, code="prk")
    assert refused(country, aliases="a\0b")
    assert "longer" in refused(country, aliases="x" * 201)
    assert "does not succeed itself" in refused(country, **with_rows)
    assert not Succession.objects.exists()


def test_organizations_leaders_and_kinds_break_no_rule(refused):
    assert refused(OrganizationFactory(), kind="club")
    assert refused(LeaderFactory(), wikidata="42")
    assert refused(KindFactory(slug="of-our-own"), default_importance="101")


@pytest.mark.parametrize("error", [
    IntegrityError('new row violates check constraint "event_importance_in_range"'), IntegrityError("anything"),
])  # fmt: skip
def test_what_only_the_database_refuses_leaves_the_form_filled_and_no_news_of_success(
    editor, page_of, filled_in, errors_of, error
):
    event = EventFactory(title="As it was")
    values = filled_in(editor.get(page_of(event))) | {"title": "Mine"}

    def refuse(**_):
        raise error

    record_changed.connect(refuse)
    try:
        answer = editor.post(page_of(event), values)
    finally:
        record_changed.disconnect(refuse)

    assert errors_of(answer)
    assert answer.context["adminform"].form["title"].value() == "Mine"
    assert list(answer.context["messages"]) == []
    assert Event.objects.get().title == "As it was"


def test_what_others_need_is_not_deleted_and_the_page_says_who_needs_it(editor, page_of):
    claim = ClaimFactory()
    answer = editor.post(page_of(claim.source, "delete"), {"post": "yes"})

    assert answer.status_code == 200
    assert answer.context["protected"]
    assert Source.objects.filter(pk=claim.source_id).exists()


def test_a_published_event_is_not_deleted(editor, page_of):
    event = EventFactory()

    assert editor.get(page_of(event)).context["has_delete_permission"] is False
    assert editor.post(page_of(event, "delete"), {"post": "yes"}).status_code == 403
    assert Event.objects.exists()


@pytest.mark.parametrize("model", [Country, Organization, Leader, Source, Event, Kind, Office])
@pytest.mark.parametrize("query", ["q=%00", "o=x.y.-9", "p=x", "kind=%00", "review__exact=%00", "e=1", "period=%00"])
def test_no_list_fails_whatever_is_asked_of_it(editor, page_of, model, query):
    assert editor.get(f"{page_of(model, 'changelist')}?{query}").status_code in (200, 302)


@pytest.mark.parametrize("key", ["0", "x", "-1", "9" * 30, "%00"])
def test_no_page_fails_whatever_its_address(editor, page_of, key):
    for page in ("change", "delete"):
        address = f"{page_of(Event, 'changelist')}{key}/{page}/"
        assert editor.get(address).status_code in (200, 302, 400, 404)
        assert editor.post(address, {"post": "yes"}).status_code in (200, 302, 400, 404)


@pytest.mark.parametrize("query", ["kind=abc", "kind=%00", "title=%00", "place_country=" + "9" * 30])
def test_no_prefilled_form_fails(editor, page_of, query):
    assert editor.get(f"{page_of(Event, 'add')}?{query}").status_code == 200
