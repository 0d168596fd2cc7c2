"""Input that is no UTF-8."""

from __future__ import annotations

import os
import signal
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from textual.drivers import linux_driver

from benchmarks.terminal import Terminal
from cable_tui.tui.textual_patches import driver_fixes
from cable_tui.tui.textual_patches.driver_fixes import TerminalWriter


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        pytest.param([b"caf\xe9"], "caf\ufffd", id="Latin-1"),
        pytest.param([b"caf\xc3", b"\xa9"], "café", id="a character cut in two reads"),
        pytest.param([b"\x9b31m"], "\ufffd31m", id="a raw C1 introducer"),
    ],
)
def test_bytes_that_are_no_text_become_the_sign_for_it(read: list[bytes], typed: str) -> None:
    driver_fixes.tolerate_bad_utf8()
    decode = linux_driver.getincrementaldecoder("utf-8")().decode  # type: ignore[attr-defined]
    assert "".join(decode(each, final=False) for each in read) + decode(b"", final=True) == typed


if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)


def contains(screen: str, text: str) -> bool:
    return text in screen


class Gone:
    """A file whose reader has left."""

    def write(self, text: str) -> int:
        raise OSError(5, "Input/output error")

    def flush(self) -> None:
        raise OSError(5, "Input/output error")


def test_a_terminal_that_is_gone_takes_everything_and_lets_go() -> None:
    outlet = TerminalWriter(Gone())  # type: ignore[arg-type]  # it is but written to
    outlet.start()
    for number in range(100):
        outlet.write(f"{number}")
    outlet.stop()
    assert not outlet.is_alive()


def _command(indexed: Path) -> list[str]:
    return [sys.executable, "-m", "cable_tui", str(indexed / "cables")]


def _environment(indexed: Path, home: Path) -> dict[str, str]:
    return {"CABLE_TUI_HOME": str(home / "home"), "CABLE_TUI_CACHE": str(indexed / "cache")}


@pytest.mark.parametrize("keys", ["", "/lobster"], ids=["at rest", "while it paints"])
def test_a_room_ends_with_its_terminal(indexed: Path, tmp_path: Path, keys: str) -> None:
    terminal = Terminal(_command(indexed), environment=_environment(indexed, tmp_path))
    terminal.until(lambda screen: "newest first" in screen, 30)
    os.write(terminal.fd, keys.encode())
    os.close(terminal.fd)
    assert _ended(terminal.pid, 20)


def _ended(pid: int, seconds: float) -> bool:
    """Whether a process ends by itself; it does not stay behind in either case."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if os.waitpid(pid, os.WNOHANG)[0]:
            return True
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return False


pytest.importorskip("pyte")
pytest.importorskip("pty")


PATIENCE = 30.0


@pytest.fixture
def room(indexed: Path, tmp_path: Path) -> Terminal:
    environment = _environment(indexed, tmp_path) | {"PATH": os.defpath}
    terminal = Terminal(_command(indexed), columns=80, rows=24, environment=environment)
    assert terminal.until(lambda screen: "1/40" in screen, PATIENCE), terminal.text
    return terminal


def _threads(room: Terminal) -> int:
    return len(list(Path(f"/proc/{room.pid}/task").iterdir()))


def _move(room: Terminal, keys: str, place: str) -> None:
    """Go to an end of the list. What is typed while the terminal is taken again is lost."""
    for _ in range(int(PATIENCE)):
        room.send(keys)
        if room.until(partial(contains, text=place), 1):
            return
    raise AssertionError(room.text)


_STOPS = 12
"""More than the room has threads for its work."""


def _leave(room: Terminal) -> None:
    """Press ^q until the room ends: a driver that starts again drops what comes meanwhile."""
    for _ in range(round(PATIENCE)):
        room.send("\x11")
        if (status := room.wait(1)) is not None:
            assert status == 0
            return
    raise AssertionError(room.text)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted in /proc")
def test_being_woken_without_a_stop_starts_no_second_reader_of_keys(room: Terminal) -> None:
    with room:
        _move(room, "G", "40/40")
        before = _threads(room)
        for number in range(_STOPS):
            room.kill(signal.SIGCONT)
            _move(room, *(("G", "40/40") if number % 2 else ("gg", " 1/40")))
        # Threads that read cables come late on a slow machine; a reader of keys came with each.
        assert _threads(room) < before + _STOPS
        _leave(room)


def test_a_stop_from_outside_leaves_the_room_as_it_was(room: Terminal) -> None:
    with room:
        room.kill(signal.SIGSTOP)
        room.kill(signal.SIGCONT)
        _move(room, "G", "40/40")
        _move(room, "gg", " 1/40")
        assert room.until(lambda screen: "10SANTORIEL19" in screen, PATIENCE), room.text
        _leave(room)


def test_a_terminal_that_goes_takes_the_room_with_it(room: Terminal) -> None:
    with room:
        room.kill(signal.SIGCONT)
        room.kill(signal.SIGHUP)
        room.kill(signal.SIGCONT)
        assert room.wait(PATIENCE) == 129
