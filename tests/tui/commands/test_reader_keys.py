"""Mistakes in the settings are listed when the room opens, each in a line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cable_tui.program.own_commands import OwnCommand
from cable_tui.program.settings import Settings
from cable_tui.session.features.external_programs import RunOwnCommand
from cable_tui.tui.commands import keyboard
from cable_tui.tui.commands.key_command import KeyContext
from cable_tui.tui.commands.keyboard import COMMANDS
from cable_tui.tui.commands.reader_keys import settings_mistakes, theme_mistake

KNOWN = ("reading-room-dark", "nord")


@pytest.fixture(autouse=True)
def _the_usual_keys() -> Iterator[None]:
    yield
    keyboard.use(COMMANDS)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", ""),
        ("nord", ""),
        ("nrod", "theme: nrod is unknown. Did you mean nord?"),
        ("x", "theme: x is unknown. Known are nord, reading-room-dark."),
    ],
)
def test_a_theme_that_is_not_there_is_said(name: str, sentence: str) -> None:
    assert theme_mistake(name, KNOWN) == sentence


def test_all_mistakes_are_said_and_the_good_keys_are_taken() -> None:
    settings = Settings(
        theme="nrod", keys={"list.read": ("ctrl+y",), "x": ("y",)}, mistakes=("config.toml: no.",)
    )
    said = settings_mistakes(settings, KNOWN, choosing=False)
    assert [line.split(":")[0] for line in said] == ["config.toml", "theme", "keys.x"]
    command = keyboard.command_for("list", "ctrl+y")
    assert command is not None
    assert command.id == "list.read"


@pytest.mark.parametrize(
    ("name", "where", "now"),
    [
        ("library.only", "filters", "filters.only"),
        ("mark.toggle", "list", "bookmark.toggle"),
        ("list.mark", "list", "list.select"),
        ("pane.library", "list", "pane.filters"),
    ],
)
def test_the_older_name_of_a_command_goes_on_working(
    name: str, where: KeyContext, now: str
) -> None:
    assert settings_mistakes(Settings(keys={name: ("ctrl+y",)}), KNOWN, choosing=False) == []
    command = keyboard.command_for(where, "ctrl+y")
    assert command is not None
    assert command.id == now


def test_in_a_room_that_was_opened_to_choose_enter_chooses() -> None:
    assert settings_mistakes(Settings(), KNOWN, choosing=True) == []
    command = keyboard.command_for("list", "enter")
    assert command is not None
    assert command.id == "list.choose"
    reading = keyboard.command_for("list", "l")
    assert reading is not None
    assert reading.id == "list.read"


def test_own_commands_are_commands_with_their_keys() -> None:
    own = (
        OwnCommand("translate", ("trans",), key="f8"),
        OwnCommand("other", ("trans",)),
    )
    settings = Settings(commands=own, keys={"commands.other": ("f9",)})
    assert settings_mistakes(settings, KNOWN, choosing=False) == []
    for key, command in (("f8", own[0]), ("f9", own[1])):
        found = keyboard.command_for("list", key)
        assert found is not None
        assert found.does == RunOwnCommand(command)


@pytest.mark.parametrize(
    ("own", "keys", "sentence"),
    [
        (
            [OwnCommand("translate", ("trans",), key="g")],
            {},
            (
                "commands.translate.key: g is already the key of go.menu, so "
                "commands.translate keeps no key; choose another key, or change keys.go.menu"
            ),
        ),
        (
            [OwnCommand("translate", ("trans",), key="f8")],
            {"commands.translate": ("g",)},
            (
                "keys.commands.translate: g is already the key of go.menu, so "
                "commands.translate keeps no key; choose another key, or change keys.go.menu"
            ),
        ),
        (
            [OwnCommand("a", ("trans",), key="f8"), OwnCommand("b", ("trans",), key="f8")],
            {},
            (
                "commands.a.key: F8 is already the key of commands.b, so commands.a keeps no key; "
                "choose another key, or change commands.b.key"
            ),
        ),
        (
            [OwnCommand("translate", ("trans",), key="f8 f9")],
            {},
            'commands.translate.key: "f8 f9" is not a key; it keeps no key',
        ),
    ],
)
def test_a_mistake_in_the_key_of_an_own_command_names_its_setting(
    own: list[OwnCommand], keys: dict[str, tuple[str, ...]], sentence: str
) -> None:
    settings = Settings(commands=tuple(own), keys=keys)
    assert settings_mistakes(settings, KNOWN, choosing=False) == [sentence]
