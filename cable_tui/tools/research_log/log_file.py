"""The research log: every search whose answer was looked at, in a file beside the bookmarks.

One JSON object a line, only ever added to, so that any program reads it.
A line that is damaged is skipped and counted. Another window may write at the same time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import Value, as_json
from cable_tui.operating_system.files import opened, read_small
from cable_tui.program import shared_file
from cable_tui.program.settings import write_private
from cable_tui.query.parser import from_older
from cable_tui.text.cleaning import json_text

if TYPE_CHECKING:
    from cable_tui.base.kinds import Raw

TAIL = 64 << 10
"""Bytes at the end of the file in which an earlier entry of the archive is looked for."""
LARGEST = 64 << 20
"""The most bytes of a log: some 200,000 searches."""
LONGEST = 4096
"""The most characters of a query that are kept."""


class SearchedArchive(NamedTuple):
    """An archive as it was when it was searched."""

    archive: str
    """Its path."""
    cables: int
    generation: int
    """The generation of its catalogue: another number may mean other cables."""
    fingerprint: str
    """The fingerprint of its cables: see `archive.fingerprint`."""


class Search(NamedTuple):
    """A search and its result."""

    query: str
    found: int
    """The number of cables; 0 is an answer too."""
    partial: bool = False
    """Whether texts were not yet indexed."""
    way: str = "room"
    """The place of the search: `room`, `room export`, or the name of a command."""


class Entry(Value):
    """One search of the log."""

    at: str
    """ISO 8601, UTC."""
    search: Search
    searched: SearchedArchive


class Log(NamedTuple):
    """The content of a log."""

    entries: tuple[Entry, ...]
    """The oldest first."""
    damaged: int = 0
    """The number of damaged lines."""

    def of(self, archive: Path) -> Log:
        """Return the searches of one archive."""
        name = _utf8(str(archive))
        return self._replace(entries=tuple(e for e in self.entries if e.searched.archive == name))


def file_beside(library: Path) -> Path:
    """Return the log next to a library."""
    return library.with_name("research-log.jsonl")


def known_archive(file: Path, archive: Path, generation: int) -> SearchedArchive | None:
    """Return an archive from its last logged search; None without one or if it has changed."""
    try:
        with opened(file) as stream:
            stream.seek(max(0, stream.seek(0, os.SEEK_END) - TAIL))
            lines = stream.read(TAIL).splitlines()
    except OSError:
        return None
    name = _utf8(str(archive))
    for log_line in reversed(lines):
        with suppress(
            ValueError, TypeError, LookupError, RecursionError
        ):  # what is cut or of another program
            fields = json.loads(log_line)
            searched = SearchedArchive(*(fields[field] for field in SearchedArchive._fields))
            if (searched.archive, searched.generation) == (name, generation):
                return searched
    return None


def add(file: Path, searched: SearchedArchive, searches: Sequence[Search]) -> None:
    """Add searches of an archive. Raises `LibraryError`."""
    time_of_search = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [_line(Entry(time_of_search, search, searched)) for search in searches]
    with shared_file.changing(file):
        # A line that was cut by a full disk or a kill stays a line of its own.
        line_is_cut = not _ends_with_line_end(file)
        write_private(file, "\n" * line_is_cut + "".join(lines), append=True)


def read(file: Path) -> Log:
    """Return the content of a log; empty if there is no file. Raises `LibraryError`."""
    try:
        lines = read_small(file, LARGEST).splitlines()
    except FileNotFoundError:
        return Log(())
    except OSError as error:
        step = "move it elsewhere; the next search begins a new log"
        raise LibraryError(f"{file}: cannot be read: {error.strerror}; {step}") from error
    parsed_entries = [_entry(line) for line in lines if line]
    known_entries = tuple(entry for entry in parsed_entries if entry is not None)
    return Log(known_entries, len(parsed_entries) - len(known_entries))


def forget(file: Path, archive: Path, _: object = None) -> int:
    """Remove the searches of an archive for good; return how many. Raises `LibraryError`.

    Unreadable lines are removed too: their archive is unknown.
    """
    if not file.exists():
        return 0
    with shared_file.changing(file):
        log = read(file)
        entries_of_archive = set(log.of(archive).entries)
        if entries_of_archive:
            kept_entries = [entry for entry in log.entries if entry not in entries_of_archive]
            shared_file.replace(file, "".join(map(_line, kept_entries)))
        return len(log.entries) - len(kept_entries) if entries_of_archive else 0


def runs(entries: Sequence[Entry]) -> Iterator[tuple[Entry, int]]:
    """Yield searches, immediate repetitions as one: the last of each run, and the run's length."""

    def asked(entry: Entry) -> object:
        return entry.search, entry.searched.archive, entry.searched.fingerprint

    for _, same_entries in groupby(entries, asked):
        *entries_before, last_entry = same_entries
        yield last_entry, len(entries_before) + 1


def _ends_with_line_end(file: Path) -> bool:
    try:
        with opened(file) as stream:
            stream.seek(-1, os.SEEK_END)
            return stream.read() == b"\n"
    except OSError:  # there is no file, or nothing in it
        return True


class _Line(Value):
    """A line: the time, then the fields of both parts in order."""

    at: Raw
    query: Raw
    count: int
    partial: bool
    way: Raw
    archive: Raw
    cables: int
    generation: int
    fingerprint: Raw


def _line(entry: Entry) -> str:
    search = entry.search._replace(query=_utf8(entry.search.query)[:LONGEST])
    searched = entry.searched._replace(archive=_utf8(entry.searched.archive))
    return json_text(as_json(_Line(entry.at, *search, *searched))) + "\n"


def _entry(line: bytes) -> Entry | None:
    """Return the search of a line; None if the line is damaged."""
    from cable_tui.text.untrusted import json_value  # a search reads only its own entry
    from cable_tui.text.untrusted import read as read_json

    try:
        at, query, *rest = read_json(_Line, json_value(line)).__dict__.values()
    except ValueError:
        return None
    return Entry(at, Search(from_older(query), *rest[:3]), SearchedArchive(*rest[3:]))


def _utf8(text: str) -> str:
    """Remove halves of surrogate pairs: they come from bytes that cannot be decoded."""
    return text.encode("utf-8", "replace").decode("utf-8")
