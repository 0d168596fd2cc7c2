"""A program in a pseudo-terminal: keys in, painted bytes out, the screen kept by pyte.

Drawing a full screen takes pyte longer than the program took to paint it, and bytes that arrive
meanwhile are seen late. What is timed is therefore looked for in the bytes themselves (`written`)
and drawn afterwards.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
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


_STEERING = re.compile(rb"\x1b(?:\[[0-9;:?<>=]*[ -/]*[@-~]|[\]P][^\x07\x1b]*(?:\x07|\x1b\\)|[ -~])")
"""Sequences that command a terminal; what remains is text."""


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
        self.pieces: list[tuple[float, int]] = []
        """When bytes arrived, and how many there were then in all."""
        self._drawn = 0
        """Bytes of `raw` that the screen has."""
        self._sent_at = 0
        """Bytes of `raw` before the last key."""
        self.status: int | None = None
        """Exit status as of `os.waitstatus_to_exitcode`, once it has ended."""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            # Whoever starts this in the background has ^C ignored; in a terminal it is not.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
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
        self._draw()
        return self.lines()

    def replay(self) -> Iterator[float]:
        """Draw what has not been drawn, piece by piece as it arrived: the time of each piece."""
        for time_, end in self.pieces:
            if end > self._drawn:
                self.stream.feed(bytes(self.raw[self._drawn : end]))
                self._drawn = end
                yield time_

    def lines(self, *rows: int) -> str:
        """Some rows of what has been drawn, negative ones from below; without any, all of them.

        pyte's own `display` fails where half of a wide character was drawn over.
        """
        cells = range(self.screen.columns)
        chosen = rows or range(self.screen.lines)
        found = (self.screen.buffer[row % self.screen.lines] for row in chosen)
        return "\n".join("".join(line[x].data for x in cells).rstrip() for line in found)

    def send(self, *keys: str) -> float:
        """Type keys, by name or as they are. Returns the time at which the last one was sent."""
        sent = time.perf_counter()
        for key in keys:
            self._sent_at = len(self.raw)
            sent = time.perf_counter()
            os.write(self.fd, KEYS.get(key, key).encode())
        return sent

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
        return arrived

    def written(self, wanted: re.Pattern[bytes], seconds: float = 10) -> float | None:
        """Read until the text written since the last key has `wanted`; nothing is drawn meanwhile.

        Returns the time at which its last byte arrived, or None as `until` does.
        """
        deadline = time.perf_counter() + seconds
        arrived = time.perf_counter()
        while not wanted.search(_STEERING.sub(b"", self.raw[self._sent_at :])):
            remaining = deadline - time.perf_counter()
            if remaining <= 0 or not self._read(remaining):
                return None
            arrived = time.perf_counter()
        return arrived

    def settle(self, quiet: float = 0.3, seconds: float = 10) -> str:
        """Read until nothing came for `quiet` seconds; the screen then."""
        deadline = time.perf_counter() + seconds
        while time.perf_counter() < deadline and self._read(quiet):
            continue
        return self.text

    def idle(self, quiet: float = 0.15, seconds: float = 30) -> str:
        """Read until the program has neither written nor computed for `quiet` seconds; the screen.

        Unlike `settle` it does not depend on how busy the machine is. Linux only.
        """
        deadline = time.perf_counter() + seconds
        since, spent = time.perf_counter(), _spent(self.pid)
        while (now := time.perf_counter()) < deadline and now - since < quiet:
            read = self._read(quiet / 5)
            if read or (used := _spent(self.pid)) != spent:
                since, spent = time.perf_counter(), _spent(self.pid) if read else used
        return self.text

    def rest(self, seconds: float) -> None:
        """Read for so long, so that the program never waits for its terminal."""
        end = time.perf_counter() + seconds
        while (remaining := end - time.perf_counter()) > 0 and self.status is None:
            self._read(remaining)

    def wait(self, seconds: float = 10) -> int | None:
        """Read on until the program has ended; its exit status, None if it has not."""
        deadline = time.perf_counter() + seconds
        while self.status is None and time.perf_counter() < deadline:
            self._read(0.05)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status

    def _read(self, seconds: float) -> bool:
        chunk = b""
        if select.select([self.fd], [], [], seconds)[0]:
            with contextlib.suppress(OSError):  # EIO: the program has closed its side
                chunk = os.read(self.fd, 65536)
        if chunk:
            self.raw += chunk
            self.pieces.append((time.perf_counter(), len(self.raw)))
        return bool(chunk)

    def _draw(self) -> None:
        waiting = bytes(self.raw[self._drawn :])
        self._drawn += len(waiting)
        self.stream.feed(waiting)


def _spent(pid: int) -> tuple[str, ...]:
    """What a process has computed so far, and of each thread whether it computes or reads."""
    found: list[str] = []
    for thread in Path(f"/proc/{pid}/task").glob("*/stat"):
        with contextlib.suppress(OSError):  # it has just ended
            fields = thread.read_text().rpartition(")")[2].split()
            found += (fields[0], *fields[11:13])
    return ("busy", str(time.perf_counter())) if {"R", "D"} & {*found} else tuple(found)


class Throttled(Terminal):
    """A terminal at the far end of a slow line: with limited bits a second, and a delay."""

    RATE = 1_000_000
    """Bits a second."""
    DELAY = 0.15
    """Seconds from the program to the eye and back."""
    _PIECE = 1024

    _free_at = 0.0

    def _read(self, seconds: float) -> bool:
        end = time.perf_counter() + seconds
        wait = min(self._free_at - time.perf_counter(), seconds)
        if wait > 0:
            time.sleep(wait)
        remaining = end - time.perf_counter()
        if remaining <= 0 or not select.select([self.fd], [], [], remaining)[0]:
            return False
        chunk = b""
        with contextlib.suppress(OSError):  # EIO: the program has closed its side
            chunk = os.read(self.fd, self._PIECE)
        now = time.perf_counter()
        self._free_at = now + len(chunk) * 8 / self.RATE
        if chunk:
            self.raw += chunk
            self.pieces.append((self._free_at + self.DELAY, len(self.raw)))
        return bool(chunk)
