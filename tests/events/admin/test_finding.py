import pytest

from events.models import Country, Event, Leader, Source
from tests.factories import (
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
def listed(editor, page_of):
    """A function that gives the records that a list shows for a query."""

    def records(model, **query):
        answer = editor.get(page_of(model, "changelist"), query)
        assert answer.status_code == 200
        return list(answer.context["cl"].result_list)

    return records


@pytest.fixture
def offered(editor, page_of):
    """A function that gives the choices, by their labels, that a select offers for a term."""

    def labels(field, term):
        model, name = field.field.model._meta, field.field.name
        asked = {"term": term, "app_label": model.app_label, "model_name": model.model_name, "field_name": name}
        answer = editor.get(page_of(field.field.related_model, "choices"), asked)
        assert answer.status_code == 200
        return [choice["text"] for choice in answer.json()["results"]]

    return labels


@pytest.mark.parametrize("term", ["kim jong un", "KIM JONG-UN", "jong", "Kím", "un, kim", "김정은"])
def test_a_person_is_found_by_any_name(listed, term):
    leader = LeaderFactory(name="Kim Jong Un", aliases=["Kim Jong-un", "김정은"])
    LeaderFactory(name="Moon Jae-in")

    assert listed(Leader, q=term) == [leader]


@pytest.mark.parametrize("term", ["erdogan", "ERDOĞAN", "Erdoğan", "recep erdogan"])
def test_accents_do_not_count(listed, term):
    leader = LeaderFactory(name="Recep Tayyip Erdoğan")

    assert listed(Leader, q=term) == [leader]


def test_a_country_is_found_by_code_and_alias(listed):
    country = CountryFactory(code="PRK", name="North Korea", aliases=["DPRK"])
    CountryFactory(code="KOR", name="South Korea")

    assert listed(Country, q="prk") == listed(Country, q="dprk") == listed(Country, q="north") == [country]


@pytest.mark.parametrize("term", ["élysée", "ÉLYSÉE", "dprk", "north talks", "nothing here", "%", "_", "\\", "'\""])
def test_an_event_is_found_by_its_title_and_its_parties(listed, term):
    event = EventFactory(title="Talks at the Élysée", slug="talks-at-the-elysee")
    ParticipationFactory(event=event, country=CountryFactory(code="PRK", name="North Korea", aliases=["DPRK"]))

    assert listed(Event, q=term) == ([event] if term[0].isalpha() and term[0] != "n" or term == "north talks" else [])


def test_a_source_is_found_by_its_publisher(listed):
    source = SourceFactory(publisher=OrganizationFactory(name="Korean Central News Agency", aliases=["KCNA"]))
    SourceFactory()

    assert listed(Source, q="kcna") == [source]


def test_selects_search_by_alias_and_tell_records_apart(offered):
    leader = LeaderFactory(name="Bashar al-Assad", aliases=["Assad"])
    OfficeFactory(leader=leader, title="President of Syria", held="2000-07-17/..")
    SourceFactory(title="Visit", publisher=OrganizationFactory(name="Trend"), published="2018-06-04")

    assert offered(Leader.participations, "al assad")[0] == "Bashar al-Assad"
    assert offered(Leader.offices, "nobody") == []
    assert offered(Source.claims, "trend") == ["Visit (Trend, 4 June 2018)"]


@pytest.mark.parametrize(("query", "found"), [
    ({"review__exact": "published"}, {"a", "c"}), ({"review__exact": "draft"}, {"b"}),
    ({"occurrence__exact": "planned"}, {"b"}), ({"verification__exact": "unsupported"}, {"c"}),
    ({"country": "SYR"}, {"a"}), ({"country": "PRK"}, {"a", "b"}), ({"country": "nonsense"}, set()),
    ({"period": "19XX"}, {"a"}), ({"period": "197X"}, {"a"}), ({"period": "201X"}, {"b"}),
    ({"period": "-00XX"}, {"c"}), ({"period": "-004X"}, {"c"}), ({"period": "nonsense"}, set()),
    ({"period": "197X", "country": "PRK", "q": "event"}, {"a"}),
])  # fmt: skip
def test_filters_of_events(listed, query, found):
    EventFactory(title="Event a", slug="a", date="1973-10", between=["PRK", "SYR"], claimed=["reports"])
    EventFactory(title="Event b", slug="b", date="2018-06-12", between=["PRK"], claimed=["announces"], review="draft")
    EventFactory(title="Event c", slug="c", date="-0043-03-15")

    assert {event.slug for event in listed(Event, **query)} == found


def test_events_are_filtered_by_kind(listed):
    event = EventFactory(kind__slug="summit-of-our-own")
    EventFactory()

    assert listed(Event, kind="summit-of-our-own") == [event]


def test_only_kinds_and_countries_with_events_are_offered_and_folded_until_chosen(editor, page_of):
    EventFactory(kind__slug="summit", kind__label="Summit", between=["PRK"])
    KindFactory(label="Never used")
    CountryFactory(name="Nowhere")
    filters = {f.title: f for f in editor.get(page_of(Event, "changelist")).context["cl"].filter_specs}

    assert [label for _, label in filters["kind"].lookup_choices] == ["Summit"]
    assert [code for code, _ in filters["country"].lookup_choices] == ["PRK"]
    for query, is_open in (({}, False), ({"kind": "summit"}, True)):
        page = editor.get(page_of(Event, "changelist"), query).content.decode()
        assert ('<details data-filter-title="kind" open>' in page) is is_open


def test_the_search_has_a_label_to_be_seen(editor, page_of):
    assert '<label for="searchbar">Search for</label>' in editor.get(page_of(Event, "changelist")).content.decode()


def test_only_periods_with_events_are_offered_decades_within_the_chosen_century(editor, page_of):
    for date in ("1973-10", "1966", "2018", "-0043", "-9998", "0005"):
        EventFactory(date=date)
    answer = editor.get(page_of(Event, "changelist"), {"period": "196X"})
    offered = next(f for f in answer.context["cl"].filter_specs if f.title == "period").lookup_choices

    assert [value for value, _ in offered] == ["20XX", "19XX", "197X", "196X", "00XX", "-00XX", "-99XX"]
    assert dict(offered)["-00XX"] == "100 BCE to 2 BCE"
