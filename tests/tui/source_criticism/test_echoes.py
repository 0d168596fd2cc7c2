"""The page of echoes: its keys, its cursor, hostile texts."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App
from textual.widgets import OptionList

from cable_tui.session.base import Action
from cable_tui.session.feature_state import EchoesView, EchoLine
from cable_tui.session.features.source_criticism.echoes import (
    CloseEchoes,
    FollowEcho,
    ListGroup,
    OpenArchiveEchoes,
)
from cable_tui.tui.source_criticism.echoes import EchoesPage, line_content

HOSTILE = "[/x] [deleted XXXXX] \x1b]0;owned\x07"
LINES = (
    EchoLine("09RABAT1: 16 of 40 words", "head"),
    EchoLine("#2  The ferry", "passage", 1, 100),
    EchoLine("   recycled", "facts"),
    EchoLine("   09CAIRO3", "place", 3, 120),
    EchoLine("#3  The kettles", "passage", 1, 200),
    EchoLine("   09TUNIS2", "place", 2, 90),
)
VIEW = EchoesView(1, 1, shown=True, title=HOSTILE, lines=LINES, reading=False)


def dispatched(*keys: str, view: EchoesView = VIEW) -> list[Action]:
    """What the page asks for."""
    asked: list[Action] = []

    async def go() -> None:
        app: App[None] = App()
        async with app.run_test(size=(80, 24)) as pilot:
            page = EchoesPage(asked.append)
            await app.push_screen(page)
            page.show(view)
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()

    asyncio.run(go())
    return asked


CASES: list[tuple[tuple[str, ...], list[Action]]] = [
    (("enter",), [FollowEcho(LINES[1], 1)]),
    (("down", "enter"), [FollowEcho(LINES[3], 3)]),
    (("j", "j", "k", "enter"), [FollowEcho(LINES[3], 3)]),
    (("n", "enter"), [FollowEcho(LINES[4], 4)]),
    (("G", "N", "l"), [ListGroup(LINES[4], 4)]),
    (("G", "enter"), [FollowEcho(LINES[5], 5)]),
    (("G", "g", "enter"), [FollowEcho(LINES[1], 1)]),
    (("A",), [OpenArchiveEchoes()]),
    (("escape",), [CloseEchoes()]),
    (("q",), [CloseEchoes()]),
    (("backspace",), [CloseEchoes()]),
]


@pytest.mark.parametrize(("keys", "asked"), CASES, ids=lambda case: "-".join(map(str, case))[:20])
def test_every_key_does_what_the_page_says(keys: tuple[str, ...], asked: list[Action]) -> None:
    assert dispatched(*keys) == asked


def test_the_cursor_stands_where_it_was_left() -> None:
    view = EchoesView(1, 1, shown=True, lines=LINES, reading=False, at=5)
    assert dispatched("enter", view=view) == [FollowEcho(LINES[5], 5)]


@pytest.mark.parametrize("reading", [True, False])
def test_an_empty_page_takes_every_key(reading: bool) -> None:
    view = EchoesView(1, 1, shown=True, reading=reading)
    assert dispatched("enter", "l", "n", "N", "j", "G", view=view) == []


def test_the_text_of_a_cable_is_no_markup_and_no_command() -> None:
    painted = line_content(EchoLine(HOSTILE, "passage", 1)).plain
    assert painted.startswith("[/x] [deleted XXXXX] ")
    assert "\x1b" not in painted


def test_a_page_that_is_filled_later_has_its_cursor_on_the_first_passage() -> None:
    async def go() -> int | None:
        app: App[None] = App()
        async with app.run_test(size=(80, 24)) as pilot:
            page = EchoesPage(lambda _: None)
            await app.push_screen(page)
            page.show(EchoesView(1, 1, shown=True))
            await pilot.pause()
            page.show(VIEW)
            await pilot.pause()
            return page.query_one(OptionList).highlighted

    assert asyncio.run(go()) == 1
