"""The page of a chain: its keys, and where its cursor is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from cable_tui.session.base import Action
from cable_tui.session.feature_state import ChainView
from cable_tui.session.features.source_criticism.chain import (
    BookmarkEntries,
    ChangeDepth,
    CloseChain,
    CopyEntries,
    ExportChain,
    FollowEntry,
    ListChain,
    MarkEntry,
)
from cable_tui.tui.source_criticism.chain_lines import Signs
from cable_tui.tui.source_criticism.chain_list import ChainList
from cable_tui.tui.source_criticism.chain_page import ChainPage, chain_keys
from cable_tui.value import replace
from tests.exports.chain.sample import CHAIN
from tests.tui.stage import Stage

Look = Callable[[ChainPage, Pilot[None]], Awaitable[None]]
VIEW = ChainView(1, 1, CHAIN, reading=False, shown=True)


def _dispatched(
    *keys: str, view: ChainView = VIEW, look: Look | None = None, size: tuple[int, int] = (80, 24)
) -> list[Action]:
    """What the page asks for."""
    asked: list[Action] = []

    async def go() -> None:
        app = Stage(ChainList())
        async with app.run_test(size=size) as pilot:
            page = ChainPage(asked.append)
            await app.push_screen(page)
            page.show(view, Signs())
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()
            if look is not None:
                await look(page, pilot)

    asyncio.run(go())
    return asked


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        # the cursor begins at the cable that the chain begins at
        (("enter",), [FollowEntry("09ZENDA7", "1", 3)]),
        (("j", "enter"), [FollowEntry("09ZENDA7", "1", 4)]),
        (("right_curly_bracket", "enter"), [FollowEntry("09ZENDA9", "4", 10)]),
        (("k", "enter"), [FollowEntry("08STATE120", None, 0)]),
        (("G", "j", "enter"), [FollowEntry("09ZENDA9", None, 13)]),
        (("G", "home", "enter"), [FollowEntry("08STATE120", None, 0)]),
        (("plus", "minus"), [ChangeDepth(1), ChangeDepth(-1)]),
        (("space", "y"), [MarkEntry("09ZENDA7"), CopyEntries("09ZENDA9")]),
        (("b",), [BookmarkEntries("09ZENDA7")]),
        (("E",), [ExportChain()]),
        (("L",), [ListChain(3)]),
        (("escape",), [CloseChain()]),
        (("q",), [CloseChain()]),
        (("backspace",), [CloseChain()]),
        (("x", "slash"), []),
    ],
)
def test_keys(keys: tuple[str, ...], wanted: list[Action]) -> None:
    assert _dispatched(*keys) == wanted


def test_nothing_of_an_entry_is_done_while_there_is_none() -> None:
    empty = ChainView(1, 1, None, shown=True)
    assert _dispatched("enter", "space", "y", "j", "pagedown", "G", view=empty) == []


def test_the_cursor_comes_back_to_where_it_was() -> None:
    assert _dispatched("enter", view=replace(VIEW, at=10)) == [FollowEntry("09ZENDA9", "4", 10)]


def test_the_cursor_stays_on_its_sentence_when_more_is_read() -> None:
    async def look(page: ChainPage, pilot: Pilot[None]) -> None:
        first, *others = CHAIN.entries
        longer = replace(CHAIN, entries=(replace(first, id=7, unnamed=()), *others))
        page.show(replace(VIEW, chain=longer), Signs())
        await pilot.pause()
        here = page.query_one(ChainList).here
        assert here is not None
        assert (here.canonical_id, here.paragraph) == ("09ZENDA9", "4")

    _dispatched("right_curly_bracket", look=look)


def test_a_page_moves_the_cursor_and_the_lines() -> None:
    async def look(page: ChainPage, _: Pilot[None]) -> None:
        assert page.query_one(ChainList).here is not None

    _dispatched("pagedown", "pageup", "ctrl+d", "ctrl+u", look=look, size=(60, 14))


def test_a_click_takes_the_cursor_and_a_second_one_opens() -> None:
    async def look(page: ChainPage, pilot: Pilot[None]) -> None:
        await pilot.click(ChainList, offset=(10, 0))
        await pilot.click(ChainList, offset=(10, 0))
        await pilot.pause()

    assert _dispatched(look=look)[:1] == [FollowEntry("08STATE120", None, 0)]


def test_help_lists_the_keys_of_the_page() -> None:
    async def look(page: ChainPage, _: Pilot[None]) -> None:
        assert type(page.app.screen).__name__ == "Help"

    _dispatched("question_mark", look=look)
    assert chain_keys().startswith("Enter opens · + further")
