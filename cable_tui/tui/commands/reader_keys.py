"""The reader's own keys: read `[keys]` of config.toml, and check it against the commands.

    [keys]
    bookmark.toggle = "m"
    cable.next = ["J", "ctrl+n"]

A mistake is reported in one line at the start, and the command keeps its default keys.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.keys import KEY_NAME_REPLACEMENTS

from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.session.features.external_programs import RunOwnCommand
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
    from cable_tui.program.own_commands import OwnCommand
    from cable_tui.program.settings import Settings

_NAMED = frozenset(
    "enter escape space tab backspace delete insert home end pageup pagedown "
    "up down left right".split()
)
_OTHERS = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "del": "delete"}
_MODIFIERS = ("ctrl", "alt", "shift")
_FUNCTION = pattern(r"f([1-9]|1[0-9]|2[0-4])")
_EDITING = frozenset(("space", "backspace", "delete", "left", "right", "home", "end"))
"""The keys that edit text in an input line."""
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
"""Older names, or prefixes of names, of commands, with the current ones. They still work."""


def key_of(written: str) -> str | None:
    """Return Textual's name for a key as someone has written it, or None if it is not a key.

    Examples are `m`, `J`, `/`, `slash`, `^d`, `ctrl+d`, `Alt+Left`, `F6`, `Enter`.
    """
    *modifiers, key_part = written.removesuffix("+").split("+")
    if written.endswith("+"):  # the key is the plus itself
        modifiers, key_part = [*modifiers, key_part], "+"
    modifiers = [modifier.casefold() for modifier in modifiers if modifier]
    if key_part.startswith("^") and len(key_part) > 1:
        modifiers, key_part = [*modifiers, "ctrl"], key_part[1:].casefold()
    if (
        not key_part
        or not set(modifiers) <= set(_MODIFIERS)
        or len(set(modifiers)) < len(modifiers)
    ):
        return None
    key_name_text = _bare(key_part)
    if key_name_text is None:
        return None
    if "ctrl" in modifiers:
        key_name_text = key_name_text.casefold()
    return "+".join(
        [modifier for modifier in _MODIFIERS if modifier in modifiers] + [key_name_text]
    )


def _bare(key_text: str) -> str | None:
    """Return Textual's name for a key without modifiers, or None if it is not a key."""
    lower_name = key_text.casefold()
    if lower_name in _OTHERS or lower_name in _NAMED or _FUNCTION.fullmatch(lower_name):
        return _OTHERS.get(lower_name, lower_name)
    if len(key_text) == 1:
        if key_text == " ":
            return "space"
        if key_text.isalnum():
            return key_text
        return _sign(key_text)
    return lower_name if lower_name in _SIGNS else None


def _sign(character: str) -> str | None:
    """Return the key name for a character, derived from its Unicode name as Textual does."""
    if not character.isprintable():
        return None
    unicode_name = unicodedata.name(character, "").casefold().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(unicode_name, unicode_name)


_SIGNS = frozenset(_sign(chr(code)) for code in range(0x21, 0x7F) if not chr(code).isalnum())


def with_own_keys(
    commands: Sequence[Command],
    keys: Mapping[str, Sequence[str]],
    settings_of: Mapping[str, str] | None = None,
) -> tuple[tuple[Command, ...], list[str]]:
    """Return the commands with the keys from the settings, and a message for each error.

    `settings_of` names the settings of keys that are not in `[keys]`, by command.
    """

    def setting(name: str) -> str:
        return (settings_of or {}).get(name, f"keys.{name}")

    known_commands = {command.id: command for command in commands}
    requested_keys: dict[str, tuple[str, ...]] = {}
    mistakes = []
    for setting_name, key_texts in keys.items():
        command_name = _present_name(setting_name)
        if command_name not in known_commands:
            mistakes.append(
                f"keys.{command_name}: no such command{_near(command_name, known_commands)}"
            )
            continue
        try:
            requested_keys[command_name] = tuple(
                dict.fromkeys(
                    _checked(known_commands[command_name], key_text) for key_text in key_texts
                )
            )
        except ValueError as error:
            mistakes.append(
                f"{setting(command_name)}: {error}; it keeps "
                f"{_kept_keys(known_commands[command_name])}"
            )
    while True:
        changed_commands = tuple(
            replace(command, keys=requested_keys.get(command.id, command.keys))
            for command in commands
        )
        clash = next(_clashes(changed_commands, requested_keys), None)
        if clash is None:
            return changed_commands, mistakes
        first_command, other_command, key = clash
        del requested_keys[first_command.id]
        mistakes.append(
            f"{setting(first_command.id)}: {key_name(key)} is already the key of "
            f"{other_command.id}, so {first_command.id} keeps "
            f"{_kept_keys(known_commands[first_command.id])}; choose another key, or change "
            f"{setting(other_command.id)}"
        )


def _kept_keys(command: Command) -> str:
    return key_names(command) or "no key"


def _present_name(name: str) -> str:
    name_prefix = name.partition(".")[0] + "."
    return _OLDER.get(name) or name.replace(name_prefix, _OLDER.get(name_prefix, name_prefix), 1)


CHOOSE = command(
    "list",
    "list.choose",
    "enter",
    "Choose",
    ChooseCables(),
    "Choose the selected cables, or the current cable, and quit.",
    footer=1,
)


def for_choosing(commands: Sequence[Command]) -> tuple[Command, ...]:
    """Return the commands for a room opened to choose cables, where Enter in the list chooses."""
    other_commands = (
        replace(command, keys=tuple(key for key in command.keys if key not in CHOOSE.keys))
        if "list" in command.where
        else command
        for command in commands
    )
    return (CHOOSE, *other_commands)


def _own(own_command: OwnCommand) -> Command:
    """Return one of the reader's own commands as a command of the room, without its key."""
    return command(
        "everywhere",
        f"commands.{own_command.name}",
        "",
        own_command.name,
        RunOwnCommand(own_command),
        f"Run {own_command.line} with this cable.",
    )


_OF_THIS_MACHINE = {"cable.pager", "cable.editor", "room.suspend", "room.rescan"}


def for_browser(commands: Sequence[Command]) -> tuple[Command, ...]:
    """Return the commands for a room in a browser, without those that act on this machine."""
    return tuple(command for command in commands if command.id not in _OF_THIS_MACHINE)


def _checked(checked_command: Command, key_text: str) -> str:
    """Return Textual's name for a key. Raises `ValueError` with a reason if it cannot be used."""
    key = key_of(key_text)
    if key is None:
        raise ValueError(f'"{key_text}" is not a key')
    if key in RESERVED:
        raise ValueError(f"{key_name(key)} is reserved for the terminal")
    takes_text = checked_command.typing or any(
        key_context in TYPING for key_context in checked_command.where
    )
    if takes_text and (len(key) == 1 or key in _SIGNS or key in _EDITING):
        raise ValueError(f"{key_name(key)} is needed for typing where this command works")
    return key


def _near(name: str, known_commands: Mapping[str, Command]) -> str:
    similar_names = difflib.get_close_matches(name, known_commands, n=1)
    return (
        f". Did you mean {similar_names[0]}?"
        if similar_names
        else "; see the palette (^p) or the help (?)"
    )


def _clashes(
    commands: Sequence[Command], own_keys: Mapping[str, object]
) -> Iterator[tuple[Command, Command, str]]:
    """Yield each conflict: the command with the reader's key, the other command, and the key."""
    for own_command in commands:
        if own_command.id in own_keys:
            for other_command in commands:
                shared_keys = set(own_command.keys) & set(other_command.keys)
                if (
                    shared_keys
                    and other_command is not own_command
                    and _meet(own_command, other_command)
                ):
                    yield own_command, other_command, min(shared_keys)


def _meet(first_command: Command, second_command: Command) -> bool:
    """Return whether two commands work in the same context."""
    contexts = (*first_command.where, *second_command.where)
    return any(
        works_in(first_command, key_context) and works_in(second_command, key_context)
        for key_context in contexts
    )


def theme_mistake(name: str, known: Iterable[str]) -> str:
    """Return a message if no theme has this name; an empty name is valid."""
    theme_names = sorted(known)
    if not name or name in theme_names:
        return ""
    similar_names = difflib.get_close_matches(name, theme_names, n=1)
    hint = (
        f"Did you mean {similar_names[0]}?"
        if similar_names
        else f"Known are {', '.join(theme_names)}."
    )
    return f"theme: {name} is unknown. {hint}"


def room_commands(settings: Settings) -> tuple[tuple[Command, ...], list[str]]:
    """Return all commands with the keys from the settings, and a message for each error."""
    own_keys = {f"commands.{own.name}": (own.key,) for own in settings.commands if own.key}
    settings_of = {name: f"{name}.key" for name in own_keys.keys() - settings.keys.keys()}
    commands = (*COMMANDS, *map(_own, settings.commands))
    return with_own_keys(commands, {**own_keys, **settings.keys}, settings_of)


def settings_mistakes(settings: Settings, themes: Iterable[str], *, choosing: bool) -> list[str]:
    """Assign the keys from the settings to the commands; return all mistakes in the settings."""
    theme_message = theme_mistake(settings.theme, themes)
    messages = [*settings.mistakes, *([theme_message] if theme_message else [])]
    if not any((settings.keys, settings.commands, choosing, settings.in_browser)):
        return messages
    changed_commands, mistakes = room_commands(settings)
    if settings.in_browser:
        changed_commands, mistakes = for_browser(changed_commands), []
    keyboard.use(for_choosing(changed_commands) if choosing else changed_commands)
    return [*messages, *mistakes]
