"""What is not here is skipped, and counted at the end of the run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests import postgres_server

TESTS = Path(__file__).parent
SKIPPED = """
import pytest
from pathlib import Path
from tests import shared_files

shared_files.SHARED = Path("none")

def test_a_database(database): ...
def test_a_server(own_postgres): ...

@pytest.mark.shared
@pytest.mark.parametrize("number", range(3))
def test_real_cables(number): assert False

@pytest.mark.shared
@pytest.mark.parametrize("file", list(shared_files.SHARED.glob("*")))
def test_each_file(file): ...

def test_something_else(): ...
"""


def test_the_tests_that_are_skipped_are_a_line_for_each_reason(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(SKIPPED)
    mark = ("-o", "markers=shared")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n0", *mark, "-p", "tests.fixtures", "test_it.py"],
        env={**os.environ, postgres_server.CHOSEN: str(tmp_path), "PYTHONPATH": str(TESTS.parent)},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    lines = [line for line in done.stdout.splitlines() if " were skipped: " in line]
    assert len(lines) == 2, done.stdout
    assert lines[0].startswith("2 tests were skipped: no PostgreSQL: ")
    assert lines[1].startswith("4 tests were skipped: no ../shared: ")
    assert "1 passed" in done.stdout


def test_a_test_that_reads_the_shared_files_has_the_mark() -> None:
    of_their_own = {"shared_files.py", "fixtures.py", Path(__file__).name}
    for file in TESTS.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if file.name not in of_their_own and "tests.shared_files import" in text:
            assert "pytest.mark.shared" in text, file
