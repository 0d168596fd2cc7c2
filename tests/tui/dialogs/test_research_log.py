"""The page of the research log: filtered, asked again, written to a file."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App
from textual.widgets import OptionList

from cable_tui.session.features.research_log import LoggedSearch
from cable_tui.tui.dialogs.research_log import TO_FILE, LogPicker, log_line

HOSTILE = "[/x] [deleted] \x1b]0;owned\x07"
FOUND = (
    LoggedSearch("2026-11-26T10:05:00Z", "lobster class:secret", 1204, 2, "room export"),
    LoggedSearch("2026-11-26T10:00:00Z", "eel", 0, 1, "search"),
    LoggedSearch("2026-11-25T10:00:00Z", HOSTILE, 3, 1, "room"),
)


def used(*keys: str) -> tuple[list[str | None], list[str]]:
    """What the page ends with, and its lines."""
    ends: list[str | None] = []
    lines: list[str] = []

    async def go() -> None:
        app: App[None] = App()
        async with app.run_test(size=(100, 24)) as pilot:
            app.push_screen(LogPicker(FOUND), ends.append)
            await pilot.pause()
            lines.extend(str(each.prompt) for each in app.screen.query_one(OptionList).options)
            await pilot.press(*keys)
            await pilot.pause()

    asyncio.run(go())
    return ends, lines


@pytest.mark.parametrize(
    ("keys", "end"),
    [
        (("enter",), "lobster class:secret"),
        (("down", "enter"), "eel"),
        (("e", "e", "l", "enter"), "eel"),
        (tuple("11-25"), None),
        (("escape",), None),
    ],
)
def test_enter_takes_the_search_that_is_lit(keys: tuple[str, ...], end: str | None) -> None:
    assert used(*keys)[0] == ([] if keys[-1] == "5" else [end])


def test_a_key_writes_them_all_to_a_file() -> None:
    assert used("ctrl+s")[0] == [TO_FILE]


def test_a_line_has_date_number_and_query_and_runs_nothing() -> None:
    lines = used("escape")[1]
    assert lines[0].split() == [
        "2026-11-26", "10:05", "1,204", "lobster", "class:secret", "(exported,", "2", "times)",
    ]  # fmt: skip
    assert "[/x] [deleted]" in lines[2]
    assert "\x1b" not in log_line(FOUND[2])
