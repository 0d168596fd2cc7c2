"""`pick`: the room on stderr, references on stdout."""

from __future__ import annotations

import fcntl
import os
import pty
import selectors
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from typing import Any

import pytest

from cable_tui.cli import pick
from tests.cli.conftest import Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")


@pytest.mark.parametrize(
    "case",
    [([], 1, ""), (["09ZENDA3"], 0, "09ZENDA3\n"), (["A", "B"], 0, "A\nB\n")],
)
def test_the_chosen_references_are_data(
    run: Run,
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[list[str], int, str],
) -> None:
    chosen, status, out = case
    asked: dict[str, Any] = {}

    def enter(call: object, path: Path, **named: Any) -> int:
        asked.update(named, path=path)
        named["chosen"][:] = chosen
        return 0

    monkeypatch.setattr(pick, "enter", enter)
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    done = run("pick", archive, "-tag:KTIP", "ships")
    assert (done.status, done.out) == (status, out)
    assert (asked["path"], asked["query"]) == (archive, "-tag:KTIP ships")


def test_without_a_terminal_it_says_what_it_needs(spawn: Run, archive: Path) -> None:
    done = spawn("pick", archive)
    assert done.status == 2
    assert "must be a terminal" in done.err


@pytest.mark.parametrize("case", [(b" \r", 0, 1), (b"\x11", 1, 0)])
def test_a_program_gets_what_a_reader_chose_on_a_terminal(
    run: Run, archive: Path, tmp_path: Path, case: tuple[bytes, int, int]
) -> None:
    keys, status, lines = case
    assert run("index", archive).status == 0
    out = tmp_path / "out"
    pid, screen = pty.fork()
    if pid == 0:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(descriptor, 1)
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.environ["TERM"] = "xterm-256color"
        command = [sys.executable, "-m", "cable_tui", "pick", str(archive), "--no-color"]
        os.execv(sys.executable, command)
    shown, pressed, until = b"", False, time.monotonic() + 60
    waiting = selectors.DefaultSelector()  # `select` takes no descriptor above 1,023
    waiting.register(screen, selectors.EVENT_READ)
    try:
        while time.monotonic() < until:
            if waiting.select(0.1):
                shown += os.read(screen, 65536)
            if not pressed and b"Choose" in shown:
                os.write(screen, keys)
                pressed = True
        os.kill(pid, signal.SIGKILL)
    except OSError:  # the program has gone
        pass
    _, ended = os.waitpid(pid, 0)
    waiting.close()
    os.close(screen)
    assert os.waitstatus_to_exitcode(ended) == status, shown[-300:]
    assert len(out.read_text().splitlines()) == lines
