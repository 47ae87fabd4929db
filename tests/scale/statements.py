"""The SQL of our answers, without Chancery: taken down once and asked of the database alone."""

import re
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client

from tests.postgres import find_binaries
from tests.scale.environment import HOST
from tests.scale.results import NotMeasured

Statement = tuple[str, Any]
#: Scripts that pgbench takes at most are 128.
SCRIPTS = 50


@contextmanager
def taken_down(statements: list[Statement]) -> Iterator[None]:
    """Whatever is executed inside goes into *statements* too, in the order in which the database is done with it."""

    def take(execute: Any, sql: str, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
        done = execute(sql, parameters, many, context)  # others may have begun a transaction for it first
        statements.append((sql, parameters))
        return done

    with connection.execute_wrapper(take):
        yield


def statements_of(address: str, etag: str = "") -> list[Statement]:
    """What the answer to *address* asks of the database in a process that has answered it before.

    Raises NotMeasured where it is none.
    """
    client = Client(headers={"host": HOST} | ({"if-none-match": etag} if etag else {}), raise_request_exception=False)
    for _ in range(2):
        found: list[Statement] = []
        with taken_down(found):
            answer = client.get(address)
            answer.getvalue()  # of a stream, too
    if answer.status_code not in (200, 304):
        raise NotMeasured(f"Whose SQL is taken down, {address} was answered {answer.status_code}.")
    return found


def sql_rps(addresses: Sequence[str], etags: Sequence[str], connections: int, seconds: float) -> float:
    """How often a second the database alone does what it does for one of *addresses*. Raises NotMeasured.

    On PostgreSQL by pgbench over as many *connections*; on SQLite in a loop in this process.
    """
    asked = [statements_of(*each) for each in zip(addresses[:SCRIPTS], etags[:SCRIPTS], strict=True)]
    if connection.vendor == "postgresql":
        return by_pgbench(asked, connections, seconds)
    return in_a_loop(asked, seconds)


def script(statements: Sequence[Statement]) -> str:
    """For pgbench: a line each, and what went as one message goes as one."""
    with connection.cursor() as cursor:
        lines = [cursor.cursor.mogrify(sql.replace(";", r"\;"), values).decode() for sql, values in statements]
    return "".join(line.replace("\n", " ") + ";\n" for line in lines)


def by_pgbench(asked: Sequence[Sequence[Statement]], connections: int, seconds: float) -> float:
    database = connection.settings_dict
    with tempfile.TemporaryDirectory() as folder:
        scripts = []
        for number, statements in enumerate(asked):
            scripts.append(Path(folder) / f"{number}.sql")
            scripts[-1].write_text(script(statements), encoding="utf-8")
        files = [part for path in scripts for part in ("--file", str(path))]
        command = [
            find_binaries() / "pgbench", "--no-vacuum", "--client", str(connections), "--jobs", "2",
            "--time", str(max(1, round(seconds))), "--host", database["HOST"], "--username", database["USER"],
            *files, database["NAME"],
        ]  # fmt: skip
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"^tps = ([\d.]+)", run.stdout, re.MULTILINE)
    if run.returncode or not found:
        raise NotMeasured(f"pgbench failed: {run.stderr.strip()[-500:]}")
    return float(found[1])


def in_a_loop(asked: Sequence[Sequence[Statement]], seconds: float) -> float:
    done, turn, start = 0, cycle(asked), time.perf_counter()
    with connection.cursor() as cursor:
        while time.perf_counter() < start + seconds:
            for sql, parameters in next(turn):
                cursor.execute(sql, parameters)
                if cursor.description:
                    cursor.fetchall()
            done += 1
    return done / (time.perf_counter() - start)
