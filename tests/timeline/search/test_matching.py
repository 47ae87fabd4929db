"""Words found by the index of the database at hand are those that a plain search finds."""

from dataclasses import replace

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.edtf.calendar import days_from_civil
from tests.factories import EventFactory
from timeline import search
from timeline.models import Entry, PastEntry
from timeline.search.cutting import indexed_text
from timeline.search.language import BadText, TextQuery
from timeline.search.months import FIRST, LAST, first_second, month_of
from timeline.search.postgres import periods
from timeline.search.words_row import WordsRow

pytestmark = pytest.mark.django_db
WORDS = st.sampled_from(["kim", "Kim", "kims", "jong", "김정은", "Ōsaka", "1966", "a", "straße"])
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)
QUERIES = st.lists(
    st.tuples(st.sampled_from(["", "-"]), TEXTS.filter(bool), st.booleans(), st.sampled_from(["", "*"])),
    min_size=1, max_size=3,
).map(lambda terms: " ".join(f'{sign}"{text}"{star}' for sign, text, _, star in terms))  # fmt: skip


def holds(words, term):
    """Whether the words of *term* follow one another in *words*."""
    *whole, last = term.words
    for start in range(len(words) - len(whole)):
        if words[start : start + len(whole)] == whole:
            word = words[start + len(whole)]
            if word == last or (term.is_prefix and word.startswith(last)):
                return True
    return False


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(st.tuples(TEXTS, TEXTS, st.integers(1960, 1990)), max_size=6), typed=QUERIES)
def test_the_index_finds_what_a_plain_search_finds(texts, typed):
    query = TextQuery.parse(typed)
    rows = [
        WordsRow(10**9 + number, days_from_civil(year, 3, 1) * 86_400, indexed_text(fields))
        for number, (*fields, year) in enumerate(texts)
    ]
    with transaction.atomic():
        search.put(search.PRESENT, rows)
        assert search.same(search.PRESENT, rows) == {row.key for row in rows}
        for months in (None, (1970 * 12, 1979 * 12 + 11)):
            expected = {
                row.key
                for row in rows
                if all(holds(row.words.split(), term) for term in query.positive)
                and not any(holds(row.words.split(), term) for term in query.negative)
                and (months is None or months[0] <= month_of(row.position) <= months[1])
            }
            if query.positive:
                assert keys_found(query, months) == expected
        search.remove(search.PRESENT, [(row.key, row.position) for row in rows])
        assert not query.positive or keys_found(query, None) == set()
        transaction.set_rollback(True)


def keys_found(query, months):
    with connection.cursor() as cursor:
        found, values = search.found_first(search.PRESENT, query, months)
        cursor.execute(f"{found} SELECT key FROM found", values)
        return {key for (key,) in cursor.fetchall()}


def test_the_index_itself_narrows_by_parties_where_it_knows_them():
    common = indexed_text(["Common words"])
    parties = {1: ["c:PRK", "c:SYR"], 2: ["c:PRK", "s:a-report"], 3: ["c:SYR", "p:its-publisher"], 4: []}
    search.put(search.PRESENT, [WordsRow(10**9 + key, 0, common, some) for key, some in parties.items()])

    def found(*wanted):
        query = replace(TextQuery.parse("common words"), parties=wanted)
        return {key - 10**9 for key in keys_found(query, None)}

    everything = {1, 2, 3, 4}
    narrowed = {
        (): everything,
        (("c:PRK",),): {1, 2},
        (("c:PRK", "p:its-publisher"),): everything - {4},
        (("c:PRK",), ("c:SYR",)): {1},
        (("c:PRKX",),): set(),
    }
    for wanted, by_postgresql in narrowed.items():
        assert found(*wanted) == (by_postgresql if connection.vendor == "postgresql" else everything)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.text() | st.sampled_from(['a" OR b', "NEAR(a b)", "a:b", "a & !b <-> c", "\0kim", "^a", "{a b}: c", "a'b\\"]))
def test_nothing_typed_breaks_the_database(typed):
    try:
        query = TextQuery.parse(typed)
    except BadText:
        return
    for model in (Entry, PastEntry):
        list(model.objects.filter(search.matching(model.words_table, query)))


@given(st.integers(-40_000, 40_000), st.integers(0, 30_000))
def test_periods_cover_their_months_and_no_others(first, width):
    covered = [
        month
        for size, index in (map(int, period[1:].split("/")) for period in periods(first, first + width))
        for month in range(index * size, (index + 1) * size)
    ]
    assert covered == list(range(first, first + width + 1))


@given(st.integers(FIRST + 1, LAST))
def test_a_month_begins_with_its_first_second(month):
    assert month_of(first_second(month)) == month
    assert month_of(first_second(month) - 1) == month - 1


def test_words_are_rare_by_what_the_database_knows_of_them():
    EventFactory(title="Common words")
    common = TextQuery.parse("common")

    assert search.are_rare(search.PRESENT, common, 2_000) == (connection.vendor == "postgresql")
    assert not search.are_rare(search.PRESENT, common, 0)


@pytest.mark.parametrize("are_rare", [False, True])
@pytest.mark.parametrize("ordering", ["date", "-date", "importance"])
def test_what_is_found_comes_in_the_order_asked_for_across_pages(client, ordering, are_rare, monkeypatch):
    monkeypatch.setattr(search, "are_rare", lambda *_: are_rare)
    dates = ["-0752", "1966", "1966-01-01", "1966-03", "[1990-05-30..]", "2018-06-12", "2018-06-13"]
    for date in dates:
        EventFactory(slug=f"dated-{dates.index(date)}", date=date, title="Common words")
        EventFactory(date=date, title="Others")
    everything = [
        event["id"]
        for event in client.get("/api/v1/events/", {"ordering": ordering, "page_size": 500}).json()["results"]
        if event["title"] == "Common words"
    ]

    found, address = [], f"/api/v1/events/?q=common&page_size=3&ordering={ordering}"
    while address:
        page = client.get(address).json()
        found += [event["id"] for event in page["results"]]
        address = page["next"]
    assert found == everything
    assert len(found) == len(dates)
