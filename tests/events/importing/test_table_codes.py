"""CAMEO codes in a table, from which a spreadsheet may have taken the zero."""

import pytest

from events.importing.problems import ImportRefused
from events.importing.running import import_events
from events.models import Event
from tests.events.importing.files import table

pytestmark = pytest.mark.django_db

CODES = """\
dataset: {id: relations, title: Relations, publisher: historians, publisher_name: Historians, accessed: '2020-01-01'}
id: '{no}'
kind: {text: '{code}', cameo: yes}
date: '2018'
participants:
- {role: initiator, country: PRK}
"""


@pytest.fixture
def coded(countries, folder, bring_in):
    """A function that imports rows with these codes, in a file of their own each time, numbered from 1."""
    (folder / "m.yaml").write_text(CODES)

    def import_codes(*codes):
        rows = table(("no", "code"), *((str(number), code) for number, code in enumerate(codes, 1)))
        return bring_in("codes.csv", rows, "table", mapping=folder / "m.yaml")

    return import_codes


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind__slug", flat=True))


def test_codes_of_two_digits_beside_finer_ones_may_have_lost_their_zero(coded, folder):
    report = coded("050", "20", "19", "112", "40")

    assert (report.created, report.rejected) == (2, 3)
    assert "'20' is the root of mass-violence, or 020 (appeal) that lost its zero" in report.reasons[0]
    assert kinds() == ["support-declared", "allegation"]


@pytest.mark.parametrize(
    ("codes", "meant"),
    [
        (["14", "19", "20"], ["demonstration", "armed-clash", "mass-violence"]),
        (["14", "04", "20"], ["demonstration", "talks", "mass-violence"]),
    ],
)
def test_a_table_of_roots_alone_is_one_of_roots(codes, meant, coded):
    assert coded(*codes).rejected == 0
    assert kinds() == meant


def test_roots_of_which_some_lost_their_zero_are_refused(coded):
    with pytest.raises(ImportRefused, match=r"\(4 for 04; 2 such rows\)"):
        coded("14", "4", "4", "20")


def test_roots_beside_finer_codes_that_need_no_zero_are_in_doubt_all_the_same(coded):
    assert (report := coded("14", "112")).rejected == 1
    assert "'14'" in report.reasons[0]


def test_rejected_codes_are_mended_one_by_one(coded, folder):
    coded("050", "20", "19", "40")
    rejects = folder / "codes.rejects.csv"

    assert import_events([rejects], "table", mapping=folder / "m.yaml").rejected == 3
    rejects.write_text(rejects.read_text().replace(",20\n", ",020\n").replace(",19\n", ",190\n"))
    assert import_events([rejects], "table", mapping=folder / "m.yaml").rejected == 1
    assert kinds() == ["support-declared", "appeal", "armed-clash"]
