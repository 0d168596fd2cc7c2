"""`cable-tui cite`: a reference, link, quotation or note of a cable or paragraph."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from cable_tui.cli.archives import looked_up, opened
from cable_tui.cli.call import Call, emit, say
from cable_tui.errors import NotFoundError
from cable_tui.exports import EXPORTS, Citation, remark


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("path", metavar="PATH", type=Path, help="a folder of cables, or one file")
    parser.add_argument("reference", metavar="REF[#N]", help="its ID, or a link; N is a paragraph")
    parser.add_argument(
        "--style",
        choices=tuple(EXPORTS),
        default="reference",
        metavar="NAME",
        help=f"one of {', '.join(EXPORTS)} (default: reference)",
    )
    parser.add_argument("--no-index", action="store_true", help="use the cache as it is")


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def run(call: Call) -> int:
    """Print it, and on stderr what must be known of the place."""
    options = call.options
    with opened(call, options.path, needs=("facts",)) as archive:
        _, cable, paragraph = looked_up(archive, options.reference)
    paragraphs = () if paragraph is None else (paragraph,)
    citation = Citation(cable, paragraphs, call.settings.link, _today())
    text = EXPORTS[options.style].function(citation)
    if not text:
        raise NotFoundError(f"{cable.reference_id} has no date, so its address is not known")
    emit(f"{text}\n")
    if note := remark(citation):
        say(note)
    return 0
