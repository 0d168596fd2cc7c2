"""The line of keys."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from cable_tui.base.value import replace
from cable_tui.session.state import Session
from cable_tui.tui.commands.key_command import KeyContext
from cable_tui.tui.commands.keyboard import COMMANDS
from cable_tui.tui.commands.reader_keys import for_choosing
from cable_tui.tui.panes.bars.footer import (
    HINTS,
    HintLine,
    StatusLine,
    fitted,
    footer,
    footer_text,
    hint_of,
    parts_of,
)
from tests.fictional_tool import PLUG, add_tool
from tests.tui.stage import Stage

PLACES: tuple[KeyContext, ...] = ("bar", "filters", "list", "header", "body")


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("cells", [60, 80, 120, 200])
def test_the_line_of_keys_fits(where: KeyContext, cells: int) -> None:
    pairs = footer_text(where, cells)
    assert len("  ".join(f"{key} {label}" for key, label in pairs)) <= cells


@pytest.mark.parametrize("where", ["filters", "list", "header", "body"])
def test_the_way_to_the_help_is_always_shown(where: KeyContext) -> None:
    assert ("?", "Keys") in footer_text(where, 60)


def test_a_pane_shows_its_own_keys_first() -> None:
    assert [command.id for command in footer("list")][:2] == ["go.menu", "list.read"]
    assert next(command.id for command in footer("filters")) == "filters.toggle"


@pytest.mark.parametrize("where", ["body", "header"])
def test_reading_names_the_keys_that_one_needs_there(where: KeyContext) -> None:
    keys = [key for key, _ in footer_text(where, 120, lit=True)]
    assert {"n", "J", "c", "i", "H", "g"} <= set(keys)
    narrow = [key for key, _ in footer_text("body", 78, lit=True)]
    assert {"n", "J", "c", "i", "H", "g"} <= set(narrow)


def test_the_list_names_the_spellings_of_a_lit_name() -> None:
    assert ("~", "Spellings") in footer_text("list", 118, lit=True)
    assert ("~", "Spellings") not in footer_text("list", 118)


def test_the_key_that_puts_an_unfolded_header_into_words_is_named() -> None:
    assert ("D", "In words") in footer_text("body", 78, unfolded=True)
    assert ("D", "In words") not in footer_text("body", 200)
    assert footer_text("header", 78)[1] == ("D", "In words")


@pytest.mark.parametrize("where", ["list", "body"])
def test_n_is_named_while_a_query_is_lit(where: KeyContext) -> None:
    assert ("n", "Hit") in footer_text(where, 120, lit=True)
    assert ("n", "Hit") not in footer_text(where, 120)


def test_bookmarks_are_named_in_80_columns_also_while_a_query_is_lit() -> None:
    assert {("n", "Hit"), ("b", "Bookmark")} <= set(footer_text("list", 78, lit=True))


def test_every_hint_is_a_command_that_works_there() -> None:
    known = {each.id for each in for_choosing(COMMANDS)}
    for where, hints in HINTS.items():
        named = [id_ for id_, _ in hints]
        assert known.issuperset(named)
        shown = [each.id for each in footer(where)]
        assert shown == [id_ for id_ in named if id_ in shown]


@pytest.mark.parametrize(
    ("left", "right", "room", "expected"),
    [
        ("left", "right", 20, ("left", "right")),
        ("left", "right", 11, ("left", "right")),
        ("left", "right", 9, ("left", "ri…")),
        ("left", "right", 5, ("left", "")),
        ("long left", "right", 4, ("lon…", "")),
        ("", "right", 5, ("", "right")),
    ],
)
def test_the_right_end_gives_way(
    left: str, right: str, room: int, expected: tuple[str, str]
) -> None:
    assert fitted([(left, right)], room) == expected


@pytest.mark.parametrize(
    ("room", "expected"),
    [(20, ("long left", "right")), (15, ("left", "right")), (9, ("left", "ri…"))],
)
def test_where_there_is_little_room_the_brief_ends_stand(
    room: int, expected: tuple[str, str]
) -> None:
    assert fitted([("long left", "right"), ("left", "right")], room) == expected


async def test_both_ends_are_painted() -> None:
    app = Stage(status := StatusLine())
    async with app.run_test(size=(30, 3)) as pilot:
        status.show(("09ZENDA27 [/x]", "index\x1b ok"))
        await pilot.pause()
        assert app.painted()[0] == " 09ZENDA27 [/x]     index␛ ok"


def test_keys_and_words_to_type_stand_out() -> None:
    assert list(parts_of("{search.edit} and `kepl`, then {bar.accept}")) == [
        ("", False),
        ("/", True),
        (" and ", False),
        ("kepl", True),
        (", then ", False),
        ("Enter", True),
        ("", False),
    ]


class Bell(NamedTuple):
    """What a fictional tool says."""

    said: str

    def parts(self, cells: int) -> list[tuple[str, bool]]:
        return [(f"{self.said} {cells}", False)]


def test_the_line_of_hints_has_what_the_first_tool_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hint_of(Session()) is None
    add_tool(monkeypatch, "tui.panes.bars.footer", lambda session: Bell(session.text), hint=PLUG)
    assert hint_of(replace(Session(), text="ding")) == Bell("ding")


async def test_a_hint_is_painted_until_there_is_none() -> None:
    app = Stage(line := HintLine())
    async with app.run_test(size=(30, 3)) as pilot:
        line.show(Bell("ding"))
        await pilot.pause()
        assert app.painted()[0].startswith(" ding 28")
        line.show(None)
        await pilot.pause()
        assert not app.painted()[0].strip()
