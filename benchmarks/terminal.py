"""A program in a pseudo-terminal: keys in, painted bytes out, the screen kept by pyte."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "ctrl+q": "\x11",
    "ctrl+p": "\x10",
    "ctrl+c": "\x03",
}


class Terminal:
    """One run of a program on a terminal of its own, `columns` by `rows`."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        """Every byte that the program wrote."""
        self.status: int | None = None
        """Exit status as of `os.waitstatus_to_exitcode`, once it has ended."""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm-256color", **(environment or {})})
            os.execvp(command[0], list(command))
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill(signal.SIGKILL)
        self.wait(5)
        os.close(self.fd)

    @property
    def text(self) -> str:
        """The screen as lines."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def send(self, *keys: str) -> float:
        """Type keys, by name or as they are. Returns the time of the last one."""
        for key in keys:
            os.write(self.fd, KEYS.get(key, key).encode())
        return time.perf_counter()

    def kill(self, number: signal.Signals) -> None:
        """Send a signal, unless the program has ended."""
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def until(self, holds: Callable[[str], bool], seconds: float = 10) -> float | None:
        """Read until the screen satisfies `holds`.

        Returns the time at which the bytes that made it so arrived, or None after `seconds` or the
        program's end.
        """
        deadline = time.perf_counter() + seconds
        arrived = time.perf_counter()
        while not holds(self.text):
            remaining = deadline - time.perf_counter()
            if remaining <= 0 or not self._read(remaining):
                return None
            arrived = time.perf_counter()
            self._feed()
        return arrived

    def settle(self, quiet: float = 0.3, seconds: float = 10) -> str:
        """Read until nothing came for `quiet` seconds; the screen then."""
        deadline = time.perf_counter() + seconds
        while time.perf_counter() < deadline and self._read(quiet):
            self._feed()
        return self.text

    def wait(self, seconds: float = 10) -> int | None:
        """Read on until the program has ended; its exit status, None if it has not."""
        deadline = time.perf_counter() + seconds
        while self.status is None and time.perf_counter() < deadline:
            if self._read(0.05):
                self._feed()
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status

    def _read(self, seconds: float) -> bool:
        self._chunk = b""
        if select.select([self.fd], [], [], seconds)[0]:
            with contextlib.suppress(OSError):  # EIO: the program has closed its side
                self._chunk = os.read(self.fd, 65536)
        return bool(self._chunk)

    def _feed(self) -> None:
        self.raw += self._chunk
        self.stream.feed(self._chunk)
