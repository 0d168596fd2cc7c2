"""Lines to tick."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App
from textual.widgets import OptionList, Static

from cable_tui.session.ask import Narrow
from cable_tui.session.features import opened_cable
from cable_tui.session.values import Action
from cable_tui.tui.dialogs.pickers import (
    MOST_LISTED,
    Checklist,
    LinkHints,
    ValuePicker,
    hint_labels,
    matching_values,
)
from cable_tui.tui.sidebar import Item

HOSTILE = "[/x] [deleted XXXXX] \x1b]0;owned\x07"
LINES = (("gaddafi", 1), ("qadhafi", 1204), (HOSTILE, 2))


@pytest.mark.parametrize(
    ("keys", "end"),
    [
        (("enter",), ("gaddafi", "qadhafi", HOSTILE)),
        (("space", "enter"), ("qadhafi", HOSTILE)),
        (("a", "j", "space", "enter"), ("qadhafi",)),
        (("a", "a", "k", "space", "enter"), ("gaddafi", "qadhafi")),
        (("a", "enter"), ()),
        (("escape",), None),
    ],
)
def test_what_is_ticked_is_taken(keys: tuple[str, ...], end: tuple[str, ...] | None) -> None:
    ends: list[tuple[str, ...] | None] = []
    shown: list[str] = []

    async def go() -> None:
        app: App[None] = App()
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(Checklist("Spellings of gaddafi", LINES), ends.append)
            await pilot.pause()
            shown.extend(str(each.prompt) for each in app.screen.query_one(OptionList).options)
            await pilot.press(*keys)
            await pilot.pause()

    asyncio.run(go())
    assert ends == [end]
    assert shown[1].split() == ["[x]", "qadhafi", "1,204"]
    assert "[deleted XXXXX]" in shown[2]
    assert "\x1b" not in shown[2]


@pytest.mark.parametrize("count", [0, 1, 26, 27, 300])
def test_labels_are_as_many_as_asked_and_none_begins_another(count: int) -> None:
    found = hint_labels(count)
    assert len(set(found)) == len(found) == count
    assert len({len(each) for each in found}) <= 1


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["a", "s"], Narrow("tag", "PGOV")),
        (["a", "d"], opened_cable.GoBack()),
        (["x"], None),
        (["a", "x"], None),
        (["escape"], None),
        (["enter"], None),
    ],
)
def test_a_typed_label_does_what_it_stands_for(keys: list[str], expected: Action | None) -> None:
    does: dict[str, Action] = {"as": Narrow("tag", "PGOV"), "ad": opened_cable.GoBack()}
    ends: list[Action | None] = []

    async def go() -> None:
        app: App[None] = App()
        async with app.run_test() as pilot:
            app.push_screen(LinkHints(does), ends.append)
            await pilot.press(*keys)
            await pilot.pause()

    asyncio.run(go())
    assert ends == [expected]


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
