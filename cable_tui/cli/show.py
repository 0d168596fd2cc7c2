"""`cable-tui show`: a cable, or one paragraph of it, as text."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cable_tui.cable import Cable, Paragraph
from cable_tui.cli.context import Context, emit, emit_json, emit_lines, terminal_width
from cable_tui.cli.open_archive import look_up, opened_archive
from cable_tui.errors import UsageError
from cable_tui.exports.cable_json import cable_json
from cable_tui.exports.plain_text import drawn, plain
from cable_tui.text import repaired, wrap
from cable_tui.value import replace


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument("reference", metavar="REF[#N]", help="its ID, or a link; N is a paragraph")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="every field, as one JSON object")
    form.add_argument("--raw", action="store_true", help="the file's own bytes, not on a terminal")
    form.add_argument("--header", action="store_true", help="the transmission header only")
    form.add_argument(
        "--repaired", action="store_true", help="quotes as written: Sarkozy’s for Sarkozy,s"
    )
    parser.add_argument("--width", metavar="N", type=int, help="draw boxes N columns wide")
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def run(context: Context) -> int:
    """Print it."""
    options = context.options
    if options.width is not None and options.width < 20:
        raise UsageError("--width: 20 columns at least are needed")
    # None, the text as filed, where neither an option nor a terminal sets the columns.
    width = options.width or (terminal_width() if sys.stdout.isatty() else None)
    with opened_archive(context, options.path, needs=("facts",)) as archive:
        key, cable, paragraph = look_up(archive, options.reference)
        if options.repaired:
            cable = _repaired(cable)
        if options.json:
            emit_json(cable_json(cable))
        elif options.raw:
            _raw(archive.raw_bytes(key))
        elif options.header:
            emit(f"{cable.header.text}\n")
        elif paragraph is not None:
            _paragraph(cable, paragraph, width)
        elif width is None:
            emit(plain(cable))
        else:
            emit_lines(drawn(cable, width, ascii_only=bool(context.settings.ascii)))
    return 0


def _repaired(cable: Cable) -> Cable:
    """The cable with the quotes that telegraphs had no signs for; spans in the body stay valid."""
    body = replace(cable.body, text=repaired(cable.body.text))
    return replace(cable, subject=repaired(cable.subject), body=body)


def _raw(content: bytes) -> None:
    if sys.stdout.isatty():
        # A file may contain control sequences.
        emit(content.decode("utf-8", "replace"))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def _paragraph(cable: Cable, paragraph: Paragraph, cells: int | None) -> None:
    text = cable.body.text[slice(*paragraph.span)].rstrip("\n")
    for line in text.split("\n"):
        spans = [(0, len(line))] if cells is None else wrap(line, cells)
        emit_lines(line[start:end] for start, end in spans)
