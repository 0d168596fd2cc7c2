"""The room in a window that is made smaller and larger, faster than it paints."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive.build.indexer import index

pytest.importorskip("pyte")
pytest.importorskip("pty")

import fcntl
import termios

from benchmarks.terminal import Terminal

PATIENCE = 30.0


def _resize(terminal: Terminal, columns: int, rows: int) -> None:
    """As a terminal does it: what no longer fits is cropped, then the program is told."""
    terminal.screen.resize(rows, columns)
    fcntl.ioctl(terminal.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


@pytest.mark.parametrize("way", [[(80, 24), (170, 45)], [(119, 40)]])
def test_a_window_that_is_as_large_as_before_right_away_looks_as_before(
    tmp_path: Path, way: list[tuple[int, int]]
) -> None:
    demo.write(tmp_path / "cables")
    for _ in index(tmp_path / "cables", tmp_path / "home" / "cache", workers=0):
        pass
    environment = {"CABLE_TUI_HOME": str(tmp_path / "home"), "PATH": os.defpath}
    command = [sys.executable, "-m", "cable_tui", str(tmp_path / "cables"), "--no-index"]
    with Terminal(command, environment=environment) as terminal:
        assert terminal.until(lambda screen: "1/40" in screen, PATIENCE), terminal.text
        before = terminal.settle()
        for size in (*way, (120, 40)):
            _resize(terminal, *size)
        assert terminal.until(lambda screen: screen == before, PATIENCE), terminal.text
