"""By what a row is known: one id in a file stands for one thing, whatever becomes of the rows around it."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.importing.running import import_events
from events.models import Event
from events.recording import recording
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


ACTS = st.builds(
    gdelt,
    GLOBALEVENTID=st.sampled_from("123"),
    SOURCEURL=st.sampled_from(["https://news.example/a", "https://news.example/b"]),
    EventCode=st.sampled_from(["040", "112", "999"]),
    ActionGeo_Lat=st.sampled_from(["33.5", "33.6"]),
)
ARTICLE = exported("one")["claims"][0]["source"]
LINES = st.builds(
    lambda public_id, source, party, words: ndjson(dict(words(exported(
        public_id, participants=[{"role": "party", **party}], claims=[{"stance": "reports", "source": source}]
    ).items()))).decode(),
    st.sampled_from(["one", "two"]),
    st.sampled_from([ARTICLE, {"id": ARTICLE["id"]}]),
    st.sampled_from([{"country": {"id": "PRK"}}, {"organization": ARTICLE["publisher"]}]),
    st.sampled_from([list, reversed]),
)  # fmt: skip


def files_of(rows, most):
    return st.lists(st.lists(rows, min_size=1, max_size=4).map("".join), min_size=2, max_size=most)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data(), form=st.sampled_from(["gdelt2", "gdelt2", "ndjson"]), stood=st.booleans(), mended=st.booleans())
def test_a_dry_run_says_what_the_real_one_does_and_a_second_one_does_nothing(
    data, form, stood, mended, countries, folder, short_batches
):
    contents = data.draw(files_of(ACTS if form == "gdelt2" else LINES, 3))
    paths = [folder / f"{number}.{form}" for number, _ in enumerate(contents)]
    for path, content in zip(paths, contents, strict=True):
        path.write_text(content)
    with transaction.atomic():
        if stood:
            import_events([paths.pop(0)], form)
        if mended:
            mend_the_first_event()

        tried, done = (import_events(paths, form, dry_run=dry_run) for dry_run in (True, False))
        again = import_events(paths[-1:], form)

        transaction.set_rollback(True)
    assert told(tried) == told(done)
    # A line that names what a later one brings in, by its id alone, is rejected and comes in the second time.
    later = (ARTICLE["id"], ARTICLE["publisher"]["id"])
    waited = sum(any(repr(each) in reason for each in later) for reason in done.reasons)
    assert again.created + again.updated + again.merged <= waited
    assert set(again.reasons) <= set(done.reasons)  # a claim whose event follows further down is rejected once


def mend_the_first_event():
    with recording(None, "mended"):
        for event in Event.objects.order_by("slug")[:1]:
            event.title = "What it was"
            event.save()


def told(report):
    return adds_up(report), report.reasons, report.left_alone, report.alike


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(contents=files_of(ACTS, 2))
def test_in_whatever_batches_a_file_comes_to_the_same(contents, countries, folder):
    paths = [folder / f"{number}.CSV" for number, _ in enumerate(contents)]
    for path, content in zip(paths, contents, strict=True):
        path.write_text(content)

    one_by_one, at_once = (outcome_in_batches_of(size, paths) for size in (1, 1_000))

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
