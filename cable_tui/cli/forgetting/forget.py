"""`cable-tui forget`: removes what the program keeps of an archive, not the archive itself."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

from cable_tui import running
from cable_tui.archive import cache
from cable_tui.archive.cache import cache_folder
from cable_tui.cli.context import Context, emit_json, say
from cable_tui.cli.forgetting import open_programs
from cable_tui.cli.forgetting.confirmation import confirmed
from cable_tui.cli.forgetting.traces import Cables, OfArchive, Traces, forget_traces, with_notes
from cable_tui.cli.forgetting.visitors import Visitor, forget_visitor, homes, marks_of
from cable_tui.errors import CacheError, LibraryError, NotFoundError, UsageError
from cable_tui.library import Library, Mark, people_file
from cable_tui.operating_system.files import still_open, true_path
from cable_tui.text.numbers import counted


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
    parser.add_argument(
        "--end",
        action="store_true",
        help="end the rooms, servers and `marks sync` that are open and would write it again",
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
    if options.all and Cables.of(folder).ids is None and os.access(path, os.F_OK):
        _index(context, path)
    which = _is_on(path)
    with closing(Library(context.paths.library)) as library:
        if options.all and not _may_remove_marks(context, path, library, Cables.of(folder)):
            return 1
        if not open_programs.ended(context, open_programs.found(context.paths, which), which):
            return 1
        with open_programs.nobody_enters(context.paths, which):
            report = _forget(context, path, folder, library)
    running.remove(running.folder_of(context.paths.state))
    return _tell(context, report, foreign=not cache.is_own(folder))


def _tell(context: Context, report: _Report, *, foreign: bool) -> int:
    """Say what was removed and what stays. Raises `NotFoundError`, and `LibraryError`."""
    if not report:
        raise NotFoundError(_nothing(report.path, report))
    if context.options.json:
        emit_json(_value(report))
    else:
        for sentence in _sentences(report, foreign=foreign):
            say(sentence)
    if failed := [f"{each.home}: {each.failure}" for each in report.visitors if each.failure]:
        raise LibraryError("\n".join(failed))
    return 0


def _is_on(path: Path) -> open_programs.Which:
    """Whether a program is a room on the archive or a server of it."""
    real = true_path(path)

    def which(program: running.Running) -> bool:
        of_archive = program.kind in ("room", "visitor", "server") and program.about
        return bool(of_archive) and true_path(Path(program.about)) == real

    return which


def _forget(context: Context, path: Path, folder: Path, library: Library) -> _Report:
    paths, marks = context.paths, context.options.all
    size = _size(folder)
    with ExitStack() as stack:
        # A builder would only make it again.
        held = stack.enter_context(cache.building(folder)) if size else None
        cables = Cables.of(folder)
        archive = OfArchive(path, folder.name, cables)
        traces = forget_traces(paths, library, archive, marks=marks)
        visitors = [forget_visitor(each, archive, marks=marks) for each in homes(paths)]
        if held is not None:
            _remove(folder, held)
        people = people_file.file_beside(paths.library)
        return _Report(
            path,
            size,
            traces,
            [each for each in visitors if each.traces or each.kept or each.failure],
            cables,
            library.marks(),
            library.searches.names(),
            paths.clipboard if paths.clipboard.exists() else None,
            people if people.exists() else None,
        )


class _Report(NamedTuple):
    path: Path
    cache: int
    """Bytes that were removed."""
    traces: Traces
    visitors: list[Visitor]
    """Those who had something of it."""
    cables: Cables
    marks: list[Mark]
    """All that are left, of any archive."""
    searches: list[str]
    copied: Path | None
    """The file of the text that was copied last, of whichever archive."""
    people: Path | None
    """The file of the people who were confirmed, in whichever archive."""

    def __bool__(self) -> bool:
        return bool(self.cache or self.traces or self.visitors)

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
    if not os.access(folder, os.F_OK) or not cache.is_own(folder):
        return 0
    infos = [each.lstat() for each in folder.rglob("*") if each.is_file()]
    return sum({(info.st_dev, info.st_ino): info.st_size for info in infos}.values()) or 1


def _remove(folder: Path, held: cache.HeldLock) -> None:
    try:
        held.remove_cache()
    except OSError as error:
        reason = f"{error.strerror}{still_open(error)}"
        raise CacheError(f"{folder}: cannot be removed: {reason}") from error


def _may_remove_marks(context: Context, path: Path, library: Library, cables: Cables) -> bool:
    """Ask, naming what would go. Raises `CacheError` where nobody knows which marks are of it."""
    everything = library.marks()
    visitors = homes(context.paths)
    if (everything or visitors) and cables.ids is None:
        raise CacheError(
            f"{path}: which of your bookmarks are of it is not known without its cache; "
            "nothing was removed (forget --everything needs no cache)"
        )
    marks = [mark for mark in everything if cables.has(mark.canonical_id)]
    others = {name for mark in everything if mark not in marks for name in mark.lists}
    lists = sorted({name for mark in marks for name in mark.lists} - others)
    named = f", and with them the lists {', '.join(lists)}" if lists else ""
    theirs = [mark for home in visitors for mark in marks_of(home, cables)]
    questions = [f"{path}: {with_notes(marks)} of its cables will go{named}."] if marks else []
    if theirs:
        questions.append(f"{path}: {with_notes(theirs)} of visitors in browsers will go.")
    return not questions or confirmed(context, "\n".join(questions))


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
    traces, found = report.traces, report.traces.library
    return {
        "cache": report.cache,
        "history": traces.history,
        "last_archive": traces.last_archive,
        "searches": traces.searches,
        "read": found.read,
        "changes": found.changes,
        "copies": found.copies,
        "marks": found.marks,
        "lists": list(found.lists),
        "marks_kept": len(report.marks),
        "marks_kept_of_it": len(report.of_it),
        "not_cleaned": [str(each) for each in found.left],
        "visitors": [each.value for each in report.visitors],
    }


def _sentences(report: _Report, *, foreign: bool) -> Iterator[str]:
    path = report.path
    names = [f"its cache ({report.cache / 1e6:,.1f} MB)"] if report.cache else []
    if names := [*names, *report.traces.in_words()]:
        yield f"{path}: forgotten: {', '.join(names)}. The files of the archive are untouched"
    for each in report.visitors:
        yield from each.sentences()
    if foreign:
        yield "its cache is another user's and stays"
    yield from _kept(report)
    if unknown := _unknown(report):
        yield unknown
    elif report.cables.ids is not None and not report.cables.all:
        yield "it was not indexed to its end: what was read of cables not indexed yet stays"
    for file in report.traces.library.left:
        yield f"{file}: is damaged, so it could not be cleaned, and may hold more: remove it if so"


def _kept(report: _Report) -> Iterator[str]:
    of_it = report.of_it
    lists = {name for mark in of_it for name in mark.lists}
    if of_it:
        held = f" in {counted(len(lists), 'list')}" if lists else ""
        yield f"kept of it: {with_notes(of_it)}{held}; forget --all removes them"
    rest = len(report.marks) - len(of_it)
    others = [counted(rest, "bookmark") + " not of it"] if rest else []
    searches = len(report.searches)
    if searches:
        others.append(f"{searches:,} saved search{'' if searches == 1 else 'es'}")
    others += [f"the text copied last ({report.copied})"] if report.copied else []
    others += [f"people whom you confirmed ({report.people})"] if report.people else []
    if others:
        yield f"kept: {', '.join(others)}; forget --everything removes all"
