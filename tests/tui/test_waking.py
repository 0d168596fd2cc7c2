"""The room after signals that stop programs and wake them, on a terminal of its own."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from cable_tui import demo

pytest.importorskip("pyte")
pytest.importorskip("pty")

from benchmarks.terminal import Terminal

PATIENCE = 30.0
COMMAND = [sys.executable, "-m", "cable_tui"]


@pytest.fixture
def room(tmp_path: Path) -> Terminal:
    demo.write(tmp_path / "cables")
    environment = {"CABLE_TUI_HOME": str(tmp_path / "home"), "PATH": os.defpath}
    terminal = Terminal(
        [*COMMAND, str(tmp_path / "cables")], columns=80, rows=24, environment=environment
    )
    assert terminal.until(lambda screen: "1/40" in screen, PATIENCE), terminal.text
    return terminal


def _threads(room: Terminal) -> int:
    return len(list(Path(f"/proc/{room.pid}/task").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted in /proc")
def test_being_woken_without_a_stop_starts_no_second_reader_of_keys(room: Terminal) -> None:
    with room:
        room.send("j")
        assert room.until(lambda screen: "2/40" in screen, PATIENCE)
        before = _threads(room)
        for _ in range(3):
            room.kill(signal.SIGCONT)
        room.send("j")
        assert room.until(lambda screen: "3/40" in screen, PATIENCE)
        assert _threads(room) <= before
        room.send("\x11")
        assert room.wait(PATIENCE) == 0


def test_a_stop_from_outside_leaves_the_room_as_it_was(room: Terminal) -> None:
    with room:
        room.kill(signal.SIGSTOP)
        room.kill(signal.SIGCONT)
        room.send("j")
        assert room.until(lambda screen: "2/40" in screen and "10SANTORIEL19" in screen, PATIENCE)
        room.send("\x11")
        assert room.wait(PATIENCE) == 0


def test_a_terminal_that_goes_takes_the_room_with_it(room: Terminal) -> None:
    with room:
        room.kill(signal.SIGCONT)
        room.kill(signal.SIGHUP)
        room.kill(signal.SIGCONT)
        assert room.wait(PATIENCE) == 129
