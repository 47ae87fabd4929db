"""What is asked for over HTTP. What needs models is imported late: Django is not set up yet."""

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


@shared
def linked_records() -> None:
    """North Korea and the Soviet Union, two who led them, and a report that passed through three hands."""
    from events.models import Succession
    from events.recording import recording
    from tests.factories import (
        CountryFactory,
        EventFactory,
        KindFactory,
        LeaderFactory,
        OfficeFactory,
        OrganizationFactory,
        SourceFactory,
    )

    with recording(None, "made for a test"):
        prk = CountryFactory(code="PRK", name="North Korea", aliases=["DPRK", "Corée du Nord"])
        sun = CountryFactory(code="SUN", name="Soviet Union", existence="1922-12-30/1991-12-26")
        Succession.objects.create(predecessor=sun, successor=CountryFactory(code="RUS", name="Russia"))
        trend = SourceFactory(slug="article", publisher=OrganizationFactory(slug="trend"), language="en")
        arabiya = SourceFactory(slug="broadcast", kind="broadcast", language="ar", via=trend, published=None)
        kcna = OrganizationFactory(slug="kcna", name="Korean Central News Agency", aliases=["KCNA"], country=prk)
        SourceFactory(slug="report", kind="report", publisher=kcna, via=arabiya, published=None)
        un = OrganizationFactory(slug="un", name="United Nations", kind="international-body")
        kim = LeaderFactory(slug="kim-jong-un", name="Kim Jong-un", aliases=["Kim Jong Un"])
        OfficeFactory(leader=kim, title="Supreme leader", country=prk, held="2011/..", source=trend, locator="para. 9")
        ban = LeaderFactory(slug="ban", name="Ban Ki-moon")
        OfficeFactory(leader=ban, title="Minister", country=prk, held="1990/1992", source=trend)
        OfficeFactory(leader=ban, title="Secretary-General", country=None, organization=un, held="2007/2016",
                      source=trend)
        EventFactory(slug="talks", kind=KindFactory(slug="summit"))
