from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive import index

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)

from benchmarks.terminal import Terminal
from cable_tui.tui.outlet import Outlet


class Gone:
    """A file whose reader has left."""

    def write(self, text: str) -> int:
        raise OSError(5, "Input/output error")

    def flush(self) -> None:
        raise OSError(5, "Input/output error")


def test_a_terminal_that_is_gone_takes_everything_and_lets_go() -> None:
    outlet = Outlet(Gone())  # type: ignore[arg-type]  # it is but written to
    outlet.start()
    for number in range(100):
        outlet.write(f"{number}")
    outlet.stop()
    assert not outlet.is_alive()


@pytest.mark.parametrize("keys", ["", "/lobster"], ids=["at rest", "while it paints"])
def test_a_room_ends_with_its_terminal(tmp_path: Path, keys: str) -> None:
    home, folder = tmp_path / "home", tmp_path / "cables"
    demo.write(folder)
    for _ in index(folder, home / "cache", workers=0):
        pass
    command = [sys.executable, "-m", "cable_tui", str(folder)]
    terminal = Terminal(command, environment={"CABLE_TUI_HOME": str(home)})
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
