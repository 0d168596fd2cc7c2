"""The command `cable-tui compare`: two records of a cable, or two cables, side by side.

Without a cable, it lists the records that differ from the displayed record of their cable.
"""

from __future__ import annotations

import argparse
from typing import Any

from cable_tui.archive.archive import Archive
from cable_tui.archive.look_up import look_up
from cable_tui.base.errors import ArchiveError, UsageError
from cable_tui.cli.shared.command_context import (
    CommandContext,
    emit_json,
    emit_lines,
    say,
    terminal_width,
)
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser
from cable_tui.cli.shared.row_pages import RowPages


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_argument(
        "reference",
        metavar="REF",
        nargs="?",
        help="its ID, or a link; without it, all cables with differing versions, with counts",
    )
    parser.add_argument("other", metavar="REF", nargs="?", help="a second cable")
    parser.add_flag("--json", "one JSON object with all paragraphs")
    parser.add_rows("print at most N versions (only without REF)")
    parser.add_argument(
        "--versions", metavar="M,N", type=_version_numbers, help="which versions (default: 1,2)"
    )
    # Its name in older versions.
    parser.add_argument("--records", dest="versions", type=_version_numbers, help=argparse.SUPPRESS)
    parser.add_flag("--full", "print identical paragraphs as well")
    parser.add_flag("--reveal", "also show names that were removed from one version")
    parser.add_width("width of the output in columns; 120 or more shows the texts side by side")
    parser.add_no_index()


def _version_numbers(text: str) -> tuple[int, int]:
    first_number, _, second_number = text.replace(" ", "").partition(",")
    if not (
        first_number.isdecimal()
        and second_number.isdecimal()
        and int(first_number)
        and int(second_number)
    ):
        raise argparse.ArgumentTypeError(f"needs two numbers of at least 1, as in 1,3, not {text}")
    return int(first_number), int(second_number)


def run(context: CommandContext) -> int:
    """Print the differences; return 0 even if there are none."""
    from cable_tui.tools.comparison import export as made
    from cable_tui.tools.comparison.versions import compare_versions

    options = context.options
    row_options = (options.fields, options.limit, options.after)
    if options.reference is not None and any(row_options):
        raise UsageError("compare REF has no rows: leave out --fields, --limit and --after")
    with opened_archive(context, options.path, needs=("facts",)) as archive:
        if options.reference is None:
            return _variants(options, archive)
        first_id = _cable(archive, options.reference)
        second_id = first_id if options.other is None else _cable(archive, options.other)
        record_numbers = options.versions or ((1, 2) if first_id == second_id else (1, 1))
        versions = compare_versions(archive, (first_id, second_id), record_numbers)
    if options.reveal and versions.comparison.counts.hidden:
        say(made.WARNING)
    if options.json:
        emit_json(made.answer(versions, reveal=options.reveal))
        return 0
    line_width = options.width or terminal_width()
    ascii_only = bool(options.ascii or context.settings.ascii)
    layout = made.PageLayout(
        line_width, options.full, options.reveal, ascii_only, beside=line_width >= made.WIDE
    )
    emit_lines(
        f"{text_number} {text_title}"
        for text_number, text_title in zip("12", made.titles(versions), strict=True)
    )
    emit_lines(made.summary(versions, "" if options.reveal else made.HIDDEN_HOW))
    if options.full or not versions.comparison.same:
        emit_lines(("",))
        emit_lines(
            "".join(text for text, _ in line.spans).rstrip()
            for line in made.lines(versions.comparison, layout)
        )
    return 0


def _variants(options: argparse.Namespace, archive: Archive) -> int:
    """Print a line for each record that differs from the displayed record of its cable."""
    from cable_tui.tools.comparison import export as made
    from cable_tui.tools.comparison.versions import variants

    pages = RowPages(options, archive, "compare")
    unread: list[str] = []
    total = 0
    printed_versions: list[Any] = []
    for versions in variants(archive):
        if isinstance(versions, ArchiveError):
            say(str(versions))
            unread.append(str(versions))
            continue
        total += 1
        if not pages.has(total):
            continue
        if options.json:
            printed_versions.append(made.compared_record(versions))
        else:
            emit_lines((made.variant_line(versions),))
    if options.json:
        shown = len(printed_versions)
        answer = made.CompareRecordsAnswer(shown, tuple(printed_versions))
        pages.emit_object(answer, "records", pages.page(shown, total, left_out=unread))
    elif not total:
        say("nothing differs: the versions of each cable contain the same words")
    return 0


def _cable(archive: Archive, reference: str) -> int:
    id_, _, paragraph = look_up(archive, reference)
    if paragraph is not None:
        raise UsageError(f"{reference}: only whole cables can be compared, not paragraphs")
    return id_
