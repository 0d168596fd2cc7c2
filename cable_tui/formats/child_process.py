"""A separate process that answers requests, and is killed if an answer takes too long.

A PDF or a database is a program for another interpreter: a hostile file can crash it, make it hang,
or exhaust memory. That then happens in the other process, and the next request starts a new one.
`child_answers` is the code that runs inside it.
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
"""The maximum size of an answer in bytes; a longer answer is treated as missing."""
_LONGEST_START = 60.0
"""The maximum time, in seconds, that a process may take to start."""
_LOOK_EVERY = 0.1
"""The number of seconds between two checks of the time limit."""


class NoAnswer(Exception):  # noqa: N818 - what happened
    """Raised if a request was not answered.

    The text gives the reason if the process did not start.
    """

    def __init__(self, why: str = "", *, late: bool = False, seconds: float = 0.0) -> None:
        super().__init__(why)
        self.late = late
        """Whether the answer took longer than allowed; if not, the process has ended."""
        self.seconds = seconds
        """How many seconds the program waited for the answer."""


class Patience:
    """The time to wait for one answer of a child process, and the time lost so far."""

    def __init__(self, longest: float = inf) -> None:
        self.longest = longest
        self.lost = 0.0
        """The number of seconds spent without getting an answer."""


_patience: ContextVar[Patience | None] = ContextVar("patience", default=None)


@contextmanager
def patience(longest: float) -> Iterator[Patience]:
    """Limit the wait for each answer to `longest` seconds while the block runs."""
    token = _patience.set(Patience(longest))
    try:
        yield current_patience()
    finally:
        _patience.reset(token)


def current_patience() -> Patience:
    """Return the patience of the running block, or one without limits outside such a block."""
    return _patience.get() or Patience()


def command(module: str) -> tuple[str, ...]:
    """Return the command line that runs a module.

    `-P` stops Python importing modules from a folder of cables.
    """
    return (sys.executable, "-P", "-m", module)


_children: WeakSet[Child] = WeakSet()


def end_all() -> None:
    """End every process now; callers that wait for an answer get `NoAnswer`."""
    for child in list(_children):
        child.kill()


class Child:
    """One child process, started on the first request and restarted after being killed."""

    most_answer = MOST_ANSWER

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._watch = _Watch()
        self._handed = ("", "")
        _children.add(self)
        self.lock = threading.RLock()
        """A lock held while a caller waits for an answer, and by callers that send several related
        requests.
        """
        self.started = 0
        """The number of processes started so far. If it changes, the state from earlier requests is
        lost.
        """

    def ask(self, request: bytes, longest: float) -> bytes:
        """Return the answer to a request within `longest` seconds. Raises `NoAnswer`."""
        with self.lock:
            process = self._running()
            return self._received(process, request, min(longest, current_patience().longest))

    def _received(self, process: subprocess.Popen[bytes], request: bytes, longest: float) -> bytes:
        """Return the answer to a request; the first request lists the allowed files."""
        start_time = time.monotonic()
        self._watch.begin(process, start_time + longest)
        answer = None
        try:
            answer = _exchange(process, request, self.most_answer)
        finally:
            is_late = self._watch.end()
            if answer is None:
                self.close()
        if answer is None:
            raise NoAnswer(late=is_late, seconds=time.monotonic() - start_time)
        return answer

    def hand(self, file: str, scratch: str) -> None:
        """Set the file that the process may read, and the folder for its temporary files, if any.

        A process drops access to all other files when it starts, so a process for another file is
        ended.
        """
        with self.lock:
            if self._handed != (file, scratch):
                self.close()
                self._handed = (file, scratch)

    def start(self) -> int:
        """Start the process if none is running; return how many were started. Raises `NoAnswer`."""
        with self.lock:
            self._running()
            return self.started

    def kill(self) -> None:
        """Kill the process, even while another thread waits for it."""
        if (process := self._process) is not None:
            process.kill()

    def close(self) -> None:
        """End the process and forget it."""
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
            allowed_file, scratch_folder = self._handed
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,  # ^C in the terminal is for the program
                    creationflags=apart(),
                    # SQLite asks for it as it is loaded.
                    env={**os.environ, "SQLITE_TMPDIR": scratch_folder} if scratch_folder else None,
                )
            except OSError as error:
                raise NoAnswer(f"does not start: {error.strerror}") from error
            self.started += 1
            # That takes long on a busy machine, and is no fault of what is to be read.
            try:
                self._received(
                    self._process,
                    json.dumps((allowed_file, scratch_folder)).encode(),
                    _LONGEST_START,
                )
            except NoAnswer:
                raise NoAnswer("does not start: it exits or does not respond") from None
        return self._process


class _Watch:
    """Kills a process that has not answered in time.

    Its thread stays alive between successive requests, because starting a thread takes as long as
    reading a row.
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
        """Remove the time limit. Return whether it had passed."""
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
    """Return the answer to a request, or None if the process ended first."""
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
        answer_size = SIZE.unpack(size_bytes)[0]
        answer = answers.read(answer_size) if answer_size <= most else b""
    except OSError:
        return None
    return answer if len(answer) == answer_size else None
