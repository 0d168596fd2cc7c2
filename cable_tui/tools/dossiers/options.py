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
"""Their names in the parsed command line."""


def configure(parser: Parser) -> None:
    """Add the options."""
    seal = "with --format verifiable"
    how_much = parser.one_of()
    how_much.add_flag("--whole", f"{seal}: include the whole text of each cable (the default)")
    how_much.add_flag(
        "--paragraphs", f"{seal}: include only the bookmarked paragraphs of a cable, if any"
    )
    parser.add_flag(
        "--with-protected",
        f"{seal}: show protected names instead of masking them",
    )
    parser.add_argument(
        "--mask",
        metavar="WORDS",
        action="append",
        default=[],
        help=f"{seal}: also mask this name or phrase, in all its forms (repeatable)",
    )
    parser.add_argument(
        "--take-proposed",
        "--unresolved",
        action="store_true",
        help=f"{seal}: mask proposed names where protection requests have no answer; the dossier "
        "states that no one has confirmed them",
    )
    log = parser.one_of()
    log.add_flag("--with-log", f"{seal}: include your logged searches of this archive")
    log.add_flag("--without-log", f"{seal}: include no searches (the default)")
