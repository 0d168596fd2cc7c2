"""The options of `export --format verifiable`."""

from __future__ import annotations

from cable_tui.cli.shared.options import Parser

OPTIONS = (
    "whole",
    "paragraphs",
    "with_protected",
    "mask",
    "take_proposed",
    "with_log",
    "without_log",
)
"""The option names in the parsed command line."""


def configure(parser: Parser) -> None:
    """Add the options to the command."""
    prefix = "with --format verifiable"
    extent_options = parser.one_of()
    extent_options.add_flag(
        "--whole", f"{prefix}: include the whole text of each cable (the default)"
    )
    extent_options.add_flag(
        "--paragraphs", f"{prefix}: include only the bookmarked paragraphs of a cable, if any"
    )
    parser.add_flag(
        "--with-protected",
        f"{prefix}: show protected names instead of masking them",
    )
    parser.add_argument(
        "--mask",
        metavar="WORDS",
        action="append",
        default=[],
        help=f"{prefix}: also mask this name or phrase, in all its forms (repeatable)",
    )
    parser.add_argument(
        "--take-proposed",
        "--unresolved",
        action="store_true",
        help=f"{prefix}: mask the proposed names if a protection request has no answer; the "
        "dossier states that no one has confirmed "
        "them",
    )
    log_options = parser.one_of()
    log_options.add_flag("--with-log", f"{prefix}: include your logged searches of this archive")
    log_options.add_flag("--without-log", f"{prefix}: leave out your searches (the default)")
