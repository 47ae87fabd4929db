import re

import pytest
from django.core.management import call_command

from timeline.api.events import EventViewSet

pytestmark = pytest.mark.django_db


def test_the_schema_is_valid_and_complete_without_a_warning(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))


def test_every_parameter_is_described_with_an_example_and_every_error_too(client):
    document = client.get("/api/v1/schema/").json()

    assert document["openapi"] == "3.1.0"
    for path, operations in document["paths"].items():
        if path == "/api/v1/schema/":
            continue
        for parameter in operations["get"]["parameters"]:
            assert parameter["description"], (path, parameter["name"])
            has_one = "example" in parameter if parameter["required"] else "examples" in parameter["schema"]
            assert has_one or parameter["name"] in {"cursor", "format"}, (path, parameter["name"])
        assert {"400", "304", "503"} <= operations["get"]["responses"].keys()


def test_the_schema_speaks_the_language_of_its_version(client):
    text = client.get("/api/v1/schema/").content.decode()

    assert '"nullable"' not in text
    assert not re.search(r'"\w+[0-9a-f]{3}Enum"', text), "name it in ENUM_NAME_OVERRIDES"


def test_a_link_of_a_tile_that_leads_no_further_is_null(client):
    schemas = client.get("/api/v1/schema/").json()["components"]["schemas"]
    links = schemas["TileLinksDocument"]["properties"]

    can_be_null = {name for name, link in links.items() if link["type"] == ["string", "null"]}
    assert can_be_null == {"previous", "next", "parent", "children"}


def test_events_come_in_every_format_and_a_single_record_may_be_gone_or_elsewhere(client):
    paths = client.get("/api/v1/schema/").json()["paths"]

    formats = paths["/api/v1/events/"]["get"]["responses"]["200"]["content"]
    assert {renderer.media_type for renderer in EventViewSet.formats} == formats.keys()
    of_one = paths["/api/v1/events/{id}/"]["get"]["responses"]["200"]["content"]
    assert {renderer.media_type for renderer in EventViewSet.detail_formats} == of_one.keys()
    for path, operations in paths.items():
        if "{id}" in path:
            assert {"301", "404", "410"} <= operations["get"]["responses"].keys()


def test_the_docs_have_no_script_of_their_own_and_find_what_they_load(client):
    page = client.get("/api/v1/docs/").content.decode()

    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    for address in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert address.startswith("/"), address
        assert client.get(address).status_code == 200, address


def test_the_docs_load_nothing_from_elsewhere(client):
    page = client.get("/api/v1/docs/")

    assert page.status_code == 200
    assert "http://" not in page.content.decode()
    assert "https://" not in page.content.decode()
    assert "default-src 'self'" in page["Content-Security-Policy"]


def test_the_root_lists_what_there_is(client):
    for address in client.get("/api/v1/").json().values():
        assert client.get(address).status_code == 200


def test_the_root_is_as_strict_as_the_lists_below_it(client):
    assert client.head("/api/v1/").status_code == 200
    assert client.options("/api/v1/").status_code == 204
    refused = client.post("/api/v1/")
    assert (refused.status_code, refused["Content-Type"]) == (405, "application/problem+json")
    assert refused["Allow"] == "GET, HEAD, OPTIONS"
    for address in ("", "schema/"):
        assert client.get(f"/api/v1/{address}?country=PRK").json()["errors"][0]["parameter"] == "country"


@pytest.mark.parametrize("address", ["", "docs/", "schema/", "events/?format=csv", "timeline/tiles/2/196/", "changes/"])
def test_options_are_told_at_every_address_whatever_it_answers_in(client, address):
    answer = client.options(f"/api/v1/{address}")

    assert (answer.status_code, answer["Allow"]) == (204, "GET, HEAD, OPTIONS")
