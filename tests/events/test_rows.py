"""Rows go into a table by its database's fastest way, and no other way than one by one."""

import pytest
from django.db import IntegrityError, transaction

from events.behind import working_behind
from events.models import Address, ImportedRow
from events.rows import insert_rows, update_rows

pytestmark = pytest.mark.django_db

ADDRESS = ("resource", "slug", "key", "reason")
AWKWARD = ["", "\\N", "\\.", "a\tb", "a\nb\r\n", "\\", "é – 朝鮮", "None"]


def stored():
    return Address.objects.filter(resource="events").order_by("key")


def addresses(*reasons):
    return [("events", f"e-{number}", number, reason) for number, reason in enumerate(reasons)]


def test_every_text_comes_back_as_it_was():
    insert_rows("events_address", ADDRESS, addresses(*AWKWARD))

    assert list(stored().values_list("reason", flat=True)) == AWKWARD
    keys = stored().values_list("pk", flat=True)
    update_rows("events_address", ["reason"], list(zip(AWKWARD[::-1], keys, strict=True)))
    assert list(stored().values_list("reason", flat=True)) == AWKWARD[::-1]


def test_nothing_is_told_from_empty_and_from_zero():
    columns = ("dataset", "external_id", "digest", "content")
    insert_rows("events_importedrow", columns, [("", "a", -(2**63), None), ("", "b", 2**63 - 1, 0)])

    rows = ImportedRow.objects.order_by("external_id").values_list("dataset", "digest", "content")
    assert list(rows) == [("", -(2**63), None), ("", 2**63 - 1, 0)]


def test_what_is_asked_next_knows_of_rows_that_were_given_before():
    with transaction.atomic(), working_behind():
        insert_rows("events_address", ADDRESS, addresses(*["gone"] * 2_000))

        assert stored().count() == 2_000


def write_behind(batches):
    with transaction.atomic(), working_behind():
        for rows in batches:
            insert_rows("events_address", ADDRESS, rows)


def test_a_row_that_is_refused_undoes_the_transaction():
    with pytest.raises(IntegrityError):
        write_behind([addresses("one"), addresses("another of the same")])

    assert not stored().exists()


def test_what_went_wrong_beside_it_is_what_is_raised():
    def batches():
        yield addresses("one")
        raise KeyError("meanwhile")

    with pytest.raises(KeyError, match="meanwhile"):
        write_behind(batches())

    assert not stored().exists()
