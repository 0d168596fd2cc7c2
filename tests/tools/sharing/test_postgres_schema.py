"""The table on a server: only added to, without gaps, by those who may; changes are noticed."""

from __future__ import annotations

from contextlib import closing
from importlib.resources import files

import psycopg
import pytest

from cable_tui.tools.sharing.events import LARGEST
from cable_tui.tools.sharing.postgres import PostgresTarget
from cable_tui.tools.sharing.postgres_connection import NO_EVENT, TAKEN
from cable_tui.tools.sharing.postgres_schema import RULES, VERSION
from cable_tui.tools.sharing.target import ReadOnlyError, TakenError, TargetError
from tests.postgres_server import PostgresServer
from tests.tools.sharing.conftest import INSERT, Maker, Of, Sql
from tests.tools.sharing.target_rules import ONE, TWO, event, events


def test_the_schema_says_what_the_program_says() -> None:
    schema = files("cable_tui.tools.sharing").joinpath("postgres.sql").read_text("utf-8")
    assert f"octet_length(event) > {LARGEST}\n" in schema
    assert f"'cable-tui, rules {RULES}'" in schema
    assert schema.count(f"{LARGEST + 1}") == 3
    assert f"'events of cable-tui, version {VERSION}'" in schema
    assert schema.count(f"ERRCODE = '{NO_EVENT}'") == schema.count(f"ERRCODE = '{TAKEN}'") == 1


def test_a_gap_is_refused_and_filled(target: PostgresTarget, sql: Sql) -> None:
    target.push(events(ONE, 1))
    for wrong in (events(ONE, 3), events(ONE, 2, 4), events(TWO, 2)):
        with pytest.raises(TargetError, match="lacks earlier events of this library"):
            target.push(wrong)
    assert list(target.pull({})) == events(ONE, 1)
    # Several are filled with one statement, where rows were removed.
    target.push(events(ONE, *range(2, 8)))
    sql.execute("ALTER TABLE cable_tui.event DISABLE TRIGGER only_added")
    sql.execute("DELETE FROM cable_tui.event WHERE counter IN (1, 3, 6)")
    target.close()
    assert (target.last(ONE), target.whole(ONE)) == (event(ONE, 7), 0)
    assert target.push(events(ONE, *range(1, 8))) == 3
    assert target.whole(ONE) == 7
    assert list(target.pull({})) == events(ONE, *range(1, 8))


def test_rows_are_neither_changed_nor_removed_by_anybody(target: PostgresTarget, sql: Sql) -> None:
    target.push(events(ONE, 1))
    for statement in (
        "DELETE FROM cable_tui.event",
        "UPDATE cable_tui.event SET event = ''",
        "TRUNCATE cable_tui.event",
    ):
        with pytest.raises(psycopg.errors.RaiseException, match="only added to"):
            sql.execute(statement)


def test_a_writer_adds_and_a_reader_reads(of: Of, opened: Maker) -> None:
    ana, ben, eve = (opened(of(name)) for name in ("ana", "ben", "eve"))
    ana.push(events(ONE, 1, 2))
    assert list(ben.pull({})) == events(ONE, 1, 2)
    with pytest.raises(ReadOnlyError, match="GRANT cable_tui_writer"):
        ben.push(events(TWO, 1))
    with pytest.raises(TargetError, match="cable_tui_reader for reading"):
        eve.last(ONE)
    assert "you can read and add" in ana.check()
    assert "you can only read" in ben.check()


def test_a_reader_who_may_add_from_now_on_needs_no_new_connection(
    of: Of, opened: Maker, sql: Sql
) -> None:
    ben = opened(of("ben"))
    list(ben.pull({}))
    pids = "SELECT pid FROM pg_stat_activity WHERE usename = 'ben'"
    (connection,) = sql.execute(pids).fetchall()
    for _ in range(2):
        with pytest.raises(ReadOnlyError):
            ben.push(events(TWO, 1))
    assert sql.execute(pids).fetchall() == [connection]
    sql.execute("GRANT cable_tui_writer TO ben")
    ben.push(events(TWO, 1))
    sql.execute("REVOKE cable_tui_writer FROM ben")
    with pytest.raises(TargetError, match="GRANT cable_tui_writer"):
        ben.push(events(TWO, 2))
    with pytest.raises(ReadOnlyError):
        ben.push(events(TWO, 2))
    assert list(ben.pull({})) == events(TWO, 1)


def test_a_writer_cannot_sign_for_another_one_nor_change_rows(of: Of, opened: Maker) -> None:
    address = of("ana")
    opened(address).push(events(ONE, 1))
    with psycopg.connect(address, autocommit=True) as ana:
        signed = ana.execute("SELECT added_by FROM cable_tui.event").fetchall()
        assert signed == [("ana",)]
        for statement in (
            "INSERT INTO cable_tui.event VALUES ('', 1, '', now(), 'ben')",
            "DELETE FROM cable_tui.event",
            "UPDATE cable_tui.event SET event = ''",
            "TRUNCATE cable_tui.event",
            "DROP TABLE cable_tui.event",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                ana.execute(statement)


def test_nobody_writes_under_the_number_of_another_user(
    of: Of, opened: Maker, sql: Sql, database: str
) -> None:
    """Also with operators of his own, which come first where the trigger would look."""
    opened(of("ana")).push(events(ONE, 1))
    with pytest.raises(TakenError, match="from another user"):
        opened(of("mal")).push(events(ONE, 2))
    sql.execute("GRANT CREATE ON SCHEMA public TO mal")
    with psycopg.connect(of("mal"), autocommit=True) as mal:
        mal.execute("SET search_path = public, pg_catalog")
        mal.execute(
            "CREATE FUNCTION public.no(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT false'"
        )
        mal.execute("CREATE OPERATOR public.<> (FUNCTION = no, LEFTARG = text, RIGHTARG = text)")
        with pytest.raises(psycopg.Error, match="of another user"):
            mal.execute(INSERT, (ONE, 2, "junk"))
    opened(of("ana")).push(events(ONE, 2, 3))
    assert list(opened().pull({})) == events(ONE, 1, 2, 3)


@pytest.mark.parametrize("row", [("no number", 1, "{}"), (ONE, 1, "x" * ((1 << 20) + 1))])
def test_what_can_be_no_event_is_refused(
    target: PostgresTarget, sql: Sql, row: tuple[str, int, str]
) -> None:
    with pytest.raises(psycopg.Error, match="this is no event of a library"):
        sql.execute(INSERT, row)


@pytest.mark.usefixtures("first_rules")
def test_a_server_of_the_first_version_gets_the_new_rules_by_another_init(
    of: Of, opened: Maker
) -> None:
    opened(of("ana")).push(events(ONE, 1))
    ben = opened(of("ben"))
    ben.check()
    (said,) = ben.notices
    assert said.startswith(
        "anyone who can add events can write under any library's number and anyone who can "
        "connect can fill the server's notification queue"
    )
    assert "`cable-tui bookmarks sync --init`" in said
    opened(of("mal")).push(events(ONE, 2))
    assert "now reserves each library's number for its own user" in opened().init()
    with pytest.raises(TakenError):
        opened(of("mal")).push(events(ONE, 3))
    ben.check()
    (said,) = ben.notices
    assert f"mal added 1 event, starting at event 2, to library {ONE}, which belongs to ana" in said
    assert "from now on" not in opened().init()


def test_the_owner_is_told_what_readers_may_fill_the_disk_with_until_it_is_revoked(
    of: Of, opened: Maker, sql: Sql, database: str
) -> None:
    owner, ben = opened(), opened(of("ben"))
    told = "fill the server's disk with temporary tables and large objects: docs/postgresql.md"
    assert told in owner.init()
    owner.check()
    assert any(told in each for each in owner.notices)
    ben.check()
    assert ben.notices == []
    sql.execute(f"REVOKE TEMPORARY ON DATABASE {database.rpartition('/')[2]} FROM PUBLIC")
    sql.execute("REVOKE EXECUTE ON FUNCTION lo_create(oid) FROM PUBLIC")
    owner.check()
    assert owner.notices == []
    assert "disk" not in owner.init()


def test_who_owns_a_database_makes_the_table_with_roles_that_are_there(
    sql: Sql, of: Of, opened: Maker, database: str
) -> None:
    sql.execute("DROP SCHEMA cable_tui CASCADE")
    sql.execute(f"GRANT CREATE ON DATABASE {database.rpartition('/')[2]} TO eve")
    opened(of("eve")).init()
    opened(of("eve")).push(events(ONE, 1))
    opened(of("ana")).push(events(TWO, 1))
    assert len(list(opened(of("ben")).pull({}))) == 2


def test_who_may_make_no_roles_is_told_what_to_let_run(own_postgres: PostgresServer) -> None:
    with psycopg.connect(own_postgres.url(), autocommit=True) as sql:
        sql.execute("CREATE ROLE eve LOGIN")
        sql.execute("GRANT CREATE ON DATABASE postgres TO eve")
        with closing(PostgresTarget(own_postgres.url(user="eve"))) as eve:
            said = eve.init()
            eve.push(events(ONE, 1))
        _, _, by_hand = said.partition("run, in this database: ")
        sql.execute(by_hand)
        sql.execute("CREATE ROLE ana LOGIN IN ROLE cable_tui_writer")
    with closing(PostgresTarget(own_postgres.url(user="ana"))) as ana:
        ana.push(events(TWO, 1))
        assert list(ana.pull({})) == [*events(ONE, 1), *events(TWO, 1)]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("COMMENT ON TABLE cable_tui.event IS 'events of cable-tui, version 2'", "version 2"),
        ("COMMENT ON TABLE cable_tui.event IS NULL", "is not marked as cable-tui's"),
        ("ALTER TABLE cable_tui.event RENAME counter TO number", "lacks the column counter"),
        ("DROP SCHEMA cable_tui CASCADE", "has no table cable_tui.event"),
    ],
)
def test_a_table_that_somebody_changed_is_a_sentence(
    target: PostgresTarget, opened: Maker, sql: Sql, statement: str, said: str
) -> None:
    target.push(events(ONE, 1))
    sql.execute(statement)
    uses = (
        lambda made: made.last(ONE),
        lambda made: made.push(events(ONE, 2)),
        lambda made: list(made.pull({})),
        lambda made: made.wait(0),
        lambda made: made.check(),
    )
    for use in uses:
        with pytest.raises(TargetError, match=said):
            use(opened())


def test_a_database_of_another_encoding_is_refused_and_one_without_the_table_says_how_it_is_made(
    postgres: PostgresServer, opened: Maker, sql: Sql
) -> None:
    with pytest.raises(TargetError, match="bookmarks sync --init"):
        opened().last(ONE)
    sql.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(TargetError, match="LATIN1"):
        opened(postgres.url("latin")).init()
    sql.execute("DROP DATABASE latin")
