"""A separate process that answers requests, and is killed if an answer takes too long.

A PDF and a database are programs for somebody else's interpreter: a hostile one can hang it, end it
or take all memory. That happens in the other process, and the next request starts a new one.
`child_answers` is its inside.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from math import inf
from weakref import WeakSet

from cable_tui.formats.child_answers import SIZE
from cable_tui.operating_system.processes import apart

MOST_ANSWER = 1 << 28
"""The most bytes of an answer; a longer one counts as missing."""
_LONGEST_START = 60.0
"""The most seconds until a process has begun."""
_LOOK_EVERY = 0.1
"""Seconds between two checks of the time."""


class NoAnswer(Exception):  # noqa: N818 - what happened
    """A request has no answer; the text says why, if the process did not start."""

    def __init__(self, why: str = "", *, late: bool = False, seconds: float = 0.0) -> None:
        super().__init__(why)
        self.late = late
        """It took longer than allowed; otherwise the process has ended."""
        self.seconds = seconds
        """Seconds that the program waited for it."""


class Patience:
    """The time to wait for one answer of a child process, and the time that was lost."""

    def __init__(self, longest: float = inf) -> None:
        self.longest = longest
        self.lost = 0.0
        """Seconds spent without an answer."""


_patience: ContextVar[Patience | None] = ContextVar("patience", default=None)


@contextmanager
def patience(longest: float) -> Iterator[Patience]:
    """Wait at most `longest` seconds for each answer, while the block runs."""
    token = _patience.set(Patience(longest))
    try:
        yield current_patience()
    finally:
        _patience.reset(token)


def current_patience() -> Patience:
    """Return the patience of the running block; without limits outside of any."""
    return _patience.get() or Patience()


def command(module: str) -> tuple[str, ...]:
    """Return the command line of a module.

    `-P` keeps Python from importing out of a folder of cables.
    """
    return (sys.executable, "-P", "-m", module)


_children: WeakSet[Child] = WeakSet()


def end_all() -> None:
    """End every process now, even if its answer is awaited: the caller gets no answer."""
    for child in list(_children):
        child.kill()


class Child:
    """One process, started at the first request and again after it was killed."""

    most_answer = MOST_ANSWER

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._watch = _Watch()
        self._handed = ("", "")
        _children.add(self)
        self.lock = threading.RLock()
        """Held while waiting for an answer; also to send requests that belong together."""
        self.started = 0
        """Number of started processes: if it changes, the state of earlier requests is
        lost."""

    def ask(self, request: bytes, longest: float) -> bytes:
        """Return the answer to a request, within `longest` seconds. Raises `NoAnswer`."""
        with self.lock:
            process = self._running()
            return self._received(process, request, min(longest, current_patience().longest))

    def _received(self, process: subprocess.Popen[bytes], request: bytes, longest: float) -> bytes:
        """Return the answer to a request; the first names the files that are handed over."""
        begin_time = time.monotonic()
        self._watch.begin(process, begin_time + longest)
        answer_read = None
        try:
            answer_read = _exchange(process, request, self.most_answer)
        finally:
            is_late = self._watch.end()
            if answer_read is None:
                self.close()
        if answer_read is None:
            raise NoAnswer(late=is_late, seconds=time.monotonic() - begin_time)
        return answer_read

    def hand(self, file: str, scratch: str) -> None:
        """Let the process read a file, and write in a folder of temporary files; empty for none.

        It gives up all others as it begins, so that one that runs with another file is ended.
        """
        with self.lock:
            if self._handed != (file, scratch):
                self.close()
                self._handed = (file, scratch)

    def start(self) -> int:
        """Start the process if none runs; return its number. Raises `NoAnswer`."""
        with self.lock:
            self._running()
            return self.started

    def kill(self) -> None:
        """Kill the process, also while another thread waits for it."""
        if (process := self._process) is not None:
            process.kill()

    def close(self) -> None:
        """End the process, and forget it."""
        with self.lock:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):  # bytes that it does not take any more
                    pipe.close()
        process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            file, scratch = self._handed
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,  # ^C in the terminal is for the program
                    creationflags=apart(),
                    # SQLite asks for it as it is loaded.
                    env={**os.environ, "SQLITE_TMPDIR": scratch} if scratch else None,
                )
            except OSError as error:
                raise NoAnswer(f"does not start: {error.strerror}") from error
            self.started += 1
            # That takes long on a busy machine, and is no fault of what is to be read.
            try:
                self._received(self._process, json.dumps((file, scratch)).encode(), _LONGEST_START)
            except NoAnswer:
                raise NoAnswer("does not start: it ends, or does not answer") from None
        return self._process


class _Watch:
    """Kills a process that has not answered in time.

    Its thread lives on while one request follows the other: starting one costs as much as a row.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._until = inf
        self._late = self._runs = False

    def begin(self, process: subprocess.Popen[bytes], until: float) -> None:
        """Set a time limit for a process."""
        with self._lock:
            self._process, self._until, self._late = process, until, False
            if not self._runs:
                self._runs = True
                threading.Thread(target=self._run, daemon=True).start()

    def end(self) -> bool:
        """Note that the answer has come, or will not. Return whether it was too late."""
        with self._lock:
            self._process = None
            return self._late

    def _run(self) -> None:
        while True:
            with self._lock:
                seconds_left = self._until - time.monotonic()
                if self._process is None or seconds_left <= 0:
                    self._runs = False
                    if self._process is not None:
                        self._late = True
                        self._process.kill()
                    return
            time.sleep(min(seconds_left, _LOOK_EVERY))


def _exchange(process: subprocess.Popen[bytes], request: bytes, most: int) -> bytes | None:
    """Return the answer to a request; None if the process ended before."""
    requests, answers = process.stdin, process.stdout
    if requests is None or answers is None:
        return None
    try:
        requests.write(SIZE.pack(len(request)))
        requests.write(request)
        requests.flush()
        size_bytes = answers.read(SIZE.size)
        if len(size_bytes) < SIZE.size:
            return None
        length = SIZE.unpack(size_bytes)[0]
        answer = answers.read(length) if length <= most else b""
    except OSError:
        return None
    return answer if len(answer) == length else None
