"""`cable-tui forget`: removes what the program keeps of an archive, not the archive itself."""

from __future__ import annotations

import argparse
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

from cable_tui import last_position, research_log
from cable_tui.archive.cache import lock, read_only
from cable_tui.archive.cache.location import cache_folder
from cable_tui.archive.catalogue import schema
from cable_tui.background.unsaved_bookmarks import forget_unwritten
from cable_tui.cli.context import Context, emit_json, say
from cable_tui.cli.forgetting.confirmation import confirmed
from cable_tui.errors import CacheError, NotFoundError, UsageError
from cable_tui.library import Forgotten, Library, Mark
from cable_tui.operating_system.files import still_open, true_path
from cable_tui.text.counted import counted


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "path",
        nargs="?",
        metavar="PATH",
        type=Path,
        help="an archive; it need not be there any more",
    )
    parser.add_argument(
        "--all", action="store_true", help="your bookmarks and notes of its cables, too; asks first"
    )
    parser.add_argument(
        "--everything",
        action="store_true",
        help="all that the program keeps of all archives, your settings too; asks first",
    )
    parser.add_argument("--yes", action="store_true", help="do not ask, for scripts")
    parser.add_argument("--json", action="store_true", help="what was removed, as one JSON object")


def run(context: Context) -> int:
    """Remove it and say what stays; 1 where the answer was no. Raises `NotFoundError`."""
    options = context.options
    if options.everything:
        from cable_tui.cli.forgetting import forget_everything

        return forget_everything.run(context)
    if options.path is None:
        raise UsageError("forget needs a PATH, or --everything (see cable-tui forget --help)")
    path = options.path.expanduser()
    folder = cache_folder(path, context.paths.cache)
    if options.all and _Cables.of(folder).ids is None and os.access(path, os.F_OK):
        _index(context, path)
    size = _size(folder)
    with ExitStack() as stack:
        # A builder would only make it again.
        held = stack.enter_context(lock.building(folder)) if size else None
        cables = _Cables.of(folder)
        library = stack.enter_context(closing(Library(context.paths.library)))
        if options.all and not _may_remove_marks(context, path, library, cables):
            return 1
        removed = _Removed(
            _forget_in_library(library, cables, marks=options.all),
            size,
            _forget_position(context, folder.name),
            _forget_last_archive(context, path),
            research_log.forget(_log(context), true_path(path)),
        )
        if held is not None:
            _remove(folder, held)
        copied = context.paths.clipboard if context.paths.clipboard.exists() else None
        searches = library.searches.names()
        report = _Report(path, removed, cables, library.marks(), searches, copied)
    if not removed:
        raise NotFoundError(_nothing(path, report))
    if options.json:
        emit_json(_value(report))
    else:
        for sentence in _sentences(report, foreign=not read_only.is_own(folder)):
            say(sentence)
    return 0


class _Cables(NamedTuple):
    """The canonical ids of an archive's cables, as its cache has them."""

    ids: frozenset[str] | None
    """None where there is no cache that could be read."""
    all: bool
    """Whether the archive was read to its end."""

    @classmethod
    def of(cls, folder: Path) -> _Cables:
        try:
            with closing(schema.open_reader(read_only.readable(folder))) as db:
                found = db.execute("SELECT canonical FROM cable")
                ids = frozenset(str(each) for (each,) in found)
                return cls(ids, schema.get_state(db, "walked") == "1")
        except (CacheError, sqlite3.Error):
            return cls(None, all=False)

    def has(self, canonical_id: str) -> bool:
        return self.ids is not None and canonical_id in self.ids


class _Removed(NamedTuple):
    library: Forgotten
    cache: int
    """Bytes."""
    history: bool
    last_archive: bool
    searches: int
    """Of the research log."""

    def __bool__(self) -> bool:
        found = self.library
        return any((found.read, found.changes, found.marks, found.copies, *self[1:]))


class _Report(NamedTuple):
    path: Path
    removed: _Removed
    cables: _Cables
    marks: list[Mark]
    """All that are left, of any archive."""
    searches: list[str]
    copied: Path | None
    """The file of the text that was copied last, of whichever archive."""

    @property
    def of_it(self) -> list[Mark]:
        """Those of the archive."""
        return [mark for mark in self.marks if self.cables.has(mark.canonical_id)]


def _index(context: Context, path: Path) -> None:
    """Read which cables an archive has, where no cache says it (any more)."""
    # Imported late: nearly always there is a cache.
    from cable_tui.archive.build.indexer import index
    from cable_tui.cli.open_archive import cache_root
    from cable_tui.cli.progress_line import run_with_progress

    frus_all = context.settings.frus_all
    run_with_progress(index(path, cache_root(context), passes=("facts",), frus_all=frus_all))


def _size(folder: Path) -> int:
    """Bytes of a cache that is the reader's own; a file with two names counts once."""
    # `exists` fails below what may not be entered.
    if not os.access(folder, os.F_OK) or not read_only.is_own(folder):
        return 0
    infos = [each.lstat() for each in folder.rglob("*") if each.is_file()]
    return sum({(info.st_dev, info.st_ino): info.st_size for info in infos}.values()) or 1


def _remove(folder: Path, held: lock.Held) -> None:
    try:
        held.remove_cache()
    except OSError as error:
        reason = f"{error.strerror}{still_open(error)}"
        raise CacheError(f"{folder}: cannot be removed: {reason}") from error


def _may_remove_marks(context: Context, path: Path, library: Library, cables: _Cables) -> bool:
    """Ask, naming what would go. Raises `CacheError` where nobody knows which marks are of it."""
    everything = library.marks()
    if everything and cables.ids is None:
        raise CacheError(
            f"{path}: which of your bookmarks are of it is not known without its cache; "
            "nothing was removed (forget --everything needs no cache)"
        )
    marks = [mark for mark in everything if cables.has(mark.canonical_id)]
    others = {name for mark in everything if mark not in marks for name in mark.lists}
    lists = sorted({name for mark in marks for name in mark.lists} - others)
    named = f", and with them the lists {', '.join(lists)}" if lists else ""
    if not marks:
        return True
    return confirmed(context, f"{path}: {_with_notes(marks)} of its cables will go{named}.")


def _with_notes(marks: list[Mark]) -> str:
    notes = sum(bool(mark.note) for mark in marks)
    return counted(len(marks), "bookmark") + (f" ({counted(notes, 'note')})" if notes else "")


def _forget_in_library(library: Library, cables: _Cables, *, marks: bool) -> Forgotten:
    if cables.ids is None or not library.path.exists():
        return Forgotten()
    forget_unwritten(library, cables.has, marks=marks)
    return library.forget(cables.has, marks=marks)


def _forget_position(context: Context, name: str) -> bool:
    try:
        return last_position.forget(last_position.file_of(context.paths.state, name))
    except OSError as error:
        raise CacheError(f"{error.filename}: cannot be removed: {error.strerror}") from error


def _log(context: Context) -> Path:
    return research_log.file_beside(context.paths.library)


def _forget_last_archive(context: Context, path: Path) -> bool:
    """Forget that the archive was the one opened last; whether it was."""
    try:
        last = os.fsdecode(context.paths.last_archive.read_bytes())
    except OSError:
        return False
    if true_path(Path(last)) != true_path(path):
        return False
    context.paths.last_archive.unlink(missing_ok=True)
    return True


def _nothing(path: Path, report: _Report) -> str:
    unknown = _unknown(report)
    return f"{path}: nothing is kept of it{'; ' if unknown else ''}{unknown}"


def _unknown(report: _Report) -> str:
    """What could not be told without the cache, or empty."""
    if report.cables.ids is not None or not (report.marks or report.searches):
        return ""
    return (
        "which cables it has is not known without its cache, so what was read of it may be left: "
        "`cable-tui index` it and forget it again"
    )


def _value(report: _Report) -> dict[str, object]:
    removed, found = report.removed, report.removed.library
    return {
        "cache": removed.cache,
        "history": removed.history,
        "last_archive": removed.last_archive,
        "searches": removed.searches,
        "read": found.read,
        "changes": found.changes,
        "copies": found.copies,
        "marks": found.marks,
        "lists": list(found.lists),
        "marks_kept": len(report.marks),
        "marks_kept_of_it": len(report.of_it),
        "not_cleaned": [str(each) for each in found.left],
    }


def _sentences(report: _Report, *, foreign: bool) -> Iterator[str]:
    path, removed, found = report.path, report.removed, report.removed.library
    names = [f"its cache ({removed.cache / 1e6:,.1f} MB)"] if removed.cache else []
    names += ["where you were in it and what you searched there"] if removed.history else []
    if removed.searches:
        searches = "search" if removed.searches == 1 else "searches"
        names.append(f"{removed.searches:,} {searches} of the research log")
    names += ["that it was opened last"] if removed.last_archive else []
    names += [f"that you read {counted(found.read, 'cable')} of it"] if found.read else []
    if found.changes:
        names.append(f"{counted(found.changes, 'earlier state')} of bookmarks and notes")
    names += [counted(found.marks, "bookmark")] if found.marks else []
    names += [f"the list {name}" for name in found.lists]
    names += [f"all that from {_copies(found.copies)} of your bookmarks"] if found.copies else []
    yield f"{path}: forgotten: {', '.join(names)}. The files of the archive are untouched"
    if foreign:
        yield "its cache is another user's and stays"
    yield from _kept(report)
    if unknown := _unknown(report):
        yield unknown
    elif report.cables.ids is not None and not report.cables.all:
        yield "it was not indexed to its end: what was read of cables not indexed yet stays"
    for file in found.left:
        yield f"{file}: is damaged, so it could not be cleaned, and may hold more: remove it if so"


def _copies(number: int) -> str:
    return "1 dated copy" if number == 1 else f"{number:,} dated copies"


def _kept(report: _Report) -> Iterator[str]:
    of_it = report.of_it
    lists = {name for mark in of_it for name in mark.lists}
    if of_it:
        held = f" in {counted(len(lists), 'list')}" if lists else ""
        yield f"kept of it: {_with_notes(of_it)}{held}; forget --all removes them"
    rest = len(report.marks) - len(of_it)
    others = [counted(rest, "bookmark") + " not of it"] if rest else []
    searches = len(report.searches)
    if searches:
        others.append(f"{searches:,} saved search{'' if searches == 1 else 'es'}")
    others += [f"the text copied last ({report.copied})"] if report.copied else []
    if others:
        yield f"kept: {', '.join(others)}; forget --everything removes all"
