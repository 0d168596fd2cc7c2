"""`cable-tui export`: write the cables of a query, or the bookmarks of a list, to one file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from functools import partial

from cable_tui.archive.archive import Archive
from cable_tui.archive.citable import LostCitations, of_marks
from cable_tui.archive.export_parts import ExportPart, ExportSettings, export_parts
from cable_tui.base.errors import ArchiveError, LibraryError, NotFoundError, UsageError
from cable_tui.base.tools import load, tool_formats
from cable_tui.cli.bookmarks import opened_library
from cable_tui.cli.shared.command_context import CommandContext, say, say_requests, write_out
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser, one_line
from cable_tui.cli.shared.query_args import needs_of, query_of, say_and_log
from cable_tui.exports.citation import Citation, RequestCount, Ways
from cable_tui.exports.lists import FORMATS, ListFormat, Part, list_format, once
from cable_tui.library import Mark
from cable_tui.query import Query
from cable_tui.query.model import quoted
from cable_tui.text.numbers import counted

WriteFormat = Callable[
    [CommandContext, Archive, str, Iterator[Citation], Callable[[Iterator[bytes]], None]], bool
]
"""A function that writes citations under a title, in pieces, by calling its last argument.

It returns whether to tell the reader about protection requests, as for other formats.
"""


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_query()
    formats_of_tools = tool_formats().values()
    names = (*FORMATS, *(row.name for row in formats_of_tools))
    older_names = {row.older: row.name for row in formats_of_tools if row.older}
    parser.add_choice("--format", names, "jsonl", older=older_names)
    parser.add_output()
    parser.add_argument(
        "--list",
        metavar="NAME",
        type=one_line,
        help="the bookmarks in this list, in its order, with notes",
    )
    for row in formats_of_tools:
        load(row.options).configure(parser)
    parser.add_no_index()


def run(context: CommandContext) -> int:
    """Write the file, and return 1 if there is nothing to write."""
    options = context.options
    export_format = _form(context)
    query = query_of(options.words)
    lost_citations = LostCitations()
    with opened_archive(context, options.path, needs=needs_of(query)) as archive:
        parts = _parts(context, archive, export_format, query, lost_citations)
        if parts is None:
            for reason in lost_citations.reasons[:1]:
                say(reason)
            say("nothing found; nothing was written")
            return 1
        request_count = RequestCount()
        title = options.list or str(query)
        tells_requests = True
        with closing(parts):
            noticed_parts = _noticed(parts, request_count)
            if (tool_format := tool_formats().get(options.format)) is not None:
                write_tool_format: WriteFormat = load(tool_format.write)
                tells_requests = write_tool_format(
                    context, archive, title, noticed_parts, partial(_write, context, request_count)
                )
            else:
                _write(context, request_count, export_format.join(noticed_parts, title))
        if tells_requests:
            list_filter = f"list:{quoted(options.list)}" if options.list else ""
            say_requests(context, request_count, " ".join(filter(None, (list_filter, str(query)))))
    if lost_citations.reasons:
        count = counted(len(lost_citations.reasons), "cable")
        is_or_are = "is" if len(lost_citations.reasons) == 1 else "are"
        say(f"{count} {is_or_are} missing from the export: {lost_citations.reasons[0]}")
        return ArchiveError.exit_code
    return 0


def _form(context: CommandContext) -> ListFormat:
    """Return the requested format. Raises `UsageError`."""
    options, export_format = context.options, list_format(context.options.format)
    row = tool_formats().get(options.format)
    if (export_format.binary or row is not None) and options.output is None and sys.stdout.isatty():
        format_name = options.format
        raise UsageError(
            f"{format_name} cannot be printed on a terminal; name a file with --output FILE"
        )
    for tool_format in tool_formats().values():
        own_options = load(tool_format.options).OPTIONS
        if tool_format is not row and any(
            getattr(options, format_name) for format_name in own_options
        ):
            option_flags = [f"--{format_name.replace('_', '-')}" for format_name in own_options]
            listed_options = f"{', '.join(option_flags[:-1])} and {option_flags[-1]}"
            raise UsageError(f"{listed_options} need --format {tool_format.name}")
    return export_format


def _write(
    context: CommandContext, request_count: RequestCount, pieces: Iterator[str] | Iterator[bytes]
) -> None:
    """Write the pieces to the output file, or to stdout."""
    output_path = context.options.output
    write_out(output_path, pieces)
    if output_path is not None:
        say(f"{counted(request_count.cables, 'cable')} written to {output_path}")


def _parts(
    context: CommandContext, archive: Archive, form: ListFormat, query: Query, lost: LostCitations
) -> Generator[ExportPart, None, None] | None:
    """Return the parts to write, or None if there are none."""
    options = context.options
    settings = context.settings
    ways = Ways(settings.link, settings.templates, accessed=settings.accessed)
    export_settings = ExportSettings(options.format, ways, archive.root)
    query_hits = None
    if options.list is None or options.words:
        query_hits = archive.search(query)
        say_and_log(context, archive, "export", query_hits)
    if options.list is None:
        if not query_hits or not query_hits.count:
            return None
        own_marks = _all_marks(context) if form.notes else ()
        return export_parts(archive, query_hits.ids, export_settings, lost, own_marks)
    only_ids = None if query_hits is None else frozenset(query_hits.ids)
    list_name = options.list
    with opened_library(context) as library:
        if list_name not in library.lists.names():
            raise NotFoundError(f"there is no list called {list_name}")
        marks = library.lists.marks(list_name)
    list_citations = list(of_marks(archive, marks, ways, lost, only_ids))
    if not list_citations:
        return None
    return export_settings.parts(list_citations if form.of_places else once(list_citations))


def _all_marks(context: CommandContext) -> list[Mark]:
    """Return all of the reader's bookmarks; if they cannot be read, print why and return none."""
    try:
        with opened_library(context) as library:
            return library.marks()
    except LibraryError as error:
        say(f"{error}; the export does not include your notes")
        return []


def _noticed(parts: Iterable[ExportPart], request_count: RequestCount) -> Iterator[Part]:
    """Yield what the parts contain, counting the protection requests in their cables.

    A message is printed before the first cable from a damaged file, because tables and references
    contain no cautions.
    """
    was_damaged = False
    for part in parts:
        if part.damage and not was_damaged:
            say(f"{part.reference_id}: {part.damage}; `has:damaged` finds all such cables")
            was_damaged = True
        request_count.take(part.canonical_id, part.reference_id, part.requests)
        yield part.part
