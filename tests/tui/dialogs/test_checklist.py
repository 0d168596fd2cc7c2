"""Lines to tick."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App
from textual.widgets import OptionList

from cable_tui.tui.dialogs.checklist import Checklist

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
