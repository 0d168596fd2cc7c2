"""The client of the processes that read databases, which limits the time spent on each file.

Waiting for a hostile file uses up the file's own allowance; rows that arrive at the usual speed do
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
"""The maximum size of a database inside an archive that is read, in bytes."""
SECONDS = 30.0
"""The time that a file may always take without returning rows, in seconds."""
BYTES_A_SECOND = 16 << 20
"""The number of bytes of file size that add one second to the allowance."""
TURNS = 3
"""With little patience, the allowance is limited to this many times the longest wait."""
_ROWS_A_SECOND = 1_000
_ROW_BYTES_A_SECOND = 8 << 20
"""The throughput up to which the CPU time of rows is free, in rows and bytes per second."""
_RECOVERY = 0.25
"""The number of seconds of allowance regained per idle second."""
_LOOK = 10.0
"""The number of seconds allowed for examining one table or view."""
CHECK = 60.0
"""The number of seconds allowed for checking a whole file."""
_PROCESSES = 3
"""The number of reading processes for all databases."""
_PARQUET = b"PAR1"
_WAL = slice(18, 20)
"""The two bytes in a file's header that show that changes are written to a journal first."""
_ENDED = f"reading it crashes the reader or needs more than {MOST_MEMORY >> 20} MiB"
COMMAND = command("cable_tui.formats.tables.sqlite_process")


class NotRead(Exception):  # noqa: N818 - what happened
    """Raised if a part of a database cannot be read; the text is the reason."""


class TooSlow(NotRead):
    """Raised if reading exceeds the file's allowance or terminates the reading process."""


class Allowance:
    """The time that a file may take without returning any rows, in seconds."""

    def __init__(self, whole: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.whole = whole
        self.spent = 0.0
        self._clock = clock
        self._last = clock()

    def left(self) -> float:
        """Return the seconds that may be spent now; spent time is regained while idle."""
        time_now = self._clock()
        self.spent = max(0.0, self.spent - (time_now - self._last) * _RECOVERY)
        self._last = time_now
        return self.whole - self.spent

    def spend(self, seconds: float, rows: int = 0, size: int = 0) -> None:
        """Charge the time of an answer, minus the free time earned by its rows."""
        free_seconds = rows / _ROWS_A_SECOND + size / _ROW_BYTES_A_SECOND
        self.spent += max(0.0, seconds - free_seconds)
        self._last = self._clock()


class DatabaseReader:
    """One database, read by a process that may also serve other databases."""

    def __init__(
        self, file: BinaryIO, child: Child | None = None, command: Sequence[str] = COMMAND
    ) -> None:
        self.file = file
        """The file as last opened; a database inside an archive is read through it."""
        self._child = child or next(_children(tuple(command)))
        self._opened = 0
        self._path = path_of(file)
        self._key = key_of(file)
        self.size = self._path.stat().st_size if self._path else LARGEST_IN_MEMORY
        seconds_allowed = SECONDS + self.size / BYTES_A_SECOND
        self.allowance = Allowance(min(seconds_allowed, TURNS * current_patience().longest))

    def ask(self, sql: str, values: Sequence[int] = ()) -> tuple[list[str], list[list[Any]]]:
        """Return the column names and a few rows. Raises `NotRead`."""
        answer, _ = self._asked({"ask": sql, "values": values}, _LOOK)
        return answer["names"], answer["rows"]

    def rows(
        self, sql: str, columns: Sequence[str], first: int = 0, *, numbered: bool
    ) -> Iterator[tuple[int, bytes]]:
        """Yield all rows of a query, starting at a row number, which is its parameter.

        Raises `NotRead`.
        """
        answer: dict[str, Any] = {"ended": False}
        while not answer["ended"]:
            rows_request = {"rows": sql, "first": first, "columns": columns, "numbered": numbered}
            answer, rows_bytes = self._asked(rows_request)
            for row_number, packed_row in _records(rows_bytes):
                yield row_number, packed_row
                first = row_number + 1
            if answer["error"]:
                raise NotRead(answer["error"])

    def row(
        self, kind: str, sql: str, columns: Sequence[str], number: int, *, numbered: bool
    ) -> bytes:
        """Return one row, or empty bytes if it was removed. `kind` is `row` or `one`.

        Raises `NotRead`.
        """
        row_request = {kind: sql, "first": number, "columns": columns, "numbered": numbered}
        answer, row_bytes = self._asked(row_request)
        while not answer["ended"]:
            answer, row_bytes = self._asked(row_request)
        return next((packed_row for _, packed_row in _records(row_bytes)), b"")

    def check(self, longest: float = CHECK) -> str:
        """Return the first error in the whole file, or an empty string. Raises `NotRead`."""
        try:
            with self._child.lock:
                self._open(longest)
                _, answer, _ = self._exchange(b'{"check": true}', longest)
        except NoAnswer as no_answer:
            timeout_message = f"it takes more than {longest:.0f} s"
            raise NotRead(timeout_message if no_answer.late else str(no_answer) or _ENDED) from None
        if "error" in answer:
            raise NotRead(answer["error"])
        return str(answer["fault"])

    def _asked(
        self, request_fields: dict[str, Any], longest: float = SECONDS
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
                answer_seconds, answer, row_data = self._exchange(
                    json.dumps(request_fields).encode(), longest
                )
        except NoAnswer as no_answer:
            if failure_text := str(no_answer):
                raise NotRead(f"the database reader {failure_text}") from None
            self.allowance.spend(no_answer.seconds)
            if no_answer.late:
                raise self._too_slow(f"it takes more than {no_answer.seconds:.0f} s") from None
            raise self._too_slow(_ENDED) from None
        self.allowance.spend(seconds_taken + answer_seconds, answer.get("walked", 0), len(row_data))
        if "ended" not in answer and "error" in answer:
            raise NotRead(answer["error"])
        return answer, row_data

    def _too_slow(self, why: str) -> TooSlow:
        patience = current_patience()
        patience.lost = max(patience.lost, self.allowance.spent)
        return TooSlow(why)

    def _open(self, longest: float) -> float:
        """Make the process open this database if it is not open yet; return the time taken."""
        if confinement.possible().files:  # a process for each file: it can read no other
            self._child.hand(str(self._path.absolute()) if self._path else "", _scratch())
        start_count = self._child.start()
        if self._opened == start_count and _serving.get(self._child) is self:
            return 0.0
        if self._path and _version(self._path) != self._key:
            raise NotRead("the file has changed")
        database_bytes = b"" if self._path else _in_memory(self.file)
        open_request = {"open": str(self._path.absolute()) if self._path else None}
        seconds_taken, answer, _ = self._exchange(
            json.dumps(open_request).encode() + b"\n" + database_bytes, longest
        )
        if "error" in answer:
            _serving.pop(self._child, None)
            raise NotRead(answer["error"])
        _serving[self._child] = self
        self._opened = start_count
        return seconds_taken

    def _exchange(self, request: bytes, longest: float) -> tuple[float, dict[str, Any], bytes]:
        """Return the time that an answer took, the answer, and its rows."""
        whole_answer = self._child.ask(request, longest)
        answer_line, _, row_data = whole_answer[TOOK.size :].partition(b"\n")
        answer: dict[str, Any] = json.loads(answer_line)
        return TOOK.unpack_from(whole_answer)[0], answer, row_data


_serving: dict[Child, DatabaseReader] = {}
"""The database that each process has open."""


@cache
def _children(command: tuple[str, ...]) -> Iterator[Child]:
    """Yield the processes that run a command in turn."""
    children = [Child(command) for _ in range(_PROCESSES)]
    for child in children:
        atexit.register(child.close)
    return cycle(children)


@cache
def _scratch() -> str:
    """Return the user's folder for SQLite's unnamed temporary files.

    Return an empty string if the folder is not safe to use. The folder is never deleted, because
    running processes may still need it.
    """
    folder = Path(tempfile.gettempdir(), f"cable-tui-rows-{files.user()}")
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        folder_status = folder.lstat()
        if (
            stat.S_ISDIR(folder_status.st_mode)
            and files.is_mine(folder_status)
            and not folder_status.st_mode & 0o077
        ):
            return str(folder)
    return ""


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    record_start = 0
    while record_start < len(data):
        row_number, record_size = RECORD.unpack_from(data, record_start)
        record_start += RECORD.size
        yield row_number, data[record_start : record_start + record_size]
        record_start += record_size


def _in_memory(file: BinaryIO) -> bytes:
    """Return the bytes of a database inside an archive. Raises `NotRead`."""
    try:
        file.seek(0)
        database_bytes = bytearray(file.read(LARGEST_IN_MEMORY + 1))
    except ValueError:  # another thread has opened the file after this one, and closed it
        raise NotRead("the file has since been closed") from None
    if len(database_bytes) > LARGEST_IN_MEMORY:
        size_limit = LARGEST_IN_MEMORY >> 20
        raise NotRead(f"a compressed database of more than {size_limit} MiB: unpack it first")
    if not database_bytes.startswith(_PARQUET):  # which has no journal
        database_bytes[_WAL] = b"\1\1"
    return bytes(database_bytes)


def _version(path: Path) -> Key:
    """Return the key of a file's current state, as in `key_of`; empty if the file was removed."""
    return files.version_of(path) or ()


def path_of(file: BinaryIO) -> Path | None:
    """Return the path of an opened file if it is on disk and still the same file."""
    file_name = getattr(file, "name", None)
    if not isinstance(file_name, (str, bytes)):
        return None
    path = Path(os.fsdecode(file_name))
    try:
        disk_status, opened_status = path.stat(), os.fstat(file.fileno())
    except (OSError, ValueError):
        return None
    return path if files.identity(disk_status) == files.identity(opened_status) else None
