"""The table of commands: every key leads somewhere and clashes with nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from cable_tui.base.tools import KeyRow, Tool, tools
from cable_tui.reports.page_keys import keys_of
from cable_tui.reports.table import REPORTS
from cable_tui.session.values import Action
from cable_tui.tui.commands import keyboard
from cable_tui.tui.commands.key_command import RESERVED, Command, KeyContext, WidgetAction, key_name
from cable_tui.tui.commands.keyboard import COMMANDS, command_for, commands_of, markdown_table
from cable_tui.tui.main import widget_actions
from cable_tui.tui.pages import bookmarks_page
from cable_tui.tui.pages.room_page import COMMON_KEYS
from cable_tui.tui.widgets.line_list import MOVES
from tests.command_cases import found
from tests.tui.pages.page_stage import PageCase

PLACES: tuple[KeyContext, ...] = (
    "bar",
    "timeline",
    "filters",
    "list",
    "header",
    "body",
    "bookmarks",
)


def those(wrong: Callable[[Command], object]) -> list[str]:
    """The commands that are wrong."""
    return [each.id for each in COMMANDS if wrong(each)]


def test_no_command_uses_a_reserved_key() -> None:
    assert those(lambda each: RESERVED & set(each.keys)) == []


def test_every_command_leads_to_a_step_or_a_gesture() -> None:
    assert those(lambda each: not isinstance(each.does, WidgetAction | Action)) == []


def test_every_widget_action_is_done_by_the_screen_of_its_keys() -> None:
    of_bookmarks = bookmarks_page.OF_SCREEN.keys() | bookmarks_page.OF_ENTRY.keys()

    def is_unknown(command: Command) -> bool:
        known = of_bookmarks if "bookmarks" in command.where else widget_actions.ACTIONS.keys()
        return isinstance(command.does, WidgetAction) and command.does.verb not in known

    assert those(is_unknown) == []


def test_every_command_says_what_it_does_in_a_sentence() -> None:
    assert those(lambda each: not each.help.endswith(".")) == []
    assert those(lambda each: len(each.label) > 14) == []


def test_no_two_commands_share_an_id() -> None:
    assert [name for name, n in Counter(each.id for each in COMMANDS).items() if n > 1] == []


@pytest.mark.parametrize("where", PLACES)
def test_no_key_clashes_within_a_place(where: KeyContext) -> None:
    own = Counter(key for each in COMMANDS if where in each.where for key in each.keys)
    everywhere = Counter(
        key for each in COMMANDS if "everywhere" in each.where for key in each.keys
    )
    assert [key for key, n in own.items() if n > 1] == []
    assert [key for key, n in everywhere.items() if n > 1] == []


@pytest.mark.parametrize("where", PLACES)
def test_no_pane_hides_a_key_of_everywhere_but_the_bar(where: KeyContext) -> None:
    hidden = [
        key
        for each in COMMANDS
        if where in each.where
        for key in each.keys
        for other in commands_of(where)
        if "everywhere" in other.where and key in other.keys
    ]
    assert hidden == []


MOVING = frozenset("up down left right enter escape space tab backspace delete home end f1".split())
"""Beside pages up and down: no single key of the kind that is learnt one by one. F1 is the ? of
every program."""


def test_the_room_has_sixty_single_keys_at_most() -> None:
    keys = {key for each in COMMANDS if "bookmarks" not in each.where for key in each.keys}
    single = {key for key in keys - MOVING if "+" not in key and "page" not in key}
    assert len(single) <= 60


SAME = {
    "y": "copy.menu",
    "b": "bookmark.toggle",
    "B": "bookmark.note",
    "a": "bookmark.put",
    "u": "bookmark.undo",
    "E": "export.menu",
    "n": "hit.next",
    "N": "hit.previous",
    "z": "pane.zoom",
    "comma": "list.order",
    "slash": "search.edit",
    "question_mark": "help.show",
    "f1": "help.show",
    "f5": "room.rescan",
    "apostrophe": "bookmark.list",
    "equals_sign": "cable.compare",
    "0": "timeline.zoom",
}
"""Keys that mean on a page what they mean in the room, by the command of the room."""
MOVES_OPENS_CLOSES = frozenset("enter l right left escape q backspace tab shift+tab".split()) | {
    *MOVES,
    "right_curly_bracket",
    "left_curly_bracket",
    *"JK",
}


def test_no_key_means_one_thing_in_the_room_and_another_on_a_page() -> None:
    in_room: dict[str, set[str]] = {}
    for each in COMMANDS:
        for key in () if "bookmarks" in each.where else each.keys:
            in_room.setdefault(key, set()).add(each.id)
    on_pages = {
        *(key for case in found(PageCase) for key in case.keys),
        *COMMON_KEYS,
        *(key for each in COMMANDS if "bookmarks" in each.where for key in each.keys),
        *(key for each in REPORTS.values() for key in keys_of(each.report, ())),
    }
    shared = {key: in_room[key] for key in on_pages - MOVES_OPENS_CLOSES if key in in_room}
    assert {key: ids for key, ids in shared.items() if SAME.get(key) not in ids} == {}


def test_keys_of_tools_follow_the_commands_that_they_name(monkeypatch: pytest.MonkeyPatch) -> None:
    core = COMMANDS[:2]
    first, second = (each.id for each in core)
    rows = (
        KeyRow("bells.ring", "f7", "Ring", "Ring them.", first, 20, report="problems"),
        KeyRow("bells.stop", "f8", "Stop", "Stop them.", first, 10, report="problems"),
        KeyRow("bells.tune", "f9", "Tune", "Tune them.", second, report="problems"),
    )
    monkeypatch.setattr(keyboard, "tools", lambda: (Tool("bells", "ring bells", keys=rows),))
    names = [each.id for each in keyboard._with_tools(core)]
    assert names == [first, "bells.stop", "bells.ring", second, "bells.tune"]


def test_every_key_of_a_tool_is_a_command() -> None:
    named = {row.name for tool in tools() for row in tool.keys}
    assert named - {each.id for each in COMMANDS} == set()


def test_no_letter_is_taken_from_somebody_who_types() -> None:
    keys = {key for each in commands_of("bar") for key in each.keys}
    assert keys & set("abcdefghijklmnopqrstuvwxyz") == set()
    assert not {"slash", "comma", "space", "minus", "backspace", "question_mark"} & keys


@pytest.mark.parametrize(
    ("where", "key", "name"),
    [
        ("list", "enter", "list.read"),
        ("body", "enter", "body.follow"),
        ("filters", "enter", "filters.only"),
        ("bar", "enter", "bar.accept"),
        ("body", "backspace", "go.back"),
        ("list", "J", "cable.next"),
        ("header", "h", "body.list"),
        ("filters", "space", "filters.toggle"),
        ("list", "f13", None),
        ("bookmarks", "d", "bookmarks.remove"),
        ("bookmarks", "u", "bookmarks.undo"),
        ("bookmarks", "y", None),
    ],
)
def test_a_key_means_what_its_pane_says(where: KeyContext, key: str, name: str | None) -> None:
    command = command_for(where, key)
    assert (command.id if command else None) == name


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("slash", "/"),
        ("ctrl+d", "^d"),
        ("alt+left", "Alt+←"),
        ("f1", "F1"),
        ("f", "f"),
        ("J", "J"),
        ("right_curly_bracket", "}"),
        ("left_parenthesis", "("),
        ("right_parenthesis", ")"),
        ("tilde", "~"),
        ("delete", "Del"),
    ],
)
def test_keys_are_written_as_people_write_them(key: str, written: str) -> None:
    assert key_name(key) == written


def test_every_key_is_written_as_it_looks() -> None:
    written = {key_name(key) for each in COMMANDS for key in each.keys}
    assert not {name for name in written if "_" in name or name in {"tilde", "delete"}}


def test_the_table_of_the_readme_has_a_line_for_every_command() -> None:
    lines = markdown_table().splitlines()
    assert len(lines) == 2 + len(COMMANDS)
    assert all(line.count(" | ") == 3 for line in lines)
