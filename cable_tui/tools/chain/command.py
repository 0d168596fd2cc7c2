"""The command `cable-tui chain`: the cables linked to one cable by citations, as story or graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cable_tui.archive.look_up import look_up
from cable_tui.base.errors import ArchiveError, NotFoundError, UsageError
from cable_tui.base.value import replace
from cable_tui.cli.shared.command_context import CommandContext, say, say_requests, write_out
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser
from cable_tui.cli.shared.progress import each_with_progress
from cable_tui.cli.shared.row_pages import RowPages
from cable_tui.exports.citation import RequestCount, Ways
from cable_tui.text.cleaning import json_text
from cable_tui.text.numbers import counted
from cable_tui.tools.chain import citations as chains
from cable_tui.tools.chain.formats import ALIASES, CHAIN_FORMATS, chain_answer
from cable_tui.tools.chain.story import Chain, title, without_protected
from cable_tui.tools.protection import answers


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_reference("REF", "the cable need not be in the archive")
    format_names = (*CHAIN_FORMATS, *ALIASES)
    parser.add_argument(
        "--format",
        choices=format_names,
        default="markdown",
        metavar="NAME",
        help=f"one of {', '.join(CHAIN_FORMATS)}, or md for short (default: markdown)",
    )
    parser.add_argument(
        "--json", dest="format", action="store_const", const="json", help="as --format json"
    )
    usual_depth = f"until there are {chains.READABLE} cables, but at least 1"
    parser.add_number("--depth", f"number of citation steps (default: {usual_depth})")
    parser.add_flag("--protected", "include sentences asking for the protection of a source")
    parser.add_rows("at most N cables (only with --json)")
    parser.add_output()
    parser.add_no_index()


def run(context: CommandContext) -> int:
    """Write the chain, and report omissions on stderr."""
    options = context.options
    chain_format = CHAIN_FORMATS[ALIASES.get(options.format, options.format)]
    options.json = chain_format.name == "json"
    for flag, value in (("--limit", options.limit), ("--after", options.after)):
        if value and not options.json:
            raise UsageError(f"{flag} needs --json: in other formats a chain is whole")
    settings = context.settings
    citation_style = Ways(settings.link, settings.templates, accessed=settings.accessed)
    with opened_archive(context, options.path, needs=("facts", "grammar")) as archive:
        try:
            chain = chains.chain(archive, options.reference, options.depth)
        except NotFoundError:
            look_up(archive, options.reference)  # says which cables have a name like it
            raise
        known_answers = answers.read(answers.file_beside(context.paths.library))
        reading_steps = chains.read_sentences(archive, chain, citation_style, answers=known_answers)
        for chain_so_far in each_with_progress(reading_steps, "cables", len(chain.cables)):
            chain = chain_so_far
        shown_chain, withheld_count = without_protected(chain)
        if options.protected:
            shown_chain = chain
        left_out = tuple(_left_out(chain, withheld_count, given=options.protected))
        question = (chain.start, options.depth, options.protected)
        pages = RowPages(options, archive, "chain", *question)
        written: Iterable[str] = chain_format.write(shown_chain)
        if options.json:
            answer = chain_answer(shown_chain)
            entries = tuple(pages.cut(answer.entries))
            page = pages.page(len(entries), len(answer.entries), left_out=left_out)
            answer = replace(answer, entries=entries)
            written = (f"{json_text(pages.object_of(answer, 'entries', page))}\n",)
    write_out(options.output, written)
    if options.output is not None:
        cable_count = counted(len(chain.entries), "cable")
        say(f"{title(chain)} written to {options.output}: {cable_count}, including missing ones")
    for sentence in left_out:
        say(sentence)
    request_count = RequestCount()
    for cable in chain.cables:
        request_count.take(cable.canonical_id, cable.reference_id, cable.requests)
    say_requests(context, request_count, f"chain:{chain.start}")
    return ArchiveError.exit_code if any(entry.unreadable for entry in chain.entries) else 0


def _left_out(chain: Chain, withheld_count: int, *, given: bool) -> Iterator[str]:
    if chain.partial:
        yield "not all citations are indexed yet: more cables may be linked"
    elif len(chain.entries) == 1:
        yield f"{chain.start} cites no cable, and no cable in this archive cites it"
    if chain.beyond:
        yield f"--depth {chain.depth + 1} adds {chain.beyond:,} more"
    if chain.cut:
        yield "the chain is limited to the nearest cables; more are linked"
    if withheld_count and given:
        yield (
            f"{counted(withheld_count, 'sentence')} included asking for the protection of a "
            "source: check the names before you share this"
        )
    elif withheld_count:
        yield (
            f"omitted: {counted(withheld_count, 'sentence')} asking for the protection of a source "
            "(--protected includes them)"
        )
    unreadable = [entry for entry in chain.entries if entry.unreadable]
    if unreadable:
        cable_count = counted(len(unreadable), "cable")
        yield f"{cable_count} could not be read: {unreadable[0].unreadable}"
