"""A server as a target: the rules of all targets, many at once, waking, and sudden ends."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from cable_tui.tools.sharing import postgres
from cable_tui.tools.sharing.events import dumps
from cable_tui.tools.sharing.postgres import PostgresTarget
from cable_tui.tools.sharing.target import UnreadableError
from tests.tools.sharing import target_rules
from tests.tools.sharing.conftest import INSERT, Maker, Sql
from tests.tools.sharing.target_rules import ONE, TWO, Opened, event, events


@pytest.mark.parametrize("rule", target_rules.ALL, ids=lambda rule: rule.__name__)
def test_it_is_a_target(rule: Callable[[Opened], None], opened: Maker) -> None:
    rule(opened)


# Many who write at the same time.


def test_what_is_committed_later_is_not_missed(
    target: PostgresTarget, opened: Maker, database: str
) -> None:
    with psycopg.connect(database) as slow:
        slow.execute(INSERT, (TWO, 1, dumps(event(TWO, 1))))
        opened().push(events(ONE, 1))
        assert list(target.pull({})) == events(ONE, 1)
        slow.commit()
    assert list(target.pull({ONE: 1})) == events(TWO, 1)


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_two_windows_of_one_library_add_at_the_same_time(
    target: PostgresTarget, opened: Maker, database: str, end: str
) -> None:
    with psycopg.connect(database) as slow:
        for each in events(ONE, 1, 2):
            slow.execute(INSERT, (ONE, each.counter, dumps(each)))
        other = threading.Thread(target=opened().push, args=(events(ONE, 1, 2, 3),))
        other.start()
        assert list(target.pull({})) == []
        getattr(slow, end)()
        other.join(60)
    assert list(target.pull({})) == events(ONE, 1, 2, 3)


# Waking.


def test_an_event_of_its_own_wakes_nobody_who_has_read(target: PostgresTarget) -> None:
    assert target.wait(0)
    list(target.pull({}))
    target.push(events(ONE, 1))
    assert not target.wait(0.2)


def test_without_a_notification_it_looks_now_and_then(
    target: PostgresTarget, opened: Maker
) -> None:
    list(target.pull({}))
    assert target._connection is not None
    target._connection.execute("UNLISTEN *")
    opened().push(events(ONE, 1))
    target.look_every = 0.5
    assert target.wait(60)
    assert list(target.pull({})) == events(ONE, 1)


# What somebody does to the table, and the server to a connection.


def test_rows_that_somebody_removed_stop_their_library_alone(
    target: PostgresTarget, opened: Maker, sql: Sql
) -> None:
    target.push(events(ONE, *range(1, 6)))
    target.push(events(TWO, 1, 2))
    sql.execute("ALTER TABLE cable_tui.event DISABLE TRIGGER only_added")
    sql.execute("DELETE FROM cable_tui.event WHERE library = %s AND counter = 3", (ONE,))
    other = opened()
    assert list(other.pull({})) == [*events(ONE, 1, 2), *events(TWO, 1, 2)]
    (said,) = other.notices
    assert f"event 3 of library {ONE}: it is missing" in said
    assert list(other.pull({ONE: 3})) == [*events(ONE, 4, 5), *events(TWO, 1, 2)]
    assert other.notices == []
    assert "4 events of 2 libraries" in other.check()
    gone, _, trigger = other.notices
    assert f"event 3 of library {ONE}: it is missing" in gone
    assert "only_added" in trigger
    # Its machine sends what is missing.
    assert other.last(ONE) == event(ONE, 5)
    assert other.whole(ONE) == 2
    assert other.push(events(ONE, 3, 4, 5, 6)) == 2
    assert list(other.pull({TWO: 2})) == events(ONE, *range(1, 7))
    assert other.notices == []


def test_a_last_event_that_somebody_removed_is_noticed_by_the_next_look(
    target: PostgresTarget, sql: Sql
) -> None:
    target.push(events(ONE, 1, 2, 3))
    assert target.last(ONE) == event(ONE, 3)
    sql.execute("ALTER TABLE cable_tui.event DISABLE TRIGGER only_added")
    sql.execute("DELETE FROM cable_tui.event WHERE counter = 3")
    assert list(target.pull({})) == events(ONE, 1, 2)
    assert target.last(ONE) == event(ONE, 2)
    target.push(events(ONE, 3))
    assert list(target.pull({ONE: 2})) == events(ONE, 3)
    assert target.last(ONE) == event(ONE, 3)


def test_a_row_that_is_not_understood_stops_its_library_alone(
    target: PostgresTarget, sql: Sql
) -> None:
    newer = dumps(event(ONE, 1)).replace('"version":1', '"version":2')
    sql.execute(INSERT, (ONE, 1, newer))
    sql.execute(INSERT, (TWO, 1, dumps(event(ONE, 1))))
    target.push(events("3" * 16, 1))
    assert list(target.pull({})) == events("3" * 16, 1)
    assert "newer cable-tui" in target.notices[0]
    assert "is not the ID of its row" in target.notices[1]


@pytest.mark.usefixtures("first_rules")
def test_a_row_of_any_length_is_read_no_further_than_an_event_is_long(
    target: PostgresTarget, sql: Sql
) -> None:
    sql.execute(INSERT, (ONE, 1, "x" * (20 << 20)))
    target.push(events(TWO, 1))
    assert list(target.pull({})) == events(TWO, 1)
    assert "it is too long" in target.notices[0]
    with pytest.raises(UnreadableError, match="it is too long"):
        target.last(ONE)


def test_long_rows_are_read_few_at_once(
    target: PostgresTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    three = "3" * 16
    long = {each: [event(each, counter, "x" * 700_000) for counter in range(1, 21)]
            for each in (ONE, TWO)}  # fmt: skip
    for each in long.values():
        target.push(each)
    target.push(events(three, 1))
    most = 0
    understood = postgres.PostgresTarget._understood

    def counted(self: PostgresTarget, part: object, texts: dict[object, str], *rest: Any) -> Any:
        nonlocal most
        most = max(most, sum(map(len, texts.values())))
        return understood(self, part, texts, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(postgres.PostgresTarget, "_understood", counted)
    assert list(target.pull({ONE: 1})) == [*long[ONE][1:], *long[TWO], *events(three, 1)]
    assert 15 << 20 < most < 18 << 20


@pytest.mark.usefixtures("first_rules")
def test_heaps_of_junk_are_counted_and_no_command_in_them_reaches_the_terminal(
    target: PostgresTarget, sql: Sql
) -> None:
    for number in range(9):
        sql.execute(INSERT, (f"\x1b[2J\x1b]0;{number}", 1, "junk"))
    target.push(events(ONE, 1))
    assert list(target.pull({})) == events(ONE, 1)
    assert len(target.notices) == 6
    assert "postgres added it on 20" in target.notices[0]
    assert target.notices[-1].endswith("the same is true of 4 more libraries")
    assert all(each.isprintable() for each in target.notices)
    assert "1 event of 1 library" in target.check()


# Ends in the middle.

ADDING = """
import sys
from cable_tui.tools.sharing.postgres import PostgresTarget
from tests.tools.sharing.target_rules import events
target = PostgresTarget(sys.argv[1])
for counter in range(1, 100_000):
    target.push(events(sys.argv[2], counter))
    print(counter, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 50])
def test_a_killed_client_loses_nothing_that_was_acknowledged(
    target: PostgresTarget, database: str, acknowledged: int
) -> None:
    argv = [sys.executable, "-c", ADDING, database, ONE]
    client = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
    assert client.stdout is not None
    for _ in range(acknowledged):
        client.stdout.readline()
    client.kill()
    rest, _ = client.communicate(timeout=60)
    last = max([acknowledged, *map(int, rest.split())])
    assert len(list(target.pull({}))) >= last
