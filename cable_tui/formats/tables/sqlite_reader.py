"""Asks the process that reads databases, within the time that a file is given.

Waiting for a hostile file uses up the file's own allowance: rows that come as quickly as usual do
not.
"""

from __future__ import annotations

import atexit
import json
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any, BinaryIO

from cable_tui.formats.child_answers import MOST_MEMORY
from cable_tui.formats.child_process import Child, NoAnswer, command, current_patience
from cable_tui.formats.packed.seekable import Key, key_of
from cable_tui.formats.tables.sqlite_process import RECORD, TOOK
from cable_tui.operating_system import confinement, files

LARGEST_IN_MEMORY = 256 << 20
"""The most bytes of a database in an archive."""
SECONDS = 30.0
"""The allowance of a file: seconds in which it may yield nothing."""
BYTES_A_SECOND = 16 << 20
"""Bytes of a file that add one second to its allowance."""
TURNS = 3
"""If little patience is wanted, the allowance is no more than this many waits."""
_ROWS_A_SECOND = 1_000
_ROW_BYTES_A_SECOND = 8 << 20
"""Rows that need at most this much CPU time cost nothing."""
_RECOVERY = 0.25
"""Seconds of allowance that are regained in an idle second."""
_LOOK = 10.0
"""Seconds for looking at one table or view."""
CHECK = 60.0
"""Seconds for the check of a whole file."""
_PROCESSES = 3
"""The number of processes that serve all databases of this one."""
_WAL = slice(18, 20)
"""The two bytes of a file's head that show that its changes go into a journal first."""
_ENDED = f"it ends its reader or needs more than {MOST_MEMORY >> 20} MiB"
COMMAND = command("cable_tui.formats.tables.sqlite_process")


class NotRead(Exception):  # noqa: N818 - what happened
    """A part of a database cannot be read; the text is the reason."""


class TooSlow(NotRead):
    """It takes longer than the file's allowance, or ends the process that reads it."""


class Allowance:
    """The seconds that a file may cost without yielding anything."""

    def __init__(self, whole: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.whole = whole
        self.spent = 0.0
        self._clock = clock
        self._last = clock()

    def left(self) -> float:
        """Return seconds that may be spent now; spent time comes back while the process is idle."""
        time_now = self._clock()
        self.spent = max(0.0, self.spent - (time_now - self._last) * _RECOVERY)
        self._last = time_now
        return self.whole - self.spent

    def spend(self, seconds: float, rows: int = 0, size: int = 0) -> None:
        """Count the time of an answer: time beyond the value of its rows is spent."""
        earned = rows / _ROWS_A_SECOND + size / _ROW_BYTES_A_SECOND
        self.spent += max(0.0, seconds - earned)
        self._last = self._clock()


class DatabaseReader:
    """One database, read by a process that others may use as well."""

    def __init__(self, file: BinaryIO, child: Child | None = None) -> None:
        self.file = file
        """The file as last opened: one in an archive is read from there."""
        self._child = child or next(_children())
        self._opened = 0
        self._path = path_of(file)
        self._key = key_of(file)
        self.size = self._path.stat().st_size if self._path else LARGEST_IN_MEMORY
        seconds_allowed = SECONDS + self.size / BYTES_A_SECOND
        self.allowance = Allowance(min(seconds_allowed, TURNS * current_patience().longest))

    def ask(self, sql: str, values: Sequence[int] = ()) -> tuple[list[str], list[list[Any]]]:
        """Return the names of the columns and a few rows. Raises `NotRead`."""
        answer, _ = self._asked({"ask": sql, "values": values}, _LOOK)
        return answer["names"], answer["rows"]

    def rows(
        self, sql: str, columns: Sequence[str], first: int = 0, *, numbered: bool
    ) -> Iterator[tuple[int, bytes]]:
        """Yield all rows of a query, from a number on, which is its parameter. Raises `NotRead`."""
        answer: dict[str, Any] = {"ended": False}
        while not answer["ended"]:
            rows_request = {"rows": sql, "first": first, "columns": columns, "numbered": numbered}
            answer, data = self._asked(rows_request)
            for row_number, packed_row in _records(data):
                yield row_number, packed_row
                first = row_number + 1
            if answer["error"]:
                raise NotRead(answer["error"])

    def row(
        self, kind: str, sql: str, columns: Sequence[str], number: int, *, numbered: bool
    ) -> bytes:
        """Return one row; empty if it was removed. `kind` is `row` or `one`. Raises `NotRead`."""
        row_request = {kind: sql, "first": number, "columns": columns, "numbered": numbered}
        answer, data = self._asked(row_request)
        while not answer["ended"]:
            answer, data = self._asked(row_request)
        return next((packed_row for _, packed_row in _records(data)), b"")

    def check(self, longest: float = CHECK) -> str:
        """Return the first fault of the whole file; empty if it has none. Raises `NotRead`."""
        try:
            with self._child.lock:
                self._open(longest)
                _, line, _ = self._exchange(b'{"check": true}', longest)
        except NoAnswer as none:
            late = f"that takes more than {longest:.0f} s"
            raise NotRead(late if none.late else str(none) or _ENDED) from None
        if "error" in line:
            raise NotRead(line["error"])
        return str(line["fault"])

    def _asked(
        self, asked: dict[str, Any], longest: float = SECONDS
    ) -> tuple[dict[str, Any], bytes]:
        seconds_left = self.allowance.left()
        if seconds_left <= 0:
            raise self._too_slow(
                f"the limit for a database of this size is {self.allowance.whole:.0f} s"
            )
        longest = min(longest, seconds_left)
        try:
            with self._child.lock:
                seconds_taken = self._open(longest)
                more_seconds, line, data = self._exchange(json.dumps(asked).encode(), longest)
        except NoAnswer as none:
            if none_text := str(none):
                raise NotRead(f"the reader of databases {none_text}") from None
            self.allowance.spend(none.seconds)
            if none.late:
                raise self._too_slow(f"it takes more than {none.seconds:.0f} s") from None
            raise self._too_slow(_ENDED) from None
        self.allowance.spend(seconds_taken + more_seconds, line.get("walked", 0), len(data))
        if "ended" not in line and "error" in line:
            raise NotRead(line["error"])
        return line, data

    def _too_slow(self, why: str) -> TooSlow:
        patience = current_patience()
        patience.lost = max(patience.lost, self.allowance.spent)
        return TooSlow(why)

    def _open(self, longest: float) -> float:
        """Let the process open this database, unless it has it open; return the time it took."""
        if confinement.possible().files:  # a process for each file: it can read no other
            self._child.hand(str(self._path.absolute()) if self._path else "", _scratch())
        start_count = self._child.start()
        if self._opened == start_count and _serving.get(self._child) is self:
            return 0.0
        if self._path and _version(self._path) != self._key:
            raise NotRead("the file has changed")
        data = b"" if self._path else _in_memory(self.file)
        open_request = {"open": str(self._path.absolute()) if self._path else None}
        seconds_taken, line, _ = self._exchange(
            json.dumps(open_request).encode() + b"\n" + data, longest
        )
        if "error" in line:
            _serving.pop(self._child, None)
            raise NotRead(line["error"])
        _serving[self._child] = self
        self._opened = start_count
        return seconds_taken

    def _exchange(self, request: bytes, longest: float) -> tuple[float, dict[str, Any], bytes]:
        """Return the time that an answer took, the answer, and its rows."""
        whole_answer = self._child.ask(request, longest)
        line, _, data = whole_answer[TOOK.size :].partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return TOOK.unpack_from(whole_answer)[0], answer, data


_serving: dict[Child, DatabaseReader] = {}
"""The database that each process has open."""


@cache
def _children() -> Iterator[Child]:
    """Yield the processes of this one, in turns."""
    children = [Child(COMMAND) for _ in range(_PROCESSES)]
    for child in children:
        atexit.register(child.close)
    return cycle(children)


@cache
def _scratch() -> str:
    """Return this user's folder for SQLite's temporary files, which have no names; empty if none.

    It stays, empty: processes that run may still need it.
    """
    folder = Path(tempfile.gettempdir(), f"cable-tui-rows-{files.user()}")
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if stat.S_ISDIR(status.st_mode) and files.is_mine(status) and not status.st_mode & 0o077:
            return str(folder)
    return ""


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    record_start = 0
    while record_start < len(data):
        row_number, size = RECORD.unpack_from(data, record_start)
        record_start += RECORD.size
        yield row_number, data[record_start : record_start + size]
        record_start += size


def _in_memory(file: BinaryIO) -> bytes:
    """Return the bytes of a database in an archive, for reading in memory. Raises `NotRead`."""
    try:
        file.seek(0)
        data = bytearray(file.read(LARGEST_IN_MEMORY + 1))
    except ValueError:  # another thread has opened the file after this one, and closed it
        raise NotRead("the file was closed meanwhile") from None
    if len(data) > LARGEST_IN_MEMORY:
        size = LARGEST_IN_MEMORY >> 20
        raise NotRead(f"a packed database of more than {size} MiB: unpack it first")
    data[_WAL] = b"\1\1"
    return bytes(data)


def _version(path: Path) -> Key:
    """Return a key of the file's state, from `key_of`; empty if the file was removed."""
    try:
        file_status = path.stat()
    except OSError:
        return ()
    return (*files.identity(file_status), file_status.st_size, file_status.st_mtime_ns)


def path_of(file: BinaryIO) -> Path | None:
    """Return the path of an opened file, if it is on the disk and still the same."""
    name = getattr(file, "name", None)
    if not isinstance(name, (str, bytes)):
        return None
    path = Path(os.fsdecode(name))
    try:
        on_disk, opened_status = path.stat(), os.fstat(file.fileno())
    except (OSError, ValueError):
        return None
    return path if files.identity(on_disk) == files.identity(opened_status) else None
