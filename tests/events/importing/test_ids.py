"""By what a row is known: one id in a file stands for one thing, whatever becomes of the rows around it."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.importing.running import import_events
from events.models import Event
from tests.events.importing.files import VISITS, exported, gdelt, ndjson, table
from tests.events.importing.test_known_rows import ROW, adds_up

pytestmark = pytest.mark.django_db

OTHER = (*ROW[:3], "Somebody else", *ROW[4:])
HEADER = ("no", "start", "end", "who", "from", "to")
BETWEEN = [(str(number), *ROW[1:]) for number in range(100, 104)]


@pytest.fixture
def short_batches(monkeypatch):
    """Two rows are a batch."""
    monkeypatch.setattr("events.importing.running.MOST_AT_ONCE", 2)


@pytest.mark.parametrize("between", [[], BETWEEN])
def test_one_id_for_two_things_in_one_file_is_refused_for_the_second_in_every_run(
    between, countries, visits, short_batches
):
    for first_time in (True, False, False):
        tried, done = (visits(ROW, *between, OTHER, ROW, dry_run=dry_run) for dry_run in (True, False))

        assert adds_up(tried) == adds_up(done)
        assert done.rejected == 1
        assert done.reasons[0].endswith("The id '7' stands in the file twice, for different things.")
        assert (done.created, done.unchanged) == ((1 + len(between), 1) if first_time else (0, 2 + len(between)))
        assert Event.objects.get(slug="visits-7").title == "Visit of Somebody to Syria"


def test_what_changed_since_the_last_file_is_refused_for_the_second_too(countries, visits, short_batches):
    visits(ROW)
    third = (*ROW[:3], "A third", *ROW[4:])

    for rows in ((OTHER, third), (OTHER, *BETWEEN, third)):
        tried, done = (visits(*rows, dry_run=dry_run) for dry_run in (True, False))
        assert adds_up(tried) == adds_up(done)
        assert done.rejected == 1
        assert Event.objects.get(slug="visits-7").title == "Visit of Somebody else to Syria"


def test_an_import_that_was_ended_knows_which_ids_stood_before(countries, visits, folder, short_batches):
    def stop(*told):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        visits(ROW, BETWEEN[0], OTHER, on_batch=stop)

    assert adds_up(visits(ROW, BETWEEN[0], OTHER)) == {"created": 2, "rejected": 1}
    assert Event.objects.get(slug="visits-7").title == "Visit of Somebody to Syria"


def test_an_import_that_went_on_refuses_what_stands_a_third_time(countries, visits, short_batches):
    def stop(*told):
        raise KeyboardInterrupt

    rows = (ROW, OTHER, OTHER)
    with pytest.raises(KeyboardInterrupt):
        visits(*rows, on_batch=stop)

    assert adds_up(visits(*rows)) == {"created": 1, "rejected": 2}
    assert Event.objects.get(slug="visits-7").title == "Visit of Somebody to Syria"


def test_what_stood_twice_stays_rejected_until_it_has_another_id(countries, visits, folder):
    visits(ROW, OTHER)
    rejects, mapping = folder / "visits.rejects.csv", folder / "visits.yaml"
    copy = folder / "copy.csv"
    copy.write_text(rejects.read_text())

    again = import_events([copy], "table", mapping=mapping)

    assert adds_up(again) == {"rejected": 1}
    assert Event.objects.get(slug="visits-7").title == "Visit of Somebody to Syria"
    copy.write_text(rejects.read_text().replace("\n7,", "\n8,").replace(",7,2018", ",8,2018"))
    assert adds_up(import_events([copy], "table", mapping=mapping)) == {"created": 1}


def test_a_line_that_stood_twice_stays_rejected_too(countries, bring_in, folder):
    bring_in("e.ndjson", ndjson(exported("one"), exported("one", title="Another")), "ndjson")

    report = bring_in("r.ndjson", (folder / "e.rejects.ndjson").read_bytes(), "ndjson")

    assert adds_up(report) == {"rejected": 1}
    assert Event.objects.get().title == "Talks"


def test_a_dry_run_of_several_files_says_what_the_real_one_does(countries, folder, short_batches):
    (folder / "a.CSV").write_text(gdelt())
    (folder / "b.CSV").write_text(gdelt() + gdelt(GLOBALEVENTID="2", SOURCEURL="https://news.example/b"))
    files = [folder / "a.CSV", folder / "b.CSV"]

    tried, done = (import_events(files, "gdelt2", dry_run=dry_run) for dry_run in (True, False))

    assert adds_up(tried) == adds_up(done) == {"created": 1, "unchanged": 1, "merged": 1}


@pytest.mark.parametrize(
    ("before", "now", "counts"),
    [
        ([{}], [{"ActionGeo_Lat": "33.6"}], {"created": 1, "updated": 1}),
        ([{}], [{"MonthYear": "1"}], {"created": 1, "unchanged": 1}),
        ([{}], [{"Actor2CountryCode": "QQQ"}], {"created": 1, "rejected": 1}),
        ([{}, {"GLOBALEVENTID": "2"}], [{"GLOBALEVENTID": "2", "ActionGeo_Lat": "33.6"}],
         {"created": 1, "merged": 1, "unchanged": 1}),
        ([{}, {"GLOBALEVENTID": "2"}], [{"GLOBALEVENTID": "2", "SOURCEURL": "https://news.example/b"}],
         {"created": 1, "merged": 1, "rejected": 1}),
        ([{}], [{"EventCode": "112"}, {"GLOBALEVENTID": "2"}, {"GLOBALEVENTID": "3", "EventCode": "112"}],
         {"created": 2, "updated": 1, "merged": 1}),
    ],
)  # fmt: skip
def test_a_dry_run_of_files_that_share_an_id_says_what_the_real_one_does(
    before, now, counts, countries, folder, short_batches
):
    paths = [folder / "before.CSV", folder / "now.CSV"]
    for path, rows in zip(paths, (before, now), strict=True):
        path.write_text("".join(gdelt(**row) for row in rows))

    tried, done = (import_events(paths, "gdelt2", dry_run=dry_run) for dry_run in (True, False))

    assert adds_up(tried) == adds_up(done) == counts


def test_a_dry_run_knows_that_two_events_tell_of_an_act_from_which_one_moves_away(countries, folder, short_batches):
    def written(name, *rows):
        (folder / name).write_text("".join(gdelt(GLOBALEVENTID=number, EventCode=code) for number, code in rows))
        return [folder / name]

    import_events(written("a.CSV", ("1", "040"), ("2", "112")), "gdelt2")
    files = written("b.CSV", ("2", "040"), ("1", "043"), ("3", "040"), ("4", "112"))

    tried, done = (import_events(files, "gdelt2", dry_run=dry_run) for dry_run in (True, False))

    assert adds_up(tried) == adds_up(done) == {"updated": 2, "merged": 1, "created": 1}


def test_a_dry_run_knows_an_event_that_a_later_file_has_in_other_words(countries, folder):
    paths = [folder / "a.ndjson", folder / "b.ndjson"]
    paths[0].write_bytes(ndjson(exported("one")))
    paths[1].write_bytes(ndjson(dict(reversed(exported("one").items()))))

    tried, done = (import_events(paths, "ndjson", dry_run=dry_run) for dry_run in (True, False))

    assert adds_up(tried) == adds_up(done) == {"created": 1, "unchanged": 1}


def test_a_dry_run_remembers_what_was_the_same_in_other_words(countries, folder, short_batches):
    joining = {"GLOBALEVENTID": "2", "SOURCEURL": "https://news.example/b"}
    (folder / "a.CSV").write_text(gdelt() + gdelt(**joining))
    import_events([folder / "a.CSV"], "gdelt2")
    reworded, otherwise = gdelt(**joining, ActionGeo_Lat="33.6"), gdelt(EventCode="112")
    (folder / "b.CSV").write_text(reworded + otherwise + reworded)

    tried, done = (import_events([folder / "b.CSV"], "gdelt2", dry_run=dry_run) for dry_run in (True, False))

    assert adds_up(tried) == adds_up(done) == {"updated": 1, "unchanged": 2}


@pytest.mark.parametrize("rows_in_a_batch", [1, 1_000])
def test_what_was_told_by_two_rows_changes_with_the_first_of_them(rows_in_a_batch, countries, folder, monkeypatch):
    monkeypatch.setattr("events.importing.running.MOST_AT_ONCE", rows_in_a_batch)
    for article in "ab":
        told = [gdelt(GLOBALEVENTID=number, SOURCEURL=f"https://news.example/{article}") for number in "12"]
        (folder / f"{article}.CSV").write_text("".join(told))
    import_events([folder / "a.CSV"], "gdelt2")

    tried, done = (import_events([folder / "b.CSV"], "gdelt2", dry_run=dry_run) for dry_run in (True, False))

    assert adds_up(tried) == adds_up(done) == {"updated": 1, "unchanged": 1}
    assert Event.objects.get().claims.get().note == "https://news.example/b"


ROWS = st.lists(
    st.builds(
        gdelt,
        GLOBALEVENTID=st.sampled_from("123"),
        SOURCEURL=st.sampled_from(["https://news.example/a", "https://news.example/b"]),
        EventCode=st.sampled_from(["040", "112", "999"]),
        ActionGeo_Lat=st.sampled_from(["33.5", "33.6"]),
    ),
    min_size=1, max_size=7,
)  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(before=ROWS, rows=ROWS)
def test_a_dry_run_says_what_the_real_one_does_and_a_second_one_does_nothing(
    before, rows, countries, folder, short_batches
):
    (folder / "a.CSV").write_text("".join(before))
    (folder / "b.CSV").write_text("".join(rows))
    with transaction.atomic():
        import_events([folder / "a.CSV"], "gdelt2")

        tried, done, again = (import_events([folder / "b.CSV"], "gdelt2", dry_run=dry) for dry in (True, False, False))

        transaction.set_rollback(True)
    assert adds_up(tried) == adds_up(done)
    assert tried.reasons == done.reasons
    assert (again.created, again.updated, again.merged) == (0, 0, 0)
    assert set(again.reasons) <= set(done.reasons)  # a claim whose event follows further down is rejected once


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(before=ROWS, rows=ROWS)
def test_in_whatever_batches_a_file_comes_to_the_same(before, rows, countries, folder):
    (folder / "a.CSV").write_text("".join(before))
    (folder / "b.CSV").write_text("".join(rows))

    one_by_one, at_once = (outcome_in_batches_of(size, [folder / "a.CSV", folder / "b.CSV"]) for size in (1, 1_000))

    assert one_by_one == at_once


def outcome_in_batches_of(size, files):
    """What is counted, and what is told of events, once *files* are imported; nothing of it stays."""
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("events.importing.running.MOST_AT_ONCE", size)
        counts = [adds_up(import_events([file], "gdelt2")) for file in files]
        told = [
            (event.slug, event.kind.slug, event.latitude, event.imported_rows.count(),
             list(event.claims.order_by("pk").values_list("locator", "note")))
            for event in Event.objects.order_by("slug")
        ]  # fmt: skip
        transaction.set_rollback(True)
    return counts, told


WITHOUT_ID = VISITS.replace("id: '{no}'\n", "")


@pytest.mark.parametrize(
    ("mistaken", "right"),
    [
        ("title: Visits,", "title: Visits that we noted,"),
        ("accessed: '2020-01-01'", "accessed: '2020-01-02'"),
        ("title: 'Visit of {who} to {to}'", "title: '{who} visits {to}'"),
        ("kind: official-visit", "kind: {text: '{who}', values: {Somebody: state-visit}}"),
        ("claim: {locator: 'visit {no}'}", "claim: {locator: 'no. {no}'}"),
    ],
)
def test_a_mended_mapping_makes_no_row_a_second_time(mistaken, right, countries, bring_in, folder):
    (folder / "m.yaml").write_text(WITHOUT_ID)
    content = table(HEADER, ROW, ROW, ("8", *ROW[1:]))
    assert adds_up(bring_in("t.csv", content, "table", mapping=folder / "m.yaml")) == {"created": 2, "unchanged": 1}
    slugs = set(Event.objects.values_list("slug", flat=True))

    assert mistaken in WITHOUT_ID
    (folder / "m.yaml").write_text(WITHOUT_ID.replace(mistaken, right))
    report = bring_in("t.csv", content, "table", mapping=folder / "m.yaml")

    assert (report.created, report.rejected) == (0, 0)
    assert set(Event.objects.values_list("slug", flat=True)) == slugs


def test_a_rejected_row_without_an_id_is_the_same_row_when_it_comes_again(countries, bring_in, folder):
    (folder / "m.yaml").write_text(WITHOUT_ID.replace("country: '{to}'", "country: {text: '{to}', values: {X: QQQ}}"))
    bring_in("t.csv", table(HEADER, (*ROW[:5], "X")), "table", mapping=folder / "m.yaml")
    (folder / "m.yaml").write_text(WITHOUT_ID.replace("country: '{to}'", "country: {text: '{to}', values: {X: SYR}}"))

    assert import_events([folder / "t.rejects.csv"], "table", mapping=folder / "m.yaml").created == 1
    assert adds_up(import_events([folder / "t.csv"], "table", mapping=folder / "m.yaml")) == {"unchanged": 1}


def test_ids_in_other_letters_have_addresses_of_their_own(countries, visits):
    rows = [(number, *ROW[1:]) for number in ("Сирия-1", "КНДР-1", "1")]

    assert adds_up(visits(*rows)) == {"created": 3}
    assert adds_up(visits(*rows)) == {"unchanged": 3}
    slugs = set(Event.objects.values_list("slug", flat=True))
    assert "visits-1" in slugs
    assert len(slugs) == 3


def test_ids_with_one_address_are_refused_for_the_second_in_every_run(countries, visits, short_batches):
    rows = [("1.1", *ROW[1:]), BETWEEN[0], ("1-1", *ROW[1:])]

    for _ in range(2):
        tried, done = (visits(*rows, dry_run=dry_run) for dry_run in (True, False))
        assert adds_up(tried) == adds_up(done)
        assert "The address 'visits-1-1' is another event's" in done.reasons[0]
