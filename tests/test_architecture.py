from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parent.parent


def test_imports_go_one_way_and_what_is_derived_stays_pure(capsys, monkeypatch):
    # It would turn off every log of this process, in which later tests look.
    monkeypatch.setattr("logging.config.dictConfig", lambda config: None)

    status = lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True)

    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out
