"""Two rooms in pseudo-terminals and one server: any of them is killed, and all ends equal."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive.build.indexer import index
from cable_tui.library import Library, Mark
from cable_tui.tools.sharing.postgres import PostgresTarget
from tests.postgres_server import PostgresServer

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)

from benchmarks.terminal import Terminal

HOME = "\x1b[H"
PATIENCE = 60
"""Seconds: far more than anything here needs."""


class Room:
    """A room of one reader, who shares by the settings."""

    def __init__(self, home: Path, author: str, url: str) -> None:
        demo.write(home / "cache" / "demo")
        for _ in index(home / "cache" / "demo", home / "cache", workers=0):
            pass
        (home / "config").mkdir()
        settings = f"author = {json.dumps(author)}\nsync = {json.dumps(url)}\n"
        (home / "config" / "config.toml").write_text(settings)
        self._environment = {"CABLE_TUI_HOME": str(home), "NO_COLOR": "", "PATH": os.defpath}
        self._library = home / "data" / "library.sqlite"
        self.author = author
        self.open()

    def open(self) -> None:
        """Start it and wait for its list."""
        command = [sys.executable, "-m", "cable_tui", "demo"]
        self.terminal = Terminal(command, columns=120, rows=40, environment=self._environment)
        assert self.terminal.until(lambda screen: bool(re.search(r"\d/40 newest first", screen)),
                                   PATIENCE), self.terminal.text  # fmt: skip

    def kill(self) -> None:
        """As a power cut does."""
        self.terminal.__exit__(None, None, None)

    def marks(self) -> list[Mark]:
        """What its library has on the disk."""
        with closing(Library(self._library)) as library:
            return library.marks()

    def bookmark(self, row: int) -> str:
        """Press `b` on a row that has no bookmark; the mark's uid, once it is on the disk."""
        before = {mark.uid for mark in self.marks()}
        self.terminal.send(HOME, *("j" * row), "b")
        found: list[str] = []

        def is_there() -> bool:
            new = (mark for mark in self.marks() if mark.uid not in before)
            found[:] = [mark.uid for mark in new if mark.author == self.author]
            return bool(found)

        assert _until(is_there, self.terminal), self.terminal.text
        return found[0]


def _until(holds: Callable[[], bool], *terminals: Terminal) -> bool:
    """Read from the rooms until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            return False
        for terminal in terminals:
            terminal.rest(0.05)
    return True


@pytest.mark.slow
def test_two_rooms_on_one_server_end_equal_whatever_is_killed(
    own_postgres: PostgresServer, tmp_path: Path
) -> None:
    with closing(PostgresTarget(own_postgres.url())) as target:
        target.init()
    rooms = [Room(tmp_path / name, name, own_postgres.url()) for name in ("ana", "ben")]
    try:
        marked = set()
        for turn in range(6):
            room = rooms[turn % 2]
            marked.add(room.bookmark(turn))
            if turn == 3:
                own_postgres.kill()
                own_postgres.start()
            elif turn in (1, 4):  # a room that has just bookmarked one
                room.kill()
                room.open()
        terminals = [room.terminal for room in rooms]

        def have_all() -> bool:
            return all({mark.uid for mark in room.marks()} == marked for room in rooms)

        assert _until(have_all, *terminals), [len(room.marks()) for room in rooms]
        # Each shows what the other has bookmarked, too.
        for terminal in terminals:
            assert terminal.until(lambda screen: screen.count("★") >= 6, PATIENCE), terminal.text
    finally:
        for room in rooms:
            room.kill()
