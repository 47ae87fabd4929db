"""The record as tables: out and in again, and what is refused in which row and column."""

import pytest

from events.loading.blocks import SHAPES, block_of
from events.models import Claim, Country, Event, Leader, Organization, Source
from events.recording import recording
from events.tables import formats
from events.tables.columns import ONLY_SHOWN
from events.tables.resources import RESOURCES
from tests.events.tabling import brought_in, exported, refusals, table
from tests.factories import (
    ClaimFactory,
    CountryFactory,
    EventFactory,
    KindFactory,
    LeaderFactory,
    OfficeFactory,
    OrganizationFactory,
    ParticipationFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
FORMATS = [formats.CSV, formats.XLSX, formats.JSON]


def the_record():
    return {
        resource: {block["id"]: block for block in map(block_of, shape.records())} for resource, shape in SHAPES.items()
    }


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("resource", SHAPES)
def test_what_was_exported_comes_back_and_changes_nothing(curated_record, resource, file_format):
    before = the_record()

    result = brought_in(resource, exported(resource, file_format), file_format)

    assert refusals(result) == []
    assert result.totals["skip"] == len(before[resource])
    assert the_record() == before


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_row_makes_its_event_whole_but_as_a_draft(curated_record, file_format):
    before = the_record()["events"]
    content = file_format().create_dataset(exported("events", file_format))
    copies = formats.table_of(content.headers, [[f"copy-{row[0]}", *row[1:]] for row in content])

    result = RESOURCES["events"]().import_data(copies)

    after = the_record()["events"]
    assert refusals(result) == []
    for public_id, block in before.items():
        made = {"id": f"copy-{public_id}", "review": "draft"}
        assert after[made["id"]] == {k: v for k, v in block.items() if k not in ONLY_SHOWN} | made


def test_a_trial_says_what_would_change_and_changes_nothing(curated_record):
    before, content = the_record(), table("id;name;aliases", "SYR;Syria (Arab Republic);Syrian Arab Republic")

    result = brought_in("countries", content, dry_run=True)

    (row,) = result.valid_rows()
    differences = dict(row.diff)
    assert differences["name"] == "Syria<ins> (Arab Republic)</ins>"
    assert "aliases" in differences
    assert "official_name" not in differences
    assert the_record() == before


def test_a_column_that_is_not_there_leaves_its_values_alone():
    country = CountryFactory(code="SYR", name="Syria", capital="Damascus", aliases=["Sham"])

    brought_in("countries", table("id;name", "SYR;Syrian Republic"))

    country.refresh_from_db()
    assert (country.name, country.capital, country.aliases) == ("Syrian Republic", "Damascus", ["Sham"])


def test_a_blank_cell_takes_its_value_away():
    country = CountryFactory(code="SYR", name="Syria", capital="Damascus")

    brought_in("countries", table("id;capital", "SYR;"))

    country.refresh_from_db()
    assert country.capital == ""


def test_the_parties_and_claims_of_an_event_stand_in_its_row():
    event = EventFactory(slug="talks-held", review="draft")
    ParticipationFactory(event=event, role="host", country=CountryFactory(code="SYR"))
    ClaimFactory(event=event, source=SourceFactory(slug="a-report"), locator="para. 8", note='It says: "a, b"')

    row = RESOURCES["events"]().export().dict[0]

    assert row["participants"] == "role: host, country: SYR"
    assert row["claims"] == "source: a-report, stance: reports, locator: para. 8, note: 'It says: \"a, b\"'"


def test_parties_and_claims_are_added_changed_and_taken_out():
    CountryFactory(code="PRK")
    event = EventFactory(slug="talks-held", review="draft", between=["SYR"])
    kept = ClaimFactory(event=event, source=SourceFactory(slug="a-report"), locator="para. 8")
    SourceFactory(slug="b-report")
    rows = "source: a-report, stance: reports, locator: para. 9\nsource: b-report, stance: denies"

    result = brought_in("events", table("id;participants;claims", f"talks-held;role: visitor, country: PRK;{rows}"))

    assert refusals(result) == []
    assert [str(party) for party in event.participations.all()] == ["Visitor: Country PRK"]
    assert set(Claim.objects.values_list("source__slug", "stance", "locator")) == {
        ("a-report", "reports", "para. 9"), ("b-report", "denies", ""),
    }  # fmt: skip
    assert Claim.objects.get(source__slug="a-report").pk == kept.pk
    assert Event.objects.get().verification == "disputed"


def test_a_new_event_is_a_draft_as_important_as_its_kind():
    KindFactory(slug="duel", default_importance=75)

    result = brought_in("events", table("id;title;kind;date;review", "a-duel;A duel;duel;2018-06;published"))

    event = Event.objects.get()
    assert refusals(result) == []
    assert (event.importance, event.review, event.date.edtf) == (75, "draft", "2018-06")


@pytest.mark.parametrize(
    ("resource", "content", "refused"),
    [
        ("countries", table("id;name", "SY;Syria"), (1, "id", "Three capital letters")),
        ("countries", table("id;name;existence", "SYR;Syria;soon"), (1, "existence", "cannot be read as a date")),
        ("countries", table("id;name;latitude", "SYR;Syria;north"), (1, "latitude", "a number such as 39.03")),
        ("countries", table("id;name;latitude", "SYR;Syria;33.5"), (1, "__all__", "both latitude and longitude")),
        ("countries", table("id;name", "SYR;"), (1, "name", "It is blank")),
        ("countries", table("id;capital", "SYR;Damascus"), (1, "__all__", "a new one needs the columns name")),
        ("countries", table("id;name;predecessors", "SYR;Syria;UAR"), (1, "predecessors", "“UAR” is not among")),
        ("organizations", table("id;name;kind", "un;UN;club"), (1, "kind", "write one of international-body")),
        ("organizations", table("id;name;kind;country", "un;UN;other;SYA"), (1, "country", "Did you mean “SYR”?")),
        ("sources", table("id;title;publisher;kind", "a;A;paper;article"), (1, "__all__", "when it was published")),
        ("leaders", table("id;name;offices", "a;A;title: King"), (1, "offices", "needs “held”")),
        ("leaders", table("id;name;offices", "a;A;{king"), (1, "offices", "write names and values")),
        ("events", table("id;participants", "talks;role: chair, country: SYR"), (1, "participants", "“role: chair”")),
        ("events", table("id;participants", "talks;role: host, country: QQQ"), (1, "participants", "“QQQ”")),
        ("events", table("id;claims", "talks;source: nobody, stance: reports"), (1, "claims", "“nobody”")),
        ("events", table("id;participants", "talks;role: host"), (1, "participants", "Name a country")),
        ("events", table("id;importance", "talks;101"), (1, "__all__", "Importance lies between 0 and 100")),
        ("events", table("id;kind", "talks;"), (1, "kind", "It is blank")),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column_and_nothing_is_written(resource, content, refused):
    if "SYR;" not in content and '"SYR"' not in content:
        CountryFactory(code="SYR")
    OrganizationFactory(slug="paper")
    EventFactory(slug="talks")
    before = the_record()

    ((row, column, sentence), *others) = refusals(brought_in(resource, content))

    assert others == []
    assert (row, column) == refused[:2]
    assert refused[2] in sentence
    assert the_record() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (table("name", "Syria"), "There is no column “id”"),
        (table("id;nam", "SYR;Syria"), "no column “nam” in a table of countries. Did you mean “name”?"),
        (table("id;id", "SYR;SYR"), "stands there twice"),
        (table("id;name", "SYR;Syria", "PRK;Korea", "SYR;Syria"), "Row 4: “SYR” stands in row 2 already."),
        (table("id;name", ";Syria"), "Row 2, id: It is blank"),
    ],
)
def test_a_table_that_cannot_be_read_as_a_whole_is_refused(content, words):
    (sentence,) = refusals(brought_in("countries", content))

    assert words in sentence
    assert not Country.objects.exists()


def test_one_refused_row_keeps_all_others_out():
    result = brought_in("countries", table("id;name", "SYR;Syria", "PRK;"))

    assert len(refusals(result)) == 1
    assert not Country.objects.exists()


def test_what_somebody_changed_since_the_export_is_not_written_over():
    event = EventFactory(slug="talks-held", title="Talks", review="draft")
    content = exported("events").replace("Talks", "Our talks")
    ParticipationFactory(event=event, role="host", country=CountryFactory())

    ((row, column, sentence),) = refusals(brought_in("events", content))

    assert (row, column) == (1, "fingerprint")
    assert "export it anew" in sentence


def test_what_others_changed_is_written_over_where_the_fingerprint_is_blank():
    EventFactory(slug="talks-held", title="Talks", review="draft")

    brought_in("events", table("id;title;fingerprint", "talks-held;Our talks;"))

    assert Event.objects.get().title == "Our talks"


def test_who_may_not_change_a_record_is_told_so_at_its_row():
    EventFactory(slug="talks-held")

    ((_, _, sentence),) = refusals(
        brought_in("events", table("id;title", "talks-held;Ours"), may_change=lambda event: event.review == "draft")
    )

    assert sentence == "You may not change this one."


def test_a_published_event_keeps_its_review_and_what_it_needs():
    event = EventFactory(slug="talks-held", claimed=["reports"])

    result = brought_in("events", table("id;title;review;claims", "talks-held;Ours;withdrawn;"), dry_run=True)

    event.refresh_from_db()
    assert event.review == "published"
    assert event.claims.count() == 1
    assert result.base_errors == [] or "claim" in str(result.base_errors[0].error)


def test_offices_of_one_title_are_told_apart_in_the_parties_of_an_event():
    leader = LeaderFactory(slug="a-leader")
    country, source = CountryFactory(code="SYR"), SourceFactory()
    for held in ("2000/2005", "2010/2015"):
        office = OfficeFactory(leader=leader, title="Premier", held=held, country=country, source=source)
    event = EventFactory(slug="talks-held", date="2018", review="draft")
    ParticipationFactory(event=event, leader=leader, office=office)
    content = exported("events")

    with recording(None, "changed"):
        event.participations.update(office=None)
    result = brought_in("events", without_fingerprints(content))

    assert refusals(result) == []
    assert event.participations.get().office == office


def without_fingerprints(content):
    table = formats.CSV().create_dataset(content)
    del table["fingerprint"]
    return table.export("csv")


def test_importing_costs_a_number_of_queries_that_does_not_grow_with_what_stays_as_it_is(django_assert_max_num_queries):
    for number in range(30):
        OrganizationFactory(slug=f"body-{number}")
    content = exported("organizations")

    with django_assert_max_num_queries(30 * 2 + 20):  # two savepoints a row, and the rest
        brought_in("organizations", content)
    assert Organization.objects.count() == 30


def test_a_chain_may_be_corrected():
    paper, agency = SourceFactory(slug="paper"), SourceFactory(slug="agency")

    assert refusals(brought_in("sources", table("id;via", "agency;paper"))) == []
    ((row, column, sentence),) = refusals(brought_in("sources", table("id;via", "paper;agency")))

    agency.refresh_from_db()
    assert agency.via == paper
    assert (row, column) == (1, "via")
    assert "itself read through" in sentence
    assert Source.objects.get(slug="paper").via is None
    assert not Leader.objects.exists()
