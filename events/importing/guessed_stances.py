"""Which words of a table tell whether an event was planned, called off or held: the stance of its claim."""

from collections.abc import Iterable, Iterator, Sequence

from events.folding import fold
from events.importing.values import Cells
from events.vocabulary.stances import Stance

_WORDS = {
    Stance.ANNOUNCES: ("planned", "scheduled", "upcoming", "announced", "proposed", "expected", "forthcoming",
                       "geplant", "prévu", "prevista", "previsto", "planeado", "запланирован", "запланировано", "计划"),
    Stance.POSTPONES: ("postponed", "delayed", "deferred", "rescheduled", "verschoben", "reporté", "aplazado",
                       "отложен", "отложено", "推迟"),
    Stance.CANCELS: ("cancelled", "canceled", "called off", "abandoned", "abgesagt", "annulé", "cancelado",
                     "отменен", "отменено", "取消"),
    Stance.REPORTS: ("held", "took place", "occurred", "happened", "completed", "done", "concluded", "reported",
                     "confirmed", "stattgefunden", "eu lieu", "realizado", "состоялся", "состоялось", "完成"),
    Stance.ALLEGES: ("alleged", "claimed", "suspected", "rumoured", "rumored", "unconfirmed", "angeblich", "allégué"),
    Stance.DENIES: ("denied", "refuted", "dementiert", "démenti", "desmentido"),
}  # fmt: skip
_STANCES = {fold(word): stance.value for stance, words in _WORDS.items() for word in words}


def stance_of(word: str) -> str:
    """The stance that *word* stands for, "" for none."""
    return _STANCES.get(fold(word), "")


def tell_stances(cells: Sequence[str]) -> bool:
    """Whether most of *cells* do, and not all say that it was held."""
    found = [stance for cell in cells if (stance := stance_of(cell))]
    return 2 * len(found) > len(cells) and {*found} != {Stance.REPORTS.value}


def stances_perhaps(columns: Iterable[str], rows: Sequence[Cells]) -> Iterator[str]:
    """What is to be asked about *columns* in which some of the *rows* say that theirs was not held, in words."""
    for name in columns:
        cells = (row[name] for row in rows)
        if word := next((cell for cell in cells if stance_of(cell) not in ("", Stance.REPORTS)), ""):
            why = "where it is said of events, make it the claim's stance, or leave out theirs."
            yield f"“{word}” stands in {name}: {why}"
