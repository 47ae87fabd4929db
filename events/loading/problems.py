"""What is wrong with the files, said where it stands in them."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One sentence about one place: ``line`` counts from 1, 0 is the file as a whole."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}" if self.line else f"{self.path}: {self.text}"


class LoadProblems(Exception):
    """Nothing was loaded; ``problems`` says why, in order of file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(word: str, known: Iterable[str], *, likeness: float = 0.6) -> str:
    """The nearest of *known* as a question to put behind a sentence, or "" where none has that *likeness* of 1."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=likeness)
    return f" Did you mean “{near[0]}”?" if near else ""
