"""`cable-tui export`: the cables that answer a query, or the places of a list, as one file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from cable_tui.archive.archive import Archive
from cable_tui.archive.citable import LostPlace, of_cables, of_marks
from cable_tui.cli.context import Call, counted, emit, say
from cable_tui.cli.export_places import all_marks, marks_of, warned, ways
from cable_tui.cli.open_archive import opened
from cable_tui.cli.query_args import language, needs_of, query_of, refuse_unknown
from cable_tui.errors import ArchiveError, UsageError
from cable_tui.exports import FORMATS, Citation, each_once, once
from cable_tui.exports.files import write_whole
from cable_tui.query import Query
from cable_tui.text import clean_line


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument("words", nargs="*", metavar="QUERY", help="which cables (default: all)")
    language(parser)
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default="jsonl",
        metavar="NAME",
        help=f"one of {', '.join(FORMATS)} (default: jsonl)",
    )
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="instead of stdout")
    parser.add_argument(
        "--list", metavar="NAME", help="the places of a list of yours, in its order, with notes"
    )
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def run(call: Call) -> int:
    """Write the file; 1 where nothing was found."""
    options = call.options
    form = FORMATS[options.format]
    if form.binary and options.output is None and sys.stdout.isatty():
        raise UsageError(f"{form.name} is no text for a terminal; name a file: --output FILE")
    query = query_of(options.words)
    lost = LostPlace()
    with opened(call, options.path, needs=needs_of(query)) as archive:
        places = _places(call, archive, query, lost)
        if places is None:
            for reason in lost.reasons[:1]:
                say(reason)
            say("nothing found; nothing was written")
            return 1
        written = _Counted(warned(places))
        pieces = form.write(written, options.list or str(query))
        if options.output is None:
            for piece in pieces:
                if isinstance(piece, bytes):
                    sys.stdout.buffer.write(piece)
                else:
                    emit(piece)
        else:
            write_whole(options.output.expanduser(), pieces)
            say(f"{counted(written.cables, 'cable')} written to {options.output}")
    if lost.reasons:
        count = counted(len(lost.reasons), "cable")
        are = "is" if len(lost.reasons) == 1 else "are"
        say(f"{count} {are} missing from the export: {lost.reasons[0]}")
        return ArchiveError.exit_code
    return 0


def _places(
    call: Call, archive: Archive, query: Query, lost: LostPlace
) -> Iterable[Citation] | None:
    """What is to be written; None where there is nothing."""
    options = call.options
    every = options.list is not None and not options.words
    hits = None if every else archive.search(query)
    if hits is not None:
        refuse_unknown(hits)
    if hits is not None and hits.partial:
        say("partial: not every cable's text is indexed yet")
    form = FORMATS[options.format]
    if options.list is None:
        if not hits or not hits.count:
            return None
        own = all_marks(call) if form.notes else ()
        cables = of_cables(archive, hits.ids, ways(call), lost, own)
        return cables if form.apart else each_once(cables)
    only = None if hits is None else frozenset(hits.ids)
    marks = marks_of(call, clean_line(options.list))
    marked = list(of_marks(archive, marks, ways(call), lost, only))
    return (marked if form.of_places else once(marked)) or None


class _Counted:
    """Places, counted as they are taken."""

    def __init__(self, places: Iterable[Citation]) -> None:
        self._places = places
        self._seen: set[str] = set()

    def __iter__(self) -> Iterator[Citation]:
        for place in self._places:
            self._seen.add(place.cable.canonical_id)
            yield place

    @property
    def cables(self) -> int:
        """Different cables so far."""
        return len(self._seen)
