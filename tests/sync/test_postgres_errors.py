"""What a server answers, and the way to it, as a sentence; nothing is lost by it."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from cable_tui.sync.postgres import PostgresTarget
from cable_tui.sync.target import TargetError
from tests.postgres_server import PostgresServer
from tests.sync.conftest import Maker, Of, Sql
from tests.sync.target_rules import ONE, event, events


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "asks for a password, and none was found: write it into ~/.pgpass"),
        ("*:*:*:ana:wrong\n", "does not take this user with this password"),
    ],
)
def test_a_password_that_is_wrong_or_missing_is_a_sentence(
    of: Of, people: Path, opened: Maker, line: str, said: str
) -> None:
    people.write_text(line)
    with pytest.raises(TargetError, match=said):
        opened(of("ana")).last(ONE)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("localhost", "nobody.invalid"), "cannot be reached"),
        (("/test", "/no_such_test"), "has no such database"),
        (("ana@", "zoe@"), "password"),
    ],
)
def test_an_address_that_leads_nowhere_is_a_sentence(
    of: Of,
    opened: Maker,
    change: tuple[str, str],
    said: str,
) -> None:
    address = of("ana").replace(*change)
    with pytest.raises(TargetError, match=said):
        opened(address).last(ONE)


def test_a_crowded_server_is_a_sentence(sql: Sql, of: Of, opened: Maker) -> None:
    sql.execute("ALTER ROLE ana CONNECTION LIMIT 0")
    with pytest.raises(TargetError, match="has too many connections: let a pooler"):
        opened(of("ana")).last(ONE)
    sql.execute("ALTER ROLE ana CONNECTION LIMIT -1")


def test_a_server_without_tls_is_a_sentence(postgres: PostgresServer, opened: Maker) -> None:
    address = f"{postgres.url(host='localhost')}?sslmode=require"
    with pytest.raises(TargetError, match="offers no TLS"):
        opened(address).last(ONE)


def test_a_closed_connection_is_a_sentence_and_the_next_use_makes_another(
    target: PostgresTarget, sql: Sql
) -> None:
    target.push(events(ONE, 1))
    for use in (
        lambda: target.push(events(ONE, 2)),
        lambda: target.wait(60),
        lambda: list(target.pull({})),
    ):
        list(target.pull({}))
        sql.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'cable-tui' AND datname = current_database()"
        )
        with pytest.raises(TargetError, match="closed the connection"):
            use()
        assert target.last(ONE) == event(ONE, 1)


def test_a_statement_that_takes_too_long_is_a_sentence(
    target: PostgresTarget, opened: Maker, database: str, sql: Sql
) -> None:
    name = database.rpartition("/")[2]
    sql.execute(f"ALTER DATABASE {name} SET statement_timeout = '300ms'")
    with psycopg.connect(database) as other:
        other.execute("LOCK TABLE cable_tui.event")
        with pytest.raises(TargetError, match="statement_timeout"):
            opened().push(events(ONE, 1))
    target.push(events(ONE, 1))


def test_a_server_that_may_only_be_read_is_a_sentence(
    target: PostgresTarget, opened: Maker, database: str, sql: Sql
) -> None:
    target.push(events(ONE, 1))
    name = database.rpartition("/")[2]
    sql.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    other = opened()
    assert list(other.pull({})) == events(ONE, 1)
    with pytest.raises(TargetError, match="name the server that it follows"):
        other.push(events(ONE, 2))


@pytest.mark.parametrize(
    ("code", "said"), [("53100", "has a full disk"), ("XX000", "has refused it")]
)
def test_a_full_disk_of_the_server_is_a_sentence_and_nothing_was_added(
    target: PostgresTarget, sql: Sql, code: str, said: str
) -> None:
    sql.execute(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE 'could not extend file' USING ERRCODE = '{code}'; END $$"
    )
    sql.execute(
        "CREATE TRIGGER full_disk AFTER INSERT ON cable_tui.event EXECUTE FUNCTION full_disk()"
    )
    with pytest.raises(TargetError, match=said):
        target.push(events(ONE, 1))
    sql.execute("DROP TRIGGER full_disk ON cable_tui.event")
    assert list(target.pull({})) == []
