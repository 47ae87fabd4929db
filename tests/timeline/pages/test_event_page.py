"""An event's page: what is known, from whom, and how it became known."""

import orjson
import pytest

from events.erasing import erase_event
from events.merging import merge_events
from events.models import Event
from events.recording import recording
from events.review import withdraw
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
from tests.timeline.feeds.examples import NASTY

pytestmark = pytest.mark.django_db
VISIT = "/events/assad-visit-to-north-korea/"
SUMMIT = "/events/example-trump-kim-summit-2018/"


def test_who_says_so_stands_with_how_it_reached_us(article, read):
    page = read(VISIT)

    assert "Announced by Korean Central News Agency, read in Al Arabiya, read in Trend" in page.text
    assert "on or after 30 May 2018" in page.text
    assert {"/organizations/kcna/", "/sources/trend-2018-06-04-assad-kim/", "/leaders/kim-jong-un/",
            "/countries/SYR/"} <= set(page.links)  # fmt: skip


def test_an_office_is_told_with_its_holder(read):
    event = EventFactory(date="2018-06-12")
    kim, prk = LeaderFactory(name="Kim"), CountryFactory(code="PRK", name="North Korea")
    OfficeFactory(leader=kim, country=prk, title="Leader of North Korea", held="2011/..")
    ParticipationFactory(event=event, leader=kim, country=prk, role="host")

    assert "Host Kim, Leader of North Korea for North Korea" in read(f"/events/{event.slug}/").text


def test_what_is_disputed_says_who_denies_it(article, read):
    page = read("/events/north-korea-syria-chemical-weapons-cooperation/")

    assert "Denied by Government of North Korea, read in Trend" in page.text
    assert "disputed, because somebody denies it" in page.text


def test_each_day_on_which_something_became_known_can_be_gone_back_to(article, read):
    days = [link for link in read(SUMMIT).links if link.startswith("?as_of=")]
    assert days == ["?as_of=2018-05-10", "?as_of=2018-05-24", "?as_of=2018-06-01", "?as_of=2018-06-12"]

    past = read(SUMMIT + "?as_of=2018-05-24")
    assert "Cancelled, by what White House reported on 24 May 2018" in past.text
    assert "As the sources had it by the end of 24 May 2018" in past.text
    assert "Reported by White House" in past.text  # what came later is told among the days

    shown = [attributes for tag, attributes in past.elements if attributes.get("aria-current") == "true"]
    assert [attributes["href"] for attributes in shown] == ["?as_of=2018-05-24"]


def test_before_the_first_source_nothing_is_known_and_the_page_says_since_when(article, read):
    page = read(VISIT, 404, as_of="2018-06-01")

    assert "Nothing was known of this by the end of 1 June 2018" in page.text
    assert "The first did by the end of 3 June 2018" in page.text
    assert {"?as_of=2018-06-03", VISIT} <= set(page.links)
    assert "Assad's visit" not in page.text


def test_before_it_was_recorded_there_was_nothing_to_show(read):
    EventFactory(claimed=["reports"])
    later = EventFactory(claimed=["reports"])

    assert "This record did not hold it yet" in read(f"/events/{later.slug}/", 404, snapshot="1").text


def test_an_event_without_claims_became_known_on_no_day(read):
    event = EventFactory()

    page = read(f"/events/{event.slug}/")
    assert "No claim of a source is recorded" in page.text
    assert "no day is known on which it became known" in page.text
    assert "None has yet" in read(f"/events/{event.slug}/", 404, as_of="2018").text


def test_a_draft_is_not_there_and_changes_nothing(client, read):
    event = EventFactory(claimed=["reports"])
    before = client.get(f"/events/{event.slug}/")
    draft = EventFactory(review="draft", claimed=["reports"])
    ClaimFactory(event=draft, stance="denies")

    assert draft.title not in read(f"/events/{draft.slug}/", 404).text
    after = client.get(f"/events/{event.slug}/")
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])


def test_an_old_address_leads_to_the_new_one_with_what_was_asked(client):
    event = EventFactory(slug="old", claimed=["reports"])
    with recording(None, "renamed"):
        event.slug = "new"
        event.save()

    answer = client.get("/events/old/?as_of=2030")
    assert (answer.status_code, answer["Location"]) == (301, "/events/new/?as_of=2030")


def test_a_merged_event_leads_to_the_survivor(client):
    one, other = EventFactory(slug="one"), EventFactory(slug="other")
    merge_events(other, one, None, "the same")

    answer = client.get("/events/other/")
    assert (answer.status_code, answer["Location"]) == (301, "/events/one/")


def test_a_withdrawn_event_says_why_it_is_gone(read):
    event = EventFactory(slug="talks", title="Secret talks")
    withdraw(event, None, "It never was.")

    page = read("/events/talks/", 410)
    assert "It never was." in page.text
    assert "Secret talks" not in page.text


def test_an_erased_event_says_only_that_it_was(read):
    event = EventFactory(slug="talks", title="Secret talks")
    erase_event(event, None, "By order of a court.")

    page = read("/events/talks/", 410)
    assert "By order of a court." in page.text
    assert "Secret talks" not in page.text


@pytest.mark.parametrize("address", ["/events/nothing/", "/events/a%00b/"])
def test_an_address_that_never_was_is_not_there(read, address):
    assert "404" in read(address, 404).text


@pytest.mark.parametrize("asked", [{"as_of": "someday"}, {"format": "json"}, {"fields": "id"}, {"as_off": "2018"}])
def test_what_cannot_be_read_is_refused_by_name(article, read, asked):
    assert next(iter(asked)) in read(VISIT, 400, **asked).text


def test_a_page_is_not_sent_again_until_something_of_it_changed(client, django_assert_num_queries):
    event, other = EventFactory(slug="here", claimed=["reports"]), EventFactory(slug="there")
    first = client.get("/events/here/")
    assert first["Cache-Control"] == "public, no-cache"

    with django_assert_num_queries(1):  # the clock: the last changes are remembered from before
        again = client.get("/events/here/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    with recording(None, "elsewhere"):
        other.title = "Another"
        other.save()
    assert client.get("/events/here/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    with recording(None, "here"):
        event.title = "Something else"
        event.save()
    assert client.get("/events/here/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_page_costs_the_same_however_many_claims_there_are(client, django_assert_num_queries):
    event = EventFactory(between=["PRK", "SYR"])
    for day in range(1, 9):
        ClaimFactory(event=event, source=SourceFactory(published=f"2018-06-0{day}"), stance="reports")

    with django_assert_num_queries(5):  # the clock, the last changes, the entry, its states present and past
        client.get(f"/events/{event.slug}/")


def test_a_link_to_it_is_previewed_with_what_is_known_and_how_sure_that_is(article, read):
    page = read(VISIT)

    assert page.meta("og:title") == "Assad's visit to North Korea (planned) – on or after 30 May 2018"
    assert page.meta("og:description").startswith("Planned on or after 30 May 2018, by what Korean Central News Agency")
    assert page.meta("robots") is None
    assert read(VISIT, as_of="2018-06-04").meta("robots") == "noindex"
    canonical = [attributes["href"] for tag, attributes in page.elements if attributes.get("rel") == "canonical"]
    assert canonical == [f"http://testserver{VISIT}"]


def test_its_data_stand_in_the_page_and_behind_its_links(client, article, read):
    page = read(VISIT)
    (block,) = page.data
    linked = orjson.loads(block)

    assert linked["url"] == f"http://testserver{VISIT}"
    assert linked["edtf"] == "[2018-05-30..]"
    for address in (f"/api/v1{VISIT}", f"/api/v1{VISIT}?format=jsonld"):
        assert address in page.links
        assert client.get(address).status_code == 200


def test_text_stays_text(read):
    nasty = OrganizationFactory(slug="x", name="<b>" + "x" * 90)
    event = EventFactory(slug="nasty", title=NASTY.replace("\0", "")[:200], summary=NASTY.replace("\0", ""),
                         place_name="<img src=x>")  # fmt: skip
    ClaimFactory(event=event, note=NASTY.replace("\0", "")[:200], locator="</script><script>",
                 source=SourceFactory(title='"><script>alert(1)</script>', publisher=nasty, url="https://x.example/"))

    page = read("/events/nasty/")
    assert [tag for tag, attributes in page.elements if tag == "img"] == ["img"]  # the site's own
    assert not [attributes for tag, attributes in page.elements if tag == "b"]
    assert "\u202e" not in page.text
    assert "<script>window.harmed=1</script>" in page.text
    assert orjson.loads(page.data[0])["name"].startswith("</script>")


def test_only_what_leads_into_the_web_becomes_a_link(read):
    event = EventFactory()
    source = SourceFactory(url="https://there.example/")
    ClaimFactory(event=event, source=source)
    with recording(None, "as an import might"):
        type(source).objects.filter(pk=source.pk).update(url="javascript:alert(1)")
        Event.objects.get(pk=event.pk).save()

    assert not [link for link in read(f"/events/{event.slug}/").links if link and link.startswith("javascript")]


def test_nothing_can_be_written_through_it(client, article):
    assert client.post(VISIT).status_code == 405


def test_a_page_can_be_cited_as_it_stands(read):
    event = EventFactory(slug="talks", title="Talks", claimed=["reports"])
    (cited,) = [link for link in read("/events/talks/").links if link.startswith("?snapshot=")]
    with recording(None, "corrected"):
        event.title = "Other talks"
        event.save()

    then = read(f"/events/talks/{cited}")
    assert then.text.startswith("Talks – 2018 – Chancery")
    assert "this record held it at" in then.text
    days = [link for link in then.links if "as_of=" in link]
    assert days == [f"{cited}&as_of=2018-06-04"]
    assert "Talks" in read(f"/events/talks/{days[0]}").text


@pytest.mark.parametrize("added", ["utm_source=mail&utm_medium=x", "fbclid=abc"])
def test_what_is_added_to_a_link_on_its_way_is_taken_off(client, article, added):
    answer = client.get(f"{VISIT}?as_of=2018-06-04&{added}")

    assert (answer.status_code, answer["Location"]) == (303, f"{VISIT}?as_of=2018-06-04")
