"""Pages, read as a browser would read them."""

from html.parser import HTMLParser

import pytest

from tests.factories import CountryFactory, EventFactory, KindFactory
from tests.shared import shared

#: What has no end tag in HTML.
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Read(HTMLParser):
    """The text that a page shows, its links, elements with attributes, data blocks, and texts to copy by their ids."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.links, self.elements, self.data, self.inside = [], [], [], [], []
        self.areas: dict[str, str] = {}
        self.feed(html)
        self.text = " ".join(" ".join(self.words).split()).replace(" ,", ",").replace(" .", ".")

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag == "textarea":
            self.areas[dict(attrs).get("id", "")] = ""
        if tag == "a":
            self.links.append(dict(attrs).get("href"))
        if tag not in VOID:
            self.inside.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.inside, f"</{tag}> closes nothing"
        assert self.inside[-1] == tag, f"</{tag}> closes <{self.inside[-1]}>"
        self.inside.pop()

    def handle_data(self, data):
        if "textarea" in self.inside:
            self.areas[list(self.areas)[-1]] += data
        if "script" in self.inside:
            self.data.append(data)
        elif "head" not in self.inside or "title" in self.inside:
            self.words.append(data)

    def meta(self, name):
        """The content of the meta element called *name*, or with that property."""
        for tag, attributes in self.elements:
            if tag == "meta" and name in (attributes.get("name"), attributes.get("property")):
                return attributes["content"]
        return None


@pytest.fixture
def read(client):
    """Gets an address and reads its page; nothing in a page may be written inline."""

    def get(address, status=200, **asked):
        response = client.get(address, asked)
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "text/html; charset=utf-8"
        page = Read(response.content.decode())
        for tag, attributes in page.elements:
            assert not any(name == "style" or name.startswith("on") for name in attributes), (tag, attributes)
            assert tag != "style"
            assert tag != "script" or "src" in attributes or attributes.get("type") == "application/ld+json"
        assert not page.inside, f"{page.inside} are never closed"
        return page

    return get


@pytest.fixture
def article(curated_record_and_example):
    """The curated record, with the history of the Trump–Kim summit."""


@shared
def four_events() -> None:
    """Dated to a year, a month, an open end and a day: the first three with Syria, the last a plan that is denied."""
    CountryFactory(code="PRK", name="North Korea")
    CountryFactory(code="SYR", name="Syria")
    EventFactory(title="Relations", date="1966", between=["PRK", "SYR"], claimed=["reports"])
    EventFactory(title="Troops", date="1973-10", between=["PRK", "SYR"], claimed=["reports"],
                 kind=KindFactory(slug="troop-deployment"))
    EventFactory(title="Visit", date="[2018-05-30..]", between=["PRK", "SYR"], claimed=["announces"])
    EventFactory(title="Summit", date="2018-06-12", between=["PRK", "USA"], claimed=["announces", "denies"])
