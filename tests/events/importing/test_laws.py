"""Whatever stands in a row, it becomes an event or is rejected with a reason, and the counts add up."""

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.importing.gdelt import COLUMNS, GDELT2
from events.importing.icews import COLUMNS as ICEWS_COLUMNS
from events.importing.icews import ICEWS
from events.importing.ndjson import NDJSON
from events.importing.problems import ImportRefused
from events.importing.running import import_events
from events.models import Event
from tests.events.importing.files import exported, gdelt, icews, ndjson, table

WHOLE = exported(
    "bad", summary="", importance=5, occurrence="occurred", verification="reported",
    place={"name": "Damascus", "country": "SYR", "latitude": 33.5, "longitude": 36.3},
    assessment={"reason": "r", "derived_occurrence": "occurred", "derived_verification": "reported"},
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5) | st.sampled_from(["x" * 600, "\0"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "edtf"]), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip
LETTERS = st.characters(blacklist_characters="\t\r\n", blacklist_categories=("Cs",))
CELLS = st.text(LETTERS, max_size=8) | st.sampled_from(["9" * 99, "\0"])
quiet = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def places(part, path=()):
    """The paths to every value in *part*."""
    yield from [path] if path else []
    items = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


PLACES = list(places(WHOLE))


def brought_in(folder, content, form, fine):
    """Import one row between two good ones: nothing but that row is ever lost."""
    path = folder / "file"
    path.write_bytes(content)
    report = import_events([path], form)
    assert report.read == report.created + report.updated + report.unchanged + report.merged + report.rejected
    assert report.rejected <= 1
    assert len(report.reasons) == report.rejected
    assert Event.objects.filter(slug__in=fine).exists()


@pytest.mark.django_db
@quiet
@given(place=st.sampled_from(PLACES), value=VALUES)
def test_no_line_of_json_ends_an_import(place, value, countries, folder):
    event = copy.deepcopy(WHOLE)
    part = event
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value

    brought_in(folder, ndjson(exported("a"), event, exported("z")), NDJSON.name, ["a", "z"])


@pytest.mark.django_db
@quiet
@given(name=st.sampled_from(COLUMNS), cell=CELLS)
def test_no_cell_ends_an_import_of_gdelt(name, cell, countries, folder):
    rows = gdelt(GLOBALEVENTID="1") + gdelt(**{name: cell}) + gdelt(GLOBALEVENTID="3", Actor2CountryCode="USA")

    brought_in(folder, rows.encode(), GDELT2.name, ["gdelt-1", "gdelt-3"])


@pytest.mark.django_db
@quiet
@given(name=st.sampled_from(ICEWS_COLUMNS), cell=CELLS)
def test_no_cell_ends_an_import_of_icews(name, cell, countries, folder):
    rows = icews({"Event ID": "8"}, {name: cell}, {"Event ID": "9", "CAMEO Code": "112"})

    brought_in(folder, rows.encode(), ICEWS.name, ["icews-8-2018-06-04", "icews-9-2018-06-04"])


@pytest.mark.django_db
@quiet
@given(content=st.binary(max_size=300))
def test_no_file_ends_in_anything_but_a_refusal(content, countries, folder):
    path = folder / "file"
    path.write_bytes(content)
    for form in ("ndjson", "csv", "gdelt1", "gdelt2", "icews"):
        with pytest.raises(ImportRefused):
            import_events([path], form)


MEETINGS = """\
dataset: {id: meetings, title: Meetings, publisher: historians, publisher_name: Historians, accessed: '2020-01-01'}
id: '{no}'
title: '{title}'
kind: {text: '{code}', cameo: yes, otherwise: talks}
date: {from: '{day}', to: {text: '{end}', format: '%d.%m.%Y'}}
place: {name: '{city}', country: '{in}', latitude: '{lat}', longitude: '{long}'}
participants:
- {role: '{role}', country: {text: '{states}', split: /}, leader: {text: '{people}', split: /, if_known: yes}}
- {role: party, name: {text: '{others}', values: {C: SYR, C+: PRK}}}
claim: {stance: '{stance}', locator: 'no. {no}', date: '{told}', figures: '{figures}'}
"""
USUAL = {
    "no": "2", "title": "", "code": "040", "day": "2018-06-04", "end": "", "city": "Damascus", "in": "Syria",
    "lat": "33.5", "long": "36.3", "role": "party", "states": "North Korea/Syria", "people": "", "others": "",
    "stance": "", "told": "", "figures": "",
}  # fmt: skip
WORDS = st.sampled_from(["/", " / Syria", "a/b/c", "C", "c", "20", "014", "31.02.2018", "2018/", "{no}", "1e999"])


@pytest.mark.django_db
@settings(quiet, max_examples=150)
@given(cells=st.dictionaries(st.sampled_from([*USUAL]), CELLS | WORDS, max_size=3))
def test_no_cell_ends_an_import_of_a_table(cells, countries, folder):
    (folder / "m.yaml").write_text(MEETINGS)
    rows = [(USUAL | changed).values() for changed in ({"no": "first"}, cells, {"no": "last"})]
    (folder / "file.csv").write_text(table(USUAL, *rows))

    report = import_events([folder / "file.csv"], "table", mapping=folder / "m.yaml")

    assert report.read == report.created + report.updated + report.unchanged + report.rejected
    assert report.rejected <= 1
    assert Event.objects.filter(slug__in=["meetings-first", "meetings-last"]).count() == 2
