"""The research log: all searches whose answer was viewed, in a file next to the bookmarks.

The file has one JSON object per line, and lines are only added, so any program can read it. A
damaged line is skipped and counted. Another window may write at the same time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.base.errors import LibraryError
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.value import Value, as_json
from cable_tui.operating_system.files import opened, read_small
from cable_tui.program import shared_file
from cable_tui.program.settings import write_private
from cable_tui.query.parser import from_older
from cable_tui.text.cleaning import json_text

if TYPE_CHECKING:
    from cable_tui.base.kinds import Raw

TAIL = 64 << 10
"""The number of bytes at the end of the file in which to search for an earlier entry on the
archive.
"""
LARGEST = 64 << 20
"""The maximum number of bytes in a log, enough for some 200,000 searches."""
LONGEST = 4096
"""The maximum number of characters to keep from a query."""


class SearchedArchive(NamedTuple):
    """The state of an archive when it was searched."""

    archive: str
    """The path of the archive."""
    cables: int
    generation: int
    """The generation of its catalogue. If the number changes, the cables may have changed."""
    fingerprint: str
    """The fingerprint of its cables; see `archive.fingerprint`."""


class Search(NamedTuple):
    """A search and its result."""

    query: str
    found: int
    """The number of cables found, which may be 0."""
    partial: bool = False
    """Whether some texts were not indexed yet."""
    way: str = "room"
    """Where the search was made: `room`, `room export`, or the name of a command."""


class Entry(Value):
    """One search in the log."""

    at: str
    """When the search was made, in UTC in ISO 8601 format."""
    search: Search
    searched: SearchedArchive


class Log(NamedTuple):
    """The content of a log."""

    entries: tuple[Entry, ...]
    """The searches, oldest first."""
    damaged: int = 0
    """The number of damaged lines."""

    def of(self, archive: Path) -> Log:
        """Return the log with only the searches in one archive."""
        archive_path = _utf8(str(archive))
        return self._replace(
            entries=tuple(entry for entry in self.entries if entry.searched.archive == archive_path)
        )


def file_beside(library: Path) -> Path:
    """Return the log file next to a library."""
    return library.with_name("research-log.jsonl")


def known_archive(file: Path, archive: Path, generation: int) -> SearchedArchive | None:
    """Return an archive's state in its last logged search, or None if unknown or changed since."""
    try:
        with opened(file) as stream:
            stream.seek(max(0, stream.seek(0, os.SEEK_END) - TAIL))
            log_lines = stream.read(TAIL).splitlines()
    except OSError:
        return None
    archive_path = _utf8(str(archive))
    for log_line in reversed(log_lines):
        with suppress(
            ValueError, TypeError, LookupError, RecursionError
        ):  # what is cut or of another program
            entry_fields = json.loads(log_line)
            logged_archive = SearchedArchive(
                *(entry_fields[field_name] for field_name in SearchedArchive._fields)
            )
            if (logged_archive.archive, logged_archive.generation) == (archive_path, generation):
                return logged_archive
    return None


def add(file: Path, searched: SearchedArchive, searches: Sequence[Search]) -> None:
    """Add searches in an archive. Raises `LibraryError`."""
    time_of_search = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    new_lines = [_line(Entry(time_of_search, search, searched)) for search in searches]
    with shared_file.changing(file):
        # A line that was cut by a full disk or a kill stays a line of its own.
        line_is_cut = not _ends_with_line_end(file)
        write_private(file, "\n" * line_is_cut + "".join(new_lines), append=True)


def read(file: Path) -> Log:
    """Return the content of a log, which is empty if there is no file. Raises `LibraryError`."""
    try:
        log_lines = read_small(file, LARGEST).splitlines()
    except FileNotFoundError:
        return Log(())
    except OSError as error:
        next_step = "move it elsewhere; the next search begins a new log"
        raise LibraryError(f"{file}: cannot be read: {error.strerror}; {next_step}") from error
    parsed_entries = [_entry(line) for line in log_lines if line]
    known_entries = tuple(entry for entry in parsed_entries if entry is not None)
    return Log(known_entries, len(parsed_entries) - len(known_entries))


def forget(file: Path, archive: Path, _: object = None) -> int:
    """Permanently remove an archive's searches; return how many. Raises `LibraryError`.

    Unreadable lines are also removed, because it is unknown which archive they belong to.
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
    """Yield the last search of each run of equal searches, with the length of the run."""

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
    """A line of the log: the time, then the fields of search and archive in order."""

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
    """Return the search in a line, or None if the line is damaged."""
    from cable_tui.text.untrusted import json_value  # a search reads only its own entry
    from cable_tui.text.untrusted import read as read_json

    try:
        searched_at, query_text, *other_fields = read_json(
            _Line, json_value(line)
        ).__dict__.values()
    except ValueError:
        return None
    return Entry(
        searched_at,
        Search(from_older(query_text), *other_fields[:3]),
        SearchedArchive(*other_fields[3:]),
    )


def _utf8(text: str) -> str:
    """Replace halves of surrogate pairs, which come from bytes that cannot be decoded."""
    return text.encode("utf-8", "replace").decode("utf-8")
