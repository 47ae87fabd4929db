"""The record's own clock: a number and an instant for each transaction that changed something public."""

from datetime import UTC, datetime, timedelta
from operator import methodcaller

from django.db import connection

from events.behind import behind
from timeline.models import Clock, Tick

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CLOCK_SQL = f"SELECT number, at FROM {Clock._meta.db_table}"
ADVANCE_SQL = f"UPDATE {Clock._meta.db_table} SET number = %s, at = %s"
TICK_SQL = f"INSERT INTO {Tick._meta.db_table} (number, at) VALUES (%s, %s)"


class Turn:
    """The turn of one transaction in the line for the clock, held to its commit.

    Taken before anything of the record is read or locked: two transactions that each change something the other's
    events show (a leader renamed here, a party added there) would otherwise both render without the other's change, or
    wait for each other for ever.
    Who has seen number N never finds something new at or below N, because N+1 is drawn after N's commit.
    """

    def __init__(self) -> None:
        if not connection.in_atomic_block:
            raise RuntimeError("The record's clock is drawn inside a transaction only.")
        locked = Clock.objects.select_for_update().filter(pk=1)
        self._clock = locked.first()
        if self._clock is None:
            Clock.objects.get_or_create(pk=1, defaults={"at": EPOCH})
            self._clock = locked.get()
        self._tick: Tick | None = None

    def tick(self) -> Tick:
        """The number of this transaction, drawn at the first call. The instant never goes back."""
        if self._tick is None:
            clock = self._clock
            clock.number += 1
            clock.at = max(datetime.now(UTC), clock.at + timedelta(microseconds=1))
            self._tick = Tick(number=clock.number, at=clock.at)
            # Behind, for whatever is rendered next need not wait for what is written.
            values = [clock.number, connection.ops.adapt_datetimefield_value(clock.at)]
            behind(methodcaller("execute", ADVANCE_SQL, values))
            behind(methodcaller("execute", TICK_SQL, values))
        return self._tick


def last_tick() -> Tick:
    """What the clock shows: 0 before anything was published."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCK_SQL)
        return tick_of(cursor.fetchone())


def tick_of(shown: tuple[int, datetime] | None) -> Tick:
    """What the clock shows, read by CLOCK_SQL."""
    number, at = shown or (0, EPOCH)
    return Tick(number, at.replace(tzinfo=UTC))  # SQLite keeps it without saying that it is UTC


def number_at(moment: datetime) -> int:
    """The number that the clock showed at *moment*: 0 before the first."""
    return Tick.objects.filter(at__lte=moment).order_by("-at").values_list("number", flat=True).first() or 0
