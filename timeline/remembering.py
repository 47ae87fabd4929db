"""What a process has read at a tick of the record's clock, for whoever asks at the same tick.

Most answers begin with the same small questions: what a country is called, what changed last. Between two ticks nothing
of that can change, so each is put to the database once.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from timeline.models import Tick

#: Readers choose what is asked for, so this many answers of all kinds are kept, and then none.
MOST_KEPT = 5_000

#: The tick at which is read, in this thread; None: outside of any view.
_tick: ContextVar["Tick | None"] = ContextVar("tick", default=None)
#: The tick that is remembered, and what was read at it.
_memory: tuple["Tick | None", dict[Hashable, Any]] = (None, {})


@contextmanager
def remembering(tick: "Tick") -> Iterator["Tick"]:
    """What is read inside is read at *tick*, all of it."""
    token = _tick.set(tick)
    try:
        yield tick
    finally:
        _tick.reset(token)


def remembered(question: Hashable, read: Callable[[], Any]) -> Any:
    """What *read* gives at the tick inside which this is asked, read once and never None; outside of any, anew.

    *question* tells what is asked, among everything that is remembered. What *read* raises is not kept.
    """
    global _memory
    tick = _tick.get()
    if tick is None:
        return read()
    memory = _memory
    if memory[0] is None or not is_same(memory[0], tick):
        memory = _memory = tick, {}
    answers = memory[1]
    if (answer := answers.get(question)) is None:
        answer = read()
        if len(answers) >= MOST_KEPT:
            answers.clear()
        answers[question] = answer
    return answer


def last_remembered() -> "Tick | None":
    """The tick of which something is remembered."""
    return _memory[0]


def is_same(tick: "Tick", other: "Tick") -> bool:
    """By both number and instant: after a backup was restored, a number comes again."""
    return tick.number == other.number and tick.at == other.at
