"""Records that had many ids: each is a list of its own, and more lists than SQLite joins at once are asked for."""

import pytest

from events.models import Address, Leader
from tests.factories import EventFactory, LeaderFactory, ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed():
    """Three people with ninety former ids between them, and an event with each of two."""
    leaders = [LeaderFactory(slug=f"person-{number}") for number in range(3)]
    for leader in leaders[:2]:
        event = EventFactory(date="1973-10", claimed=["reports"])
        ParticipationFactory(event=event, leader=leader, country=None, role="party")
    Address.objects.bulk_create(
        Address(resource=Leader.resource, slug=f"former-{number}", key=leaders[number % 3].pk) for number in range(90)
    )
    return ",".join(leader.slug for leader in leaders)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("events/?count=true", lambda answer: answer["count"]),
        ("events/?ordering=-importance", lambda answer: len(answer["results"])),
        ("timeline/density/?unit=year", lambda answer: answer["total"]),
        ("timeline/tiles/3/1973/?k=5", lambda answer: len(answer["items"])),
    ],
)
def test_all_of_them_are_looked_through(client, renamed, address, found):
    answer = client.get(f"/api/v1/{address}&leader={renamed}")

    assert answer.status_code == 200
    assert found(answer.json()) == 2
