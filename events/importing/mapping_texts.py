"""What stands in a guessed mapping, as YAML that a person reads."""

import math
from collections.abc import Iterator, Sequence
from textwrap import wrap

import yaml

LONGEST_WORD = 200  # characters; YAML takes no key of more than a thousand
MOST_VALUES = 25  # words of a column, each with what it may mean
WIDTH = 78  # characters of a comment, as wide as the desk shows them


def comment(text: str) -> Iterator[str]:
    """*text* on lines of their own, none of them so long that it has to be scrolled."""
    yield from wrap(
        text, WIDTH, initial_indent="# ", subsequent_indent="#   ", break_long_words=False, break_on_hyphens=False
    )


def cell_of(column: str) -> str:
    """The value that is what stands in *column*."""
    return scalar(f"{{{column}}}")


def list_of(texts: Sequence[str]) -> str:
    """Several *texts* as a list, a single one by itself."""
    return scalar(texts[0]) if len(texts) == 1 else f"[{', '.join(map(quoted, texts))}]"


def scalar(text: str) -> str:
    """*text* on one line, in quotes where it needs them; line breaks and the like are written as \\n."""
    return _dumped(text, '"' if not text.isprintable() else "'" if text != text.strip() else None)


def quoted(text: str) -> str:
    """*text* on one line in quotes, as within a list."""
    return _dumped(text, "'" if text.isprintable() else '"')


def _dumped(text: str, style: str | None) -> str:
    dumped = yaml.safe_dump(text, default_style=style, allow_unicode=True, width=math.inf)
    return dumped.removesuffix("\n...\n").rstrip("\n")
