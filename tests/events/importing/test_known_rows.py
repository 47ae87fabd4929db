"""What becomes of rows that were imported before, and of events on which a person had a say."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.importing.running import import_events
from events.merging import merge_events
from events.models import Address, Event, ImportedRow, Source, Version
from events.recording import recording
from events.review import publish, withdraw
from tests.events.importing.files import exported, gdelt, icews, ndjson
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db

ROW = ("7", "2018-06-04", "2018-06-06", "Somebody", "North Korea", "Syria")


def adds_up(report):
    counts = report.counts()
    assert counts["read"] == sum(counts[name] for name in ("created", "updated", "unchanged", "merged", "rejected"))
    return {name: count for name, count in counts.items() if count and name not in ("read", "seconds")}


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("e.ndjson", ndjson(exported("one"), exported("two")), "ndjson"),
        ("e.CSV", gdelt() + gdelt(GLOBALEVENTID="700000002", SOURCEURL="https://news.example/b"), "gdelt2"),
        ("e.tab", icews({}, {"Event ID": "2", "Sentence Number": "5"}), "icews"),
    ],
)
def test_the_same_file_twice_changes_nothing(name, content, form, countries, bring_in, everything):
    bring_in(name, content, form)
    before = everything()

    assert adds_up(bring_in(name, content, form)) == {"unchanged": 2}
    after = everything()
    assert len(after.pop("ImportRun")) == 1 + len(before.pop("ImportRun"))
    assert after == before


def test_a_row_that_says_something_else_now_changes_its_event(countries, visits):
    visits(ROW, publish=True)

    report = visits((*ROW[:3], "Somebody else", *ROW[4:5], "Russia"), publish=True)

    assert adds_up(report) == {"updated": 1}
    event = Event.objects.get()
    assert event.title == "Visit of Somebody else to Russia"
    assert sorted(p.country.code for p in event.participations.all()) == ["PRK", "RUS"]
    assert event.claims.count() == 1


@pytest.mark.parametrize("correct", ["title", "claim", "party"])
def test_a_correction_by_a_person_survives_the_next_import(correct, countries, visits):
    visits(ROW, publish=True)
    event = Event.objects.get()
    with recording(None, "corrected"):
        if correct == "title":
            event.title = "A visit that was only announced"
            event.save()
        elif correct == "claim":
            claim = event.claims.get()
            claim.stance = "announces"
            claim.save()
        else:
            event.participations.get(role="host").delete()
    def said(event):
        return [event.title, *event.claims.values_list("stance"), *event.participations.values_list("role", "country")]

    corrected = said(Event.objects.get())

    report = visits((*ROW[:3], "Somebody else", *ROW[4:]), publish=True)

    assert adds_up(report) == {"unchanged": 1}
    assert report.left_alone == {"visits-7": "a person changed it since it was imported"}
    assert said(Event.objects.get()) == corrected


def test_a_repeat_adds_no_claim_to_an_event_that_a_person_corrected(countries, bring_in):
    bring_in("a.CSV", gdelt(), "gdelt2", publish=True)
    with recording(None, "it was only announced"):
        claim = Event.objects.get().claims.get()
        claim.stance = "announces"
        claim.save()

    report = bring_in("b.CSV", gdelt(GLOBALEVENTID="2", SOURCEURL="https://news.example/b"), "gdelt2", publish=True)

    assert adds_up(report) == {"merged": 1}
    assert Event.objects.get().occurrence == "planned"


def test_what_a_person_deleted_or_withdrew_stays_so(countries, visits):
    visits(ROW, publish=False)
    with recording(None, "no diplomatic event"):
        Event.objects.get().delete()
    changed = (*ROW[:3], "Somebody else", *ROW[4:])
    assert adds_up(visits(changed, publish=False)) == {"unchanged": 1}
    assert not Event.objects.exists()

    visits(("8", *ROW[1:]), publish=True)
    withdraw(Event.objects.get(), None, "never happened")
    assert visits(("8", *changed[1:]), publish=True).left_alone == {"visits-8": "it was withdrawn"}
    assert Event.objects.get().review == "withdrawn"


def test_review_is_a_persons_from_then_on(countries, visits):
    visits(ROW)
    assert Event.objects.get().review == "in_review"
    publish(Event.objects.get(), None)

    visits((*ROW[:3], "Somebody else", *ROW[4:]), publish=False)

    event = Event.objects.get()
    assert (event.review, event.title) == ("published", "Visit of Somebody else to Syria")


def test_rows_of_a_merged_event_lead_to_the_survivor(countries, visits):
    visits(ROW, ("8", *ROW[1:3], "Another", *ROW[4:]))
    first, second = Event.objects.order_by("pk")
    merge_events(second, first, None, "the same visit")

    assert adds_up(visits(ROW, ("8", *ROW[1:3], "Anotherer", *ROW[4:]))) == {"unchanged": 2}
    assert Event.objects.count() == 1


def test_an_export_leaves_a_curated_event_as_it_is(countries, bring_in):
    EventFactory(slug="one", title="Ours")

    report = bring_in("e.ndjson", ndjson(exported("one"), exported("two")), "ndjson")

    assert adds_up(report) == {"created": 1, "unchanged": 1}
    assert report.left_alone == {"one": "the record has it otherwise, and not from such a file"}
    assert Event.objects.get(slug="one").title == "Ours"


def test_a_row_never_takes_the_address_of_another_event(countries, visits, folder):
    EventFactory(slug="visits-7")

    assert adds_up(visits(ROW)) == {"rejected": 1}
    assert "The address 'visits-7' is another event's" in (folder / "visits.rejects.csv").read_text()


def test_a_repeat_joins_the_event_that_changes_beside_it(countries, bring_in):
    bring_in("a.tab", icews({}), "icews")

    report = bring_in("b.tab", icews({"Latitude": "33.6"}, {"Event ID": "2", "Story ID": "12"}), "icews")

    assert adds_up(report) == {"updated": 1, "merged": 1}
    assert report.left_alone == {}
    event = Event.objects.get()
    assert (event.latitude, event.claims.count()) == (33.6, 2)
    assert adds_up(bring_in("c.tab", icews({"Latitude": "33.7"}), "icews")) == {"updated": 1}


def test_a_repeat_of_what_an_event_told_before_it_changed_is_an_event_of_its_own(countries, bring_in):
    bring_in("a.tab", icews({}), "icews")
    mended, repeat, mended_repeat = {"CAMEO Code": "042"}, {"Event ID": "2"}, {"Event ID": "3", "CAMEO Code": "042"}

    tried, done = (
        bring_in("b.tab", icews(mended, repeat, mended_repeat | {"Story ID": "12"}), "icews", dry_run=dry_run)
        for dry_run in (True, False)
    )

    assert adds_up(tried) == adds_up(done) == {"updated": 1, "created": 1, "merged": 1}
    assert Event.objects.get(slug="icews-1-2018-06-04").claims.count() == 2


@pytest.mark.parametrize("sort_keys", [False, True])
def test_an_exported_event_changes_by_anything_but_its_date_of_change(sort_keys, countries, bring_in):
    def line(title, modified):
        event = exported("one", title=title, modified=modified)
        return json.dumps(event, sort_keys=sort_keys, separators=(",", ":")) + "\n"

    bring_in("a.ndjson", line("Talks", "2026-01-01"), "ndjson")

    assert adds_up(bring_in("b.ndjson", line("Talks", "2026-01-02"), "ndjson")) == {"unchanged": 1}
    assert adds_up(bring_in("c.ndjson", line("Other talks", "2026-01-02"), "ndjson")) == {"updated": 1}
    assert Event.objects.get().title == "Other talks"


def test_what_nobody_reads_makes_no_row_another(countries, bring_in):
    def rows(tone):
        return gdelt(AvgTone=tone) + gdelt(GLOBALEVENTID="2", SOURCEURL="https://news.example/b", AvgTone=tone)

    bring_in("a.CSV", rows("1"), "gdelt2")

    assert adds_up(bring_in("b.CSV", rows("2"), "gdelt2")) == {"unchanged": 2}


def test_of_a_row_that_joined_an_event_its_claim_alone_may_not_change(countries, bring_in):
    def repeat(**cells):
        return gdelt(**{"GLOBALEVENTID": "2", "SOURCEURL": "https://news.example/b"} | cells)

    bring_in("a.CSV", gdelt() + repeat(), "gdelt2")

    assert adds_up(bring_in("b.CSV", repeat(ActionGeo_Lat="33.6"), "gdelt2")) == {"unchanged": 1}
    for cells in ({"SOURCEURL": "https://news.example/c"}, {"DATEADDED": "20180606120000"}, {"EventCode": "042"}):
        report = bring_in("c.CSV", repeat(**cells), "gdelt2")
        assert adds_up(report) == {"rejected": 1}
        assert "as a further claim on an event" in report.reasons[0]


def test_rows_whose_digests_were_made_otherwise_are_what_they_were(countries, bring_in, everything):
    rows = gdelt() + gdelt(GLOBALEVENTID="2", SOURCEURL="https://news.example/b")
    bring_in("a.CSV", rows, "gdelt2")
    before = everything()
    ImportedRow.objects.update(digest=1)

    assert adds_up(bring_in("a.CSV", rows, "gdelt2")) == {"unchanged": 2}
    after = everything()
    del before["ImportRun"], after["ImportRun"]
    assert after == before


def test_a_repeat_that_stands_twice_in_a_file_joins_once(countries, bring_in):
    bring_in("a.CSV", gdelt(), "gdelt2")
    repeat = gdelt(GLOBALEVENTID="2", SOURCEURL="https://news.example/b")

    assert adds_up(bring_in("b.CSV", repeat * 2, "gdelt2")) == {"merged": 1, "unchanged": 1}


def test_a_dry_run_says_what_would_change_and_changes_nothing(countries, visits, folder, bring_in, everything):
    visits(ROW)
    content = gdelt() + gdelt(GLOBALEVENTID="2", SOURCEURL="https://news.example/b") + gdelt(Actor2CountryCode="XXX")
    before = everything()

    changed = visits((*ROW[:3], "Somebody else", *ROW[4:]), ("8", *ROW[1:]), dry_run=True)
    coded = bring_in("g.CSV", content, "gdelt2", dry_run=True)

    assert everything() == before
    assert adds_up(changed) == {"updated": 1, "created": 1}
    assert adds_up(coded) == adds_up(import_events([folder / "g.CSV"], "gdelt2"))


def test_a_batch_is_one_number_of_the_records_clock(countries, bring_in, django_assert_max_num_queries):
    from timeline.clock import last_tick

    before = last_tick().number

    bring_in("e.ndjson", ndjson(*(exported(f"e-{n}") for n in range(1_001))), "ndjson")

    assert last_tick().number == before + 2
    assert Event.objects.filter(review="published").count() == 1_001


def test_sources_that_the_record_lacks_are_looked_for_and_written_together(countries, bring_in):
    def queries_for(count):
        sources = ({"id": f"article-{count}-{n}", "title": "Its own", "kind": "article", "published": "2018-06-04",
                    "publisher": {"id": "a-paper", "name": "A Paper"}} for n in range(count))  # fmt: skip
        events = [
            exported(f"e-{count}-{n}", claims=[{"stance": "reports", "source": source}])
            for n, source in enumerate(sources)
        ]
        with CaptureQueriesContext(connection) as queries:
            assert bring_in(f"{count}.ndjson", ndjson(*events), "ndjson").created == count
        # What is written behind is not captured, and SQLite writes row by row.
        return len([query for query in queries if not query["sql"].startswith("INSERT")])

    queries_for(1)

    assert queries_for(3) == queries_for(30)
    assert Address.objects.filter(resource="sources", slug__startswith="article-").count() == 34


def test_rows_that_join_and_rows_that_change_are_written_together(countries, bring_in):
    def queries_for(count):
        acts = [{"GLOBALEVENTID": f"{count}{n}", "Actor1Name": f"{count} {n}"} for n in range(count)]
        bring_in("a.CSV", "".join(gdelt(**act) for act in acts), "gdelt2", publish=True)
        joining = (gdelt(**act | {"GLOBALEVENTID": f"8{act['GLOBALEVENTID']}", "SOURCEURL": ""}) for act in acts)
        changed = (gdelt(**act, ActionGeo_Lat="33.6", SOURCEURL="https://news.example/b") for act in acts)
        with CaptureQueriesContext(connection) as queries:
            assert adds_up(bring_in("b.CSV", "".join([*joining, *changed]), "gdelt2")) == {
                "merged": count, "updated": count,
            }  # fmt: skip
        return len([query for query in queries if not query["sql"].startswith("INSERT")])

    queries_for(1)

    assert queries_for(3) == queries_for(30)


def test_a_source_that_was_imported_is_kept_as_it_was_once_a_person_changes_it(countries, bring_in):
    bring_in("e.ndjson", ndjson(exported("e")), "ndjson")
    source = Source.objects.get(slug="an-article")
    assert not Version.objects.of(source).exists()

    with recording(None, "mended"):
        source.title = "The article"
        source.save()

    titles = [version.content["title"] for version in Version.objects.of(source)]
    assert titles == ["The article", "An article"]
