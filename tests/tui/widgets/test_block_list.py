"""A list of blocks of lines: painted, clicked, scrolled to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import ClassVar

from textual import events

from cable_tui.tui.widgets.block_list import BlockList
from tests.tui.stage import Stage


class Blocks(BlockList, can_focus=True):
    """A heading of one line, then blocks of two; a control character in each."""

    DEFAULT_CSS = "Blocks { height: 6; overflow-y: scroll; }"
    LOOKS = "blocks"
    ABOVE = 1
    COMPONENT_CLASSES: ClassVar[set[str]] = {"blocks--cursor", "blocks--text"}

    def __init__(self) -> None:
        super().__init__()
        self.clicked: list[int | None] = []

    def fill(self, blocks: int, at: int) -> None:
        self.lay_blocks([1, *[2] * blocks])
        self._at = at
        self.reveal()

    def opens(self, at: int) -> bool:
        return at > 0

    def paint(self, at: int, line: int, here: bool) -> Iterable[tuple[str, str]]:
        return [(f"{'>' if here else ' '}{at}.{line}\x1b", "text")]

    def on_click(self, event: events.Click) -> None:
        self.clicked.append(self.block_at(event))


def test_blocks_are_painted_clean_and_the_cursor_is_on_a_whole_one() -> None:
    async def go() -> None:
        app = Stage(shown := Blocks())
        async with app.run_test(size=(20, 6)) as pilot:
            shown.fill(9, 1)
            await pilot.pause()
            inside = [line.strip("│").split()[0] for line in app.painted()[:5]]
            assert inside == ["0.0␛", ">1.0␛", ">1.1␛", "2.0␛", "2.1␛"]
            shown.fill(9, 9)
            await pilot.pause(0.1)
            assert any(">9.1" in line for line in app.painted())
            shown.fill(9, 1)
            await pilot.pause()
            assert "0.0" in app.painted()[0]  # the heading above comes along

    asyncio.run(go())


def test_a_click_finds_a_block_that_can_be_opened() -> None:
    async def go() -> None:
        app = Stage(shown := Blocks())
        async with app.run_test(size=(20, 12)) as pilot:
            shown.fill(2, 1)
            await pilot.pause()
            for y in (0, 2, 3, 5):
                await pilot.click(Blocks, offset=(2, y))
            assert shown.clicked == [None, 1, 2, None]

    asyncio.run(go())
