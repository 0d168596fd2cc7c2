"""`cable-tui export`: the cables that answer a query, as one file."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from cable_tui.archive import Archive
from cable_tui.cable import Cable
from cable_tui.cli.archives import opened
from cable_tui.cli.call import Call, emit, say
from cable_tui.cli.output import write_whole
from cable_tui.cli.queries import needs_of, query_of
from cable_tui.errors import ArchiveError
from cable_tui.exports import FORMATS


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument("words", nargs="*", metavar="QUERY", help="which cables (default: all)")
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default="jsonl",
        metavar="NAME",
        help=f"one of {', '.join(FORMATS)} (default: jsonl)",
    )
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="instead of stdout")
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def run(call: Call) -> int:
    """Write the file; 1 where nothing was found."""
    options = call.options
    query = query_of(options.words)
    with opened(call, options.path, needs=needs_of(query)) as archive:
        hits = archive.search(query)
        if not hits.count:
            say("nothing found; nothing was written")
            return 1
        if hits.partial:
            say("partial: not every cable's text is indexed yet")
        lost = _Lost()
        pieces = FORMATS[options.format].write(_cables(archive, hits.ids, lost), call.settings.link)
        if options.output is None:
            for piece in pieces:
                emit(piece)
        else:
            write_whole(options.output.expanduser(), pieces)
            say(f"{hits.count - len(lost.reasons):,} cables written to {options.output}")
    if lost.reasons:
        count = len(lost.reasons)
        are = "cable is" if count == 1 else "cables are"
        say(f"{count:,} {are} missing from the export: {lost.reasons[0]}")
        return ArchiveError.exit_code
    return 0


class _Lost:
    """Cables whose file changed or went away since they were indexed."""

    def __init__(self) -> None:
        self.reasons: list[str] = []


def _cables(archive: Archive, ids: Iterable[int], lost: _Lost) -> Iterator[Cable]:
    for key in ids:
        try:
            yield archive.cable(key)
        except ArchiveError as error:
            lost.reasons.append(str(error))
