"""The bookmarks screen: keys, filter, hostile texts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from cable_tui.base.value import replace
from cable_tui.library import Mark
from cable_tui.session.feature_state import BookmarkEntry, BookmarksView
from cable_tui.session.features import bookmarks_screen
from cable_tui.session.features.bookmarks import TakeBack
from cable_tui.session.features.bookmarks_screen import (
    ChooseListChange,
    DropEntry,
    EditEntry,
    FollowEntry,
    ListEntry,
    MoveEntry,
    OpenBookmarks,
)
from cable_tui.session.values import Action
from cable_tui.tui.commands import keyboard
from cable_tui.tui.commands.keyboard import COMMANDS
from cable_tui.tui.commands.reader_keys import with_own_keys
from cable_tui.tui.dialogs.help import Help, key_lines
from cable_tui.tui.pages.bookmarks_page import (
    BookmarksScreen,
    entry_lines,
    keys_line,
    lists_line,
)
from tests.tui.pages.page_stage import PageCase, check_keys

HOSTILE = "[/x] [deleted XXXXX] \x1b]0;owned\x07"
ONE = BookmarkEntry(
    Mark("09ZENDA1", "09ZENDA1", "3", created="2026-11-25T10:00:00Z", id=1),
    "",
    "HERRING",
    "The herring.",
)
TWO = BookmarkEntry(
    Mark("09ZENDA2", "09ZENDA2", note=HOSTILE, author="rowan", id=2, lists=("harbour",)),
    "rowan",
    HOSTILE,
)
VIEW = BookmarksView("harbour", (("harbour", 2), (HOSTILE, 0)), 5, (ONE, TWO))
CASE = PageCase(
    "bookmarks",
    BookmarksScreen,
    bookmarks_screen.OpenBookmarks,
    lambda _: [bookmarks_screen.BookmarksRead(VIEW)],
    lambda page: cast("BookmarksScreen", page).pane.highlighted,
    stops=False,
    shows=(bookmarks_screen.ShowBookmarks,),
    says_what_slash_does=False,
    read_again=lambda _, action: action,
)


def made(dispatch: Callable[[Action], None]) -> BookmarksScreen:
    """The page with its bookmarks."""
    page = BookmarksScreen(dispatch)
    page.show(VIEW)
    return page


@asynccontextmanager
async def opened(
    *keys: str, view: BookmarksView = VIEW
) -> AsyncIterator[tuple[BookmarksScreen, Pilot[None], list[Action]]]:
    """The screen when keys were pressed, and what it asks for."""
    asked: list[Action] = []
    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = BookmarksScreen(asked.append)
        await app.push_screen(screen)
        screen.show(view)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        yield screen, pilot, asked


def test_keys_do_what_the_last_line_says() -> None:
    check_keys(
        made,
        [
            (("enter",), [FollowEntry(ONE)]),
            (("j", "enter"), [FollowEntry(TWO)]),
            (("G", "enter"), [FollowEntry(TWO)]),
            (("d",), [DropEntry(ONE)]),
            (("j", "B"), [EditEntry(TWO)]),
            (("a",), [ListEntry(ONE)]),
            (("m",), [MoveEntry(ONE, 1)]),
            (("j", "M"), [MoveEntry(TWO, 0)]),
            (("u",), [TakeBack()]),
            (("L",), [ChooseListChange()]),
            (("tab",), [OpenBookmarks(HOSTILE)]),
            (("left",), [OpenBookmarks("")]),
            (("slash", "h", "e", "r", "enter", "enter"), [FollowEntry(ONE)]),
            (("slash", "h", "u", "down", "u"), [TakeBack()]),  # the first u is typed
        ],
    )


async def test_the_keys_of_the_page_are_a_key_away() -> None:
    async with opened("question_mark") as (screen, pilot, asked):
        assert type(screen.app.screen) is Help
        assert "move or remove this list" in " ".join(map(str, key_lines("bookmarks")))
        await pilot.press("escape")
        assert screen.is_current
        assert asked == []


@pytest.fixture
def own_keys() -> Iterator[None]:
    """The keys that a reader gave the screen in the settings."""
    keys = {"bookmarks.open": ("o",), "bookmarks.note": ("enter", "f6"), "bookmarks.remove": ("x",)}
    made, mistakes = with_own_keys(COMMANDS, keys)
    assert mistakes == []
    keyboard.use(made)
    yield
    keyboard.use(COMMANDS)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("o", [FollowEntry(ONE)]),
        ("enter", [EditEntry(ONE)]),
        ("f6", [EditEntry(ONE)]),
        ("x", [DropEntry(ONE)]),
        ("d", []),
        ("B", []),
    ],
)
@pytest.mark.usefixtures("own_keys")
async def test_the_keys_are_those_that_the_reader_wants(key: str, wanted: list[Action]) -> None:
    async with opened(key) as (_, _, asked):
        assert asked == wanted
    assert keys_line().plain.startswith(
        "o opens · Enter note · a list · x removes · u undoes · m M"
    )


@pytest.mark.parametrize("cells", [40, 60, 74])
def test_keys_are_wrapped_only_between_keys_and_labels_of_a_pair(cells: int) -> None:
    lines = keys_line(cells).plain.split("\n")
    assert all(len(line) <= cells for line in lines)
    assert " · ".join(lines) == keys_line().plain


async def test_where_no_bookmark_is_no_key_does_anything() -> None:
    async with opened("enter", "d", "B", "a", "J", "K", view=BookmarksView()) as (_, _, asked):
        assert asked == []


@pytest.mark.parametrize(
    ("view", "keys", "words"),
    [
        (BookmarksView(), (), "No bookmarks yet"),
        (BookmarksView("harbour", (("harbour", 0),), 3), (), "a adds a bookmark"),
        (VIEW, ("slash", "z", "z"), "contains these words"),
        (BookmarksView("", (), 1001, (ONE,) * 1001), (), "first 1,000 of 1,001"),
    ],
)
async def test_an_empty_screen_says_why(
    view: BookmarksView, keys: tuple[str, ...], words: str
) -> None:
    async with opened(*keys, view=view) as (screen, _, _):
        assert words in str(screen.query_one(".menu-note", Static).content)


async def test_the_cursor_stays_on_its_bookmark_when_others_come_before_it() -> None:
    async with opened() as (screen, pilot, _):
        screen.show(BookmarksView("harbour", VIEW.lists, 5, (TWO, ONE)))
        await pilot.pause()
        assert screen.query_one(OptionList).highlighted == 1


def test_texts_of_others_are_shown_as_they_are_and_run_nothing() -> None:
    shown = str(entry_lines(TWO, VIEW.lists))
    assert "[deleted XXXXX]" in shown
    assert "(rowan)" in shown
    assert "\x1b" not in shown
    assert "\x1b" not in str(lists_line(VIEW))


def test_a_private_list_says_so_and_a_bookmark_of_another_reader_is_signed() -> None:
    view = replace(VIEW, private=frozenset({"harbour"}))
    assert "harbour 2 private" in lists_line(view).plain


def test_each_bookmark_has_the_symbols_of_its_lists_before_their_names() -> None:
    lists = (*((f"list {number}", 1) for number in range(1, 10)), ("the pier", 2))
    entry = replace(ONE, mark=replace(ONE.mark, lists=("the pier", "list 2")))
    first_line = entry_lines(entry, lists).plain.split("\n")[0]
    assert first_line.endswith("  ²⁺ in the pier, list 2")


def test_lists_that_need_a_second_line_are_not_broken_within() -> None:
    lists = (("the pier", 2), ("sources of mine", 1), ("x", 3))
    shown = BookmarksView("", lists, 6, (), frozenset({"the pier"}))
    assert lists_line(shown, 20).plain.split("\n") == [
        " All 6 ",
        " ¹the pier 2 private ",
        " ²sources of mine 1 ",
        " ³x 3 ",
    ]
    assert lists_line(shown, 30).plain.split("\n") == [
        " All 6 · ¹the pier 2 private ",
        " ²sources of mine 1 · ³x 3 ",
    ]
    other = replace(ONE, author="tom", mark=replace(ONE.mark, note=""))
    assert "by tom" in entry_lines(other, lists).plain.split("\n")[0]
