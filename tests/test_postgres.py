import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

WRAPPER = [sys.executable, str(Path(__file__).with_name("postgres.py"))]
ASK = """
import os, dj_database_url, psycopg2
database = dj_database_url.parse(os.environ["DATABASE_URL"])
connection = psycopg2.connect(host=database["HOST"], user=database["USER"], dbname=database["NAME"])
cursor = connection.cursor()
cursor.execute("SELECT lower('É')")
print(ascii(cursor.fetchone()[0]))
raise SystemExit(3)
"""


def test_a_command_runs_beside_a_server_that_folds_every_letter_and_its_exit_code_is_kept():
    run = subprocess.run([*WRAPPER, "python", "-c", ASK], capture_output=True, text=True, check=False)

    assert (run.returncode, run.stdout.strip()) == (3, r"'\xe9'"), run.stderr


@pytest.mark.parametrize("end", ["terminate", "command"])
def test_nothing_is_left_of_the_server_however_it_ends(end):
    last = "sleep 60" if end == "terminate" else "true"
    command = ["sh", "-c", f"echo $DATABASE_URL; exec {last}"]
    wrapper = subprocess.Popen([*WRAPPER, *command], stdout=subprocess.PIPE, text=True)
    folder = Path(unquote(urlsplit(wrapper.stdout.readline().strip()).hostname))
    if end == "terminate":
        wrapper.terminate()

    wrapper.communicate(timeout=30)

    assert folder.is_absolute()
    assert not folder.exists()
