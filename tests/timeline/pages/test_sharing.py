"""What can be taken along: every address answers the question that the page shows."""

import re
import shlex
from html import unescape

import pytest
from django.test import Client, RequestFactory

from tests.factories import CountryFactory, EventFactory
from tests.timeline.pages.reading import heading, links, words
from timeline.api.events import EventViewSet
from timeline.pages.sharing import FEEDS, Sharing, attributes_of

pytestmark = pytest.mark.django_db
ASKED = {"between": "PRK,SYR", "from": "1970", "q": "tro*"}


@pytest.fixture
def sharing() -> Sharing:
    return Sharing(RequestFactory().get("/"), ASKED, 'Events "between" two')


@pytest.fixture
def history() -> None:
    CountryFactory(code="PRK", name="North Korea")
    CountryFactory(code="SYR", name="Syria")
    EventFactory(title="Troops", date="1973-10", between=["PRK", "SYR"], claimed=["reports"])


def path_of(address: str) -> str:
    return address.removeprefix("http://testserver")


def test_every_format_has_its_address_and_answers(client: Client, sharing: Sharing, history: None) -> None:
    assert [feed.format for feed in sharing.feeds] == list(FEEDS) == [each.format for each in EventViewSet.formats]
    for feed in sharing.feeds:
        answer = client.get(path_of(feed.address))
        assert answer.status_code == 200, feed
        assert answer["Content-Type"].startswith(feed.media_type)


def test_page_api_and_command_line_ask_the_same(client: Client, sharing: Sharing, history: None) -> None:
    copies = {copy.id: copy.text for copy in sharing.copies}
    command, address = shlex.split(copies["copy-curl"])

    assert command == "curl"
    assert address == copies["copy-api"] == sharing.api
    assert [event["title"] for event in client.get(path_of(address)).json()["results"]] == ["Troops"]
    assert client.get(path_of(copies["copy-page"])).status_code == 200


def test_the_code_of_a_frame_frames_the_question(client: Client, sharing: Sharing, history: None) -> None:
    address, title = re.match(r'<iframe src="([^"]*)" title="([^"]*)"', sharing.frame).groups()

    assert unescape(title) == 'Events "between" two'
    framed = client.get(path_of(unescape(address)))
    assert heading(framed) == heading(client.get(path_of(sharing.page)))
    assert "Troops" in words(framed.content.decode())


def test_the_element_is_told_what_it_can_take() -> None:
    asked = {"as_of": "2018-06-02", "role": "host", "ordering": "-date", "match": "certain"}
    asked |= {"from": "1970", "to": "1979"}

    assert attributes_of(asked) == {"as-of": "2018-06-02", "party-role": "host", "from": "1970", "to": "1979"}


def test_the_embedded_timeline_alone_may_be_framed(client: Client, history: None) -> None:
    for address in ("/embed/?between=PRK,SYR", "/embed/?country=nowhere"):
        framed = client.get(address)
        assert "frame-ancestors *" in framed["Content-Security-Policy"]
        assert "X-Frame-Options" not in framed
    for address in ("/", "/nothing/", "/api/v1/events/"):
        other = client.get(address)
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
        assert other["X-Frame-Options"] == "DENY"


def test_no_page_has_anything_inline(client: Client, history: None) -> None:
    for address in ("/", "/?between=PRK,SYR", "/?country=nowhere", "/embed/", "/nothing/"):
        answer = client.get(address)
        page = answer.content.decode()
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)", page), address


def test_a_frame_says_what_it_shows_and_leads_to_all_of_it(client: Client, history: None) -> None:
    framed = client.get("/embed/", {"between": "PRK,SYR"})

    assert heading(framed) == "Events between North Korea and Syria"
    assert 'href="http://testserver/?between=PRK,SYR" target="_blank"' in framed.content.decode()


def test_a_frame_of_a_question_that_cannot_be_read_says_so(client: Client) -> None:
    framed = client.get("/embed/", {"from": "yesterday"})

    assert framed.status_code == 400
    assert "Expected" in words(framed.content.decode())
    assert links(framed)["From"] == "http://testserver/?from=yesterday#ask-from"


def test_code_is_shown_as_it_is_to_be_copied(client: Client) -> None:
    asked = {"q": '"</textarea><b>"'}
    page = client.get("/", asked).content.decode()
    shown = dict(re.findall(r'<textarea id="([\w-]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL))
    frame, element = unescape(shown["copy-frame"]), unescape(shown["copy-element"])

    assert "<" not in shown["copy-frame"]
    assert 'q="&quot;&lt;/textarea&gt;&lt;b&gt;&quot;"' in element
    assert unescape(re.search(r'src="([^"]*embed[^"]*)"', frame)[1]).startswith("http://testserver/embed/?q=")
