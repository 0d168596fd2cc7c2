"""Screens over the room: each is left once, however many keys and clicks are on their way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.app import App
from textual.command import CommandList, DiscoveryHit, Hits, Provider
from textual.events import Key, MouseDown, MouseUp
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList

from cable_tui.library import Mark
from cable_tui.session import effects
from cable_tui.session.feature_state import BookmarkEntry, BookmarksView
from cable_tui.session.features import opened_cable, panes
from cable_tui.session.features.bookmarks_screen import FollowEntry
from cable_tui.session.features.glossary import ShowGlossary
from cable_tui.session.values import Action
from cable_tui.tui.dialogs import command_palette
from cable_tui.tui.dialogs.command_palette import RoomPalette
from cable_tui.tui.dialogs.go_menu import go_menu
from cable_tui.tui.dialogs.help import Help
from cable_tui.tui.dialogs.modal import EagerOptionList
from cable_tui.tui.dialogs.pickers import Checklist, LinkHints, theme_menu
from cable_tui.tui.dialogs.prompts import ListPicker, NameBox, NoteBox
from cable_tui.tui.dialogs.text_pages import GlossaryPanel, TextPage
from cable_tui.tui.pages.bookmarks_page import BookmarksScreen

LISTS = (("harbour", 2), ("TIP story", 14))
SHELF = BookmarksView(entries=(BookmarkEntry(Mark("09ZENDA1", "09ZENDA1", id=1)),))


@asynccontextmanager
async def over(
    make: Callable[[], Screen[Any]],
) -> AsyncIterator[tuple[App[None], Pilot[None], list[object]]]:
    """A screen over a page, and what it ends with; at last it was left, once, and no other."""
    app: App[None] = App()
    ends: list[object] = []
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(TextPage("Below", ["what lies below"]))
        await pilot.pause()
        app.push_screen(make(), ends.append)
        await pilot.pause()
        yield app, pilot, ends
        await pilot.pause()
        assert [type(screen) for screen in app.screen_stack[1:]] == [TextPage]
        assert len(ends) == 1


def clicks(widget: Widget, line: int = 0) -> None:
    """Two clicks into a line of a widget that do not wait for each other."""
    x, y = widget.content_region.x + 2, widget.content_region.y + line
    for _ in range(2):
        for kind in (MouseDown, MouseUp):
            # Widget, place, way, button, three keys.
            widget.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))


@pytest.mark.parametrize(
    ("make", "keys", "end"),
    [
        (lambda: theme_menu(["nord"], "nord"), ("enter", "q"), None),
        (lambda: theme_menu(["nord"], "nord"), ("enter", "n"), None),
        (go_menu, ("l", "escape"), panes.Focus("list")),
        (go_menu, ("q", "q"), None),
        (lambda: ListPicker("Which?", LISTS), ("enter", "enter"), "harbour"),
        (lambda: ListPicker("Which?", LISTS), ("escape", "escape"), None),
        (
            lambda: NameBox(effects.AskLine("Name", "lobster", effects.Notify)),
            ("enter", "enter"),
            "lobster",
        ),
        (lambda: NoteBox("Note", "seen", print), ("escape", "f2"), None),
        (lambda: Checklist("Which?", LISTS), ("enter", "q"), ("harbour", "TIP story")),
        (lambda: LinkHints({"a": opened_cable.GoBack()}), ("a", "a"), opened_cable.GoBack()),
        (lambda: Help("list", "list"), ("escape", "escape"), None),
        (lambda: GlossaryPanel(ShowGlossary("words", "NOFORN", "NOFORN")), ("q", "i"), None),
        (lambda: TextPage("Above", ["a line"]), ("q", "q"), None),
        (RoomPalette, ("escape", "escape"), None),
    ],
)
async def test_a_second_key_that_closes_leaves_what_lies_below(
    make: Callable[[], Screen[Any]], keys: tuple[str, ...], end: object
) -> None:
    async with over(make) as (app, _, ends):
        for key in keys:  # they do not wait for each other
            app.post_message(Key(key, key if len(key) == 1 else None))
    assert ends == [end] or keys[0] == "enter"


@pytest.mark.parametrize(
    "make",
    [lambda: theme_menu(["nord"], "nord"), lambda: Checklist("Which?", LISTS)],
    ids=["menu", "ticks"],
)
async def test_two_clicks_on_a_line_take_it_once(make: Callable[[], Screen[Any]]) -> None:
    async with over(make) as (app, _, _):
        clicks(app.screen.query_one(OptionList))


async def test_two_clicks_on_a_bookmark_open_it_once() -> None:
    asked: list[Action] = []
    async with over(lambda: BookmarksScreen(asked.append)) as (app, pilot, _):
        assert isinstance(app.screen, BookmarksScreen)
        app.screen.show(SHELF)
        await pilot.pause()
        clicks(app.screen.query_one(OptionList))
    assert asked == [FollowEntry(SHELF.entries[0])]


async def test_two_clicks_on_a_line_of_the_palette_do_it_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []

    class Some(Provider):
        async def discover(self) -> Hits:
            yield DiscoveryHit("zoom", lambda: done.append("zoom"))

        async def search(self, query: str) -> Hits:
            yield DiscoveryHit(query, lambda: done.append(query))

    monkeypatch.setattr(command_palette, "PaletteCommands", Some)
    async with over(RoomPalette) as (app, pilot, _):
        while not app.screen.query_one(CommandList).region:
            await pilot.pause()
        clicks(app.screen.query_one(CommandList))
    assert done == ["zoom"]


async def test_two_clicks_beside_the_palette_close_it_alone() -> None:
    async with over(RoomPalette) as (app, _, _):
        clicks(app.screen, app.size.height - 1)


LONG_LISTS = tuple((f"list {number}", number) for number in range(40))


class Unseen(App[None]):
    """A program that shows no list."""

    CSS = "OptionList { display: none !important; }"


KEYS = ("down", "pagedown", "pageup", "end", "pagedown", "home", "up", "pageup")


@pytest.mark.parametrize(
    "make",
    [
        lambda: theme_menu(["nord"], "nord"),
        lambda: ListPicker("Which?", LONG_LISTS),
        lambda: Checklist("Which?", LONG_LISTS),
        lambda: BookmarksScreen(print),
        RoomPalette,
    ],
    ids=["menu", "picker", "ticks", "bookmarks", "palette"],
)
async def test_a_list_that_is_not_on_the_screen_takes_every_key(
    make: Callable[[], Screen[Any]],
) -> None:
    """As where the screen is too small for it, or the key came right behind the one before."""

    app = Unseen()
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(make())
        while isinstance(app.screen, RoomPalette) and not app.screen._list_visible:
            await pilot.pause()
        await pilot.pause()
        await pilot.press(*KEYS)


@pytest.mark.parametrize("key", ["pagedown", "pageup", "down", "end", "ctrl+end", "escape"])
async def test_the_palette_takes_a_key_before_it_has_a_list(key: str) -> None:
    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.push_screen(RoomPalette())
        await app._check_bindings(key)
        await pilot.pause()


async def test_pages_are_turned_where_the_list_is_on_the_screen() -> None:
    at: list[int | None] = []

    app: App[None] = App()
    async with app.run_test(size=(40, 10)) as pilot:
        app.screen.mount(lines := EagerOptionList(*map(str, range(40))))
        lines.focus()
        await pilot.pause()
        for key in ("home", "pagedown", "pagedown", "pageup"):
            await pilot.press(key)
            at.append(lines.highlighted)
    first, second, third, fourth = at
    assert first == 0
    assert fourth == second
    assert third is not None
    assert second is not None
    assert 0 < second < third
