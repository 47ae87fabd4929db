import pytest
from django.db import connection

from tests.factories import EventFactory
from tests.scale.results import NotMeasured
from tests.scale.statements import script, sql_rps, statements_of

pytestmark = pytest.mark.django_db(transaction=True)
DETAIL, LIST = "/api/v1/events/told/", "/api/v1/events/?q=nothing"


@pytest.fixture(autouse=True)
def told():
    """An event to ask for."""
    EventFactory(slug="told")


def test_what_a_process_remembers_is_not_among_the_sql_of_an_answer():
    assert len(statements_of(DETAIL)) == 1


def test_a_view_begins_before_the_statement_for_which_it_began():
    first, *others = [sql for sql, _ in statements_of(LIST)]

    assert first.startswith("BEGIN")
    assert not any(sql.startswith("BEGIN") for sql in others)
    assert others[-1] == "ROLLBACK"


def test_an_answer_that_is_none_is_no_measure():
    with pytest.raises(NotMeasured, match="never/ was answered 404"):
        statements_of("/api/v1/events/never/")


def test_the_database_alone_answers_so_many_times_a_second():
    assert sql_rps([DETAIL, LIST], ["", ""], 2, 0.1) > 10


@pytest.mark.skipif(connection.vendor != "postgresql", reason="pgbench asks PostgreSQL")
def test_what_went_as_one_message_goes_as_one():
    lines = script([("SET LOCAL statement_timeout = 5; SELECT %s", (";",))])

    assert lines == "SET LOCAL statement_timeout = 5\\; SELECT ';';\n"
