"""`cable-tui export`: writes the cables of a query, or the marks of a list, as one file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from cable_tui.archive.archive import Archive
from cable_tui.archive.citable import LostPlace, of_cables, of_marks
from cable_tui.cli.cite import protection_warning
from cable_tui.cli.context import Context, emit, file_or_stdout, say
from cable_tui.cli.marks import opened_library
from cable_tui.cli.open_archive import opened_archive
from cable_tui.cli.query_args import (
    needs_of,
    query_of,
    refuse_unknown,
    say_how_answered,
)
from cable_tui.cli.sealed import options as sealed_options
from cable_tui.cli.search_answers.logged import log_searches
from cable_tui.errors import ArchiveError, LibraryError, NotFoundError, UsageError
from cable_tui.exports.citation import Citation, Ways
from cable_tui.exports.files import write_whole
from cable_tui.exports.lists import AS_SEALED, FORMATS, SEALED, ListFormat, each_once, once
from cable_tui.library import Mark
from cable_tui.query import Query
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument("words", nargs="*", metavar="QUERY", help="which cables (default: all)")
    parser.add_argument(
        "--format",
        choices=(*FORMATS, SEALED),
        default="jsonl",
        metavar="NAME",
        help=f"one of {', '.join(FORMATS)}, {SEALED} (default: jsonl)",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=file_or_stdout, help="instead of stdout; - is stdout"
    )
    parser.add_argument(
        "--list", metavar="NAME", help="the places of a list of yours, in its order, with notes"
    )
    sealed_options.configure(parser)
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def run(context: Context) -> int:
    """Write the file; 1 where nothing was found."""
    options = context.options
    form = _form(context)
    query = query_of(options.words)
    lost = LostPlace()
    with opened_archive(context, options.path, needs=needs_of(query)) as archive:
        places = _places(context, archive, form, query, lost)
        if places is None:
            for reason in lost.reasons[:1]:
                say(reason)
            say("nothing found; nothing was written")
            return 1
        cables: set[str] = set()
        title = options.list or str(query)
        if options.format == SEALED:
            from cable_tui.cli.sealed import sealing  # other forms need none of it

            noticed = _noticed(places, cables, warn=options.with_protected)
            dossier = sealing.begun(context, archive, title)
            with sealing.next_step(context):
                _write(context, dossier.pieces(noticed), cables)
            sealing.say_how_sealed(context, archive, dossier)
        else:
            _write(context, form.write(_noticed(places, cables), title), cables)
    if lost.reasons:
        count = counted(len(lost.reasons), "cable")
        are = "is" if len(lost.reasons) == 1 else "are"
        say(f"{count} {are} missing from the export: {lost.reasons[0]}")
        return ArchiveError.exit_code
    return 0


def _form(context: Context) -> ListFormat:
    """The form that was asked for. Raises `UsageError`."""
    options = context.options
    sealed = options.format == SEALED
    form = AS_SEALED if sealed else FORMATS[options.format]
    if (form.binary or sealed) and options.output is None and sys.stdout.isatty():
        name = options.format
        raise UsageError(f"{name} is no text for a terminal; name a file: --output FILE")
    if not sealed and sealed_options.asked(options):
        names = [f"--{name.replace('_', '-')}" for name in sealed_options.OPTIONS]
        listed = f"{', '.join(names[:-1])} and {names[-1]}"
        raise UsageError(f"{listed} go with --format {SEALED}")
    return form


def _write(
    context: Context, pieces: Iterator[str] | Iterator[bytes], cables: Collection[str]
) -> None:
    """Write the file, or to stdout."""
    file = context.options.output
    if file is not None:
        write_whole(file, pieces)
        say(f"{counted(len(cables), 'cable')} written to {file}")
        return
    for piece in pieces:
        if isinstance(piece, bytes):
            sys.stdout.buffer.write(piece)
        else:
            emit(piece)


def _places(
    context: Context, archive: Archive, form: ListFormat, query: Query, lost: LostPlace
) -> Iterable[Citation] | None:
    """What is to be written; None where there is nothing."""
    options = context.options
    given = context.settings
    ways = Ways(given.link, given.templates, accessed=given.accessed)
    hits = None
    if options.list is None or options.words:
        hits = archive.search(query)
        refuse_unknown(hits)
        say_how_answered(hits)
        log_searches(context, archive, "export", hits)
    if options.list is None:
        if not hits or not hits.count:
            return None
        own = _all_marks(context) if form.notes else ()
        cables = of_cables(archive, hits.ids, ways, lost, own)
        return cables if form.apart else each_once(cables)
    only = None if hits is None else frozenset(hits.ids)
    marks = _marks_of_list(context, " ".join(clean_line(options.list).split()))
    marked = list(of_marks(archive, marks, ways, lost, only))
    return (marked if form.of_places else once(marked)) or None


def _marks_of_list(context: Context, name: str) -> list[Mark]:
    """The marks of a list in its order. Raises `NotFoundError` where there is no such list."""
    with opened_library(context) as library:
        if name not in library.lists.names():
            raise NotFoundError(f"there is no list {name}")
        return library.lists.marks(name)


def _all_marks(context: Context) -> list[Mark]:
    """Every mark of the reader; none, and a message, where they cannot be read."""
    try:
        with opened_library(context) as library:
            return library.marks()
    except LibraryError as error:
        say(f"{error}; the export is without your notes")
        return []


def _noticed(
    places: Iterable[Citation], cables: set[str], *, warn: bool = True
) -> Iterator[Citation]:
    """The same places, their cables put into `cables` as they are taken.

    Before the first that asks for protection the warning is printed, once, if `warn`.
    """
    warned = not warn
    for place in places:
        if not warned and (warning := protection_warning(place)):
            say(warning)
            warned = True
        cables.add(place.cable.canonical_id)
        yield place
