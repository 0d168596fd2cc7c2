"""`Command`: the keys, texts and effect of one command; and the notation of keys."""

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
"""The contexts in which keys work. `everywhere` covers every pane in which letters are not text; a
command with `typing` also works in the other panes. `find` is the input line for words to find in a
cable. Contexts in `OVER_ROOM` have only their own keys.
"""
OVER_ROOM: frozenset[KeyContext] = frozenset({"bookmarks"})
"""The contexts of screens that cover the room."""
TYPING: frozenset[KeyContext] = frozenset({"bar", "find"})
"""The contexts in which letters are text."""

RESERVED = frozenset(
    "ctrl+c ctrl+i ctrl+m ctrl+h ctrl+j ctrl+left_square_bracket ctrl+a ctrl+b ctrl+s "
    "ctrl+backslash ctrl+at f10 f11 ctrl+shift+c ctrl+shift+v".split()
)
"""Keys that belong to the terminal, tmux or screen, or that send the same bytes as other keys."""


class WidgetAction(Value):
    """An action that only a widget can perform, because it depends on a page's length or cursor."""

    verb: str
    """The name of the action: a key of the table in `tui/main/widget_actions.py`, or, for
    `entry_...`, of the table in `tui/pages/bookmarks_page.py`.
    """
    by: int = 0


@runtime_checkable
class CommandTarget(Protocol):
    """The object that runs commands, which is the main screen."""

    def do(self, does: Action | WidgetAction | None) -> None:
        """Run the action of a command."""


class Command(Value):
    """A command that the reader can run, and its keys."""

    id: str
    """The stable name of the command in configuration files."""
    keys: tuple[str, ...]
    """Textual's names for the keys."""
    label: str
    """One or two words for the footer."""
    does: Action | WidgetAction
    """The action that the keys trigger."""
    help: str
    """The sentence for the help and the palette."""
    where: tuple[KeyContext, ...] = ("everywhere",)
    footer: int = 0
    """The rank in the footer, starting at 1; 0 leaves the command out of the footer. A pane listed
    in `HINTS` shows only the commands listed there.
    """
    typing: bool = False
    """Whether the command also works while the reader types in the search bar."""
    in_dialogs: Action | None = None
    """The action of the keys while a dialog is open, or None if the dialog handles them itself."""


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
    """Return a command built from a row of COMMANDS; the keys are separated by spaces."""
    contexts = (where,) if isinstance(where, str) else where
    return Command(name, tuple(keys.split()), label, does, sentence, contexts, footer, typing)


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
    """Return the commands that move in a pane by `thing`s, half pages and pages, and to either end.

    `page` lists additional keys for moving down a page. If a pane does not move by half pages, the
    keys for half pages move by whole pages.
    """
    half_page_key = "" if has_halves else "ctrl+d"
    command_rows = [
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
    footer_ranks = {"down": footer, "up": footer and footer + 1}
    return tuple(
        command(
            *(
                pane,
                f"{pane}.{move_name}",
                keys,
                label,
                WidgetAction(f"move_{move_unit}", step_sign),
                sentence,
            ),
            footer=footer_ranks.get(move_name, 0),
        )
        for move_name, keys, label, move_unit, step_sign, sentence in command_rows
        if has_halves or move_unit != "half"
    )


def works_in(command: Command, where: KeyContext) -> bool:
    """Return whether the keys of a command work in a context."""
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
    """Return a key as people write it, such as `/`, `^d`, `Enter` or `Alt+←`."""
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
    """Return all keys of a command as people write them, separated by spaces."""
    return " ".join(map(key_name, command.keys))
