"""The options of `export` that go with `--format sealed`. Nothing heavy is imported for them."""

from __future__ import annotations

import argparse

from cable_tui.exports.lists import SEALED

NEAR = 200
"""As `survey.NEAR`, which only a dossier imports."""
OPTIONS = ("whole", "paragraphs", "with_protected", "mask", "unresolved", "with_log", "without_log")
"""The options that only a dossier knows."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options that go with `--format sealed`."""
    of = f"with --format {SEALED}"
    how_much = parser.add_mutually_exclusive_group()
    how_much.add_argument(
        "--whole", action="store_true", help=f"{of}: the whole text of each cable (the default)"
    )
    how_much.add_argument(
        "--paragraphs",
        action="store_true",
        help=f"{of}: of a cable whose paragraphs are bookmarked only these",
    )
    parser.add_argument(
        "--with-protected",
        action="store_true",
        help=f"{of}: also names that a cable asks to protect; else masked",
    )
    parser.add_argument(
        "--mask",
        metavar="WORDS",
        action="append",
        default=[],
        help=f"{of}: mask this name or phrase too, in all its forms; again for another. It answers "
        f"a plea that could not be resolved and is at most {NEAR} characters from the words, in "
        "the same paragraph, with no other plea between",
    )
    parser.add_argument(
        "--unresolved",
        action="store_true",
        help=f"{of}: write it though pleas for protection could not be resolved; it says which",
    )
    log = parser.add_mutually_exclusive_group()
    log.add_argument(
        "--with-log", action="store_true", help=f"{of}: the searches of your log of this archive"
    )
    log.add_argument("--without-log", action="store_true", help=f"{of}: no searches (the default)")


def asked(options: argparse.Namespace) -> bool:
    """Whether one of them was given."""
    return any(getattr(options, name) for name in OPTIONS)
