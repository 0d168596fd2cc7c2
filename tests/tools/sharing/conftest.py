"""What the tests of a server as a target share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from cable_tui.tools.sharing.postgres import PostgresTarget
from tests.postgres_server import PostgresServer
from tests.tools.sharing.readers import Reader

Maker = Callable[..., PostgresTarget]
Sql = psycopg.Connection[tuple[Any, ...]]
Of = Callable[[str], str]
INSERT = "INSERT INTO cable_tui.event (library, counter, event) VALUES (%s, %s, %s)"

FIRST_RULES = """
CREATE OR REPLACE FUNCTION cable_tui.follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (
      SELECT library, min(counter) AS low, max(counter) AS high, count(*) AS rows
      FROM added GROUP BY library
    ) AS part
    WHERE rows <> high - low + 1 OR low - 1 <> coalesce((
      SELECT max(counter) FROM cable_tui.event AS known
      WHERE known.library = part.library AND known.counter < part.low
    ), 0)
  ) THEN
    RAISE EXCEPTION 'the events of a library follow one another' USING ERRCODE = '23514';
  END IF;
  IF EXISTS (SELECT FROM added) THEN
    PERFORM pg_catalog.pg_notify('cable_tui', '');
  END IF;
  RETURN NULL;
END $$;;
ALTER FUNCTION cable_tui.follow() RESET ALL;
COMMENT ON FUNCTION cable_tui.follow() IS NULL;
"""
"""The trigger as the first version made it: whoever may add writes under any number."""

SECOND_RULES = """
CREATE OR REPLACE FUNCTION cable_tui.follow() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_notify('cable_tui', '');
  RETURN NULL;
END $$;
COMMENT ON FUNCTION cable_tui.follow() IS 'cable-tui, rules 2';
"""
"""The trigger notifies as the second version did: with each event, even if the queue is full."""


@pytest.fixture
def opened(database: str) -> Iterator[Maker]:
    """Opens targets on the database of the test, or at another address; closed at the end."""
    with ExitStack() as made:

        def opens(url: str = database) -> PostgresTarget:
            return made.enter_context(closing(PostgresTarget(url)))

        yield opens


@pytest.fixture
def target(opened: Maker) -> PostgresTarget:
    """One whose table is made."""
    made = opened()
    made.init()
    return made


@pytest.fixture
def sql(database: str) -> Iterator[Sql]:
    """A session of whoever owns the server."""
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def first_rules(target: PostgresTarget, sql: Sql) -> None:
    """The server is as the first version of the program has made it."""
    assert target.name
    sql.execute(FIRST_RULES)


@pytest.fixture
def people(
    target: PostgresTarget,
    sql: Sql,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """`ana` and `mal` may add, `ben` may read, `eve` nothing; their passwords are in this file."""
    for name, roles in (("ana", "IN ROLE cable_tui_writer"), ("mal", "IN ROLE cable_tui_writer"),
                        ("ben", "IN ROLE cable_tui_reader"), ("eve", "")):  # fmt: skip
        with suppress(psycopg.errors.DuplicateObject):  # of a test before, on the same server
            sql.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'secret of {name}' {roles}")
    file = tmp_path / "pgpass"
    file.write_text(
        "".join(f"*:*:*:{name}:secret of {name}\n" for name in ("ana", "mal", "ben", "eve"))
    )
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    return file


@pytest.fixture
def of(people: Path, database: str, postgres: PostgresServer) -> Callable[[str], str]:
    """The address of one of them, who has to say a password."""
    return lambda user: postgres.url(database.rpartition("/")[2], user, "localhost")


@pytest.fixture
def mara(tmp_path: Path) -> Reader:
    return Reader(tmp_path, "mara")


@pytest.fixture
def tom(tmp_path: Path) -> Reader:
    return Reader(tmp_path, "tom")
