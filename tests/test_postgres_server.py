"""The PostgreSQL of the tests: it leaves nothing behind, and a missing one is reported."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import postgres_server
from tests.postgres_server import NoPostgresError, PostgresServer

ROOT = Path(__file__).parents[1]
KILLED = """
import os, signal
from tests.postgres_server import started
server = started()
print(server.folder, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_server_ends_with_the_tests_that_were_killed(postgres: PostgresServer) -> None:
    if os.name == "nt":
        pytest.skip("there is no SIGKILL on Windows")
    done = subprocess.run(
        [sys.executable, "-c", KILLED], capture_output=True, text=True, check=False, cwd=ROOT
    )
    folder = Path(done.stdout.strip())
    assert folder.name.startswith("cable-pg-")
    end = time.monotonic() + postgres_server.PATIENCE
    while folder.exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not folder.exists()


def test_a_killed_server_starts_again_with_its_data(own_postgres: PostgresServer) -> None:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(own_postgres.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    own_postgres.kill()
    own_postgres.start()
    with psycopg.connect(own_postgres.url()) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (1,)


def test_where_no_server_starts_it_is_said_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(postgres_server.CHOSEN, str(tmp_path / "none"))
    with pytest.raises(NoPostgresError, match=r"none/bin|none: "):
        postgres_server.started()
