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
    how_much.add_flag("--whole", f"{seal}: the whole text of each cable (the default)")
    how_much.add_flag(
        "--paragraphs", f"{seal}: if paragraphs of a cable are bookmarked, only these"
    )
    parser.add_flag(
        "--with-protected",
        f"{seal}: show names that a cable asks to protect; otherwise they are masked",
    )
    parser.add_argument(
        "--mask",
        metavar="WORDS",
        action="append",
        default=[],
        help=f"{seal}: mask this name or phrase too, in all its forms; repeatable",
    )
    parser.add_argument(
        "--take-proposed",
        "--unresolved",
        action="store_true",
        help=f"{seal}: write it although some protection requests have no answer: names that rules "
        "propose are masked, and it says that nobody has confirmed them",
    )
    log = parser.one_of()
    log.add_flag("--with-log", f"{seal}: the searches of your log of this archive")
    log.add_flag("--without-log", f"{seal}: no searches (the default)")
