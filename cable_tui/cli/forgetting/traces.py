"""What one reader has left of one archive, and its removal: the user, or a visitor in a browser."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from cable_tui import last_position, research_log
from cable_tui.archive import cache
from cable_tui.archive.catalogue import schema
from cable_tui.background.unsaved_bookmarks import forget_unwritten
from cable_tui.errors import CacheError
from cable_tui.library import Forgotten, Library, Mark
from cable_tui.operating_system.files import true_path
from cable_tui.settings import Paths, last_archive
from cable_tui.text.numbers import counted


class Cables(NamedTuple):
    """The canonical ids of an archive's cables, as its cache has them."""

    ids: frozenset[str] | None
    """None where there is no cache that could be read."""
    all: bool
    """Whether the archive was read to its end."""

    @classmethod
    def of(cls, folder: Path) -> Cables:
        """Those of the cache in a folder."""
        try:
            with closing(schema.open_reader(cache.readable(folder))) as db:
                found = db.execute("SELECT canonical FROM cable")
                ids = frozenset(str(each) for (each,) in found)
                return cls(ids, schema.get_state(db, "walked") == "1")
        except (CacheError, sqlite3.Error):
            return cls(None, all=False)

    def has(self, canonical_id: str) -> bool:
        """Whether a cable is of the archive, as far as that is known."""
        return self.ids is not None and canonical_id in self.ids


class OfArchive(NamedTuple):
    """Which archive is forgotten."""

    path: Path
    name: str
    """Of its cache's folder."""
    cables: Cables


class Traces(NamedTuple):
    """What was removed of one reader's traces."""

    library: Forgotten
    history: bool
    last_archive: bool
    searches: int
    """Of the research log."""

    def __bool__(self) -> bool:
        found = self.library
        return any((found.read, found.changes, found.marks, found.copies, *self[1:]))

    def in_words(self, whose: tuple[str, str] = ("you", "your")) -> Iterator[str]:
        """What was removed, part by part."""
        found = self.library
        reader, own = whose
        if self.history:
            yield f"where {reader} were in it and what {reader} searched there"
        if self.searches:
            searches = "search" if self.searches == 1 else "searches"
            yield f"{self.searches:,} {searches} of the research log"
        if self.last_archive:
            yield "that it was opened last"
        if found.read:
            yield f"that {reader} read {counted(found.read, 'cable')} of it"
        if found.changes:
            yield f"{counted(found.changes, 'earlier state')} of bookmarks and notes"
        if found.marks:
            yield counted(found.marks, "bookmark")
        yield from (f"the list {name}" for name in found.lists)
        if found.copies:
            yield f"all that from {_copies(found.copies)} of {own} bookmarks"


def _copies(number: int) -> str:
    return "1 dated copy" if number == 1 else f"{number:,} dated copies"


def with_notes(marks: Sequence[Mark]) -> str:
    """`2 bookmarks (1 note)`."""
    notes = sum(bool(mark.note) for mark in marks)
    return counted(len(marks), "bookmark") + (f" ({counted(notes, 'note')})" if notes else "")


def forget_traces(paths: Paths, library: Library, archive: OfArchive, *, marks: bool) -> Traces:
    """Remove the traces of an archive from a reader's places.

    Raises `CacheError` and `LibraryError`.
    """
    log = research_log.file_beside(paths.library)
    return Traces(
        _forget_in_library(library, archive.cables, marks=marks),
        _forget_position(paths, archive.name),
        _forget_last_archive(paths, archive.path),
        research_log.forget(log, true_path(archive.path)),
    )


def _forget_in_library(library: Library, cables: Cables, *, marks: bool) -> Forgotten:
    if cables.ids is None or not library.path.exists():
        return Forgotten()
    forget_unwritten(library, cables.has, marks=marks)
    return library.forget(cables.has, marks=marks)


def _forget_position(paths: Paths, name: str) -> bool:
    try:
        return last_position.forget(last_position.file_of(paths.state, name))
    except OSError as error:
        raise CacheError(f"{error.filename}: cannot be removed: {error.strerror}") from error


def _forget_last_archive(paths: Paths, path: Path) -> bool:
    """Forget that the archive was the one opened last; whether it was."""
    last = last_archive(paths.last_archive)
    if last is None or true_path(last) != true_path(path):
        return False
    paths.last_archive.unlink(missing_ok=True)
    return True
