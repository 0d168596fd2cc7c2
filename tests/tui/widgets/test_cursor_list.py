"""A list with a cursor: moved by keys and clicks, kept in sight, painted as it stands."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

import pytest

from cable_tui.tui.widgets.cursor_list import MOVES, CursorList
from tests.tui.stage import Stage

LINES = ("[/x] a line", *(f"line {number}" for number in range(1, 100)))


class Words(CursorList[str]):
    """Lines of a few words."""

    DEFAULT_CSS = "Words { height: 1fr; overflow-y: auto; }"
    PREFIX = "words"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"words--cursor", "words--bar", "words--word"}

    def pieces(self, line: str, cells: int) -> Sequence[tuple[str, str]]:
        return [(line[:cells], "word")]


def used(
    keys: Sequence[str], *, lines: Sequence[str] = LINES, click: int | None = None
) -> tuple[int, list[int], list[str]]:
    """Where the cursor is in the end, what was chosen, and the screen of ten lines."""
    chosen: list[int] = []
    words = Words(lambda: chosen.append(words.at))

    async def go() -> list[str]:
        app = Stage(words)
        async with app.run_test(size=(20, 10)) as pilot:
            words.show(lines)
            await pilot.pause()
            for key in keys:
                MOVES[key](words)
                await pilot.pause()
            if click is not None:
                await pilot.click(offset=(3, click))
            await pilot.pause()
            return app.painted()

    screen = asyncio.run(go())
    return words.at, chosen, screen


@pytest.mark.parametrize(
    ("keys", "at"),
    [
        (["j", "down", "k"], 1),
        (["up"], 0),
        (["pagedown"], 9),
        (["space", "ctrl+f", "pageup"], 9),
        (["G"], 99),
        (["end", "j"], 99),
        (["end", "home"], 0),
    ],
)
def test_keys_move_the_cursor_within_the_lines_and_keep_it_in_sight(
    keys: list[str], at: int
) -> None:
    found, _, screen = used(keys)
    assert found == at
    (cursor,) = (line for line in screen if line.startswith("▌"))
    assert cursor.rstrip(" ▁▂▃▄▅▆▇█") == f"▌{LINES[at]}"


def test_a_click_moves_and_one_on_the_cursors_line_opens() -> None:
    assert used([], click=4)[:2] == (4, [])
    assert used(["j"], click=1)[:2] == (1, [1])
    assert used([], lines=LINES[:2], click=5)[:2] == (0, [])


def test_a_list_without_a_line_has_none_under_the_cursor() -> None:
    at, _, screen = used(["G"], lines=())
    assert at == 0
    assert not any(screen)
