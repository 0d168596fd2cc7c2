"""`cable-tui cite`: print a reference, link, quotation or note for a cable or paragraph."""

from __future__ import annotations

from cable_tui.archive.look_up import look_up
from cable_tui.base.cable import Span
from cable_tui.base.errors import NotFoundError, UsageError
from cable_tui.cli.shared.command_context import CommandContext, emit, say, say_requests
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser
from cable_tui.exports.citation import Citation, RequestCount, cable_and_place, cautions, places_at
from cable_tui.exports.copy_formats import EXPORTS, OLDER_NAMES
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path()
    parser.add_reference("REF[#N]", "N is a paragraph, N-M a range, B a REF line")
    parser.add_choice("--style", EXPORTS, "reference", older=OLDER_NAMES)
    parser.add_argument(
        "--sentence", metavar="N", help="only this sentence of the paragraph; N-M for a range"
    )
    parser.add_source()
    parser.add_no_index()


def run(context: CommandContext) -> int:
    """Print the citation, and print the cautions about its cable or paragraphs on stderr."""
    options = context.options
    reference, cited_range = cable_and_place(clean_line(options.reference))
    with opened_archive(context, options.path, needs=("facts",)) as archive:
        _, cable, _ = look_up(archive, reference, options.source)
        paragraphs, cited_lines = places_at(cable, cited_range)
        citation = Citation(
            cable,
            paragraphs,
            context.settings.link,
            context.settings.accessed,
            cited_lines,
            folder=archive.root,
            templates=context.settings.templates,
        )
    if options.sentence is not None:
        from cable_tui.session.features.copy import part_of  # most cite whole paragraphs

        citation = part_of(citation, _sentences(citation, options.sentence))
    export = EXPORTS[options.style]
    text = export.function(citation)
    if not text:
        raise NotFoundError(_missing(citation, export.label))
    for caution in cautions(citation):
        say(caution)
    request_count = RequestCount()
    request_count.add(citation.cable)
    say_requests(context, request_count)
    emit(f"{text}\n")
    return 0


def _sentences(citation: Citation, numbers: str) -> Span:
    """Return the span from the first to the last requested sentence, in `Body.text`."""
    if len(citation.paragraphs) != 1:
        raise UsageError("--sentence needs REF#N, the paragraph with the sentence")
    from cable_tui.session.features.selection import sentence_spans  # as above

    cable = citation.cable
    spans = sentence_spans(cable, cable.body.paragraphs.index(citation.paragraphs[0]))
    first_number, range_dash, last_number = numbers.partition("-")
    sentence_numbers = (
        first_number.strip(),
        last_number.strip() if range_dash else first_number.strip(),
    )
    if not all(
        sentence_number.isascii() and sentence_number.isdigit()
        for sentence_number in sentence_numbers
    ):
        raise UsageError(f"--sentence needs a whole number, or two such as 2-3, not {numbers}")
    first_sentence, last_sentence = map(int, sentence_numbers)
    if not 1 <= first_sentence <= last_sentence <= len(spans):
        raise NotFoundError(
            f"there is no sentence {numbers} in ¶{citation.places}, which has "
            f"{counted(len(spans), 'sentence')}"
        )
    return spans[first_sentence - 1][0], spans[last_sentence - 1][1]


def _missing(citation: Citation, label: str) -> str:
    reference_id = citation.cable.reference_id
    if citation.link_template == "cablegate" and not citation.cable.facts.created:
        return f"{reference_id} has no date, so its address is not known"
    return f"{reference_id} has no {label}"
