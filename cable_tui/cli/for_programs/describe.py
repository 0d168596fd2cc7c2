"""`cable-tui describe`: a summary of an archive, to read before the first query."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cable_tui.cli.shared.command_context import CommandContext, emit_answer
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser
from cable_tui.text import clean_line, wrap
from cable_tui.text.numbers import counted

if TYPE_CHECKING:  # a help opens none
    from cable_tui.api.description import Description, ListedValues

_WIDTH = 100


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_flag("--json", "one JSON object, at most 6,000 bytes")
    parser.add_no_index()


def run(context: CommandContext) -> int:
    """Print the description, and return 0."""
    with opened_archive(context, context.options.path, needs=("facts", "grammar")) as archive:
        from cable_tui.api.description import describe  # a help needs no archive

        described = describe(archive, context.paths.library)
    emit_answer(context, described, _lines(described))
    return 0


def _lines(described: Description) -> Iterator[str]:
    years = f", {described.first_year}-{described.last_year}" if described.first_year else ""
    yield f"{clean_line(described.archive)}: {counted(described.cables, 'cable')}{years}"
    yield f"fingerprint: {described.fingerprint}"
    lists = {
        "years": described.years,
        "posts": described.posts,
        "classifications": described.classifications,
        "TAGS": described.tags,
    }
    for name, values in lists.items():
        yield from _wrapped(name, _values_line(values))
    yield "what the archive does not tell you:"
    yield from (f"  {line}" for line in _unknown_lines(described))
    yield from _wrapped("prefixes", ", ".join(f"{name}:" for name in described.prefixes))
    yield "reports:"
    yield from (f"  {name}: {text}" for name, text in described.reports.items())


def _values_line(values: ListedValues) -> str:
    first = ", ".join(f"{each.value} {each.count:,}" for each in values.first)
    others = values.values - len(values.first)
    without = f"; {counted(values.without, 'cable')} without" if values.without else ""
    return f"{first}{f' and {others:,} more' if others > 0 else ''}{without}"


def _unknown_lines(described: Description) -> Iterator[str]:
    unknown = described.not_known
    for stage in unknown.not_indexed:
        yield f"not indexed yet: {stage}"
    if unknown.unread:
        yield f"{counted(unknown.unread, 'file or record', 'files or records')} could not be read"
    for kind, count in unknown.skipped.items():
        yield f"{counted(count, 'file')} skipped: {kind}"
    for flag, count in unknown.without_text.items():
        yield f"{counted(count, 'cable')} without text: is:{flag}"
    if unknown.differing:
        yield f"{counted(unknown.differing, 'cable')} with differing versions: has:variants"
    yield f"{counted(unknown.cited, 'cable')} cited but not in this archive"
    if unknown.numbers_not_here is not None:
        numbers = counted(unknown.numbers_not_here, "serial number")
        yield f"{numbers} of posts and years without a cable in this archive"


def _wrapped(name: str, text: str) -> Iterator[str]:
    line = clean_line(f"{name}: {text}")
    for index, (start, end) in enumerate(wrap(line, _WIDTH)):
        yield f"{'  ' if index else ''}{line[start:end].strip()}"
