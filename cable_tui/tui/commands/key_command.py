"""`Command`: its keys, words and effect; and the spelling of keys."""

from __future__ import annotations

from typing import Literal, Protocol, runtime_checkable

from textual.keys import format_key

from cable_tui.base.value import Value
from cable_tui.session.values import Action

KeyContext = Literal[
    "everywhere",
    "bar",
    "timeline",
    "filters",
    "list",
    "header",
    "body",
    "context",
    "find",
    "bookmarks",
]
"""Where a key works; `everywhere` is every pane in which letters are not text, unless its command
says `typing`. `find` is the line for words that are looked for in a cable; those of `OVER_ROOM`
have their own keys only."""
OVER_ROOM: frozenset[KeyContext] = frozenset({"bookmarks"})
"""Screens over the room."""
TYPING: frozenset[KeyContext] = frozenset({"bar", "find"})
"""Contexts in which letters are text."""

RESERVED = frozenset(
    "ctrl+c ctrl+i ctrl+m ctrl+h ctrl+j ctrl+left_square_bracket ctrl+a ctrl+b ctrl+s "
    "ctrl+backslash ctrl+at f10 f11 ctrl+shift+c ctrl+shift+v".split()
)
"""Keys that belong to the terminal, to tmux or screen, or that are other keys' bytes."""


class WidgetAction(Value):
    """An action that only a widget can do: it knows the length of a page and its cursor."""

    verb: str
    """A key of the table of actions in `tui/main/widget_actions.py`; of `entry_...`, of that in
    `tui/pages/bookmarks_page.py`."""
    by: int = 0


@runtime_checkable
class CommandTarget(Protocol):
    """The object that carries out commands: the main screen."""

    def do(self, does: Action | WidgetAction | None) -> None:
        """Carry out a command."""


class Command(Value):
    """One thing that a reader can do, and its keys."""

    id: str
    """A stable name for configuration files."""
    keys: tuple[str, ...]
    """Textual's names."""
    label: str
    """One or two words for the footer."""
    does: Action | WidgetAction
    """The effect."""
    help: str
    """One sentence for the help and the palette."""
    where: tuple[KeyContext, ...] = ("everywhere",)
    footer: int = 0
    """Rank in the footer, from 1; with 0 it is left out. If `HINTS` has the pane, its keys are
    shown."""
    typing: bool = False
    """Whether it also works while the bar has the keys."""
    in_dialogs: Action | None = None
    """What its keys do while a dialog is open; None if they are the dialog's."""


def command(  # noqa: PLR0913, PLR0917 - a row of a table
    where: KeyContext | tuple[KeyContext, ...],
    name: str,
    keys: str,
    label: str,
    does: Action | WidgetAction,
    sentence: str,
    *,
    footer: int = 0,
    typing: bool = False,
) -> Command:
    """Return a command from a row of COMMANDS, its keys with spaces between them."""
    places = (where,) if isinstance(where, str) else where
    return Command(name, tuple(keys.split()), label, does, sentence, places, footer, typing)


def moves(  # noqa: PLR0913 - a row of a table
    pane: KeyContext,
    thing: str,
    first: str,
    last: str,
    *,
    page: str = "",
    has_halves: bool = False,
    footer: int = 0,
) -> tuple[Command, ...]:
    """Return the commands that move in a pane, by `thing`s, pages and halves, and to its ends.

    `page` are more keys for a page down; if a pane does not go by halves, their keys go by pages.
    """
    half_page_key = "" if has_halves else "ctrl+d"
    rows = [
        ("down", "j down", "Down", "line", 1, f"Move one {thing} down."),
        ("up", "k up", "Up", "line", -1, f"Move one {thing} up."),
        (
            "page_down",
            f"pagedown {half_page_key} {page}",
            "Page down",
            "page",
            1,
            "Move one page down.",
        ),
        (
            "page_up",
            f"pageup {half_page_key and 'ctrl+u'}",
            "Page up",
            "page",
            -1,
            "Move one page up.",
        ),
        ("half_down", "ctrl+d", "Half down", "half", 1, "Move half a page down."),
        ("half_up", "ctrl+u", "Half up", "half", -1, "Move half a page up."),
        ("top", "home", "Top", "end", -1, f"Go to {first} (also g g)."),
        ("end", "G end", "End", "end", 1, f"Go to {last}."),
    ]
    ranks = {"down": footer, "up": footer and footer + 1}
    return tuple(
        command(
            *(pane, f"{pane}.{name}", keys, label, WidgetAction(f"move_{unit}", step), sentence),
            footer=ranks.get(name, 0),
        )
        for name, keys, label, unit, step, sentence in rows
        if has_halves or unit != "half"
    )


def works_in(command: Command, where: KeyContext) -> bool:
    """Return whether the keys of a command work in a place."""
    if where in command.where:
        return True
    if "everywhere" not in command.where or where in OVER_ROOM:
        return False
    return where not in TYPING or command.typing


_NAMES = {
    "delete": "Del",
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "backspace": "Backspace",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
}


def key_name(key: str) -> str:
    """Return a key as people write it: `/`, `^d`, `Enter`, `Alt+←`."""
    if key in _NAMES:
        return _NAMES[key]
    if key.startswith("ctrl+"):
        return f"^{key[5:]}"
    if key.startswith("alt+"):
        return f"Alt+{key_name(key[4:])}"
    if key.startswith("shift+"):
        return f"⇧{key_name(key[6:])}"
    return key.upper() if key.startswith("f") and key[1:].isdigit() else format_key(key)


def key_names(command: Command) -> str:
    """Return all keys of a command, as people write them."""
    return " ".join(map(key_name, command.keys))
