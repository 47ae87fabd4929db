"""Records that many tests read: made once for the tests that follow one another, not again for each."""

from collections.abc import Callable

import pytest

#: By the name of the fixture that asks for it, which no other fixture may have.
BUILDERS: dict[str, Callable[[], object]] = {}


def shared(build: Callable[[], object]) -> Callable:
    """A fixture of the name of *build*, which makes rows and is handed nothing.

    They stand in a transaction around those of the tests, which pytest orders so that users of one such fixture follow
    one another. What a test changes is undone after it, and all of it before a test that asks for another or for none.
    """
    assert build.__name__ not in BUILDERS
    BUILDERS[build.__name__] = build

    @pytest.fixture(name=build.__name__)
    def asks_for_it(db: None) -> None:
        """The rows were made before the test's own transaction began."""

    asks_for_it.__doc__ = build.__doc__
    return asks_for_it
