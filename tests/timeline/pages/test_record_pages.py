"""The pages of countries, people, organizations and sources."""

from shlex import quote

import pytest
from django.db import connection

from events.recording import recording
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
    make_many,
)

pytestmark = pytest.mark.django_db
PAGES = ("/countries/PRK/", "/leaders/kim-jong-un/", "/organizations/kcna/", "/sources/trend-2018-06-04-assad-kim/",
         "/dyads/PRK/SYR/")  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_a_page_leads_somewhere(client, article, read, address):
    for link in {link for link in read(address).links if link.startswith("/") and "format=" not in link}:
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("address", PAGES)
def test_a_page_names_its_data_and_its_own_address(client, article, read, address):
    page = read(address)

    assert page.meta("og:title")
    assert page.meta("description")
    by_rel = {attributes["rel"]: attributes["href"] for tag, attributes in page.elements if tag == "link"}
    assert by_rel["canonical"] == f"http://testserver{address}"
    answer = client.get(by_rel["alternate"])
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")


def test_a_country_tells_its_names_relations_people_and_events(article, read):
    page = read("/countries/PRK/")

    assert "Democratic People's Republic of Korea" in page.text
    assert "Syria relations with embassies" in page.text
    assert {"/dyads/PRK/SYR/", "/dyads/PRK/USA/", "/leaders/kim-jong-un/", "/organizations/kcna/",
            "/events/assad-visit-to-north-korea/"} <= set(page.links)  # fmt: skip


def test_events_stand_inside_the_timeline_until_it_has_drawn_itself(article, read):
    page = read("/countries/PRK/", as_of="2018-06-01")

    (timeline,) = [attributes for tag, attributes in page.elements if tag == "diplomatic-timeline"]
    assert timeline == {"src": "/api/v1/", "country": "PRK", "as-of": "2018-06-01"}
    assert not [link for link in page.links if "assad-visit" in link]
    assert "/events/example-trump-kim-summit-2018/?as_of=2018-06-01" in page.links


def test_a_person_tells_offices_with_who_says_so(read):
    kim = LeaderFactory(slug="kim", name="Kim", aliases=["Kim III"])
    OfficeFactory(leader=kim, country=CountryFactory(code="PRK", name="North Korea"), title="Leader", held="2011/..",
                  source=SourceFactory(slug="s", title="An article"), locator="para. 9")
    event = EventFactory(claimed=["reports"])
    ParticipationFactory(event=event, leader=kim)

    page = read("/leaders/kim/")
    assert "Also: Kim III" in page.text
    assert "since 2011 Leader, North Korea By An article, para. 9" in page.text
    assert f"/events/{event.slug}/" in page.links


def test_an_organization_tells_what_rests_on_its_word(article, read):
    page = read("/organizations/kcna/")

    assert "News agency" in page.text
    assert "/events/assad-visit-to-north-korea/" in page.links
    assert "/sources/kcna-2018-06-03-assad-kim/" in page.links


def test_a_source_tells_its_chain_both_ways_and_what_it_claims(article, read):
    page = read("/sources/al-arabiya-2018-06-assad-kim/")

    assert {"/sources/trend-2018-06-04-assad-kim/", "/sources/kcna-2018-06-03-assad-kim/"} <= set(page.links)
    assert "Announced by Korean Central News Agency, read in it, para. 2" in page.text


@pytest.mark.parametrize(
    ("make", "resource", "field"),
    [(CountryFactory, "countries", "code"), (LeaderFactory, "leaders", "slug"),
     (OrganizationFactory, "organizations", "slug"), (SourceFactory, "sources", "slug")],
)  # fmt: skip
def test_an_old_address_leads_to_the_page_of_its_record(client, make, resource, field):
    old, new = ("AAA", "BBB") if field == "code" else ("old", "new")
    record = make(**{field: old})
    with recording(None, "renamed"):
        setattr(record, field, new)
        record.save()

    answer = client.get(f"/{resource}/{old}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/{resource}/{new}/")


def test_a_span_in_which_relations_changed_is_no_second_end(read):
    for kind, date in (("relations-established", "2013"), ("relations-severed", "2014/2016")):
        EventFactory(kind=KindFactory(slug=kind), date=date, between=["AUT", "SYR"], claimed=["reports"])

    assert "from 2013 until 2014 to 2016" in read("/dyads/AUT/SYR/").text


@pytest.mark.parametrize("address", ["/countries/QQQ/", "/leaders/x/", "/organizations/x/", "/sources/x%00/"])
def test_what_is_not_in_the_record_has_no_page(read, address):
    assert "404" in read(address, 404).text


@pytest.mark.parametrize("asked", [{"as_of": "x"}, {"cursor": "x"}, {"snapshot": "1"}, {"on": "2018"}])
def test_what_does_not_apply_is_refused_by_name(article, read, asked):
    assert next(iter(asked)) in read("/leaders/kim-jong-un/", 400, **asked).text


def test_many_events_are_paged_through(read):
    make_many({"date": "2018"} for _ in range(51))

    first = read("/countries/PRK/")
    (later,) = [link for link in first.links if "cursor=" in link]
    assert len({link for link in first.links if link.startswith("/events/")}) == 50
    assert len({link for link in read(later).links if link.startswith("/events/")}) == 1


def test_an_unknown_record_of_events_has_an_empty_page(read):
    CountryFactory(code="AAA", name="Aland")

    assert "None is recorded." in read("/countries/AAA/").text
    assert "None was known by then." in read("/countries/AAA/", as_of="2018").text


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        # The clock, the record and what hangs on it, the ids of the question, the events.
        ("/countries/PRK/", 16), ("/leaders/kim-jong-un/", 5), ("/organizations/kcna/", 7), ("/sources/one/", 6),
        ("/dyads/PRK/SYR/", 12),
    ],
)  # fmt: skip
def test_a_page_costs_the_same_however_much_there_is(client, django_assert_num_queries, address, queries):
    prk, kim = CountryFactory(code="PRK"), LeaderFactory(slug="kim-jong-un")
    kcna = OrganizationFactory(slug="kcna", country=prk)
    source = SourceFactory(slug="one", publisher=kcna)
    for number in range(3):
        event = EventFactory(between=["PRK", "SYR", f"AA{'ABC'[number]}"])
        ParticipationFactory(event=event, leader=kim, country=prk)
        ParticipationFactory(event=event, organization=kcna)
        ClaimFactory(event=event, source=source)
        OfficeFactory(leader=kim, country=prk, title=f"Office {number}", source=source)

    # PostgreSQL gets a time limit of its own around the relations of a country: two statements.
    limits = 2 if connection.vendor == "postgresql" and address.startswith("/countries/") else 0
    with django_assert_num_queries(queries + limits):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_not_sent_again_until_something_changed(client, article, address):
    first = client.get(address)

    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    EventFactory(between=["PRK", "SYR"], claimed=["reports"])
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_two_countries_tell_how_relations_stood_and_by_which_events(article, read):
    page = read("/dyads/PRK/SYR/")

    assert "Relations with embassies from 1966; no later change is recorded" in page.text
    assert "Began with North Korea opens its embassy in Damascus, 1966" in page.text
    assert len([tag for tag, attributes in page.elements if attributes.get("class") == "stretch"]) == 2


def test_going_back_takes_events_away_from_two_countries(article, read):
    visit = "/events/assad-visit-to-north-korea/?as_of="
    assert f"{visit}2018-06-03" in read("/dyads/PRK/SYR/", as_of="2018-06-03").links
    past = read("/dyads/PRK/SYR/", as_of="2018-06-02")
    assert f"{visit}2018-06-02" not in past.links
    assert "No event between them was known." in past.text


def test_of_two_countries_without_events_it_is_said_once_and_where_each_has_some(article, read):
    page = read("/dyads/AUT/SYR/")

    assert page.text.count("No event between them is recorded.") == 1
    assert "How relations stood" not in page.text
    assert {"/countries/AUT/", "/countries/SYR/"} <= set(page.links)
    assert not any(tag == "diplomatic-timeline" for tag, _ in page.elements)


def test_of_two_countries_none_of_whose_events_bears_on_relations_that_is_said(article, read):
    page = read("/dyads/PRK/RUS/")

    assert "No event that bears on their relations is recorded. 4 events between them" in page.text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("/dyads/prk/syr/?as_of=2018", "/dyads/PRK/SYR/?as_of=2018"), ("/countries/Prk/", "/countries/PRK/")],
)
def test_codes_in_small_letters_lead_to_those_in_capitals(client, db, typed, meant):
    answer = client.get(typed)

    assert (answer.status_code, answer["Location"]) == (301, meant)
    assert client.get(f"/api/v1{typed}").status_code == 404


def test_all_that_can_be_copied_from_a_page_works_as_it_is_printed(client, article, read):
    pages = [f"{address}{moment}" for address in (*PAGES, "/events/assad-visit-to-north-korea/")
             for moment in ("", "?as_of=2018-06-05")]  # fmt: skip
    for address in pages:
        page = read(address)
        copies = page.areas
        assert copies["copy-page"] == f"http://testserver{address}"
        assert copies["copy-curl"] == f"curl {quote(copies['copy-api'])}"
        texts = [text for name, text in copies.items() if name not in ("copy-curl", "copy-frame", "copy-element")]
        feeds = [attributes["data-copy-text"] for _, attributes in page.elements if "data-copy-text" in attributes]
        assert len(feeds) == (0 if address.startswith("/events/") else 9)
        for text in texts + feeds:
            assert client.get(text.removeprefix("http://testserver")).status_code == 200, text


def test_the_code_to_embed_that_stands_on_a_page_is_of_its_events(article, read):
    copies = read("/dyads/PRK/SYR/", as_of="2018-06-05").areas

    assert 'src="http://testserver/embed/?between=PRK,SYR&amp;as_of=2018-06-05"' in copies["copy-frame"]
    assert 'between="PRK,SYR" as-of="2018-06-05"' in copies["copy-element"]


def test_two_countries_have_one_address(client, article):
    answer = client.get("/dyads/SYR/PRK/?as_of=2018")

    assert (answer.status_code, answer["Location"]) == (301, "/dyads/PRK/SYR/?as_of=2018")
    assert client.get("/dyads/PRK/PRK/").status_code == 404
    assert client.get("/dyads/PRK/QQQ/").status_code == 404
