"""Pages of information."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from textual.app import App

from cable_tui import demo
from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.clipboard import Clipboard
from cable_tui.library import Library
from cable_tui.session.services import Services
from cable_tui.tui.dialogs.text_pages import (
    Notice,
    TextPage,
    archive_lines,
    notice_lines,
)

HOSTILE = "[/x] [deleted XXXXX] \x1b]0;owned\x07"


def test_notices_stand_the_last_first_with_their_weight() -> None:
    notices = [
        Notice("10:00:00", "information", "Bookmarked 09ZENDA1"),
        Notice("10:00:05", "error", "The disk is full"),
    ]
    assert list(notice_lines(notices)) == [
        "10:00:05 ✗ The disk is full",
        "10:00:00   Bookmarked 09ZENDA1",
    ]
    assert list(notice_lines([])) == ["Nothing was said so far."]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    demo.write(tmp_path / "cables")
    for _ in index(tmp_path / "cables", tmp_path / "cache"):
        pass
    archive = open_archive(tmp_path / "cables", tmp_path / "cache")
    library = Library(tmp_path / "library.sqlite", author="ada")
    with closing(archive), closing(library):
        yield Services(archive, library, Clipboard(tmp_path / "clipboard.txt", environ={}))


def test_the_archive_says_where_it_is_and_how_far_it_is_read(
    services: Services, tmp_path: Path
) -> None:
    lines = list(archive_lines(services))
    assert lines[0] == str(tmp_path / "cables")
    assert lines[1].startswith("40 cables, ")
    assert "  texts that can be searched: 40 of 40" in lines
    assert lines[-1] == "Bookmarks and notes: 0"


@pytest.mark.parametrize("key", ["escape", "q", "backspace"])
def test_a_page_runs_nothing_and_closes(key: str) -> None:
    async def go() -> tuple[str, int]:
        app: App[None] = App()
        async with app.run_test(size=(80, 24)) as pilot:
            await app.push_screen(TextPage(HOSTILE, [HOSTILE] * 100))
            await pilot.press("j", "pagedown", "end", "home", "x")
            shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
            await pilot.press(key)
            await pilot.pause()
            return shown, len(app.screen_stack)

    shown, screens = asyncio.run(go())
    assert "[deleted XXXXX]" in shown
    assert "\x1b" not in shown
    assert screens == 1


def test_the_text_stands_under_the_reason_and_scrolls_until_esc() -> None:
    text = "\n".join(f"line {number} [/x]" for number in range(100))

    async def go() -> None:
        app: App[None] = App()
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(TextPage("a [/x].html:3", text.split("\n"), "! as filed: no [u] body"))
            await pilot.pause()
            painted = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
            assert "! as filed: no [u] body" in painted
            assert ".html:3" in str(app.screen.query_one(".text-box").border_title)
            assert "line 0 [/x]" in painted
            await pilot.press("j", "G", "k", "pageup", "right", "left", "g")
            assert isinstance(app.screen, TextPage)
            await pilot.press("escape")
            await pilot.pause()
            assert not isinstance(app.screen, TextPage)

    asyncio.run(go())
