"""A file of events, one per line after its checksum; lines are only ever added.

1a2b3c4d {"version": 1, "library": "0f...", "counter": 7, ...}

A last line without a line ending is still being written, by a program or by whatever copies the
file here, so readers wait for it. A complete line that does not match its checksum is damaged.

Whatever copies a file between machines may also lose whole lines or reorder them. Readers wait at
the first missing event, and the library that owns the file rewrites it (`look`, `write_again`).
"""

from __future__ import annotations

import os
import stat
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cable_tui.base.pattern import pattern
from cable_tui.operating_system import files
from cable_tui.tools.sharing import events
from cable_tui.tools.sharing.events import Event, NewerEventError

_LONGEST = events.LARGEST + 16
"""The maximum number of bytes in a line."""
_LEAP = 1 << 14
"""The distance, in bytes, below which lines are read rather than skipped."""
_BEGIN = pattern(rb'[0-9a-f]{8} \{"version":1,"library":"([0-9a-f]{16})","counter":([0-9]{1,16}),')
"""The beginning of an event's line. Parsing the whole line takes ten times as long."""


class DamagedLineError(Exception):
    """A line that is not an event of its library, or not the next event."""


class Own(NamedTuple):
    """The content of the library's own file of events."""

    end: int = 0
    """The offset of the end of its last complete line."""
    whole: int = 0
    """The counter up to which its events follow one another without gaps."""
    last: Event | None = None
    """The event with the highest counter."""
    beyond: frozenset[int] = frozenset()
    """The counters of events that follow a missing event."""
    is_sound: bool = True
    """Whether all lines are events from the library, in order of rising counters."""


NOTHING = Own()


def line_of(event: Event) -> bytes:
    """Return the line of an event, with its line ending."""
    text = events.dumps(event).encode()
    return b"%08x %b\n" % (zlib.crc32(text), text)


def read(file: Path, library: str, since: int) -> Iterator[Event]:
    """Yield a library's events after a counter, as long as they follow one another without gaps.

    Raises `DamagedLineError` at a line that is not an event, after yielding the valid events before
    it, and `OSError` if the file cannot be read.
    """
    with os.fdopen(files.open_regular(os.fsencode(file)), "rb") as stream:
        _skip(stream, library, since)
        while line := stream.readline(_LONGEST):
            if not line.endswith(b"\n") and len(line) < _LONGEST:
                return
            event = _event(line, library)
            if event.counter > since + 1:
                first_lost, last_lost = since + 1, event.counter - 1
                events_are = (
                    f"event {first_lost:,} is"
                    if first_lost == last_lost
                    else f"events {first_lost:,} to {last_lost:,} are"
                )
                raise DamagedLineError(f"{events_are} missing")
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
        raise DamagedLineError("a line is not an event") from None
    if event.library != library:
        raise DamagedLineError("a line belongs to another library")
    return event


def _text(line: bytes) -> bytes:
    return line[9:].rstrip(b"\r\n")  # git may have changed the ends of lines


def _is_whole(line: bytes) -> bool:
    return line[:9] == b"%08x " % zlib.crc32(_text(line))


def _skip(stream: BinaryIO, library: str, since: int) -> None:
    """Seek to the line of `since` or an earlier one, by bisection, because the counters rise."""
    search_start, search_end = 0, os.fstat(stream.fileno()).st_size if since else 0
    while search_end - search_start > _LEAP:
        middle_offset = (search_start + search_end) // 2
        stream.seek(middle_offset)
        stream.readline(_LONGEST)  # the rest of the line in which the middle is
        start = stream.tell()
        try:
            is_before = (
                start < search_end and _event(stream.readline(_LONGEST), library).counter <= since
            )
        except DamagedLineError:
            is_before = False
        search_start, search_end = (
            (start, search_end) if is_before else (search_start, middle_offset)
        )
    stream.seek(search_start)


class _Lines:
    """The lines of the library's own file, with the offset of the first line of each counter."""

    def __init__(self, stream: BinaryIO, library: str) -> None:
        self.stream = stream
        self.library = library
        self._name = library.encode()
        self.starts: dict[int, int] = {}
        self.end = 0
        self.is_sound = True
        highest_counter = 0
        for start, line in _whole_lines(stream):
            self.end = start + len(line)
            counter = self._counter(line)
            self.is_sound &= counter is not None and counter > highest_counter
            if counter is not None:
                self.starts.setdefault(counter, start)
                highest_counter = max(highest_counter, counter)

    def _counter(self, line: bytes) -> int | None:
        """Return the counter of an event of the library, or None if the line is something else."""
        begin = _BEGIN.match(line)
        if begin is not None and begin[1] == self._name:
            return int(begin[2]) if _is_whole(line) else None
        try:
            return _event(line, self.library).counter
        except DamagedLineError:
            return None

    def at(self, counter: int) -> bytes:
        """Return the line of a counter, with its line ending as `line_of` writes it."""
        self.stream.seek(self.starts[counter])
        line = self.stream.readline(_LONGEST)
        return b"%b%b\n" % (line[:9], _text(line))

    def last(self) -> Event | None:
        """Return the event with the highest counter, and ignore events that cannot be parsed."""
        while self.starts:
            highest_counter = max(self.starts)
            try:
                return _event(self.at(highest_counter), self.library)
            except DamagedLineError:
                self.is_sound = False
                del self.starts[highest_counter]
        return None

    def lost(self) -> Iterator[bytes]:
        """Yield the lines that are not events from the library, or that repeat a counter."""
        for start, line in _whole_lines(self.stream):
            counter = self._counter(line)
            if counter not in self.starts:
                yield line
            elif self.starts[counter] != start:
                offset_after = self.stream.tell()
                if _text(self.at(counter)) != _text(line):
                    yield line
                self.stream.seek(offset_after)


def _whole_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines with their offsets, without an incomplete last line.

    A line that is too long for an event is yielded in pieces.
    """
    stream.seek(0)
    line_start, is_piece_of_line = 0, False
    while line := stream.readline(_LONGEST):
        has_end = line.endswith(b"\n")
        if not has_end and len(line) < _LONGEST and not is_piece_of_line:
            return
        yield line_start, line
        line_start += len(line)
        is_piece_of_line = not has_end


def look(file: Path, library: str) -> Own:
    """Return the content of an own file. Raises `OSError`."""
    with os.fdopen(files.open_regular(os.fsencode(file)), "rb") as stream:
        lines = _Lines(stream, library)
        last_event = lines.last()
    whole_events = 0
    while whole_events + 1 in lines.starts:
        whole_events += 1
    counters_beyond = frozenset(lines.starts) - frozenset(range(whole_events + 1))
    return Own(lines.end, whole_events, last_event, counters_beyond, lines.is_sound)


def append(file: Path, own: Own, added: Sequence[Event]) -> Own:
    """Append events to a sound and complete file, and return its content, then on disk.

    An incomplete line is overwritten. Raises `OSError`; `look` then shows what was written.
    """
    is_new_file = not file.exists()
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(file, flags, 0o666), "r+b") as stream:
        stream.seek(own.end)
        stream.truncate()
        stream.writelines(map(line_of, added))
        end = stream.tell()
        files.flush(stream)
    if is_new_file:
        files.flush_folder(file.parent)
    return Own(end, added[-1].counter, added[-1])


def write_again(file: Path, library: str, added: Sequence[Event] = ()) -> Path | None:
    """Rewrite a file's events together with these, in counter order, in a single step.

    A program that reads the file meanwhile sees the old file or the new one. A line that is not an
    event from the library is kept in the returned file next to it. If this raises `OSError`, the
    file is unchanged.
    """
    part_file = file.with_name(f".{file.name}.part")
    damaged_file = file.with_name(f"{file.name}.damaged-{time.time_ns()}")
    try:
        with os.fdopen(files.open_regular(os.fsencode(file)), "rb") as stream:
            lines = _Lines(stream, library)
            lines.last()
            by_counter = {event.counter: event for event in added}
            files.remove(part_file)  # of a program that was killed
            with part_file.open("xb") as new_stream:
                with suppress(OSError):  # a share or a stick may know no modes
                    part_file.chmod(stat.S_IMODE(os.fstat(stream.fileno()).st_mode))
                for counter in sorted(lines.starts.keys() | by_counter):
                    is_known = counter in lines.starts
                    new_stream.write(
                        lines.at(counter) if is_known else line_of(by_counter[counter])
                    )
                files.flush(new_stream)
            is_kept = _keep(damaged_file, lines.lost())
        files.replace(part_file, file)
    finally:
        files.remove(part_file)
    files.flush_folder(file.parent)
    return damaged_file if is_kept else None


def _keep(file: Path, lines: Iterator[bytes]) -> bool:
    """Write lines to a new file if there are any, and return whether there were."""
    first_line = next(lines, None)
    if first_line is None:
        return False
    with file.open("xb") as new_stream:
        new_stream.write(first_line)
        new_stream.writelines(lines)
        files.flush(new_stream)
    return True
