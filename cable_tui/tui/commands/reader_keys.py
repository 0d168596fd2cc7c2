"""The keymap of the reader: `[keys]` of config.toml, checked against the commands.

    [keys]
    bookmark.toggle = "m"
    cable.next = ["J", "ctrl+n"]

A mistake is reported in one line at the start, and the command keeps the keys that it has.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.keys import KEY_NAME_REPLACEMENTS

from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.session.features.selection import ChooseCables
from cable_tui.tui.commands import keyboard
from cable_tui.tui.commands.key_command import (
    RESERVED,
    TYPING,
    Command,
    command,
    key_name,
    key_names,
    works_in,
)
from cable_tui.tui.commands.keyboard import COMMANDS

if TYPE_CHECKING:
    from cable_tui.program.settings import Settings

_NAMED = frozenset(
    "enter escape space tab backspace delete insert home end pageup pagedown "
    "up down left right".split()
)
_OTHERS = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "del": "delete"}
_MODIFIERS = ("ctrl", "alt", "shift")
_FUNCTION = pattern(r"f([1-9]|1[0-9]|2[0-4])")
_EDITING = frozenset(("space", "backspace", "delete", "left", "right", "home", "end"))
"""Keys of a line for typing."""
_OLDER = {
    "library.": "filters.",
    "list.library": "list.filters",
    "list.mark": "list.select",
    "list.unmark": "list.unselect",
    "mark.": "bookmark.",
    "pane.library": "pane.filters",
    "search.offers": "search.suggestions",
    "words.curves": "words.trend",
}
"""Older names of commands, or how they began, with the present ones; they go on working."""


def key_of(written: str) -> str | None:
    """Return Textual's name of a key that somebody wrote; None if it is not a key.

    Examples are `m`, `J`, `/`, `slash`, `^d`, `ctrl+d`, `Alt+Left`, `F6`, `Enter`.
    """
    *modifiers, last = written.removesuffix("+").split("+")
    if written.endswith("+"):  # the key is the plus itself
        modifiers, last = [*modifiers, last], "+"
    modifiers = [modifier.casefold() for modifier in modifiers if modifier]
    if last.startswith("^") and len(last) > 1:
        modifiers, last = [*modifiers, "ctrl"], last[1:].casefold()
    if not last or not set(modifiers) <= set(_MODIFIERS) or len(set(modifiers)) < len(modifiers):
        return None
    name = _bare(last)
    if name is None:
        return None
    if "ctrl" in modifiers:
        name = name.casefold()
    return "+".join([modifier for modifier in _MODIFIERS if modifier in modifiers] + [name])


def _bare(written: str) -> str | None:
    """Return the name of a key without modifiers."""
    lower_name = written.casefold()
    if lower_name in _OTHERS or lower_name in _NAMED or _FUNCTION.fullmatch(lower_name):
        return _OTHERS.get(lower_name, lower_name)
    if len(written) == 1:
        if written == " ":
            return "space"
        if written.isalnum():
            return written
        return _sign(written)
    return lower_name if lower_name in _SIGNS else None


def _sign(sign: str) -> str | None:
    """Return the name of a character's key, made like Textual's from Unicode's."""
    if not sign.isprintable():
        return None
    name = unicodedata.name(sign, "").casefold().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


_SIGNS = frozenset(_sign(chr(code)) for code in range(0x21, 0x7F) if not chr(code).isalnum())


def with_own_keys(
    commands: Sequence[Command], keys: Mapping[str, Sequence[str]]
) -> tuple[tuple[Command, ...], list[str]]:
    """Return the commands with the keys that the reader wants, and a line for each mistake."""
    known_commands = {command.id: command for command in commands}
    wanted_keys: dict[str, tuple[str, ...]] = {}
    mistakes = []
    for name_given, keys_written in keys.items():
        name = _present_name(name_given)
        if name not in known_commands:
            mistakes.append(f"keys.{name}: no such command{_near(name, known_commands)}")
            continue
        try:
            wanted_keys[name] = tuple(
                dict.fromkeys(_checked(known_commands[name], text) for text in keys_written)
            )
        except ValueError as error:
            mistakes.append(f"keys.{name}: {error}; it keeps {key_names(known_commands[name])}")
    while True:
        changed = tuple(
            replace(command, keys=wanted_keys.get(command.id, command.keys)) for command in commands
        )
        clash = next(_clashes(changed, wanted_keys), None)
        if clash is None:
            return changed, mistakes
        first_command, other_command, key = clash
        del wanted_keys[first_command.id]
        mistakes.append(
            f"keys.{first_command.id}: {key_name(key)} is already the key of "
            f"{other_command.id}; it keeps {key_names(known_commands[first_command.id])}"
        )


def _present_name(name: str) -> str:
    beginning = name.partition(".")[0] + "."
    return _OLDER.get(name) or name.replace(beginning, _OLDER.get(beginning, beginning), 1)


CHOOSE = command(
    "list",
    "list.choose",
    "enter",
    "Choose",
    ChooseCables(),
    "Choose the selected cables, or this one, and quit.",
    footer=1,
)


def for_choosing(commands: Sequence[Command]) -> tuple[Command, ...]:
    """Return the commands of a room that was opened to choose cables: Enter in the list chooses."""
    other_commands = (
        replace(command, keys=tuple(key for key in command.keys if key not in CHOOSE.keys))
        if "list" in command.where
        else command
        for command in commands
    )
    return (CHOOSE, *other_commands)


_OF_THIS_MACHINE = {"cable.pager", "cable.editor", "room.suspend", "room.rescan"}


def for_browser(commands: Sequence[Command]) -> tuple[Command, ...]:
    """Return the commands of a room in a browser, without those that act on this machine."""
    return tuple(command for command in commands if command.id not in _OF_THIS_MACHINE)


def _checked(wanted: Command, written: str) -> str:
    """Return Textual's name of a key; raises `ValueError` with a reason if it is not possible."""
    key = key_of(written)
    if key is None:
        raise ValueError(f'"{written}" is not a key')
    if key in RESERVED:
        raise ValueError(f"{key_name(key)} belongs to the terminal")
    types = wanted.typing or any(key_context in TYPING for key_context in wanted.where)
    if types and (len(key) == 1 or key in _SIGNS or key in _EDITING):
        raise ValueError(f"{key_name(key)} is needed for typing where this command works")
    return key


def _near(name: str, known: Mapping[str, Command]) -> str:
    nearest = difflib.get_close_matches(name, known, n=1)
    return f". Did you mean {nearest[0]}?" if nearest else "; see the palette (^p) or the help (?)"


def _clashes(
    commands: Sequence[Command], own: Mapping[str, object]
) -> Iterator[tuple[Command, Command, str]]:
    """Yield a command with a key of the reader's, another one that has it too, and the key."""
    for own_command in commands:
        if own_command.id in own:
            for second in commands:
                keys_of_both = set(own_command.keys) & set(second.keys)
                if keys_of_both and second is not own_command and _meet(own_command, second):
                    yield own_command, second, min(keys_of_both)


def _meet(one: Command, other: Command) -> bool:
    """Return whether both work in the same context."""
    places = (*one.where, *other.where)
    return any(
        works_in(one, key_context) and works_in(other, key_context) for key_context in places
    )


def theme_mistake(name: str, known: Iterable[str]) -> str:
    """Return a sentence if no theme has this name; empty if one has, or none is wanted."""
    names = sorted(known)
    if not name or name in names:
        return ""
    nearest_name = difflib.get_close_matches(name, names, n=1)
    hint = f"Did you mean {nearest_name[0]}?" if nearest_name else f"Known are {', '.join(names)}."
    return f"theme: {name} is unknown. {hint}"


def settings_mistakes(settings: Settings, themes: Iterable[str], *, choosing: bool) -> list[str]:
    """Give commands the keys of the settings, and return all mistakes in the settings."""
    theme = theme_mistake(settings.theme, themes)
    messages = [*settings.mistakes, *([theme] if theme else [])]
    if not settings.keys and not choosing and not settings.in_browser:
        return messages
    changed, mistakes = with_own_keys(COMMANDS, settings.keys)
    if settings.in_browser:
        changed, mistakes = for_browser(changed), []
    keyboard.use(for_choosing(changed) if choosing else changed)
    return [*messages, *mistakes]
