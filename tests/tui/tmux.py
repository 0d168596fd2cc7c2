"""A terminal inside of tmux, to be driven as a pseudo-terminal is."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

TMUX = shutil.which("tmux")
EVERY = 0.05
"""Seconds between two looks at the screen."""


class Tmux:
    """A server of its own with one window; it ends with the `with` block."""

    def __init__(
        self, command: Sequence[str], columns: int, rows: int, environment: Mapping[str, str]
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="tmux-")
        self._socket = str(Path(self._folder.name) / "socket")
        variables = [f"{name}={value}" for name, value in environment.items()]
        self._run("-f", "/dev/null", "new-session", "-d", "-s", "room", "-x", str(columns), "-y",
                  str(rows), "env", *variables, *command)  # fmt: skip

    def _run(self, *words: str) -> str:
        assert TMUX is not None
        done = subprocess.run(
            [TMUX, "-S", self._socket, *words], capture_output=True, text=True, check=False
        )
        return done.stdout

    def __enter__(self) -> Tmux:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._run("kill-server")
        self._folder.cleanup()  # tmux leaves its socket

    @property
    def text(self) -> str:
        """The screen."""
        return self._run("capture-pane", "-p", "-t", "room")

    @property
    def buffer(self) -> str:
        """What was copied last inside of it; empty where nothing was."""
        return self._run("show-buffer")

    def send(self, keys: str) -> None:
        """Bytes as a keyboard sends them."""
        if keys:
            self._run("send-keys", "-t", "room", "-H", *(f"{byte:02x}" for byte in keys.encode()))

    def until(self, holds: Callable[[str], bool], patience: float) -> float | None:
        """Look until a screen is as it should be; None where it does not come."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if holds(self.text):
                return time.monotonic()
            time.sleep(EVERY)
        return None

    def ended(self, patience: float) -> bool:
        """Whether the program has ended, and the window with it."""
        return self.until(lambda screen: not screen.strip(), patience) is not None
