import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

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


def test_nothing_is_left_of_the_server_when_the_command_has_ended():
    run = subprocess.run([*WRAPPER, "sh", "-c", "echo $DATABASE_URL"], capture_output=True, text=True, check=True)
    folder = Path(unquote(urlsplit(run.stdout.strip()).hostname))

    assert folder.is_absolute()
    assert not folder.exists()
