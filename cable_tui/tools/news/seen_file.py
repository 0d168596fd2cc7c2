"""The cables that the reader has seen in each saved search: `news.json` next to the bookmarks.

    {"format": "cable-tui news", "version": 1,
     "searches": [{"archive", "query", "since", "seen": ["09RABAT1 1a2b3c4d", ...]}]}

An entry belongs to an archive and the text of a query, so a renamed search keeps its entry. Each
cable is written with its records, as in the fingerprint of an archive. Cables are only added: a
cable that leaves a search and returns is not new. A change is applied to the current content of the
file, under a lock, and the new file replaces the old one in a single step, so no change made by
another window is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import Value, as_json
from cable_tui.library.connection import now
from cable_tui.library.sqlite_file import utf8
from cable_tui.operating_system.files import read_small
from cable_tui.program import shared_file
from cable_tui.text.cleaning import json_text
from cable_tui.text.untrusted import json_value
from cable_tui.text.untrusted import read as read_json

if TYPE_CHECKING:
    from cable_tui.base.kinds import Instant, Raw

FORMAT = "cable-tui news"
VERSION = 1
LARGEST = 256 << 20
"""The maximum number of bytes to read: some forty searches that find 250,000 cables each."""
Records = Mapping[str, str]
"""The records of cables by canonical ID: `09RABAT1` has `1a2b3c4d 5e6f7a8b`."""


class Seen(Value):
    """The cables of a search in an archive that the reader has seen."""

    archive: Raw
    """The path of the archive."""
    query: Raw
    since: Instant
    """The time when the reader last opened the search, or when the program first counted its
    results.
    """
    seen: tuple[Raw, ...]
    """The seen cables, each with its records, separated by spaces."""

    @property
    def records(self) -> Records:
        """The records that the reader has seen, by cable."""
        return {cable: records for cable, _, records in (line.partition(" ") for line in self.seen)}


class _NewsFile(Value):
    format: str
    version: int
    searches: tuple[Seen, ...]


def file_beside(library: Path) -> Path:
    """Return the path of the file next to a library."""
    return library.with_name("news.json")


def read(file: Path) -> tuple[Seen, ...]:
    """Return all entries, or none if there is no file. Raises `LibraryError`."""
    try:
        parsed_value = json_value(read_small(file, LARGEST))
        if not isinstance(parsed_value, dict) or parsed_value.get("format") != FORMAT:
            raise ValueError(f'its "format" is not "{FORMAT}"')
        if parsed_value.get("version") != VERSION:
            raise ValueError("another version of cable-tui wrote it")
        return read_json(_NewsFile, parsed_value).searches
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise LibraryError(
            f"{file}: cannot be read: {reason}; move it elsewhere, and saved searches count new "
            "cables from then on"
        ) from error


def of_archive(file: Path, archive: Path) -> dict[str, Seen]:
    """Return the entries of an archive, by query. Raises `LibraryError`."""
    archive_path = utf8(str(archive))
    return {entry.query: entry for entry in read(file) if entry.archive == archive_path}


def begin(file: Path, archive: Path, found: Mapping[str, Records]) -> None:
    """Start following searches from their present results. Raises `LibraryError`.

    A search that another window already follows is unchanged.
    """
    _change(file, lambda entries: _with(entries, archive, found, again=False))


def look(file: Path, archive: Path, found: Mapping[str, Records]) -> None:
    """Record that the reader has seen the present results of searches. Raises `LibraryError`."""
    _change(file, lambda entries: _with(entries, archive, found, again=True))


def forget(file: Path, archive: Path, _: object = None) -> int:
    """Permanently remove an archive; return the number of its searches. Raises `LibraryError`."""
    archive_path = utf8(str(archive))
    removed_searches = of_archive(file, archive)
    if removed_searches:
        _change(file, lambda all_: tuple(entry for entry in all_ if entry.archive != archive_path))
    return len(removed_searches)


def _with(
    entries: tuple[Seen, ...], archive: Path, found: Mapping[str, Records], *, again: bool
) -> tuple[Seen, ...]:
    archive_path, time = utf8(str(archive)), now()
    entry_by_key = {(entry.archive, entry.query): entry for entry in entries}
    for query, records in found.items():
        key = archive_path, utf8(query)
        known_entry = entry_by_key.get(key)
        if known_entry is not None and not again:
            continue
        all_records = {**(known_entry.records if known_entry else {}), **records}
        lines = tuple(f"{cable} {of_cable}" for cable, of_cable in all_records.items())
        entry_by_key[key] = Seen(*key, time, lines)
    return tuple(entry_by_key.values())


def _change(file: Path, edit: Callable[[tuple[Seen, ...]], tuple[Seen, ...]]) -> None:
    with shared_file.changing(file):
        entries_before = read(file)
        entries = edit(entries_before)
        if entries != entries_before:
            news_file = _NewsFile(FORMAT, VERSION, entries)
            shared_file.replace(file, json_text(as_json(news_file)) + "\n")
