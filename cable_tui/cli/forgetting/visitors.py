"""What visitors in browsers have left of an archive: each has a home beside the user's library.

A home in which nothing else is left goes as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from cable_tui import research_log, running
from cable_tui.cli.forgetting.traces import Cables, OfArchive, Traces, forget_traces, with_notes
from cable_tui.errors import CableTuiError
from cable_tui.library import Library, Mark, people_file
from cable_tui.operating_system import files
from cable_tui.settings import Paths, below

_NAMED = 8
"""Characters of the name of a home that a sentence has."""


class Visitor(NamedTuple):
    """One visitor's home, and what became of it."""

    home: Path
    traces: Traces | None
    """None where it could not be cleaned."""
    kept: tuple[Mark, ...] = ()
    """Bookmarks of the archive that stay."""
    gone: bool = False
    """Whether nothing else was in the home, so that it went."""
    failure: str = ""

    @property
    def value(self) -> dict[str, Any]:
        """Of the JSON."""
        found = self.traces.library if self.traces else None
        return {
            "home": str(self.home),
            "read": found.read if found else 0,
            "marks": found.marks if found else 0,
            "marks_kept_of_it": len(self.kept),
            "removed": self.gone,
        }

    def sentences(self) -> Iterator[str]:
        """What was removed, and what stays."""
        name = f"visitor {self.home.name[:_NAMED]}"
        if self.failure:
            yield f"{name}: {self.failure}"
        if self.gone:
            yield f"{name}: forgotten, with the home {self.home}: nothing else was in it"
        elif self.traces:
            yield f"{name}: forgotten: {', '.join(self.traces.in_words(('they', 'their')))}"
        if self.kept:
            yield f"{name}: kept of it: {with_notes(self.kept)}; forget --all removes them"


def homes(paths: Paths) -> list[Path]:
    """The homes of all visitors; no link is followed."""
    found = paths.visitors.iterdir() if paths.visitors.is_dir() else ()
    return sorted(each for each in found if each.is_dir() and not each.is_symlink())


def marks_of(home: Path, cables: Cables) -> list[Mark]:
    """A visitor's bookmarks of the archive. Raises `LibraryError`."""
    with closing(Library(below(home).library)) as library:
        return [mark for mark in library.marks() if cables.has(mark.canonical_id)]


def forget_visitor(home: Path, archive: OfArchive, *, marks: bool) -> Visitor:
    """Remove what a visitor has left of an archive; what fails is said in the answer."""
    paths = below(home)
    try:
        with closing(Library(paths.library)) as library:
            found = forget_traces(paths, library, archive, marks=marks)
            left = library.marks()
            kept = tuple(mark for mark in left if archive.cables.has(mark.canonical_id))
            empty = not (left or library.lists.names() or library.searches.names())
        gone = bool(found) and empty and not _has_more(paths)
        if gone:
            files.remove_tree(home)
    except (CableTuiError, OSError) as error:
        return Visitor(home, None, failure=str(error))
    return Visitor(home, found, kept, gone)


def _has_more(paths: Paths) -> bool:
    """Whether there is something of other archives, or a name that was confirmed."""
    library = paths.library
    others = (
        people_file.file_beside(library),
        paths.last_archive,
        research_log.file_beside(library),
        *(paths.state / "trails").glob("*"),
        *running.folder_of(paths.state).glob("*.open"),
    )
    return any(each.exists() and each.stat().st_size > 0 for each in others)
