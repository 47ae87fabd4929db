"""What the documents show is what the API answers, and no parameter goes undescribed."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from events.admin.tables import MOST_BYTES, MOST_EXPORTED
from events.drafting import LONGEST_TEXT
from events.tables.formats import MOST_ROWS
from timeline.api.density import DensityFilterSet
from timeline.api.documents.density import DensityDocument
from timeline.api.documents.tiles import OneTileDocument, TileLinksDocument
from timeline.api.dyads import DyadViewSet
from timeline.api.events import EventViewSet
from timeline.api.filters import EventFilterSet
from timeline.api.pagination import FORM
from timeline.api.tiles import TileFilterSet, TilesFilterSet
from timeline.api.urls import router
from timeline.pages.page import HTMLRenderer
from timeline.relations.dyads import MOST_DISPUTED

HOST = "127.0.0.1:8000"
QUESTION = re.compile(
    rf"^```console\n\$ curl -s 'http://{re.escape(HOST)}(?P<address>[^']+)'\n```\n+```json\n(?P<shown>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
ROW = re.compile(r"^\| `(?P<name>\w+)` \|", re.MULTILINE)


def text_of(path: str) -> str:
    return (settings.BASE_DIR / path).read_text(encoding="utf-8")


def questions_in(path: str) -> list[tuple[str, Any]]:
    """Addresses, each with the answer that *path* shows below it."""
    return [(found["address"], json.loads(found["shown"])) for found in QUESTION.finditer(text_of(path))]


def section(text: str, heading: str) -> str:
    """What stands under *heading*, to the next heading of any level."""
    return re.split(r"^#", text.split(f"\n{heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def not_in(real: Any, shown: Any, where: str = "answer") -> list[str]:
    """What of *shown* the *real* answer lacks: keys and items may be left out, order and values are kept."""
    if isinstance(shown, dict) and isinstance(real, dict):
        missing = [f"{where}.{key} is not there" for key in shown if key not in real]
        return missing + [
            found for key in shown if key in real for found in not_in(real[key], shown[key], f"{where}.{key}")
        ]
    if isinstance(shown, list) and isinstance(real, list):
        others = iter(real)
        return [
            f"{where}[{place}] is none of the items: {item}"
            for place, item in enumerate(shown)
            if not any(not not_in(other, item) for other in others)
        ] or ([f"{where} is not empty"] if real and not shown else [])
    return [] if type(shown) is type(real) and shown == real else [f"{where} is {real!r}, not {shown!r}"]


@pytest.fixture
def client(curated_record: None) -> Client:
    """A client of the curated record."""
    return Client(headers={"host": HOST})


@pytest.mark.parametrize(("path", "least"), [("README.md", 5), ("docs/api.md", 2)])
def test_answers_shown_are_answers_given(path: str, least: int, client: Client) -> None:
    questions = questions_in(path)
    assert len(questions) >= least
    assert len(questions) == text_of(path).count("```console")
    for address, shown in questions:
        answer = client.get(address)
        assert answer.status_code == shown.get("status", 200), address
        assert not_in(answer.json(), shown) == [], address


def test_what_the_page_of_the_api_tries_out_by_itself_is_answered(client: Client) -> None:
    for path, operations in client.get("/api/v1/schema/").json()["paths"].items():
        # What it fills in before anybody has typed.
        filled_in = [
            (each["name"], each["in"], each.get("example", each["schema"].get("default")))
            for each in operations["get"]["parameters"]
        ]
        address = path.format_map({name: value for name, place, value in filled_in if place == "path"})
        question = {
            name: str(value).lower() for name, place, value in filled_in if place == "query" and value is not None
        }
        assert client.get(address, question).status_code == 200, (address, question)


def test_a_wrong_answer_would_be_noticed() -> None:
    real = {"results": [{"id": "a", "n": 1}, {"id": "b"}], "next": None}
    assert not_in(real, {"results": [{"id": "b"}], "next": None}) == []
    for wrong in (
        {"results": [{"id": "c"}]}, {"results": [{"id": "b"}, {"id": "a"}]}, {"results": []}, {"previous": None},
        {"results": [{"n": True}]},
    ):  # fmt: skip
        assert not_in(real, wrong)


def anchors_in(text: str) -> set[str]:
    """By what a link leads to each heading of *text*, Markdown: its words in small letters, with hyphens."""
    without_code = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", without_code, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_of_a_document_leads_somewhere() -> None:
    documents = [*settings.BASE_DIR.glob("*.md"), *(settings.BASE_DIR / "docs").rglob("*.md")]
    links = {
        (path, link) for path in documents for link in re.findall(r"\]\((?!http)([^)\s]+)\)", path.read_text("utf-8"))
    }
    dead = []
    for path, link in links:
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        if not target.exists() or (anchor and anchor not in anchors_in(target.read_text("utf-8"))):
            dead.append(f"{path.name}: {link}")

    assert len(links) >= 60
    assert dead == []


def test_the_readme_leads_to_every_document() -> None:
    documents = {f"docs/{path.name}" for path in (settings.BASE_DIR / "docs").glob("*.md")}
    table = text_of("README.md").split("## Where to read on")[1]

    assert len(documents) >= 10
    assert {path for path in documents if f"| [{path}]({path}) |" not in table} == set()


def test_every_event_parameter_has_its_row() -> None:
    rows = ROW.findall(section(text_of("docs/api.md"), "### What can be asked"))
    assert sorted(rows) == sorted(EventFilterSet.base_filters)


def test_every_parameter_of_a_format_has_its_row_and_every_format_its_own() -> None:
    text = text_of("docs/feeds.md")
    filter_sets = [renderer.filterset_class for renderer in EventViewSet.formats if renderer.filterset_class]
    own = {name for each in filter_sets for name in each.base_filters} - set(EventFilterSet.base_filters)
    assert own
    assert own <= set(ROW.findall(text))
    every = {*EventViewSet.formats, *EventViewSet.detail_formats}
    assert {renderer.format for renderer in every} == set(ROW.findall(section(text_of("docs/api.md"), "## Formats")))
    assert all(f"`{renderer.media_type}`" in text for renderer in every if renderer.format not in ("json", "ndjson"))


def test_every_parameter_of_form_and_paging_has_its_row() -> None:
    assert sorted(ROW.findall(section(text_of("docs/api.md"), "## Pages and parts"))) == sorted(FORM)


def test_every_collection_has_its_row_with_its_parameters() -> None:
    rows = section(text_of("docs/api.md"), "## Addresses").splitlines()
    for resource, viewset, _ in router.registry:
        row = next(row for row in rows if row.startswith(f"| `/api/v1/{resource}/` |"))
        if resource != "events":
            assert set(viewset.filterset_class.base_filters) == set(re.findall(r"`(\w+)`", row.split("|")[3])), resource


def test_what_a_single_record_takes_is_told() -> None:
    told = re.search(r"^A single record takes .+?\n\n", text_of("docs/api.md"), re.MULTILINE | re.DOTALL)[0]
    viewsets = [viewset for _, viewset, _ in router.registry] + [DyadViewSet]
    taken = {name for viewset in viewsets for name in viewset.detail_parameters}

    assert taken >= {"as_of", "snapshot", "on"}
    assert taken | {"fields", "format"} == set(re.findall(r"`(\w+)`", told))


def test_what_density_and_tiles_do_not_take_of_a_list_is_told() -> None:
    told = section(text_of("docs/api.md"), "## The timeline at any zoom")
    taken = [set(filter_set.base_filters) for filter_set in (DensityFilterSet, TileFilterSet, TilesFilterSet)]
    refused = set(EventFilterSet.base_filters) - set.intersection(*taken)

    assert refused >= {"ordering", "match"}
    assert {name for name in refused if f"`{name}`" not in told} == set()


@pytest.mark.parametrize(
    ("heading", "document"),
    [("### Density", DensityDocument), ("### Tiles", OneTileDocument), ("### Tiles", TileLinksDocument)],
)
def test_every_key_of_density_and_tiles_is_told(heading: str, document: type) -> None:
    told = section(text_of("docs/api.md"), heading)
    keys = set(document().fields) - {"snapshot"}

    assert len(keys) >= 5
    assert {key for key in keys if not re.search(rf"`{key}\b", told)} == set()


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("docs/api.md", f"({MOST_DISPUTED} events at most"),
        ("docs/curating.md", f"{LONGEST_TEXT:,} characters"),
        ("docs/curating.md", f"{MOST_ROWS:,} rows and {MOST_BYTES >> 20} MB"),
        ("docs/curating.md", f"{MOST_EXPORTED:,} rows"),
        ("docs/explorer.md", "{} events, or as many as `page_size` says (1 to {})".format(*HTMLRenderer.page_sizes)),
    ],
)
def test_limits_that_are_told_are_those_that_are_kept(path: str, limit: str) -> None:
    assert limit in " ".join(text_of(path).split())
