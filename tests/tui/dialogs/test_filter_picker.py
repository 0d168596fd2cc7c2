"""All values of a section: filtered, picked, left."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App
from textual.widgets import OptionList, Static

from cable_tui.tui.dialogs.filter_picker import MOST_LISTED, ValuePicker, matching_values
from cable_tui.tui.sidebar.lines import Item

HOSTILE = "[/x] [deleted XXXXX] \x1b]0;owned\x07"
ITEMS = [
    Item("Embassy Rabat", "Embassy Rabat", 1204),
    Item("Embassy São Tomé", "Embassy São Tomé", None, "included"),
    Item("x", HOSTILE, 1),
]


def picked(*keys: str, items: list[Item] = ITEMS) -> list[str | None]:
    """What the picker ends with."""
    ends: list[str | None] = []

    async def go() -> None:
        app: App[None] = App()
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(ValuePicker("Origin", items), ends.append)
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()

    asyncio.run(go())
    return ends


@pytest.mark.parametrize(
    ("keys", "end"),
    [
        (("enter",), ["Embassy Rabat"]),
        (("down", "enter"), ["Embassy São Tomé"]),
        (("t", "o", "m", "e", "enter"), ["Embassy São Tomé"]),
        (("z", "z", "enter"), []),
        (("escape",), [None]),
    ],
)
def test_what_is_lit_is_taken(keys: tuple[str, ...], end: list[str | None]) -> None:
    assert picked(*keys) == end


def test_lines_have_box_name_and_number_and_run_nothing() -> None:
    async def go() -> list[str]:
        app: App[None] = App()
        async with app.run_test(size=(100, 24)) as pilot:
            await app.push_screen(ValuePicker("Origin", ITEMS))
            await pilot.pause()
            return [str(each.prompt) for each in app.screen.query_one(OptionList).options]

    first, second, third = asyncio.run(go())
    assert first.split() == ["Embassy", "Rabat", "1,204"]
    assert second.startswith("[x] Embassy São Tomé")
    assert second.endswith("…")
    assert "[deleted XXXXX]" in third
    assert "\x1b" not in third


def test_more_than_can_be_listed_is_said() -> None:
    many = [Item(str(n), f"Post {n}", n) for n in range(MOST_LISTED + 1)]

    async def go() -> str:
        app: App[None] = App()
        async with app.run_test(size=(100, 24)) as pilot:
            await app.push_screen(ValuePicker("Origin", many))
            await pilot.pause()
            return str(app.screen.query_one(Static).content)

    assert asyncio.run(go()) == "The first 500 of 501."


def test_every_word_that_is_typed_begins_a_word() -> None:
    assert [each.value for each in matching_values(ITEMS, "emb rab")] == ["Embassy Rabat"]
    assert matching_values(ITEMS, "abat") == []
