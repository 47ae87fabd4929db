"""What an import has to remember of its rows, however many: in a temporary database, for a dict takes a hundred bytes a
row.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence


class Scratch:
    """A database of *tables* that stands in memory as long as it is small, else on disk, in a file of SQLite's that has
    no name and is gone with the process.
    """

    def __init__(self, *tables: str) -> None:
        self._database = sqlite3.connect("")
        self._database.execute("PRAGMA journal_mode = OFF")  # nothing is ever undone, nor kept
        self._database.execute("PRAGMA cache_size = -32768")  # 32 MB
        for table in tables:
            self._database.execute(table)

    def read(self, query: str, values: Iterable[int | str], *others: str) -> Iterable[tuple]:
        """What *query* finds, in which the first ``?`` are all of *values*, and the rest *others*."""
        return self._database.execute(
            query.replace("?", "(SELECT value FROM json_each(?))", 1), [json.dumps(list(values)), *others]
        )

    def write(self, statement: str, rows: Iterable[Sequence]) -> None:
        """Have *statement* done once with each of *rows*."""
        self._database.executemany(statement, rows)

    def close(self) -> None:
        self._database.close()


class Seen(Scratch):
    """What stood in a file before: numbers under numbers, of 64 bits each."""

    def __init__(self) -> None:
        super().__init__("CREATE TABLE seen (mark INTEGER PRIMARY KEY, value INTEGER NOT NULL)")

    def of(self, marks: Iterable[int]) -> dict[int, int]:
        """What was noted under those of *marks* under which something was."""
        return dict(self.read("SELECT mark, value FROM seen WHERE mark IN ?", marks))

    def note(self, values: Mapping[int, int]) -> None:
        """Note *values* under their marks, in the place of what stood there."""
        self.write("INSERT OR REPLACE INTO seen VALUES (?, ?)", values.items())
