"""The file of <diplomatic-timeline>: who may load it, and what collectstatic makes of it."""

import json
import re

from django.core.management import call_command

from tests.browser.timelines import PATH, READY, events_in, html_of


def test_the_file_may_be_used_by_pages_of_any_origin_and_is_small(client):
    answer = client.get(PATH, headers={"origin": "https://news.example"})
    script = b"".join(answer)

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Type"].startswith("text/javascript")
    assert not re.search(rb"innerHTML|insertAdjacent|import ", script)
    # A date asked in the reader's time zone would be another day in America.
    assert not re.search(rb"\.[gs]et(?!UTC)(FullYear|Month|Date|Day|Hours)|toLocaleDateString", script)


def test_what_collectstatic_writes_is_small_and_the_same_but_for_comments(settings, tmp_path, visitor, record):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "timeline.static_files.StaticFilesStorage"}}
    call_command("collectstatic", verbosity=0, interactive=False)
    collected = (tmp_path / "timeline/diplomatic-timeline.js").read_text()
    hashed = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]["timeline/diplomatic-timeline.js"]

    assert len(collected.encode()) < 30_000
    assert (tmp_path / hashed).read_text() == collected
    assert "/**" not in collected
    page = visitor.open(html_of(record).replace(PATH, "/collected.js"), api=record)
    page.route("**/collected.js", lambda route: route.fulfill(
        body=collected, content_type="text/javascript", headers={"Access-Control-Allow-Origin": "*"}))
    page.reload()
    page.wait_for_function(READY)
    page.wait_for_timeout(100)
    assert events_in(page)
