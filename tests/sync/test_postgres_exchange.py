"""Libraries that share through a server, while they and the server are killed at any moment."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from cable_tui.library import Library, Mark
from cable_tui.sync.exchange import exchange
from cable_tui.sync.postgres import PostgresTarget
from tests.postgres_server import PostgresServer
from tests.sync.conftest import Maker

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
            [sys.executable, "-m", "cable_tui", "marks", "sync", "--follow", "--json", self._url],
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
def test_whoever_is_killed_nothing_that_was_marked_is_lost(
    readers: list[Reader], own_postgres: PostgresServer
) -> None:
    chance = random.Random(1)
    marked = []
    for number in range(30):
        reader = readers[number % 3]
        name = f"09POST{number}"
        mark = Mark(name, name, note=f"note {number}", lists=("story",) if number % 2 else ())
        marked.append(reader.library.add(mark).uid)
        killed = chance.random()
        if killed < 0.1:
            own_postgres.kill()
            own_postgres.start()
        elif killed < 0.3:
            reader.kill()
            reader.follow()
    for each in readers:
        each.kill()
    with closing(PostgresTarget(own_postgres.url())) as target:
        for each in (*readers, *readers):
            exchange(each.library, target)
    assert readers[0].settled() == readers[1].settled() == readers[2].settled()
    assert {uid for uid, _, _ in readers[0].settled()[0]} == set(marked)


def test_what_one_marks_is_with_the_others_by_itself(readers: list[Reader]) -> None:
    for number, reader in enumerate(readers):
        reader.library.add(Mark(f"09POST{number}", f"09POST{number}", note=f"of {number}"))
    end = time.monotonic() + 60
    while any(len(each.library.marks()) < 3 for each in readers) and time.monotonic() < end:
        time.sleep(0.05)
    assert readers[0].settled() == readers[1].settled() == readers[2].settled()
    assert {mark.author for mark in readers[0].library.marks()} == set(AUTHORS)


@pytest.mark.parametrize("seed", range(5))
def test_any_interleaving_ends_equal(seed: int, opened: Maker, tmp_path: Path) -> None:
    chance = random.Random(seed)
    opened().init()
    with ExitStack() as made:
        libraries = [
            made.enter_context(closing(Library(tmp_path / f"{name}.sqlite", author=name)))
            for name in AUTHORS
        ]
        for number in range(60):
            library = chance.choice(libraries)
            marks = library.marks()
            doing = chance.choice(("add", "add", "note", "put", "take", "remove", "sync", "sync"))
            if doing == "sync":
                exchange(library, opened())
            elif doing == "add" or not marks:
                name = f"09POST{chance.randrange(8)}"
                library.add(Mark(name, name, note=f"note {number}"))
            elif doing == "note":
                library.note(chance.choice(marks), f"note {number}")
            elif doing == "put":
                library.put([chance.choice(marks)], chance.choice(("story", "maps")))
            elif doing == "take":
                library.lists.take([chance.choice(marks)], "story")
            else:
                library.remove(chance.choice(marks))
        target = opened()
        for library in (*libraries, *libraries):
            exchange(library, target)
        found = [library.bundle() for library in libraries]
        marks_of = [sorted((mark.uid, mark.note) for mark in each.marks) for each in found]
        assert marks_of[0] == marks_of[1] == marks_of[2]
        assert found[0].lists == found[1].lists == found[2].lists


def test_a_server_of_an_older_backup_gets_back_what_it_lacks(
    own_postgres: PostgresServer, tmp_path: Path
) -> None:
    for each in ("before", "after"):
        own_postgres.run("createdb", "-h", own_postgres.host, "-p", str(own_postgres.port),
                         "-U", "postgres", each)  # fmt: skip
    before, after = own_postgres.url("before"), own_postgres.url("after")
    with ExitStack() as made:
        ana, ben = (
            made.enter_context(closing(Library(tmp_path / f"{name}.sqlite", author=name)))
            for name in ("ana", "ben")
        )
        target = made.enter_context(closing(PostgresTarget(before)))
        target.init()
        ana.add(Mark("09POST1", "09POST1"))
        exchange(ana, target)
        exchange(ben, target)
        dump = own_postgres.folder / "dump"
        own_postgres.run("pg_dump", "-Fc", "-f", dump, before)
        ana.add(Mark("09POST2", "09POST2"))
        ben.add(Mark("09POST3", "09POST3"))
        for library in (ana, ben, ana):
            exchange(library, target)
        own_postgres.run("pg_restore", "-d", after, dump)
        again = made.enter_context(closing(PostgresTarget(after)))
        assert exchange(ana, again).sent == 1
        assert exchange(ben, again).sent == 1
        eve = made.enter_context(closing(Library(tmp_path / "eve.sqlite", author="eve")))
        exchange(eve, again)
        assert sorted(mark.canonical_id for mark in eve.marks()) == [
            "09POST1",
            "09POST2",
            "09POST3",
        ]
        assert again.check().startswith("this machine")
        assert again.notices == []
