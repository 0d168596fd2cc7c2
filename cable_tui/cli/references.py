"""`cable-tui references`: list what a cable cites and what cites it, with the citing sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cable_tui.api.citing_cables import References, references
from cable_tui.base.cable import HowCited, how_cited
from cable_tui.base.value import Value, picked
from cable_tui.cli.shared.command_context import CommandContext, emit_lines, say
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser
from cable_tui.cli.shared.row_pages import RowPages
from cable_tui.session.feature_state import Citing
from cable_tui.session.features.context import MOST_CITING
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled, Only, OrNull
    from cable_tui.reports.page_of_rows import PageOfRows


class CitedAnswer(Value):
    """A cable that the requested cable cites."""

    reference_id: Filled
    """The canonical reference ID of the cited cable."""
    label: Filled | None
    """The letter of its REF line, or null if there is none."""
    here: bool
    """Whether the archive contains the cited cable."""
    year_inferred: bool
    """Whether the year in the reference is not printed and was inferred."""
    how: HowCited
    """Where the citation is printed, and whether its year was inferred."""
    created: OrNull[Filled]
    """When the cited cable was sent, if it is in the archive."""
    subject: str | None
    """The subject of the cited cable, if it is in the archive."""


class ReferencesAnswer(Value):
    """The output of `references --json`: what a cable cites and what cites it."""

    reference_id: Filled
    """The reference ID as the archive writes it, or the canonical one if the cable is missing."""
    here: bool
    """Whether the archive contains the cable. If not, its own citations are unknown."""
    cites: tuple[CitedAnswer, ...]
    cited_by: tuple[Citing, ...]
    more: Count
    """The number of citing cables beyond --limit."""
    page: Only[PageOfRows | None] = None


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_reference("REF", "the cable need not be in the archive")
    limit_help = f"print at most N citing cables (default: {MOST_CITING})"
    parser.add_rows(limit_help, MOST_CITING)
    parser.add_flag("--json", "one JSON object")
    parser.add_no_index()


def run(context: CommandContext) -> int:
    """Print both lists; return 1 if the cable cites nothing and nothing cites it."""
    options = context.options
    with opened_archive(context, options.path, needs=("facts", "grammar")) as archive:
        reference = clean_line(options.reference).strip()
        pages = RowPages(options, archive, "references", reference)
        cables_around = references(archive, reference, options.limit, pages.start)
        shown = len(cables_around.cited_by)
        total = pages.start + shown + cables_around.more
        page = pages.page(shown, total) if options.json else None
    if page is not None:
        pages.emit_object(_answer(cables_around), "cited_by", page)
    else:
        emit_lines(_lines(cables_around, pages.start))
    if cables_around.more:
        say(f"{cables_around.more:,} more cite it; --limit N shows more")
    return 0 if cables_around.cites or total else 1


def _lines(around: References, start: int) -> Iterator[str]:
    if around.cites is None:
        yield f"{around.reference_id} is not in this archive."
    else:
        yield f"{around.reference_id} cites {_number(around.cites)}"
        for cited in around.cites:
            letter = f"{cited.label}. " if cited.label else ""
            cited_name = f"{letter}{cited.reference_id}{' ?' if cited.inferred else ''}"
            cited_name += "  in the text" if cited.source == "text" else ""
            if cited.here:
                yield f"  {cited_name}  {cited.created[:10]}  {clean_line(cited.subject)}"
            else:
                yield f"  {cited_name}  (not in this archive)"
    yield f"{around.reference_id} is cited by {_number(around.cited_by, start + around.more)}"
    for citing in around.cited_by:
        where = f" ¶{citing.paragraph}" if citing.paragraph else ""
        yield f"  {citing.reference_id}{where}  {citing.created[:10]}  {clean_line(citing.subject)}"
        if citing.sentence:
            yield f"    {clean_line(citing.sentence)}"


def _number(linked_cables: Sequence[object], further_count: int = 0) -> str:
    count = len(linked_cables) + further_count
    return f"{counted(count, 'cable')}{':' if count else ''}"


def _answer(around: References) -> ReferencesAnswer:
    cites = tuple(
        picked(
            CitedAnswer,
            cited,
            year_inferred=cited.inferred,
            how=how_cited(cited.source, inferred=cited.inferred),
            subject=cited.subject if cited.here else None,
        )
        for cited in around.cites or ()
    )
    return picked(ReferencesAnswer, around, here=around.cites is not None, cites=cites)
