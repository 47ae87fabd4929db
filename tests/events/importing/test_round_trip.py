"""What the API exports comes in again as it was."""

import orjson
import pytest
import yaml
from django.conf import settings
from django.db import transaction
from django.test import Client

from events.importing.running import import_events
from events.loading.applying import load_record
from events.models import Event
from tests.events.importing.files import exported, ndjson

FIXTURES = settings.BASE_DIR / "fixtures"
OFFICES_FROM = {"general-knowledge-of-offices", "trend-2018-06-04-assad-kim"}


def export(form):
    response = Client(headers={"host": "127.0.0.1"}).get(f"/api/v1/events/?format={form}")
    return response.content


def without_modified(lines):
    return [{name: value for name, value in orjson.loads(line).items() if name != "modified"} for line in lines]


def export_of(paths, *forms):
    """What a record loaded from *paths* exports in each of these forms; afterwards nothing of it is there."""
    with transaction.atomic():
        load_record(paths)
        exports = [export(form) for form in forms]
        transaction.set_rollback(True)
    return exports


def load_parties(folder, sources):
    """Countries, organizations, people, and of the sources the chosen ones: a record that has no event yet."""
    kept = folder / "kept"
    kept.mkdir()
    for name in ("countries", "organizations", "leaders"):
        (kept / f"{name}.yaml").write_text((FIXTURES / f"{name}.yaml").read_text())
    blocks = yaml.load((FIXTURES / "sources.yaml").read_text(), Loader=yaml.BaseLoader)
    (kept / "sources.yaml").write_text(yaml.safe_dump([block for block in blocks if block["id"] in sources]))
    load_record([kept])


@pytest.mark.django_db
def test_ndjson_comes_in_as_it_was_exported(folder):
    path = folder / "export.ndjson"
    [exported_there] = export_of([FIXTURES, FIXTURES / "examples/trump-kim-2018"], "ndjson")
    path.write_bytes(exported_there)
    there = exported_there.splitlines()
    load_parties(folder, OFFICES_FROM)

    first, second = import_events([path], "ndjson"), import_events([path], "ndjson")

    assert (first.created, first.rejected) == (len(there), 0)
    assert second.unchanged == len(there)
    assert without_modified(export("ndjson").splitlines()) == without_modified(there)


@pytest.mark.django_db
def test_csv_comes_in_with_all_that_it_carries(folder):
    path = folder / "export.csv"
    as_csv, as_ndjson = export_of([FIXTURES], "csv", "ndjson")
    path.write_bytes(as_csv)
    there = without_modified(as_ndjson.splitlines())
    load_parties(folder, {block["id"] for block in yaml.safe_load((FIXTURES / "sources.yaml").read_text())})

    first, second = import_events([path], "csv"), import_events([path], "csv")

    assert (first.created, first.rejected, second.unchanged) == (len(there), 0, len(there))
    for was, is_now in zip(there, without_modified(export("ndjson").splitlines()), strict=True):
        for name in ("id", "title", "summary", "date", "kind", "place", "importance", "occurrence", "verification",
                     "origins", "status_words"):  # fmt: skip
            assert is_now[name] == was[name]
        for parties in ("role", "country", "organization", "leader"):
            assert [p[parties] for p in is_now["participants"]] == [p[parties] for p in was["participants"]]
        told, told_now = (
            {(claim["stance"], claim["source"]["id"]) for claim in each["claims"]} for each in (was, is_now)
        )
        assert told_now == told


@pytest.mark.django_db
def test_csv_takes_nothing_away_that_ndjson_brought(countries, bring_in):
    bring_in("e.ndjson", ndjson(exported("one")), "ndjson")
    before = export("ndjson")

    report = bring_in("e.csv", export("csv"), "csv")

    assert (report.read, report.unchanged) == (1, 1)
    assert without_modified(export("ndjson").splitlines()) == without_modified(before.splitlines())


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "''-x", "-5", "'-5", "'tis so", '"a"; b, c', "a\r\nb\rc", "@x"])
def test_a_text_comes_back_from_csv_as_it_was(text, countries, bring_in):
    bring_in("e.ndjson", ndjson(exported("one", title=text, summary=text)), "ndjson")
    content = export("csv").replace(b"\r\none,", b"\r\ntwo,")

    assert bring_in("e.csv", content, "csv").created == 1
    event = Event.objects.get(slug="two")
    assert (event.title, event.summary) == (text, text)


@pytest.mark.django_db
@pytest.mark.parametrize("nothing", ["NA", "NULL", "nan"])
def test_what_other_programs_write_for_a_blank_cell_is_no_text_in_csv(nothing, countries, bring_in):
    bring_in("e.ndjson", ndjson(exported("one")), "ndjson")
    content = export("csv").decode().replace("\r\none,Talks,,", f"\r\ntwo,Talks,{nothing},")

    report = bring_in("e.csv", content, "csv")

    assert report.rejected == 1
    assert f"summary is '{nothing}', as some programs write a blank cell: leave it blank" in report.reasons[0]


@pytest.mark.django_db
def test_an_assessment_and_a_chain_come_along(countries, bring_in):
    claim = exported("one")["claims"][0]
    read_in = {"id": "a-later-article", "title": "Later", "kind": "article", "published": "2018-06-05",
               "publisher": {"id": "b-paper", "name": "B"}}  # fmt: skip
    event = exported(
        "one", occurrence="cancelled", verification="reported",
        assessment={"reason": "Both denied it.", "derived_occurrence": "occurred", "derived_verification": "reported"},
        claims=[claim | {"source": claim["source"] | {"published": None}, "via": [read_in]}],
    )  # fmt: skip

    bring_in("e.ndjson", ndjson(event), "ndjson")

    found = Event.objects.get()
    assert (found.assessed_occurrence, found.assessed_verification, found.occurrence) == ("cancelled", "", "cancelled")
    assert found.claims.get().source.via.slug == "a-later-article"


PAPER = [{"role": "party", "organization": {"id": "a-paper", "name": "A Paper"}}]


@pytest.mark.django_db
@pytest.mark.parametrize("rows_in_a_batch", [1, 2, 1_000])
def test_a_publisher_that_is_made_with_a_source_may_be_a_party_from_then_on(
    rows_in_a_batch, countries, bring_in, folder, monkeypatch
):
    monkeypatch.setattr("events.importing.running.MOST_AT_ONCE", rows_in_a_batch)
    others = exported("other")["claims"][0]
    other = others | {"source": others["source"] | {"id": "another", "publisher": {"id": "b-paper", "name": "B"}}}
    rows = ndjson(
        exported("before", participants=PAPER),
        exported("not-stored", kind={"id": "none"}, claims=[other]),
        exported("one"),
        exported("after", participants=PAPER),
        exported("after-what-was-not-stored", participants=[
            {"role": "party", "organization": {"id": "b-paper", "name": "B"}},
        ]),
        exported("like-after", participants=[*PAPER, *exported("x")["participants"]]),
        exported("again", participants=[*PAPER, *exported("x")["participants"]]),
    )  # fmt: skip

    tried, done = (bring_in("e.ndjson", rows, "ndjson", dry_run=dry_run) for dry_run in (True, False))

    assert tried.counts() | {"seconds": 0} == done.counts() | {"seconds": 0}
    assert (done.created, done.rejected, done.alike) == (4, 3, 1)
    lines = [orjson.loads(line) for line in (folder / "e.rejects.ndjson").read_bytes().splitlines()]
    assert [line["id"] for line in lines] == ["before", "not-stored", "after-what-was-not-stored"]
    assert "no 'a-paper' among its organizations" in done.reasons[0]
    assert Event.objects.get(slug="after").participations.get().organization.name == "A Paper"
    assert bring_in("e.ndjson", rows, "ndjson").unchanged == 4


@pytest.mark.django_db
@pytest.mark.parametrize("rows_in_a_batch", [1, 1_000])
def test_a_source_is_what_the_first_stored_row_says_of_it(rows_in_a_batch, countries, bring_in, monkeypatch):
    monkeypatch.setattr("events.importing.running.MOST_AT_ONCE", rows_in_a_batch)
    claim = exported("x")["claims"][0]
    mistaken = claim | {"source": claim["source"] | {"title": "Mistaken"}}
    rows = ndjson(exported("rejected", claims=[mistaken, claim | {"stance": "shouts"}]), exported("stored"))

    report = bring_in("e.ndjson", rows, "ndjson")

    assert (report.created, report.rejected) == (1, 1)
    assert Event.objects.get().claims.get().source.title == "An article"


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_the_record_that_it_was_exported_from_has_it_already(form, folder):
    load_record([FIXTURES, FIXTURES / "examples/trump-kim-2018"])
    path = folder / f"export.{form}"
    path.write_bytes(export(form))

    report = import_events([path], form)

    assert report.unchanged == report.read == Event.objects.published().count()
    assert report.left_alone == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("was", "is_now"),
    [("Talks,", "Others,"), (",2018-06-04,", ",2018-06,"), ("party:SYR", "host:SYR"), ("reports:", "alleges:")],
)
def test_what_csv_says_otherwise_than_the_record_is_named(was, is_now, countries, bring_in):
    bring_in("e.ndjson", ndjson(exported("one")), "ndjson")
    content = export("csv").decode()

    report = bring_in("e.csv", content.replace(was, is_now), "csv")

    assert was in content
    assert report.unchanged == 1
    assert report.left_alone == {"one": "the record has it otherwise, and not from such a file"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"kind": {"id": "talk"}}, "no kind of event 'talk'. Did you mean “talks”?"),
        ({"date": {"edtf": "2018-13"}}, "date: '2018-13' cannot be read as a date"),
        ({"participants": [{"role": "party", "country": {"id": "PKR"}}]}, "no 'PKR' among its countries. Did you mean"),
        ({"participants": [{"role": "guest", "country": {"id": "PRK"}}]}, "role 'guest' is none"),
        ({"participants": [{"role": "party"}]}, "The party in the role 'party' has no name"),
        ({"participants": [{"country": {"id": "PRK"}}]}, "It is no event as ?format=ndjson exports it (KeyError"),
        ({"claims": []}, "It has no claim"),
        ({"claims": exported("x")["claims"] * 2}, "claims the same thing twice"),
        ({"importance": 101}, "importance is 101"),
        ({"importance": "high"}, "importance is 'high'"),
        ({"place": {"latitude": 1}}, "both latitude and longitude"),
        ({"place": {"latitude": True, "longitude": 1}}, "latitude is True, which is no number"),
        ({"title": "x" * 301}, "title has 301 characters"),
        ({"title": "a\0b"}, "NUL character"),
        ({"id": "Not A Slug"}, "The id 'Not A Slug' is none"),
    ],
)
def test_an_event_that_cannot_be_is_rejected_with_the_reason(parts, reason, countries, bring_in, folder):
    report = bring_in("e.ndjson", ndjson(exported("good"), exported("bad", **parts)) + b"{not json}\n", "ndjson")

    assert (report.created, report.rejected) == (1, 2)
    rejected, broken = map(orjson.loads, (folder / "e.rejects.ndjson").read_bytes().splitlines())
    assert rejected["rejected"]["line"] == 2
    assert reason in rejected["rejected"]["because"]
    assert rejected | {"rejected": 0} == exported("bad", **parts) | {"rejected": 0}
    assert broken["row"] == "{not json}"


SOURCE = exported("x")["claims"][0]["source"] | {"id": "another"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "via", "reason"),
    [
        (SOURCE | {"url": "javascript:alert(1)"}, [], "url of the source 'another' is 'javascript:alert(1)'"),
        (SOURCE | {"archive_url": "no address"}, [], "archive_url of the source 'another' is 'no address': Enter"),
        (SOURCE | {"title": "x" * 301}, [], "title of the source 'another' is"),
        (SOURCE | {"publisher": {"id": "p", "name": "x" * 301}}, [], "publisher_name of the source 'another' is"),
        (SOURCE | {"title": "a\0"}, [], "title is 'a\\x00', which holds a NUL character"),
        (SOURCE | {"published": {"edtf": "2018"}}, [], "published is {'edtf': '2018'}, where a text is wanted"),
        (SOURCE, [SOURCE | {"id": "a-third"}, SOURCE], "The source 'another' is read through itself"),
    ],
)
def test_a_source_that_cannot_be_has_its_event_rejected(source, via, reason, countries, bring_in):
    claim = exported("x")["claims"][0] | {"source": source, "via": via}

    report = bring_in("e.ndjson", ndjson(exported("good"), exported("bad", claims=[claim])), "ndjson")

    assert (report.created, report.rejected) == (1, 1)
    assert reason in report.reasons[0]


@pytest.mark.django_db
def test_a_rejected_line_of_json_is_mended_and_imported(countries, bring_in, folder):
    bring_in("e.ndjson", ndjson(exported("good"), exported("bad", kind={"id": "talk"})), "ndjson")
    rejects = folder / "e.rejects.ndjson"
    rejects.write_text(rejects.read_text().replace('"id":"talk"', '"id":"talks"'))

    assert import_events([rejects], "ndjson").created == 1
    assert Event.objects.filter(slug="bad", review="published").exists()
