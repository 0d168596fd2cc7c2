"""`cable-tui demo` with the tour: offered or begun in the room, or printed as commands."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cable_tui.base.errors import NoTerminalError
from cable_tui.cli.demo import open_demo, written
from cable_tui.cli.open import need_terminal
from cable_tui.cli.shared.command_context import CommandContext, emit_lines, refuse_private
from cable_tui.cli.shared.options import Parser

if TYPE_CHECKING:
    from cable_tui.program.settings import Paths
    from cable_tui.session.values import Action

WORDS = ("lobster", "captain", "minister", "harbor", "ferry")
"""Words in the demo, in the order in which the tour proposes them."""
_CABLE = "05PORTAMBER140"
_STEPS = (
    ("Narrow", "find the cables about fisheries, by their TAG", ("search", "", "tag:EFIS")),
    ("Search", "narrow them to a word", ("search", "", "tag:EFIS lobster")),
    ("Correct", "misspell a word; the intended word is found", ("search", "", "lobstre")),
    ("Read", "print a cable as text", ("show", "", _CABLE)),
    ("Follow", "list the cables citing it", ("search", "", f"cites:{_CABLE}")),
    ("Come back", "return to one of its paragraphs", ("show", "", f"{_CABLE}#2")),
    ("Bookmark", "bookmark this paragraph", ("bookmarks", "add", "", f"{_CABLE}#2")),
    ("Cite", "cite this paragraph", ("cite", "", f"{_CABLE}#2")),
    ("Find help", "show the options of a command, with examples", ("help", "search")),
)  # fmt: skip
"""The name of each step, what its command does, and the command's words, with an empty word for the
folder.
"""


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_flag("--tour", "begin with the tour (without a terminal, print it as commands)")
    parser.add_flag("--plain", "print the tour as commands, even on a terminal")


def run(context: CommandContext) -> int:
    """Open the room on the demo, or print the tour."""
    options = context.options
    if options.plain or (options.tour and not _has_terminal(context)):
        refuse_private(context, "demo --plain")  # its commands need the pages
        emit_lines(_plain_tour(written(context)))
        return 0

    def then(paths: Paths) -> Sequence[Action]:
        from cable_tui.tools.tour.room import first_actions  # when the room is on the screen

        return first_actions(WORDS, paths, begins=options.tour)

    return open_demo(context, then=then, at_top=options.tour)


def _has_terminal(context: CommandContext) -> bool:
    try:
        need_terminal(context)
    except NoTerminalError:
        return False
    return True


def _plain_tour(folder: Path) -> list[str]:
    """Return an introduction, then two lines for each step."""
    steps = list(tour_commands(folder))
    tour_lines = [f"A tour of {folder} in {len(steps)} steps, each a command for your shell."]
    for step_number, step in enumerate(steps, 1):
        tour_lines += ["", f"{step_number}. {step.name}: {step.does}.", step.line]
    return tour_lines


class TourCommand(NamedTuple):
    """One step of the tour as a command line."""

    name: str
    does: str
    argv: tuple[str, ...]
    """The arguments after `cable-tui`."""

    @property
    def line(self) -> str:
        """The command line as typed into a shell."""
        return shlex.join(("cable-tui", *self.argv))


def tour_commands(folder: Path) -> Iterator[TourCommand]:
    """Yield the steps of the tour on the demo in `folder`."""
    for step_name, what_it_does, step_words in _STEPS:
        yield TourCommand(
            step_name, what_it_does, tuple(word or str(folder) for word in step_words)
        )
