"""Query parameters, read strictly: nothing that was sent is silently ignored."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from django.http import QueryDict

from timeline.api.problems import BadParameter, parameter_error

#: Longest value of a parameter, in characters, and most values in a list.
LONGEST_VALUE = 2_000
MOST_VALUES = 50

ASCII_INTEGER = re.compile(r"\A-?[0-9]{1,19}\Z", re.ASCII)


def check_parameters(sent: QueryDict, allowed: Iterable[str]) -> None:
    """Raise BadParameter unless each parameter of *sent* is among *allowed*, given once, and not empty."""
    allowed = sorted(allowed)
    errors = []
    for name, values in sent.lists():
        value = values[0]
        if name not in allowed:
            close = get_close_matches(name, allowed, 1)
            known = f"one of the parameters that apply here: {', '.join(allowed)}"
            expected = known if allowed else "nothing: no parameter applies here"
            errors.append(parameter_error(name, value, expected, *close))
        elif len(values) > 1:
            expected = "to be given once; several values are parted by commas"
            errors.append(parameter_error(name, "&".join(values), expected))
        elif not value.strip():
            errors.append(parameter_error(name, value, "a value; leave the parameter out to ask for all"))
        elif len(value) > LONGEST_VALUE:
            errors.append(parameter_error(name, value, f"at most {LONGEST_VALUE} characters"))
        elif "\0" in value or "\ufffd" in value:
            errors.append(parameter_error(name, value.replace("\0", "\\0"), "text in UTF-8 without NUL characters"))
    if errors:
        raise BadParameter(*errors)


def integer(sent: QueryDict, name: str, low: int, high: int, default: int) -> int:
    """The parameter *name* as an integer from *low* to *high*, in ASCII digits; *default* where it was not sent."""
    value = sent.get(name)
    if value is None:
        return default
    if not ASCII_INTEGER.match(value) or not low <= int(value) <= high:
        raise BadParameter(parameter_error(name, value, f"a whole number from {low} to {high}"))
    return int(value)


def flag(sent: QueryDict, name: str) -> bool:
    """Whether the parameter *name* is ``true``; where it was not sent, no."""
    value = sent.get(name, "false")
    if value not in ("true", "false"):
        raise BadParameter(parameter_error(name, value, "true or false"))
    return value == "true"


def names(sent: QueryDict, name: str, known: Iterable[str]) -> list[str] | None:
    """The parameter *name* as a comma-separated choice from *known*; None where it was not sent."""
    value = sent.get(name)
    if value is None:
        return None
    known, chosen = list(known), value.split(",")
    for choice in chosen:
        if choice not in known:
            expected = f"names from: {', '.join(known)}"
            raise BadParameter(parameter_error(name, choice, expected, *get_close_matches(choice, known, 1)))
    return chosen
