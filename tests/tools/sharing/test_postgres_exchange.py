"""Libraries that share through a server, while they and the server are killed at any moment."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from cable_tui.library import Library, Mark
from cable_tui.tools.sharing.events import dumps
from cable_tui.tools.sharing.exchange import exchange
from cable_tui.tools.sharing.postgres import PostgresTarget
from cable_tui.tools.sharing.sharing import sharing_of
from tests.postgres_server import PostgresServer
from tests.tools.sharing.conftest import INSERT, SECOND_RULES, Maker, Of, Sql
from tests.tools.sharing.target_rules import ONE, event

AUTHORS = ("ana", "ben", "eve")


class Reader:
    """A library, and the program beside it that keeps it in step with the server."""

    def __init__(self, home: Path, author: str, url: str) -> None:
        self._home = home
        self._url = url
        self.library = Library(home / "data" / "library.sqlite", author=author)
        self.follow()

    def follow(self) -> None:
        """Begin to keep step."""
        self.program = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "cable_tui",
                "bookmarks",
                "sync",
                "--follow",
                "--json",
                self._url,
            ],
            env={**os.environ, "CABLE_TUI_HOME": str(self._home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """End the program at once, as a power cut does."""
        self.program.kill()
        self.program.communicate()

    def settled(self) -> Settled:
        """All that it has, in an order that says nothing of who came first."""
        bundle = self.library.bundle()
        lists = {name: sorted(uids) for name, uids in bundle.lists.items()}
        return sorted((mark.uid, mark.note, mark.author) for mark in bundle.marks), lists


Settled = tuple[list[tuple[str, str, str]], dict[str, list[str]]]


@pytest.fixture
def readers(own_postgres: PostgresServer, tmp_path: Path) -> Iterator[list[Reader]]:
    """Three of them on one server."""
    with closing(PostgresTarget(own_postgres.url())) as target:
        target.init()
    made = [Reader(tmp_path / name, name, own_postgres.url()) for name in AUTHORS]
    yield made
    for each in made:
        each.kill()
        each.library.close()


@pytest.mark.slow
def test_what_one_marks_is_with_the_others_by_itself_and_nothing_is_lost_whoever_is_killed(
    readers: list[Reader], own_postgres: PostgresServer
) -> None:
    marked = []
    for number, reader in enumerate(readers):
        mark = Mark(f"09RABAT{number}", f"09RABAT{number}", note=f"of {number}")
        marked.append(reader.library.add(mark).uid)
    end = time.monotonic() + 60
    while any(len(each.library.marks()) < 3 for each in readers) and time.monotonic() < end:
        time.sleep(0.05)
    assert readers[0].settled() == readers[1].settled() == readers[2].settled()
    assert {mark.author for mark in readers[0].library.marks()} == set(AUTHORS)
    for number in range(15):
        reader = readers[number % 3]
        name = f"09POST{number}"
        mark = Mark(name, name, note=f"note {number}", lists=("story",) if number % 2 else ())
        marked.append(reader.library.add(mark).uid)
        if number in (4, 11):
            own_postgres.kill()
            own_postgres.start()
        elif number % 4 == 1:
            reader.kill()
            reader.follow()
    for each in readers:
        each.kill()
    with closing(PostgresTarget(own_postgres.url())) as target:
        for each in (*readers, *readers):
            exchange(each.library, target)
    assert readers[0].settled() == readers[1].settled() == readers[2].settled()
    assert {uid for uid, _, _ in readers[0].settled()[0]} == set(marked)


# Somebody who may add, and means harm.

JUNK = ("junk", dumps(event(ONE, 1)), "", "[" * 100_000, "x" * ((1 << 20) + 1))


@pytest.fixture
def shared(of: Of, tmp_path: Path) -> Iterator[dict[str, Library]]:
    """Libraries of `ana` and `ben`."""
    made = {name: Library(tmp_path / f"{name}.sqlite", author=name) for name in ("ana", "ben")}
    yield made
    for each in made.values():
        each.close()


@pytest.mark.usefixtures("first_rules")
@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: junk[:8])
def test_junk_under_a_number_cuts_nobody_off(
    shared: dict[str, Library], of: Of, opened: Maker, junk: str
) -> None:
    """Also on a server that lets everybody write under every number."""
    ana, ben = shared["ana"], shared["ben"]
    ana.add(Mark("09POST1", "09POST1", note="before"))
    exchange(ana, opened(of("ana")))
    with psycopg.connect(of("mal"), autocommit=True) as mal:
        mal.execute(INSERT, (sharing_of(ana).library(), 2, junk))
    ana.add(Mark("09POST2", "09POST2", note="after"))
    ben.add(Mark("09POST3", "09POST3", note="of ben"))
    assert exchange(ben, opened()).sent == 1
    done = exchange(ana, opened(of("ana")))
    assert (done.sent, done.taken, done.read_only) == (1, 1, False)
    exchange(ben, opened(of("ben")))
    for each in (ana, ben):
        assert sorted(mark.note for mark in each.marks()) == ["after", "before", "of ben"]
    doctor = opened(of("ben"))
    assert "3 events of 3 libraries" in doctor.check()
    assert any("mal added it on 20" in each for each in doctor.notices)
    assert any("mal added 1 event, starting at event 2" in each for each in doctor.notices)


@pytest.mark.parametrize("first", ["junk", "a copy"])
def test_a_number_that_somebody_claims_first_is_left_to_him(
    shared: dict[str, Library], of: Of, opened: Maker, first: str
) -> None:
    """A library that moves to another place: whoever shares with it knows its number."""
    ana, ben = shared["ana"], shared["ben"]
    ana.put([Mark("09POST1", "09POST1", note="ask")], "story")
    sharing_of(ana).take()
    told = sharing_of(ana).own_after(sharing_of(ana).library(), 0)
    with psycopg.connect(of("mal"), autocommit=True) as mal:
        mal.execute(INSERT, (*told[0].id, dumps(told[0]) if first == "a copy" else first))
    assert exchange(ana, opened(of("ana"))).sent == (3 if first == "junk" else 2)
    exchange(ben, opened(of("ben")))
    assert ben.bundle().lists == ana.bundle().lists
    assert [mark.note for mark in ben.marks()] == ["ask"]


FULL = """
CREATE FUNCTION public.full() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER is_full BEFORE INSERT ON cable_tui.event EXECUTE FUNCTION public.full();
"""


def test_what_others_do_comes_while_nothing_can_be_added(
    shared: dict[str, Library], of: Of, opened: Maker, sql: Sql
) -> None:
    ana, ben = shared["ana"], shared["ben"]
    ana.add(Mark("09POST1", "09POST1", note="of ana"))
    exchange(ana, opened(of("ana")))
    ben.add(Mark("09POST2", "09POST2", note="of ben"))
    sql.execute(FULL)
    target = opened()
    done = exchange(ben, target)
    assert (done.sent, done.taken, done.read_only) == (0, 1, True)
    assert any("has no disk space left" in each for each in done.notices)
    connection = target._connection
    sql.execute("DROP TRIGGER is_full ON cable_tui.event")
    assert exchange(ben, target).sent == 1
    assert target._connection is connection


# Somebody who may only read, and means harm.

FILL = "SELECT pg_notify('other', repeat('x', 7900) || random())"


@pytest.fixture
def crowded(own_postgres: PostgresServer) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """A connection of `intern`, who listens, reads nothing, and has filled a small queue."""
    with psycopg.connect(own_postgres.url(), autocommit=True) as sql:
        if sql.info.server_version < 170000:
            pytest.skip("up to PostgreSQL 16 the queue is always of 8 GB")
        sql.execute("ALTER SYSTEM SET max_notify_queue_pages = 64")
    own_postgres.stop()
    own_postgres.start()
    with closing(PostgresTarget(own_postgres.url())) as owner:
        owner.init()
    with psycopg.connect(own_postgres.url(), autocommit=True) as sql:
        sql.execute("CREATE ROLE intern LOGIN IN ROLE cable_tui_reader")
        sql.execute("CREATE ROLE ana LOGIN IN ROLE cable_tui_writer")
    with ExitStack() as made:
        listens, sends = (
            made.enter_context(
                closing(psycopg.connect(own_postgres.url(user="intern"), autocommit=True))
            )
            for _ in range(2)
        )
        for statement in ("LISTEN cable_tui", "BEGIN", "SELECT 1"):
            listens.execute(statement)
        with suppress(psycopg.errors.ProgramLimitExceeded):
            while True:
                sends.execute(FILL)
        yield listens


@pytest.fixture
def two(tmp_path: Path) -> Iterator[list[Library]]:
    """Two libraries."""
    made = [Library(tmp_path / f"{name}.sqlite", author=name) for name in ("ana", "ben")]
    yield made
    for each in made:
        each.close()


@pytest.mark.usefixtures("crowded")
def test_a_reader_who_fills_the_queue_of_notifications_keeps_nobody_from_sharing(
    own_postgres: PostgresServer, two: list[Library]
) -> None:
    ana, ben = two
    with ExitStack() as made:
        here, there, owner = (
            made.enter_context(closing(PostgresTarget(own_postgres.url(user=user))))
            for user in ("ana", "ana", "postgres")
        )
        exchange(ben, there)
        ana.add_all([Mark("09POST1", "09POST1"), Mark("09POST2", "09POST2")])
        assert exchange(ana, here).sent == 2
        there.look_every = 0.1
        assert there.wait(60)
        assert exchange(ben, there).taken == 2
        owner.check()
        assert any("queue of notifications is" in each for each in owner.notices)


def test_the_trigger_of_an_older_version_is_named_while_the_queue_is_full_and_init_mends_it(
    own_postgres: PostgresServer,
    two: list[Library],
    crowded: psycopg.Connection[tuple[Any, ...]],
) -> None:
    ana, ben = two
    with ExitStack() as made:
        here, owner = (
            made.enter_context(closing(PostgresTarget(own_postgres.url(user=user))))
            for user in ("ana", "postgres")
        )
        ben.add(Mark("09POST1", "09POST1"))
        exchange(ben, owner)
        owner._connected().execute(SECOND_RULES)
        ana.add_all([Mark("09POST2", "09POST2"), Mark("09POST3", "09POST3")])
        done = exchange(ana, here)
        assert (done.sent, done.taken, done.unsent) == (0, 1, 2)
        (said,) = done.notices
        assert "cannot notify other programs" in said
        assert "`cable-tui bookmarks sync --init`" in said
        owner.check()
        assert any("can fill the server's notification queue" in each for each in owner.notices)
        assert not any("under any library's number" in each for each in owner.notices)
        assert "works even if the server's notification queue is full" in owner.init()
        assert exchange(ana, here).sent == 2
        # Or who does not read is ended.
        owner._connected().execute(SECOND_RULES)
        pid = crowded.info.backend_pid
        owner._connected().execute("SELECT pg_terminate_backend(%s, 60000)", (pid,))
        # The server empties the queue when somebody asks how full it is.
        owner._connected().execute("SELECT pg_notification_queue_usage()")
        ana.add(Mark("09POST4", "09POST4"))
        assert exchange(ana, here).sent == 1
