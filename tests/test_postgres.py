import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.postgres import copy_of, find_binaries, leave_root

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


def test_variables_of_postgresql_s_own_lead_the_command_nowhere_else():
    environment = os.environ | {"PGHOST": "elsewhere.invalid", "PGOPTIONS": "-c nonsense=1", "PGDATABASE": "other"}
    command = [*WRAPPER, "python", "-c", ASK]

    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert run.returncode == 3, run.stderr


@pytest.fixture
def no_namespaces(tmp_path, monkeypatch):
    """A machine on which user namespaces are forbidden."""
    if os.geteuid() != 0:
        pytest.skip("only for root another user is found")
    forbidden = tmp_path / "unshare"
    forbidden.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    forbidden.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("no_namespaces")
def test_as_root_without_namespaces_a_server_runs_as_another_user():
    run = subprocess.run([*WRAPPER, "python", "-c", ASK], capture_output=True, text=True, check=False, umask=0o077)

    assert run.returncode == 3, run.stderr


def test_a_copied_installation_can_be_read_by_all_whatever_the_umask(tmp_path):
    binaries, folder = tmp_path / "package/install/bin", tmp_path / "copy"
    subprocess.run(["mkdir", "-p", binaries, folder], umask=0o077, check=True)
    subprocess.run(["touch", binaries / "postgres"], umask=0o077, check=True)

    copied = copy_of(binaries, folder) / "postgres"

    assert copied.stat().st_mode & 0o004
    assert all(copied.parents[up].stat().st_mode & 0o005 == 0o005 for up in range(4))


@pytest.mark.usefixtures("no_namespaces")
def test_as_root_without_namespaces_a_folder_that_nobody_can_reach_is_named(tmp_path):
    tmp_path.chmod(0o700)
    (tmp_path / "closed").mkdir(mode=0o700)
    (tmp_path / "closed/database").mkdir()

    with pytest.raises(SystemExit, match=r"cannot reach .*/closed/database"):
        leave_root(tmp_path, tmp_path / "closed/database/data", find_binaries())
