"""Events of all sorts, and any question of them: for laws that hold of every record."""

from random import Random

from events.bulk import WholeEvent, create_events
from events.edtf import EDTFDate
from events.models import Claim, Event, Participation
from events.recording import recording
from tests.factories import CountryFactory, KindFactory, LeaderFactory, OrganizationFactory, SourceFactory
from timeline.clock import last_tick
from timeline.query import Box, EventQuery, Match
from timeline.search.language import TextQuery

CODES = ("PRK", "SYR", "USA", "KOR")
DATES = (
    "1966", "1966~", "1969-12-31", "1970", "1970-01-01", "1973-10", "1973-10-06/1973-10-25", "1965/1974", "1899/1901",
    "1990/2010", "2011/..", "/1970", "196X", "19XX", "[1969-12-30..]", "[1969,1971]", "-0043", "2018-06-12T09:00:00Z",
)  # fmt: skip
SPANS = ("1966", "1969-12-31", "1970-01", "1973", "197X", "19XX", "2000", "2018-06-12", "-0043", "Y12000")


def varied_record():
    """Two hundred events of all sorts of dates, some of them changed later; the number of the clock before that."""
    random = Random(1966)
    countries = [CountryFactory(code=code) for code in CODES] + [CountryFactory() for _ in range(31)]
    kinds = [KindFactory(slug="talks", category="CONSULT"), KindFactory(slug="warning", quad="verbal-conflict")]
    leaders = [LeaderFactory(slug="kim"), LeaderFactory(slug="assad")]
    organizations = [OrganizationFactory(slug="iaea")]
    sources = [SourceFactory(published=year, publisher=organizations[0]) for year in ("1971", "2001", "2018")]
    whole = []
    for number in range(200):
        event = Event(
            slug=f"event-{number}", title=random.choice(("Border talks", "A border", "Talks")), review="published",
            kind=random.choice(kinds), date=EDTFDate.parse(random.choice(DATES)), importance=random.randrange(3),
            place_country=random.choice([None, countries[0]]),
        )  # fmt: skip
        if number % 3 == 0:
            event.latitude, event.longitude = random.choice(((39.0, 125.8), (33.5, 36.3), (-17.7, 178.0)))
        parties = countries if number % 50 == 0 else random.sample(countries[:4], random.randrange(4))
        roles = ("party", "host", "observer")
        whole.append(WholeEvent(
            event,
            [Participation(role=random.choice(roles), country=country) for country in parties]
            + [Participation(role="visitor", leader=leader) for leader in leaders if random.random() < 0.1]
            + [Participation(role="mediator", organization=o) for o in organizations if random.random() < 0.1],
            [Claim(source=source, stance="reports") for source in sources if random.random() < 0.5],
        ))  # fmt: skip
    with recording(None, "made for a test") as unit:
        create_events(unit, whole)
        unit.to_be_borne_out.clear()  # some of them have no claim, to be found by that
    before = last_tick().number
    with recording(None, "changed"):
        for event in Event.objects.filter(slug__endswith="7"):
            event.title = "Changed"
            event.save()
    return before


def any_query(random):
    """A question of up to four conditions."""
    spans = sorted((EDTFDate.parse(random.choice(SPANS)) for _ in range(2)), key=lambda date: date.earliest_start)
    pair = random.sample(CODES, 2 + (random.random() < 0.2))
    conditions = {
        "begin": spans[0],
        "end": spans[1],
        "countries": frozenset(random.sample(CODES, random.choice((1, 1, 2)))),
        "between": frozenset(frozenset({code}) for code in pair),
        "leaders": frozenset({"kim"}),
        "organizations": frozenset({"iaea"}),
        "publishers": frozenset({"iaea"}),
        "roles": frozenset(random.sample(("party", "host", "visitor"), 2)),
        "kinds": frozenset(random.sample(("talks", "warning"), random.choice((1, 2)))),
        "categories": frozenset({"CONSULT"}),
        "quads": frozenset({"verbal-conflict"}),
        "precisions": frozenset(random.sample(("day", "year", "month"), 2)),
        "verifications": frozenset({"reported"}),
        "places": frozenset({"PRK"}),
        "box": random.choice((Box(124, 37, 131, 43), Box(30, 30, 131, 43), Box(170, -60, -170, 60))),
        "text": TextQuery.parse(random.choice(("border", "talks -border", '"border talks"'))),
    }
    chosen = random.sample(sorted(conditions), random.randrange(4))
    return EventQuery(match=random.choice(list(Match)), **{name: conditions[name] for name in chosen})
