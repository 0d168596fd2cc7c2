"""The terminal, where it may go away and where it may not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cable_tui.operating_system import terminals
from tests.operating_system.systems import become, module


def test_a_terminal_that_cannot_be_asked_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: object) -> None:
        raise OSError(5, "Input/output error")

    become(monkeypatch, "linux", termios=module(tcgetattr=gone, error=ValueError))
    assert not terminals.is_there()


def test_where_nothing_asks_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    become(monkeypatch, "win32", termios=None)
    assert terminals.is_there()


@pytest.mark.parametrize(("platform", "same"), [("win32", True), ("linux", False)])
def test_the_room_is_drawn_on_stderr_where_it_would_be_drawn_on_stdout(
    monkeypatch: pytest.MonkeyPatch, platform: str, same: bool
) -> None:
    become(monkeypatch, platform)
    monkeypatch.setattr(sys, "__stdout__", object())
    terminals.draw_on_stderr()
    assert (sys.__stdout__ is sys.__stderr__) is same


CASES = {
    "stdin": (0,),
    "stdout": (1,),
    "stderr": (2,),
    "stdin and stdout": (0, 1),
    "all": (0, 1, 2),
}
_LOOK = """
import os, sys
for number in CLOSED:
    os.close(number)
    setattr(sys, ("stdin", "stdout", "stderr")[number], None)
from cable_tui.operating_system.terminals import open_closed_streams
open_closed_streams()
numbers = [stream.fileno() for stream in (sys.stdin, sys.stdout, sys.stderr)]
read = sys.stdin.read() if 0 in CLOSED else ""
print("data"); print("talk", file=sys.stderr)
with open(FILE, "w") as file:
    file.write(f"{numbers} {read!r} {file.fileno() > 2}")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="numbers of open files of POSIX")
@pytest.mark.parametrize("closed", CASES.values(), ids=CASES)
def test_a_closed_stream_becomes_the_null_device_under_its_own_number(
    closed: tuple[int, ...], tmp_path: Path
) -> None:
    file = tmp_path / "seen"
    code = _LOOK.replace("CLOSED", repr(closed)).replace("FILE", repr(str(file)))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert file.read_text(encoding="utf-8") == "[0, 1, 2] '' True"
    assert done.stdout == (b"" if 1 in closed else b"data\n")
    assert done.stderr == (b"" if 2 in closed else b"talk\n")
