"""The reader's own keys: what is understood, what is refused, and in which words."""

from __future__ import annotations

import string

import pytest
from textual.keys import _character_to_key

from cable_tui.session.features import opened_cable
from cable_tui.tui.commands.key_command import Command, KeyContext
from cable_tui.tui.commands.keyboard import COMMANDS
from cable_tui.tui.commands.reader_keys import key_of, with_own_keys


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("m", "m"),
        ("J", "J"),
        ("é", "é"),
        ("^d", "ctrl+d"),
        ("ctrl+D", "ctrl+d"),
        ("Alt+Left", "alt+left"),
        ("F6", "f6"),
        ("Enter", "enter"),
        ("Esc", "escape"),
        ("PgUp", "pageup"),
        ("slash", "slash"),
        ("+", "plus"),
        ("ctrl++", "ctrl+plus"),
        (" ", "space"),
        ("shift+tab", "shift+tab"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("", None),
        ("foo", None),
        ("ox", None),
        ("F99", None),
        ("hyper+x", None),
        ("ctrl+ctrl+x", None),
        ("\x1b", None),
    ],
)
def test_keys_are_understood_as_people_write_them(written: str, key: str | None) -> None:
    assert key_of(written) == key


@pytest.mark.parametrize("sign", string.punctuation)
def test_signs_have_the_names_that_the_screen_gives_them(sign: str) -> None:
    assert key_of(sign) == _character_to_key(sign)


def command(
    name: str, *keys: str, where: KeyContext = "everywhere", typing: bool = False
) -> Command:
    return Command(name, keys, name, opened_cable.GoBack(), "Does it.", (where,), typing=typing)


TABLE = (
    command("go.back", "backspace"),
    command("list.read", "enter", where="list"),
    command("body.follow", "enter", where="body"),
    command("bar.accept", "enter", where="bar"),
    command("room.quit", "q", typing=True),
    command("bookmarks.remove", "d", where="bookmarks"),
)


def changed(**keys: str) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The keys that differ from the table's, and the mistakes."""
    wanted = {name.replace("_", "."): written.split() for name, written in keys.items()}
    made, mistakes = with_own_keys(TABLE, wanted)
    return {
        new.id: new.keys for new, old in zip(made, TABLE, strict=True) if new.keys != old.keys
    }, mistakes


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"go_back": "B"}, {"go.back": ("B",)}),
        ({"go_back": "B ctrl+e"}, {"go.back": ("B", "ctrl+e")}),
        ({"go_back": "enter", "list_read": "r", "body_follow": "f"}, None),
        ({"list_read": "r", "body_follow": "r"}, {"list.read": ("r",), "body.follow": ("r",)}),
        ({"room_quit": "ctrl+x"}, {"room.quit": ("ctrl+x",)}),
        ({"bookmarks_remove": "enter q"}, {"bookmarks.remove": ("enter", "q")}),
    ],
)
def test_free_keys_are_taken(
    wanted: dict[str, str], expected: dict[str, tuple[str, ...]] | None
) -> None:
    made, mistakes = changed(**wanted)
    if expected is None:  # enter is the bar's, where go.back does not work
        expected = {"go.back": ("enter",), "list.read": ("r",), "body.follow": ("f",)}
    assert (made, mistakes) == (expected, [])


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"go_bakc": "B"}, "keys.go.bakc: no such command. Did you mean go.back?"),
        ({"go_back": "foo"}, 'keys.go.back: "foo" is not a key; it keeps Backspace'),
        (
            {"go_back": "ctrl+c"},
            "keys.go.back: ^c is reserved for the terminal; it keeps Backspace",
        ),
        (
            {"go_back": "enter"},
            (
                "keys.go.back: Enter is already the key of list.read, so go.back keeps Backspace; "
                "choose another key, or change keys.list.read"
            ),
        ),
        (
            {"list_read": "q"},
            (
                "keys.list.read: q is already the key of room.quit, so list.read keeps Enter; "
                "choose another key, or change keys.room.quit"
            ),
        ),
        (
            {"bar_accept": "a"},
            ("keys.bar.accept: a is needed for typing where this command works; it keeps Enter"),
        ),
    ],
)
def test_a_mistake_is_one_line_and_the_default_stays(wanted: dict[str, str], sentence: str) -> None:
    assert changed(**wanted) == ({}, [sentence])


def test_of_two_commands_with_the_same_new_key_one_has_it() -> None:
    made, mistakes = changed(go_back="x", list_read="x")
    assert made == {"list.read": ("x",)}
    assert len(mistakes) == 1


def test_keys_can_be_swapped() -> None:
    table = (command("cable.next", "J"), command("cable.previous", "K"))
    made, mistakes = with_own_keys(table, {"cable.next": ("K",), "cable.previous": ("J",)})
    assert [(each.id, each.keys) for each in made] == [
        ("cable.next", ("K",)),
        ("cable.previous", ("J",)),
    ]
    assert mistakes == []


def test_who_wants_a_key_of_one_that_had_to_keep_it_keeps_its_own() -> None:
    made, mistakes = changed(list_read="backspace", go_back="enter ctrl+e")
    assert made == {}
    assert [line.split(":")[0] for line in mistakes] == ["keys.go.back", "keys.list.read"]


def test_the_rooms_own_table_is_without_mistakes_when_it_is_written_down() -> None:
    wanted = {each.id: each.keys for each in COMMANDS if not each.typing}
    wanted = {
        name: keys
        for name, keys in wanted.items()
        if not any(where in {"bar", "find"} for where in _where(name))
    }
    assert with_own_keys(COMMANDS, wanted) == (COMMANDS, [])


def _where(name: str) -> tuple[KeyContext, ...]:
    return next(each.where for each in COMMANDS if each.id == name)
