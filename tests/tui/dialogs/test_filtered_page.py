"""A page with a line that filters: which keys the line has, and how it is left."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Input, OptionList

from cable_tui.tui.dialogs.filtered_page import FilteredPage


class Page(FilteredPage):
    """A page that says which keys it got itself."""

    def __init__(self) -> None:
        super().__init__()
        self.own: list[str] = []

    def compose(self) -> ComposeResult:
        yield Input()
        yield OptionList("one", "two")

    def on_key(self, event: events.Key) -> None:
        if not self.filter_has_key(event):
            self.own.append(event.key)


@pytest.mark.parametrize(
    ("keys", "typed", "own"),
    [
        (("k", "q"), "kq", []),
        (("k", "enter", "j"), "k", ["j"]),
        (("k", "down", "j"), "k", ["j"]),
        (("k", "escape", "j"), "", ["j"]),
        (("escape", "q"), "", ["q"]),
    ],
)
def test_the_line_has_the_keys_until_it_is_left(
    keys: tuple[str, ...], typed: str, own: list[str]
) -> None:
    async def go() -> None:
        app: App[None] = App()
        async with app.run_test() as pilot:
            page = Page()
            await app.push_screen(page)
            page.query_one(Input).focus()
            await pilot.pause()
            await pilot.press(*keys)
            assert (page.query_one(Input).value, page.own) == (typed, own)

    asyncio.run(go())
