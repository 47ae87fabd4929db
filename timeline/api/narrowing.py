"""What to change in a question that takes too long."""

from collections.abc import Mapping

from timeline.api.pagination import FORM
from timeline.api.problems import parameter_error

SPAN = "from and to, so that only a part of the timeline is looked through"
#: Parameters that make a question costly, the costliest first → what to send instead. None of them has its own lists.
DEAR = {
    "count": "no count, or a narrower question: every match is looked at to count it",
    "ordering": "date or -date, in which the events are kept",
    "q": "more or rarer words, whole ones instead of prefix*, and a span of dates in from and to",
    "bbox": "a country in `place` instead, or beside it a span of dates in from and to",
    "role": "beside it a country, leader or organization that has the role",
    "precision": f"beside it {SPAN}",
    "origins_min": f"beside it {SPAN}",
    "verification": f"beside it {SPAN}",
    "occurrence": f"beside it {SPAN}",
    "name": "more of the name",
}
NOT_DEAR = {"count": ("false",), "ordering": ("date", "-date")}
BOUNDS = ("from", "to")


def narrower(sent: Mapping[str, str], takes_span: bool) -> list[dict[str, str]]:
    """Which of the parameters *sent* make a question dear, the dearest first, and what would be cheaper.

    Where none does: the span, to be shortened or added, if the address takes one; else whatever was sent.
    """
    dear = [
        parameter_error(name, sent[name], cheaper)
        for name, cheaper in DEAR.items()
        if name in sent and sent[name] not in NOT_DEAR.get(name, ())
    ]
    if dear:
        return dear
    if not takes_span:
        asked = [(name, value) for name, value in sent.items() if name not in FORM]
        return [parameter_error(name, value, "a narrower question; of tiles, a finer one") for name, value in asked]
    cheaper = "a shorter span" if sent.keys() & set(BOUNDS) else "a date, for nothing bounds the span"
    return [parameter_error(name, sent.get(name, ""), cheaper) for name in BOUNDS]
