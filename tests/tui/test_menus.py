"""Menus: a key picks a line, Enter picks the one under the cursor, Esc none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual.app import App
from textual.widgets import OptionList

from cable_tui.session import Action, actions
from cable_tui.session.notebook import Undo
from cable_tui.session.shelf import OpenShelf
from cable_tui.tui.commands import Gesture
from cable_tui.tui.menu import Menu
from cable_tui.tui.menus import copy_menu, go_menu, missing_menu, reference_menu, rescue_menu
from tests.session import reference

HOSTILE = "[/x] [deleted XXXXX] \x1b]0;owned\x07"


async def picked(make: Callable[[], Menu], *keys: str) -> Action | Gesture | None:
    """What the menu ends with."""
    app: App[None] = App()
    ends: list[Action | Gesture | None] = []
    async with app.run_test() as pilot:
        app.push_screen(make(), ends.append)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
    assert len(ends) == 1
    return ends[0]


BOTH = (reference("09ZENDA1", "09 ZENDA 1"), reference("09ZENDA2", HOSTILE))


@pytest.mark.parametrize(
    ("make", "keys", "does"),
    [
        (lambda: copy_menu("¶3"), ("y",), actions.Copy("reference")),
        (lambda: copy_menu("¶3"), ("h",), actions.Copy("hashtags")),
        (lambda: copy_menu("¶3"), ("down", "enter"), actions.Copy("link")),
        (lambda: copy_menu("¶3"), ("j", "enter"), actions.Copy("link")),
        (lambda: copy_menu(HOSTILE), ("escape",), None),
        (lambda: reference_menu(BOTH), ("2",), actions.Go("09ZENDA2")),
        (lambda: reference_menu(BOTH), ("enter",), actions.Go("09ZENDA1")),
        (lambda: rescue_menu(HOSTILE), ("n",), Undo()),
        (lambda: rescue_menu(HOSTILE), ("escape",), None),
        (lambda: go_menu("list"), ("m",), OpenShelf()),
        (lambda: go_menu("list"), ("q",), None),
        (lambda: missing_menu("08ZENDA1"), ("y",), actions.CopyLink("08ZENDA1")),
        (lambda: missing_menu("08ZENDA1"), ("c",), actions.LookFor("cites:08ZENDA1 ")),
        (lambda: go_menu("list"), ("g",), actions.MoveTo(0)),
        (lambda: go_menu("body"), ("g",), Gesture("body_ends", -1)),
        (lambda: go_menu("body"), ("l",), actions.Focus("list")),
    ],
)
def test_a_key_picks_its_line(
    make: Callable[[], Menu], keys: tuple[str, ...], does: object
) -> None:
    assert asyncio.run(picked(make, *keys)) == does


def test_details_stand_below_each_other() -> None:
    async def go() -> list[str]:
        app: App[None] = App()
        async with app.run_test() as pilot:
            app.push_screen(reference_menu((reference("09A1", "x"), reference("09ZENDA22", "x"))))
            await pilot.pause()
            options = app.screen.query_one(OptionList).options
            return [str(each.prompt) for each in options]

    assert asyncio.run(go()) == ["1  09A1       x", "2  09ZENDA22  x"]
