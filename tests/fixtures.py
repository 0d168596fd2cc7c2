"""What many tests need: an archive of the demo, the services on it, a PostgreSQL, real files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.base.tools import tools
from cable_tui.library import Library
from cable_tui.program.clipboard import Clipboard
from cable_tui.session.registry import Services
from tests import shared_files
from tests.absent_tools import absent_tools
from tests.postgres_server import NoPostgresError, PostgresServer, started

NO_POSTGRES = "no PostgreSQL: "
NO_SHARED = "no ../shared: "
NO_TOOL = "a tool that the example needs was deleted: "
OLD_DOCUMENT = "documents and drawings show tools that were deleted: "
_numbers = count(1)


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo in `cables` and its cache in `cache`, which no test changes."""
    place = tmp_path_factory.mktemp("indexed")
    demo.write(place / "cables")
    for _ in index(place / "cables", place / "cache", workers=0):
        pass
    return place


@pytest.fixture
def services(indexed: Path, tmp_path: Path) -> Iterator[Services]:
    """Outside of the room: that archive, an empty library, a clipboard that is a file."""
    archive = open_archive(indexed / "cables", indexed / "cache")
    library = Library(tmp_path / "library.sqlite", author="ada")
    with closing(archive), closing(library):
        yield Services(archive, library, Clipboard(tmp_path / "clipboard.txt", environ={}))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server of this process of the tests, for those that do not stop it."""
    with _postgres() as server:
        yield server


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    """A server of this test, which may stop, kill and fill it."""
    with _postgres() as server:
        yield server


@pytest.fixture
def database(postgres: PostgresServer) -> str:
    """The address of an empty database of this test."""
    name = f"test{next(_numbers)}"
    postgres.run("createdb", "-h", postgres.host, "-p", str(postgres.port), "-U", "postgres", name)
    return postgres.url(name)


def _postgres() -> closing[PostgresServer]:
    pytest.importorskip("psycopg", reason=f"{NO_POSTGRES}psycopg is not installed")
    try:
        return closing(started())
    except NoPostgresError as error:
        pytest.skip(f"{NO_POSTGRES}{error}")


@pytest.hookimpl(
    tryfirst=True
)  # a table of files that are missing is empty, which pytest skips too
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs files or tools that are not here."""
    if item.get_closest_marker("shared") and not shared_files.SHARED.is_dir():
        pytest.skip(f"{NO_SHARED}real cables and the sources of tables are no part of the project")
    if item.get_closest_marker("documents") and absent_tools():
        pytest.skip(f"{OLD_DOCUMENT}{', '.join(absent_tools())}")
    asked = {name for mark in item.iter_markers("tool") for name in mark.args}
    if deleted := sorted(asked - {tool.name for tool in tools()}):
        pytest.skip(f"{NO_TOOL}{', '.join(deleted)}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in a line for each thing that is not here how many tests were skipped, and why."""
    skipped = [each.longrepr for each in terminalreporter.stats.get("skipped", ())]
    for missing in (NO_POSTGRES, NO_SHARED, OLD_DOCUMENT, NO_TOOL):
        reasons = [each[2] for each in skipped if isinstance(each, tuple) and missing in each[2]]
        if reasons:
            why = reasons[0].removeprefix("Skipped: ")
            terminalreporter.write_line(f"{len(reasons)} tests were skipped: {why}")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder of temporary files."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder
