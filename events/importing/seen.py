"""What stood in a file before, however long it is: in a temporary database, for a dict takes a hundred bytes a row."""

import json
import sqlite3
from collections.abc import Iterable, Mapping


class Seen:
    """Numbers under numbers, of 64 bits each. They stand in memory as long as they are few, else on disk, in a file of
    SQLite's that has no name and is gone with the process.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.execute("PRAGMA journal_mode = OFF")  # nothing is ever undone, nor kept
        self._database.execute("PRAGMA cache_size = -32768")  # 32 MB
        self._database.execute("CREATE TABLE seen (mark INTEGER PRIMARY KEY, value INTEGER NOT NULL)")

    def of(self, marks: Iterable[int]) -> dict[int, int]:
        """What was noted under those of *marks* under which something was."""
        found = self._database.execute(
            "SELECT mark, value FROM seen WHERE mark IN (SELECT value FROM json_each(?))", [json.dumps(list(marks))]
        )
        return dict(found)

    def note(self, values: Mapping[int, int]) -> None:
        """Note *values* under their marks, in the place of what stood there."""
        self._database.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", values.items())

    def close(self) -> None:
        self._database.close()
