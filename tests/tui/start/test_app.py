"""A reader's walk through the whole room, on the demo, without a terminal."""

from __future__ import annotations

import gc
import time
from contextlib import closing, suppress
from itertools import pairwise, permutations
from pathlib import Path
from unittest.mock import patch

import pytest
from textual import events
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets._toast import Toast

from benchmarks.still import painted
from cable_tui.base.value import replace
from cable_tui.library import Library, Mark
from cable_tui.tui.dialogs.command_palette import RoomPalette
from cable_tui.tui.dialogs.pickers import Menu
from cable_tui.tui.start.app import CableTui
from cable_tui.tui.start.open_archive import open_services
from tests.tui.rooms import (
    LARGE,
    ONLY_READ,
    SMALL,
    open_room,
    opened,
    press,
    room,
    running,
    said,
    until,
)


def held(folder: Path) -> list[str]:
    """The files of a folder that this process has open."""
    every = []
    for link in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile, by another thread or as the listing
            every.append(str(link.readlink()))
    return [found for found in every if found.startswith(str(folder))]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not say")
async def test_a_room_that_closed_holds_no_file(indexed: Path, tmp_path: Path) -> None:
    async with open_room(indexed, tmp_path) as (app, pilot):
        await press(pilot, app, "enter", "b")
        assert held(tmp_path)
    for _ in range(3000):
        if not held(tmp_path) + held(indexed):
            break
        time.sleep(0.02)  # a thread that was reading puts back what it had
        gc.collect()
    assert held(tmp_path) == held(indexed) == []


async def test_a_room_whose_files_were_removed_can_still_end(indexed: Path, tmp_path: Path) -> None:
    async with open_room(indexed, tmp_path) as (app, _):
        with patch("builtins.__import__", side_effect=ImportError):
            app.exit(129)
    assert app.return_value == 129


async def test_help_and_palette_come_and_go_in_every_pane(indexed: Path, tmp_path: Path) -> None:
    async with open_room(indexed, tmp_path) as (app, pilot):
        for keys in (("f1",), ("s", "f1"), ("slash", "tab", "question_mark")):
            await press(pilot, app, *keys)
            assert len(app.screen_stack) == 2
            await press(pilot, app, "b", "escape")
            assert len(app.screen_stack) == 1
        await press(pilot, app, "escape", "ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, RoomPalette), app)
        # A click from before the terminal shrank is no fault.
        beyond = (200, 90, 0, 0, 1, False, False, False, 200, 90)
        app.screen.post_message(events.Click(app.screen, *beyond))
        await pilot.pause()
        assert isinstance(app.screen, RoomPalette)
        await press(pilot, app, "escape", "ctrl+p", *"order")
        await pilot.pause(0.3)
        await press(pilot, app, "enter")
        await until(pilot, lambda: isinstance(app.screen, Menu), app)
        await press(pilot, app, "o")
        await until(pilot, lambda: app.room.session.query.order == "created", app)
    assert app.fault is None


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not say")
async def test_an_archive_that_opens_while_the_reader_leaves_is_closed_again(
    indexed: Path, tmp_path: Path
) -> None:
    app = room(indexed, tmp_path, indexed / "cables")
    app.path = None  # nothing is opened yet
    async with running(app, SMALL) as pilot:
        await pilot.pause()
        given = (app.paths, app.settings, app.request, app.ways_out, None)
        found = open_services(indexed / "cables", *given)
        app.exit(0)
        await app.room.remove_children()
        app._show(indexed / "cables", found)
        assert app.builder is None
    assert app.fault is None
    assert held(tmp_path) == []


async def test_a_folder_without_a_cable_says_so_and_takes_another(
    indexed: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").write_text("nothing of interest\n")
    app = room(indexed, tmp_path, tmp_path / "empty")
    async with running(app, (50, 12)) as pilot:
        await until(pilot, lambda: app.room.session.phase == "empty", app)
        assert [each.id for each in app.room.children if each.display] == ["small"]
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert app.room.empty.display
        assert app.room.session.failure
        app.room.query_one("Empty Input", Input).value = str(indexed / "cables")
        await press(pilot, app, "enter")
        await until(pilot, lambda: bool(app.room.session.hits.count), app)


async def test_where_there_is_but_a_sentence_keys_change_nothing_unseen(
    indexed: Path, tmp_path: Path
) -> None:
    async with open_room(indexed, tmp_path) as (app, pilot):
        await press(pilot, app, "enter")
        await until(pilot, opened(app), app)
        before = await press(pilot, app, "right_curly_bracket", "right_curly_bracket")
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        await press(pilot, app, "j", "b", "q", "slash", "y")
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        after = app.room.session
        assert (after.pane, after.paragraph) == (before.pane, before.paragraph)
        assert not after.notebook.marks


async def test_news_take_the_place_of_older_news_but_not_of_a_warning(
    indexed: Path, tmp_path: Path
) -> None:
    async with open_room(indexed, tmp_path) as (app, pilot):
        for number in range(5):
            app.notify(f"news {number}")
            await pilot.pause()
        await pilot.pause()
        assert [each.message for each in app._notifications] == ["news 4"]
        app.notify("careful", severity="warning")
        app.notify("more news")
        await pilot.pause()
        assert "careful" in [each.message for each in app._notifications]


@pytest.mark.parametrize("size", [(40, 15), SMALL, LARGE], ids=str)
async def test_a_notice_covers_no_text_and_leaves_no_gap(
    indexed: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    long = "A notice that needs more than one line on a small screen, and one on a large one."
    async with open_room(indexed, tmp_path, size=size, notifications=True) as (app, pilot):
        before = painted(app)
        for words in ("short", long, "short"):
            app.notify(words)
            await until(pilot, lambda: words[-5:] in "".join(painted(app)), app)  # noqa: B023
            notice = app.room.query_one(Toast).region
            others = [app.room.results, app.room.status, app.room.keys]
            assert not any(notice.overlaps(other.region) for other in others)
            assert app.room.status.region.bottom == notice.y
            assert app.room.keys.region.y == notice.bottom
        app.clear_notifications()
        app.room.query("ToastHolder").remove()
        await until(pilot, lambda: painted(app) == before, app)


async def test_below_sixty_columns_there_is_one_pane_at_a_time(
    indexed: Path, tmp_path: Path
) -> None:
    async with open_room(indexed, tmp_path, size=(40, 20)) as (app, pilot):
        for key, alone in (("j", "list"), ("s", "filters"), ("l", "list")):
            await press(pilot, app, key)
            shown = [pane for pane in ("filters", "list") if app.room.query_one(f"#{pane}").region]
            assert shown == [alone]
        await pilot.resize_terminal(80, 20)
        await press(pilot, app, "s")
        assert app.room.filters.region
        assert app.room.results.region


async def test_a_notice_leaves_the_keys_of_a_page_in_sight(indexed: Path, tmp_path: Path) -> None:
    app = room(indexed, tmp_path)
    async with running(app, SMALL, notifications=True) as pilot:
        await until(pilot, lambda: bool(app.entered and app.room.session.hits.count), app)
        await press(pilot, app, "b", "apostrophe", "m")
        await until(pilot, lambda: "keeps the order" in "".join(painted(app)), app)
        assert any("Esc closes" in line for line in painted(app))
        await press(pilot, app, "ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, RoomPalette), app)
        assert any("Esc closes" in line for line in painted(app))


@pytest.mark.parametrize("wanted", [True, False])
async def test_a_text_that_the_mouse_selects_is_copied_on_release_if_the_settings_say_so(
    wanted: bool, indexed: Path, tmp_path: Path
) -> None:
    settings = replace(ONLY_READ, copy_on_release=wanted)
    copied: list[str] = []
    async with open_room(indexed, tmp_path, settings=settings) as (app, pilot):
        await press(pilot, app, "enter")
        await until(pilot, opened(app), app)
        with patch.object(app, "copy_to_clipboard", copied.append):
            body = app.room.cable.body
            for action, column in ((pilot.mouse_down, 8), (pilot.hover, 20), (pilot.mouse_up, 20)):
                await action(body, offset=(column, 3))
            await pilot.pause()
            assert app.screen.get_selected_text()
    assert [bool(text.strip()) for text in copied] == ([True] if wanted else [])


async def test_cutting_nothing_leaves_the_clipboard_as_it_is(indexed: Path, tmp_path: Path) -> None:
    async with open_room(indexed, tmp_path) as (app, pilot):
        await press(pilot, app, "slash", "ctrl+x")
        await app.workers.wait_for_complete()
        assert not any("character" in each for each in said(app))
        await press(pilot, app, *"ab", "shift+left", "ctrl+x")
        await until(pilot, lambda: " 1 character " in "".join(said(app)), app)


async def test_an_open_header_leaves_the_body_lines_to_read(indexed: Path, tmp_path: Path) -> None:
    async with open_room(indexed, tmp_path) as (app, pilot):
        await press(pilot, app, "enter")
        await until(pilot, opened(app), app)
        await press(pilot, app, "H")
        for size in ((60, 15), (80, 24), (100, 30), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert app.room.cable.body.size.height >= 4, size


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=str)
async def test_any_pane_can_have_the_whole_screen(
    indexed: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    panes = ("filters", "list", "top", "header", "body", "context", "timeline", "listless")

    def shown(app: CableTui) -> list[Widget]:
        found = app.room.query(", ".join(f"#{pane}" for pane in panes))
        return [each for each in found if each.is_on_screen and each.region]

    async with open_room(indexed, tmp_path, size=size) as (app, pilot):
        await press(pilot, app, "enter")
        await until(pilot, opened(app), app)
        for key, alone in zip("12345", ("filters", "list", "top", "header", "body"), strict=True):
            await press(pilot, app, key)
            before = [(each.id, each.region) for each in shown(app)]
            await press(pilot, app, "z")
            # Above the text alone is a line that says whose it is; the column is of 106 cells.
            names = ["top", "body"] if alone == "body" else [alone]
            wide = min(size[0], 106) if alone == "body" else size[0]
            assert [each.id for each in shown(app)] == names
            (pane,) = (each for each in shown(app) if each.id == alone)
            assert pane.region.size == (wide, size[1] - 2 - len(names))
            await press(pilot, app, "z")
            assert [(each.id, each.region) for each in shown(app)] == before


async def test_a_number_goes_to_its_pane_from_every_other_one(
    indexed: Path, tmp_path: Path
) -> None:
    """The top and the body share a widget that has the focus: news of it are for either."""
    numbers = dict(zip("12345", ("filters", "list", "top", "header", "body"), strict=True))
    round_trip = "121314152324253435451"
    assert set(pairwise(round_trip)) == set(permutations(numbers, 2))

    async with open_room(indexed, tmp_path) as (app, pilot):
        await press(pilot, app, "enter")
        await until(pilot, opened(app), app)
        for number in round_trip:
            assert (await press(pilot, app, number)).pane == numbers[number]


@pytest.mark.parametrize("key", ["home", "end"])
async def test_a_short_menu_opens_at_the_line_that_it_is_about(
    indexed: Path, tmp_path: Path, key: str
) -> None:
    async with open_room(indexed, tmp_path, size=SMALL) as (app, pilot):
        await press(pilot, app, key, "o")
        await until(pilot, lambda: isinstance(app.screen, Menu), app)
        results = app.room.results
        row = results.content_region.y + results.cursor_row
        box = app.screen.query_one(".menu-box")
        await until(pilot, lambda: row in (box.region.y - 1, box.region.bottom), app)
        await pilot.resize_terminal(70, 14)
        await until(pilot, lambda: app.screen.region.contains_region(box.region), app)


async def test_a_menu_longer_than_the_screen_scrolls(indexed: Path, tmp_path: Path) -> None:
    async with open_room(indexed, tmp_path, size=(80, 24)) as (app, pilot):
        for size in ((60, 15), (80, 24)):
            await pilot.resize_terminal(*size)
            await press(pilot, app, "y", "end")
            lines = app.screen.query_one(OptionList)
            assert lines.highlighted == lines.option_count - 1
            assert lines.region.bottom < size[1]
            assert lines.scroll_offset.y + lines.size.height >= lines.option_count
            await press(pilot, app, "escape")


async def test_below_the_least_size_no_box_covers_the_sentence(
    indexed: Path, tmp_path: Path
) -> None:
    async with open_room(indexed, tmp_path, size=(80, 24)) as (app, pilot):
        await press(pilot, app, "enter")
        await until(pilot, opened(app), app)
        words = " ".join(str(app.room.query_one("#small", Static).content).split())
        for key in ("@", "i", "question_mark", "y"):
            await press(pilot, app, key)
            app.notify("A notice that would be long enough to cover the whole of a small screen.")
            await pilot.pause()
            before = app.screen
            await pilot.resize_terminal(40, 12)
            await until(pilot, lambda: app.room.small, app)
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            told = [strip.text.strip() for strip in strips if strip.text.strip()]
            assert " ".join(" ".join(told).split()) == words
            await pilot.resize_terminal(80, 24)
            await until(pilot, lambda: not app.room.small, app)
            assert app.screen is before
            if before is not app.room:
                children = before.children
                await until(pilot, lambda: any(each.region for each in children), app)  # noqa: B023
                await press(pilot, app, "escape")


async def test_what_another_window_marks_gets_its_star(indexed: Path, tmp_path: Path) -> None:
    async with open_room(indexed, tmp_path) as (app, pilot):
        await until(pilot, lambda: app.watching is not None, app)
        with closing(Library(app.paths.library)) as other:
            other.add(Mark("04PORTAMBER305", "04PORTAMBER305"))
        star = ("04PORTAMBER305", None)
        await until(pilot, lambda: star in app.room.session.notebook.marks, app)
