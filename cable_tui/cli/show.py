"""`cable-tui show`: print a cable, or some of its paragraphs, as text."""

from __future__ import annotations

import sys

from cable_tui.archive.look_up import look_up
from cable_tui.base.cable import Cable, Span
from cable_tui.base.errors import NotFoundError
from cable_tui.base.value import replace
from cable_tui.cli.shared.command_context import (
    CommandContext,
    emit,
    emit_json,
    emit_lines,
    say_requests,
    terminal_width,
)
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser
from cable_tui.exports.citation import RequestCount, cable_and_place, places_at
from cable_tui.exports.plain_text import drawn, plain
from cable_tui.text import clean_line, repaired, wrap


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_reference("REF[#N]", "N is a paragraph, N-M a range")
    exclusive_options = parser.one_of()
    exclusive_options.add_flag("--json", "every field, as one JSON object")
    exclusive_options.add_flag("--raw", "the bytes of the file (not to a terminal)")
    exclusive_options.add_flag("--header", "the transmission header only")
    exclusive_options.add_flag(
        "--repaired", "restore quotation marks lost in transmission (Sarkozy’s, filed as Sarkozy,s)"
    )
    exclusive_options.add_flag("--header-words", "the transmission header in words")
    parser.add_flag("--joined", "join the lines of each paragraph and leave out page breaks")
    parser.add_source()
    parser.add_width("draw boxes N columns wide")
    parser.add_no_index()


def run(context: CommandContext) -> int:
    """Print the cable in the requested form."""
    options = context.options
    # None, the text as filed, where neither an option nor a terminal sets the columns.
    text_width = options.width or (terminal_width() if sys.stdout.isatty() else None)
    with opened_archive(context, options.path, needs=("facts",)) as archive:
        reference, cited_range = cable_and_place(clean_line(options.reference))
        cable_number, cable, _ = look_up(archive, reference, options.source)
        paragraphs, cited_lines = places_at(cable, cited_range)
        if options.repaired:
            # As telegraphs had no signs for it; spans in the body stay valid.
            repaired_body = replace(cable.body, text=repaired(cable.body.text))
            cable = replace(cable, subject=repaired(cable.subject), body=repaired_body)
        if options.json:
            from cable_tui.exports.cable_json import cable_json

            emit_json(cable_json(cable))
        elif options.raw:
            _raw(archive.raw_bytes(cable_number, cable.sources[0].number))
        elif options.header:
            emit(f"{cable.header.text}\n")
        elif options.header_words:
            _header_words(cable, text_width)
        elif paragraphs:
            for paragraph in paragraphs:
                _print(_text(cable, paragraph.span, joined=options.joined), text_width)
        elif cited_lines:
            _print("\n".join(line.text for line in cited_lines), text_width)
        else:
            _whole(context, cable, text_width)
    request_count = RequestCount()
    request_count.add(cable)
    say_requests(context, request_count)
    return 0


def _whole(context: CommandContext, cable: Cable, cells: int | None) -> None:
    if context.options.joined:
        text = _text(cable, (0, len(cable.body.text)), joined=True)
        cable = replace(cable, body=replace(cable.body, text=text))
    if cells is None:
        emit(plain(cable))
    else:
        emit_lines(drawn(cable, cells, ascii_only=bool(context.settings.ascii)))


def _header_words(cable: Cable, cells: int | None) -> None:
    from cable_tui.exports.header_in_words import decoded  # few ask for it

    header_words = decoded(cable.header)
    if not header_words:
        raise NotFoundError(f"{cable.reference_id} has no transmission header that can be read")
    _print(header_words, cells)


def _text(cable: Cable, span: Span, *, joined: bool) -> str:
    """Return part of the body as filed, or with the lines of each paragraph joined."""
    text = cable.body.text
    start, end = span
    if not joined:
        return text[start:end].rstrip("\n")
    from cable_tui.telegram.unwrap import unwrapped  # few ask for it

    joined_lines = unwrapped(text, cable.body.paragraphs)
    lines_in_span = (line for line in joined_lines if start <= line[0][0] < end)
    return "\n".join(
        " ".join(text[start:end] for start, end in line) for line in lines_in_span
    ).strip("\n")


def _raw(content: bytes) -> None:
    if sys.stdout.isatty():
        # A file may contain control sequences.
        emit(content.decode("utf-8", "replace"))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def _print(text: str, cells: int | None) -> None:
    for line in text.split("\n"):
        spans = [(0, len(line))] if cells is None else wrap(line, cells)
        emit_lines(line[start:end] for start, end in spans)
