"""Whatever is sent by the schema's own rules, and against them, is answered as the schema says."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings

from tests.factories import ClaimFactory, EventFactory, OfficeFactory, ParticipationFactory, SourceFactory

CONFIG = {
    "generation": {"deterministic": True, "database": "none"},
    # What is well formed and yet not in the record is refused: PKR is three letters, and no country.
    # What is too long for an address is refused as that, before anything in it is.
    "checks": {
        "positive_data_acceptance": {"enabled": False},
        "negative_data_rejection": {"expected-statuses": ["400", "404", "405", "406", "414"]},
    },
    # Every value at the edge of each filter is sent to the events and to their density: tiles have the same filters.
    "operations": [{"include-path-regex": "/tiles/($|{z})", "phases": {"coverage": {"enabled": False}}}],
}
# Not through the gate: the fuzzer closes no answer, as every server does, and would find it full.
schema = schemathesis.openapi.from_wsgi(
    "/api/v1/schema/", get_wsgi_application(), config=schemathesis.Config.from_dict(CONFIG)
)
LIMITS = {
    "deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck),
    "phases": [Phase.explicit, Phase.generate],
}  # fmt: skip


@pytest.fixture
def one_connection(db):
    """Keeps the test's transaction open from request to request, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def record(one_connection, monkeypatch):
    # What takes long on a slow machine is answered as the schema says, too, and is yet no answer to be looked at.
    monkeypatch.setattr("timeline.consistency.PATIENCE", 600)
    office = OfficeFactory()
    event = EventFactory(between=["PRK", "SYR"])
    ParticipationFactory(event=event, leader=office.leader, country=office.country, role="visitor")
    ClaimFactory(event=event, source=SourceFactory(via=SourceFactory()))


@pytest.mark.usefixtures("record")
@schema.parametrize()
@settings(max_examples=5, **LIMITS)
def test_every_operation_answers_as_the_schema_says(case):
    # Asked in this process, where nobody would take an answer out of its compression.
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


@pytest.mark.usefixtures("record")
def test_operations_that_follow_one_another_answer_as_the_schema_says():
    schema.as_state_machine().run(settings=settings(max_examples=10, stateful_step_count=4, **LIMITS))
