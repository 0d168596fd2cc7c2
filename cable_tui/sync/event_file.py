"""A file of events: one a line, each behind its checksum, only ever added to.

    1a2b3c4d {"version": 1, "library": "0f...", "counter": 7, ...}

A last line without its end is still being written, by a program or by what carries the file here:
it is waited for. A whole line that is not what its checksum says is damage.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cable_tui.library.sharing import events
from cable_tui.library.sharing.events import Event, NewerEventError
from cable_tui.operating_system import files

_LONGEST = events.LARGEST + 16
"""Bytes of a line at most."""
_LEAP = 1 << 14
"""Bytes that are rather read than skipped."""


class DamagedLineError(Exception):
    """A line that is no event of its library, or not the next one."""


class Place(NamedTuple):
    """How far a file is good."""

    start: int
    """Bytes up to the last good line ..."""
    end: int
    """... and up to its end."""
    last: Event | None


NOTHING = Place(0, 0, None)


def line_of(event: Event) -> bytes:
    """The line of an event, with its end."""
    text = events.dumps(event).encode()
    return b"%08x %b\n" % (zlib.crc32(text), text)


def read(file: Path, library: str, since: int) -> Iterator[Event]:
    """The events of a library behind a counter, as many as follow each other without a gap.

    Raises `DamagedLineError` at what is no event, once the good ones before it were given;
    `OSError` where the file cannot be read.
    """
    with os.fdopen(files.open_regular(os.fsencode(file)), "rb") as stream:
        _skip(stream, library, since)
        while line := stream.readline(_LONGEST):
            if not line.endswith(b"\n") and len(line) < _LONGEST:
                return
            event = _event(line, library)
            if event.counter > since + 1:
                raise DamagedLineError(f"events {since + 1} to {event.counter - 1} are missing")
            if event.counter == since + 1:
                since += 1
                yield event


def _event(line: bytes, library: str) -> Event:
    if not _is_whole(line):
        raise DamagedLineError("a line was changed")
    try:
        event = events.loads(_text(line))
    except NewerEventError as error:
        raise DamagedLineError(str(error)) from error
    except ValueError:
        raise DamagedLineError("a line is no event") from None
    if event.library != library:
        raise DamagedLineError("a line is of another library")
    return event


def _text(line: bytes) -> bytes:
    return line[9:].rstrip(b"\r\n")  # git may have changed the ends of lines


def _is_whole(line: bytes) -> bool:
    return line[:9] == b"%08x " % zlib.crc32(_text(line))


def _skip(stream: BinaryIO, library: str, since: int) -> None:
    """Go to the line of `since`, or one before it: by halves, as the counters rise."""
    low, high = 0, os.fstat(stream.fileno()).st_size if since else 0
    while high - low > _LEAP:
        middle = (low + high) // 2
        stream.seek(middle)
        stream.readline(_LONGEST)  # the rest of the line in which the middle is
        start = stream.tell()
        try:
            before = start < high and _event(stream.readline(_LONGEST), library).counter <= since
        except DamagedLineError:
            before = False
        low, high = (start, high) if before else (low, middle)
    stream.seek(low)


def good_part(file: Path, library: str, known: Place = NOTHING) -> Place:
    """How far an own file is good, read on from the last line that was known. Raises `OSError`.

    Its lines are what their checksums say: the last one alone is understood. Where that one is
    another than was known, what carries the files has put another one here.
    """
    good = b""
    with os.fdopen(files.open_regular(os.fsencode(file)), "rb") as stream:
        start = end = known.start if _is_there(stream, library, known) else 0
        stream.seek(end)
        while (line := stream.readline(_LONGEST)).endswith(b"\n") and _is_whole(line):
            good = line
            start, end = end, end + len(line)
    try:
        return Place(start, end, _event(good, library) if good else None)
    except DamagedLineError:
        return NOTHING


def _is_there(stream: BinaryIO, library: str, known: Place) -> bool:
    stream.seek(known.start)
    line = stream.readline(_LONGEST)
    try:
        return line.endswith(b"\n") and _event(line, library) == known.last
    except DamagedLineError:
        return False


def append(file: Path, end: int, added: Sequence[Event]) -> Place:
    """Write events behind the good part of a file: how far it is good then. They are on the disk.

    What stands behind the good part is an own line that broke off, or damage: that is kept beside
    the file. Raises `OSError`; what was written by then is found by `good_part`.
    """
    new = not file.exists()
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(file, flags, 0o666), "r+b") as stream:
        stream.seek(end)
        rest = stream.read(_LONGEST)
        if b"\n" in rest or len(rest) == _LONGEST:
            stream.seek(end)
            with file.with_name(f"{file.name}.damaged-{time.time_ns()}").open("xb") as kept:
                while piece := stream.read(_LONGEST):
                    kept.write(piece)
        stream.seek(end)
        stream.truncate()
        for event in added:
            start = stream.tell()
            stream.write(line_of(event))
        end = stream.tell()
        files.flush(stream)
    if new:
        files.flush_folder(file.parent)
    return Place(start, end, added[-1])
