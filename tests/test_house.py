import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

from tests.scale.servers import FLAGS

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def read_by_the_settings() -> set[str]:
    source = (ROOT / "config/settings.py").read_text()
    return set(re.findall(r'(?:env\.\w+|read_\w+)\("([A-Z_]+)"', source))


def read_by_compose() -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))


def imported_by(folder: Path) -> Iterator[str]:
    """The packages that the Python files below *folder* import, by the first part of their names."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield node.module.partition(".")[0]


def test_whatever_the_code_imports_is_pinned():
    def written(name: str) -> str:
        return name.lower().replace("_", "-")

    requirements = (ROOT / "requirements.txt").read_text()
    pinned = {written(name) for name in re.findall(r"^([\w-]+)==", requirements, re.MULTILINE)}
    ours = {"config", "events", "timeline"}
    imported = {package for folder in ours for package in imported_by(ROOT / folder)}
    of_others = imported - ours - sys.stdlib_module_names
    distributions = packages_distributions()

    assert len(of_others) >= 10
    assert {name for name in of_others if not pinned & {written(each) for each in distributions[name]}} == set()


def test_make_alone_lists_every_target():
    text = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)[1].split()) | {"help"}

    listed = subprocess.run(["make", "--silent"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert {line.split()[1] for line in listed.splitlines()} == targets


def test_the_example_environment_names_every_variable_that_is_read():
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert len(read_by_the_settings()) >= 7
    assert named == read_by_the_settings() | read_by_compose()


def test_the_operating_guide_tells_of_every_variable_service_and_target(compose):
    guide = (ROOT / "docs/operating.md").read_text()
    targets = re.search(r"^\.PHONY: help (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()
    told = {*read_by_the_settings(), *read_by_compose(), *compose["services"], *(f"make {name}" for name in targets)}

    assert len(targets) >= 8
    assert {name for name in told if f"`{name}`" not in guide} == set()


def test_compose_keeps_its_secrets_in_the_environment(compose):
    for service, variable in (("api", "SECRET_KEY"), ("api", "DATABASE_URL"), ("db", "POSTGRES_PASSWORD")):
        assert re.search(r"\$\{[A-Z_]+:\?", compose["services"][service]["environment"][variable])


def test_compose_waits_for_a_healthy_database_and_keeps_its_data(compose):
    services = compose["services"]

    assert "pg_isready" in services["db"]["healthcheck"]["test"]
    assert services["api"]["depends_on"]["db"]["condition"] == "service_healthy"
    assert services["api"]["depends_on"]["setup"]["condition"] == "service_completed_successfully"
    assert services["db"]["volumes"][0].split(":")[0] in compose["volumes"]


def test_the_image_holds_the_code_itself_and_runs_it_as_no_root(compose):
    lines = (ROOT / "Dockerfile").read_text().splitlines()

    assert not any("volumes" in service for name, service in compose["services"].items() if name != "db")
    assert lines.index("USER chancery") < next(number for number, line in enumerate(lines) if line.startswith("CMD"))


def test_image_makefile_and_benchmark_serve_alike():
    flags = ("interface wsgi", "blocking-threads 44", "backpressure 1024", "no-ws", "respawn-failed-workers")
    flags += ("workers-kill-timeout 5",)
    image = re.sub(r'[",\\\s]+', " ", (ROOT / "Dockerfile").read_text())
    makefile = re.sub(r"[\\\s]+", " ", (ROOT / "Makefile").read_text())
    benchmark = f"{' '.join(FLAGS)} "

    for flag in flags:
        assert f"--{flag} " in image
        assert f"--{flag} " in makefile
        assert f"--{flag} " in benchmark
    for served in (image, makefile, (ROOT / "docs" / "operating.md").read_text()):
        assert "MALLOC_ARENA_MAX=2 " in served


def wide_lines(text: str) -> list[int]:
    """The numbers of the lines of Markdown that have over 120 characters. Rows of tables and code stay on one line, and
    so do the addresses of links.
    """
    wide, is_code = [], False
    for number, line in enumerate(text.splitlines(), 1):
        is_code ^= line.lstrip().startswith("```")
        words = re.sub(r"\]\(\S+\)|<?https?://\S+", "", line)
        if len(words) > 120 and not is_code and not line.lstrip().startswith("|"):
            wide.append(number)
    return wide


def test_a_document_is_as_wide_as_the_code():
    documents = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    wide = {str(path.relative_to(ROOT)): wide_lines(path.read_text(encoding="utf-8")) for path in documents}

    assert len(documents) >= 20
    assert {path: lines for path, lines in wide.items() if lines} == {}


def test_tables_code_and_addresses_of_links_may_be_wider():
    long = "word " * 30

    assert wide_lines(f"{long}\n- {long}\n") == [1, 2]
    assert wide_lines(f"| {long} |\n```\n{long}\n```\n[short](https://example.org/{'a' * 120})\n") == []
    assert wide_lines(f"```\n```\n{long}") == [3]
