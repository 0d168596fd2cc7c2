"""Lists to choose from take every key, also before they are laid out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App
from textual.screen import Screen

from cable_tui.tui.dialogs.bookmarks_screen import BookmarksScreen
from cable_tui.tui.dialogs.checklist import Checklist
from cable_tui.tui.dialogs.command_palette import RoomPalette
from cable_tui.tui.dialogs.menus import theme_menu
from cable_tui.tui.dialogs.prompts import ListPicker
from cable_tui.tui.widgets.option_list import EagerOptionList

LISTS = tuple((f"list {number}", number) for number in range(40))


class Unseen(App[None]):
    """A program that shows no list."""

    CSS = "OptionList { display: none !important; }"


KEYS = ("down", "pagedown", "pageup", "end", "pagedown", "home", "up", "pageup")


@pytest.mark.parametrize(
    "make",
    [
        lambda: theme_menu(["nord"], "nord"),
        lambda: ListPicker("Which?", LISTS),
        lambda: Checklist("Which?", LISTS),
        lambda: BookmarksScreen(print),
        RoomPalette,
    ],
    ids=["menu", "picker", "ticks", "bookmarks", "palette"],
)
def test_a_list_that_is_not_on_the_screen_takes_every_key(make: Callable[[], Screen[Any]]) -> None:
    """As where the screen is too small for it, or the key came right behind the one before."""

    async def go() -> None:
        app = Unseen()
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(make())
            while isinstance(app.screen, RoomPalette) and not app.screen._list_visible:
                await pilot.pause()
            await pilot.pause()
            await pilot.press(*KEYS)

    asyncio.run(go())


@pytest.mark.parametrize("key", ["pagedown", "pageup", "down", "end", "ctrl+end", "escape"])
def test_the_palette_takes_a_key_before_it_has_a_list(key: str) -> None:
    async def go() -> None:
        app: App[None] = App()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            app.push_screen(RoomPalette())
            await app._check_bindings(key)
            await pilot.pause()

    asyncio.run(go())


def test_pages_are_turned_where_the_list_is_on_the_screen() -> None:
    at: list[int | None] = []

    async def go() -> None:
        app: App[None] = App()
        async with app.run_test(size=(40, 10)) as pilot:
            app.screen.mount(lines := EagerOptionList(*map(str, range(40))))
            lines.focus()
            await pilot.pause()
            for key in ("home", "pagedown", "pagedown", "pageup"):
                await pilot.press(key)
                at.append(lines.highlighted)

    asyncio.run(go())
    first, second, third, fourth = at
    assert first == 0
    assert fourth == second
    assert third is not None
    assert second is not None
    assert 0 < second < third
