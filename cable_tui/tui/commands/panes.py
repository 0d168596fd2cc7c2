"""The commands of the list and the library."""

from __future__ import annotations

from cable_tui.session import actions, passages
from cable_tui.tui.commands.model import Command, Gesture

LIST = (
    Command(
        "list.read",
        ("enter", "l", "right"),
        "Read",
        actions.Read(),
        "Read this cable.",
        where=("list",),
        footer=1,
    ),
    Command(
        "list.down", ("j", "down"), "Down", actions.Move(1), "One cable down.", where=("list",)
    ),
    Command("list.up", ("k", "up"), "Up", actions.Move(-1), "One cable up.", where=("list",)),
    Command(
        "list.top",
        ("home",),
        "Top",
        actions.MoveTo(0),
        "To the first cable; also g g.",
        where=("list",),
    ),
    Command(
        "list.end", ("G", "end"), "End", actions.MoveTo(-1), "To the last cable.", where=("list",)
    ),
    Command(
        "list.page_down",
        ("pagedown", "ctrl+f", "space"),
        "Page down",
        Gesture("list_page", 1),
        "One page down.",
        where=("list",),
    ),
    Command(
        "list.page_up",
        ("pageup",),
        "Page up",
        Gesture("list_page", -1),
        "One page up.",
        where=("list",),
    ),
    Command(
        "list.half_down",
        ("ctrl+d",),
        "Half down",
        Gesture("list_half", 1),
        "Half a page down.",
        where=("list",),
    ),
    Command(
        "list.half_up",
        ("ctrl+u",),
        "Half up",
        Gesture("list_half", -1),
        "Half a page up.",
        where=("list",),
    ),
    Command(
        "list.passages",
        ("p",),
        "Passages",
        passages.Toggle(),
        "Show the best passage under each subject, where the query has words, or no more.",
        where=("list",),
    ),
    Command(
        "list.library",
        ("h", "left"),
        "Library",
        actions.Focus("library"),
        "To the library.",
        where=("list",),
    ),
)

LIBRARY = (
    Command(
        "library.toggle",
        ("space",),
        "Add",
        Gesture("library_toggle"),
        "Add this value to the query, or take it out.",
        where=("library",),
        footer=1,
    ),
    Command(
        "library.only",
        ("enter",),
        "Only",
        Gesture("library_only"),
        "This value and no other of its section.",
        where=("library",),
        footer=2,
    ),
    Command(
        "library.exclude",
        ("minus", "x"),
        "Exclude",
        Gesture("library_exclude"),
        "Exclude this value.",
        where=("library",),
        footer=3,
    ),
    Command(
        "library.down",
        ("j", "down"),
        "Down",
        Gesture("library_move", 1),
        "One line down.",
        where=("library",),
    ),
    Command(
        "library.up",
        ("k", "up"),
        "Up",
        Gesture("library_move", -1),
        "One line up.",
        where=("library",),
    ),
    Command(
        "library.page_down",
        ("pagedown", "ctrl+d"),
        "Page down",
        Gesture("library_page", 1),
        "One page down.",
        where=("library",),
    ),
    Command(
        "library.page_up",
        ("pageup", "ctrl+u"),
        "Page up",
        Gesture("library_page", -1),
        "One page up.",
        where=("library",),
    ),
    Command(
        "library.top",
        ("home",),
        "Top",
        Gesture("library_ends", -1),
        "To the first line; also g g.",
        where=("library",),
    ),
    Command(
        "library.end",
        ("G", "end"),
        "End",
        Gesture("library_ends", 1),
        "To the last line.",
        where=("library",),
    ),
    Command(
        "library.fold",
        ("left", "right"),
        "Fold",
        Gesture("library_fold"),
        "Fold or unfold this section.",
        where=("library",),
        footer=5,
    ),
    Command(
        "library.list",
        ("l",),
        "Cables",
        actions.Focus("list"),
        "To the list of cables.",
        where=("library",),
    ),
)
