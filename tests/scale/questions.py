"""What a benchmark asks: each workload's addresses here, and the same questions of the plain tables."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from types import SimpleNamespace
from urllib.parse import urlencode

from tests.scale import shape
from tests.scale.generator import Made, slug_of

EVENTS, TIMELINE = "/api/v1/events/", "/api/v1/timeline/"
#: Questions of a workload, drawn by chance: some come twice where there are few to be drawn.
SEVERAL = 200
#: Years back from the last one, of the day by which things had to be known.
YEARS_BACK = 10
NEWEST_FIRST = {"ordering": "-date_position"}
#: Addresses here, and the same questions of the plain tables: None where these cannot be asked.
Asked = tuple[list[str], list[str] | None]


@dataclass(frozen=True)
class Workload:
    """Addresses that ask one sort of question; ``is_conditional``: as a reader asks who has the answers already."""

    name: str
    ours: list[str]
    plain: list[str] | None
    is_conditional: bool = False

    @property
    def expected(self) -> int:
        """The status of each answer."""
        return 304 if self.is_conditional else 200


def address(path: str, **parameters: object) -> str:
    """*path* with *parameters*; ``from`` is written ``since`` here, for it is a word of Python's."""
    named = {"from" if name == "since" else name: value for name, value in parameters.items()}
    return f"{path}?{urlencode(named, safe=',:')}" if named else path


def plain_events(since: int | None = None, until: int | None = None, **parameters: object) -> str:
    """A list of events of the plain tables; *since* and *until* are years."""
    if since is not None:
        parameters["since"] = f"{since}-01-01"
    if until is not None:
        parameters["until"] = f"{until}-12-31"
    return f"/events/?{urlencode({'ordering': 'date_position', **parameters}, safe=',')}"


class Questions:
    """All workloads over the events of *made*, the same for the same seed.

    *snapshot* is the record's number before the mass change. Django is set up and the database filled.
    """

    def __init__(self, made: Made, snapshot: int) -> None:
        self.made, self.snapshot = made, snapshot
        self.random = Random(f"{made.seed} questions")

    def workloads(self) -> list[Workload]:
        return [Workload(name, *ask(self), is_conditional=name in CONDITIONAL) for name, ask in WORKLOADS.items()]

    def both(self, ask: Callable[[], tuple[str, str]], count: int = SEVERAL) -> Asked:
        """*count* questions, each as *ask* puts it to us and to the plain tables."""
        ours, plain = zip(*(ask() for _ in range(count)), strict=True)
        return list(ours), list(plain)

    def newest(self) -> Asked:
        return [address(EVENTS, ordering="-date")], [plain_events(**NEWEST_FIRST)]

    def as_of(self) -> Asked:
        days = [f"{shape.LAST_YEAR - YEARS_BACK}-{month:02d}-15" for month in range(1, 13)]
        ours = [address(EVENTS, ordering="-date", as_of=day) for day in days]
        return ours, [plain_events(**NEWEST_FIRST, as_of=day) for day in days]

    def stood(self) -> Asked:
        """A table that holds only what stands cannot be asked what stood."""
        return [address(EVENTS, ordering="-date", snapshot=self.snapshot)], None

    def year(self, last: int = shape.LAST_YEAR) -> int:
        """Any year, the recent half of the time more often than not."""
        return self.random.choice([self.random.randint(shape.FIRST_YEAR, last), self.random.randint(1990, last)])

    def spans(self) -> tuple[str, str]:
        year = self.year(shape.LAST_YEAR - 4)
        return address(EVENTS, since=year, to=year + 4), plain_events(year, year + 4)

    def countries_in_spans(self) -> tuple[str, str]:
        year, country = self.year(shape.LAST_YEAR - 4), shape.countries().draw(self.random)
        return address(EVENTS, country=country, since=year, to=year + 4), plain_events(year, year + 4, country=country)

    def dyads(self) -> tuple[str, str]:
        both = ",".join(shape.countries().draw_several(self.random, 2))
        kind = shape.kinds().draw(self.random)
        return address(EVENTS, between=both, kind=kind), plain_events(between=both, kind=kind)

    def texts(self) -> tuple[str, str]:
        words = self.random.sample(shape.TOPICS, 2)
        country = shape.countries().draw(self.random)
        return address(EVENTS, q=" ".join(words), country=country), plain_events(
            search=" ".join(words), country=country
        )

    def details(self) -> tuple[str, str]:
        slug = slug_of(self.random.randrange(self.made.count))
        return f"{EVENTS}{slug}/", f"/events/{slug}/"

    def feeds(self) -> tuple[str, str]:
        year = self.year()
        return address(EVENTS, since=year, page_size=500, format="ndjson"), plain_events(year, limit=500)

    def densities(self) -> tuple[str, str]:
        country = shape.countries().draw(self.random)
        return address(f"{TIMELINE}density/", unit="year", country=country), f"/density/?country={country}"

    def decade_tiles(self) -> tuple[str, str]:
        decade = self.year() // 10
        return f"{TIMELINE}tiles/2/{decade}/", f"/tiles/?width=10&first={decade * 10}"

    def year_tiles(self) -> tuple[str, str]:
        first = self.year(shape.LAST_YEAR - 9)
        ours = address(f"{TIMELINE}tiles/", z=3, since=first, to=first + 9)
        return ours, f"/tiles/?width=1&first={first}&count=10"

    def middle(self, count: int) -> list[int]:
        """Numbers of events in the middle tenth."""
        return [int(self.made.count * self.random.uniform(0.45, 0.55)) for _ in range(count)]

    def deep_pages(self) -> list[str]:
        """Pages that begin in the middle, each by the cursor that a reader who had paged there would hold."""
        from timeline.api.pagination import question_of
        from timeline.clock import last_tick
        from timeline.models import Entry
        from timeline.paging import write_cursor

        question = question_of(SimpleNamespace(path=EVENTS, query_params={"ordering": "date"}))
        slugs = {slug_of(number) for number in self.middle(SEVERAL)}
        places = Entry.objects.filter(slug__in=slugs).order_by("key").values_list("position", "coarseness", "key")
        number = last_tick().number
        return [
            address(EVENTS, ordering="date", snapshot=number, cursor=write_cursor(False, list(place), question))
            for place in places
        ]

    def plain_deep_pages(self) -> list[str]:
        return [plain_events(offset=number) for number in self.middle(SEVERAL)]


#: All there are, in the order in which they are put: each draws on where the one before left the generator.
WORKLOADS: dict[str, Callable[[Questions], Asked]] = {
    "newest page": Questions.newest,
    "date range": lambda ask: ask.both(ask.spans),
    "country and range": lambda ask: ask.both(ask.countries_in_spans),
    "dyad and kind": lambda ask: ask.both(ask.dyads),
    "two words and country": lambda ask: ask.both(ask.texts),
    "deep page": lambda ask: (ask.deep_pages(), ask.plain_deep_pages()),
    "detail": lambda ask: ask.both(ask.details),
    "feed of 500": lambda ask: ask.both(ask.feeds),
    "as of ten years back": Questions.as_of,
    "snapshot": Questions.stood,
    "density by year": lambda ask: ask.both(ask.densities),
    "tile": lambda ask: ask.both(ask.decade_tiles),
    "batch of tiles": lambda ask: ask.both(ask.year_tiles),
    "not modified": lambda ask: ask.both(ask.spans, 20),
}
CONDITIONAL = {"not modified"}
