"""Events that are asked for over HTTP. What needs models is imported late: Django is not set up yet."""

from tests.shared import shared


@shared
def short_history() -> None:
    """Four events, from 1966 to 2018."""
    from tests.factories import EventFactory, KindFactory

    EventFactory(slug="relations", date="1966", between=["PRK", "SYR"], claimed=["reports"])
    EventFactory(slug="troops", date="1973-10", between=["PRK", "SYR"], claimed=["reports"],
                 kind=KindFactory(slug="troop-deployment"))
    EventFactory(slug="visit", date="[2018-05-30..]", between=["PRK", "SYR"], claimed=["announces"])
    EventFactory(slug="summit", date="2018-06-12", between=["PRK", "USA"], claimed=["announces"], importance=90)


@shared
def history_with_places() -> None:
    """Three events, two of them with coordinates."""
    from tests.factories import EventFactory

    EventFactory(slug="relations", date="1966", between=["PRK", "SYR"], claimed=["reports"], latitude=39.0,
                 longitude=125.7, importance=20)
    EventFactory(slug="summit", date="2018-06-12", between=["PRK", "USA"], claimed=["announces"], latitude=1.3,
                 longitude=103.8, importance=90)
    EventFactory(slug="visit", date="[2018-05-30..]", between=["PRK", "SYR"], claimed=["announces"])
