"""A reader's walk through the whole room, on the demo, without a terminal."""

from __future__ import annotations

import asyncio
import gc
import shutil
import time
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import OptionList, Static

from cable_tui import demo
from cable_tui.archive.build.indexer import index
from cable_tui.library import Library, Mark
from cable_tui.session.features import bookmarks_screen, opened_cable
from cable_tui.session.state import Session
from cable_tui.session.values import Action
from cable_tui.settings import Paths, Settings
from cable_tui.tui.app import CableTui
from cable_tui.tui.dialogs.command_palette import RoomPalette
from cable_tui.tui.dialogs.pickers import Menu
from cable_tui.tui.first_rows import StartRequest
from cable_tui.value import replace

Walk = Callable[[CableTui, Pilot[int]], Awaitable[None]]
SIZES = [(80, 24), (200, 60)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, indexed."""
    place = tmp_path_factory.mktemp("room")
    demo.write(place / "cables")
    for _ in index(place / "cables", place / "cache"):
        pass
    return place


def room(folder: Path, state: Path, path: Path | None, wanted: StartRequest) -> CableTui:
    paths = Paths(state / "config.toml", state / "data", folder / "cache", state / "state")
    return CableTui(path, Settings(no_index=True), paths, wanted)


def walk(
    folder: Path,
    state: Path,
    steps: Walk,
    *,
    size: tuple[int, int] = (120, 40),
    path: Path | None = None,
    wanted: StartRequest | None = None,
) -> CableTui:
    """Open the room, take the steps, and close it."""
    app = room(folder, state, path or folder / "cables", wanted or StartRequest())

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: bool(app.room.session.hits.count), app)
            await steps(app, pilot)
        if app.builder is not None:
            app.builder.stop()

    asyncio.run(run())
    return app


async def until(pilot: Pilot[int], holds: Callable[[], bool], app: CableTui) -> None:
    """Wait for workers; a walk that gets nowhere fails with the session it had."""
    for _ in range(3000):
        if holds():
            await pilot.pause()
            return
        await pilot.pause(0.02)
    raise AssertionError(str(app.room.session))


async def press(pilot: Pilot[int], app: CableTui, *keys: str) -> Session:
    """Keys one after the other, each painted."""
    for key in keys:
        await pilot.press(key)
    await pilot.pause()
    return app.room.session


def opened(app: CableTui, reference: str) -> Callable[[], bool]:
    return lambda: (
        app.room.session.cable is not None and app.room.session.cable.reference_id == reference
    )


def held(folder: Path) -> list[str]:
    """The files of a folder that this process has open."""
    every = []
    for link in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile, by another thread or as the listing
            every.append(str(link.readlink()))
    return [found for found in every if found.startswith(str(folder))]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not say")
def test_a_room_that_closed_holds_no_file(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await press(pilot, app, "enter", "b")
        assert held(tmp_path)

    walk(folder, tmp_path, steps)
    for _ in range(3000):
        if not held(tmp_path) + held(folder):
            break
        time.sleep(0.02)  # a thread that was reading puts back what it had
        gc.collect()
    assert held(tmp_path) == held(folder) == []


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_reader_browses_narrows_reads_follows_and_comes_back(
    folder: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        everything = app.room.session.hits.count
        session = await press(pilot, app, "slash", *"lobster")
        assert session.pane == "bar"
        await until(pilot, lambda: 0 < app.room.session.hits.count < everything, app)
        session = await press(pilot, app, "enter")
        assert (session.pane, session.text) == ("list", "lobster")
        await press(pilot, app, "enter")
        await until(pilot, lambda: app.room.session.opened is not None, app)
        assert app.focused is app.room.cable.body
        assert app.room.cable.body.display
        await press(pilot, app, "n")
        assert app.room.cable.body.hit_position[0] >= 1
        session = await press(pilot, app, "backspace")
        assert (session.pane, session.reading) == ("list", False)
        session = await press(pilot, app, "backspace")
        assert session.text == ""

    walk(folder, tmp_path, steps, size=size)


def test_a_pasted_id_opens_its_cable_at_the_paragraph(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await press(pilot, app, "slash", *"04portamber305#par2", "enter")
        await until(pilot, opened(app, "04PORTAMBER305"), app)
        here = app.room.session.here
        assert here is not None
        assert here.label == "2"
        assert app.room.bar.value == ""

    walk(folder, tmp_path, steps)


def test_the_command_line_opens_a_cable_and_a_query(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await until(pilot, opened(app, "04PORTAMBER305"), app)
        assert app.room.session.text.strip() == "tag:EFIS"

    walk(folder, tmp_path, steps, wanted=StartRequest("tag:EFIS", "04PORTAMBER305#2"))


def test_a_reference_is_followed_and_back_is_the_same_place(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await until(pilot, opened(app, "04PORTAMBER305"), app)
        await pilot.pause()
        app.room.do(opened_cable.FollowReference(app.room.session.opened.cable.references))  # type: ignore[union-attr]
        await until(pilot, opened(app, "04PORTAMBER211"), app)
        await press(pilot, app, "backspace")
        await until(pilot, opened(app, "04PORTAMBER305"), app)

    walk(folder, tmp_path, steps, wanted=StartRequest("", "04PORTAMBER305"))


def test_bookmarks_are_kept_and_listed(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await press(pilot, app, "b")
        await until(pilot, lambda: len(app.room.session.notebook.marks) == 1, app)
        await press(pilot, app, "apostrophe")
        await until(pilot, lambda: bool(app.room.session.bookmarks_view), app)
        await until(pilot, lambda: bool(app.screen.query_one(OptionList).options), app)
        await press(pilot, app, "enter")
        await until(pilot, lambda: app.room.session.opened is not None, app)

    walk(folder, tmp_path, steps)

    async def again(app: CableTui, pilot: Pilot[int]) -> None:
        assert len(app.room.session.notebook.marks) == 1

    walk(folder, tmp_path, again)


def test_a_click_or_space_in_the_library_writes_into_the_bar(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await until(pilot, lambda: bool(app.room.session.counts), app)
        session = await press(pilot, app, "1", "j", "space")
        assert session.text.startswith("origin:")
        assert app.room.bar.value == session.text
        session = await press(pilot, app, "space")
        assert session.text.strip() == ""

    walk(folder, tmp_path, steps)


def test_copying_names_the_way(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await press(pilot, app, "y", "y")
        await until(pilot, lambda: len(app._notifications) > 0, app)
        said = " ".join(each.message for each in app._notifications)
        assert "reference" in said

    walk(folder, tmp_path, steps)


def test_the_help_comes_and_goes_in_every_pane(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        for keys in (("2", "f1"), ("1", "f1"), ("slash", "tab", "question_mark")):
            await press(pilot, app, *keys)
            assert len(app.screen_stack) == 2
            await press(pilot, app, *"bookmark", "escape")
            assert len(app.screen_stack) == 1

    walk(folder, tmp_path, steps)


def test_the_palette_holds_our_commands_and_runs_them(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await press(pilot, app, "ctrl+p")
        assert len(app.screen_stack) == 2
        await press(pilot, app, *"order")
        await pilot.pause(0.3)
        await press(pilot, app, "enter")
        await until(pilot, lambda: isinstance(app.screen, Menu), app)
        await press(pilot, app, "o")
        await until(pilot, lambda: app.room.session.query.order == "created", app)

    walk(folder, tmp_path, steps)


def test_q_closes_the_cable_and_then_the_room(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await press(pilot, app, "enter")
        await until(pilot, lambda: app.room.session.opened is not None, app)
        session = await press(pilot, app, "q")
        assert session.pane == "list"
        session = await press(pilot, app, "q")
        assert session.opened is None
        await press(pilot, app, "q")

    assert walk(folder, tmp_path, steps).return_value == 0


def test_a_folder_without_a_cable_says_so_and_takes_another(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").write_text("nothing of interest\n")
    app = room(folder, tmp_path, tmp_path / "empty", StartRequest())

    async def run() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: app.room.session.phase == "empty", app)
            assert app.room.session.failure
            await press(pilot, app, *str(folder / "cables"), "enter")
            await until(pilot, lambda: bool(app.room.session.hits.count), app)
        if app.builder is not None:
            app.builder.stop()

    asyncio.run(run())


def test_below_the_least_size_there_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        assert app.room.query_one("#small").display
        assert not app.room.results.region

    walk(folder, tmp_path, steps, size=(50, 12))


def test_a_click_beyond_the_screen_is_no_fault(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await press(pilot, app, "ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, RoomPalette), app)
        app.screen.post_message(
            events.Click(app.screen, 200, 90, 0, 0, 1, False, False, False, 200, 90)
        )
        await pilot.pause()
        assert isinstance(app.screen, RoomPalette)

    assert walk(folder, tmp_path, steps).fault is None


def test_where_there_is_but_a_sentence_keys_change_nothing_unseen(
    folder: Path, tmp_path: Path
) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await press(pilot, app, "enter")
        await until(pilot, lambda: app.room.session.opened is not None, app)
        before = await press(pilot, app, "right_curly_bracket", "right_curly_bracket")
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        await press(pilot, app, "j", "b", "q", "slash", "y")
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        after = app.room.session
        assert (after.pane, after.paragraph) == (before.pane, before.paragraph)
        assert not after.notebook.marks

    walk(folder, tmp_path, steps)


def test_news_take_the_place_of_older_news_but_not_of_a_warning(
    folder: Path, tmp_path: Path
) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        for number in range(5):
            app.notify(f"news {number}")
            await pilot.pause()
        await pilot.pause()
        assert [each.message for each in app._notifications] == ["news 4"]
        app.notify("careful", severity="warning")
        app.notify("more news")
        await pilot.pause()
        assert "careful" in [each.message for each in app._notifications]

    walk(folder, tmp_path, steps)


def test_an_open_header_leaves_the_body_lines_to_read(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await press(pilot, app, "enter")
        await until(pilot, lambda: app.room.session.opened is not None, app)
        await press(pilot, app, "H")
        for size in ((60, 15), (80, 24), (100, 30), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert app.room.cable.body.size.height >= 4, size

    walk(folder, tmp_path, steps)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_any_pane_can_have_the_whole_screen(
    folder: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    panes = ("library", "list", "top", "header", "body", "context", "timeline", "listless")

    def shown(app: CableTui) -> list[Widget]:
        found = app.room.query(", ".join(f"#{pane}" for pane in panes))
        return [each for each in found if each.is_on_screen and each.region]

    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await press(pilot, app, "enter")
        await until(pilot, lambda: app.room.session.opened is not None, app)
        for key, alone in zip("12345", ("library", "list", "top", "header", "body"), strict=True):
            await press(pilot, app, key)
            before = [(each.id, each.region) for each in shown(app)]
            await press(pilot, app, "z")
            # Above the text alone stands a line that says whose it is; the column is of 106 cells.
            names = ["top", "body"] if alone == "body" else [alone]
            wide = min(size[0], 106) if alone == "body" else size[0]
            assert [each.id for each in shown(app)] == names
            (pane,) = (each for each in shown(app) if each.id == alone)
            assert pane.region.size == (wide, size[1] - 2 - len(names))
            await press(pilot, app, "z")
            assert [(each.id, each.region) for each in shown(app)] == before

    walk(folder, tmp_path, steps, size=size)


def test_a_number_goes_to_its_pane_from_every_other_one(folder: Path, tmp_path: Path) -> None:
    """The top and the body share a widget that has the focus: news of it are for either."""
    numbers = dict(zip("12345", ("library", "list", "top", "header", "body"), strict=True))
    round_trip = "121314152324253435451"
    assert set(pairwise(round_trip)) == set(permutations(numbers, 2))

    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await press(pilot, app, "enter")
        await until(pilot, lambda: app.room.session.opened is not None, app)
        for number in round_trip:
            assert (await press(pilot, app, number)).pane == numbers[number]

    walk(folder, tmp_path, steps)


def test_a_query_without_hits_leaves_the_list_its_place(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await press(pilot, app, "enter")
        await until(pilot, lambda: app.room.session.opened is not None, app)
        await press(pilot, app, "2")
        before = app.room.results.region
        await press(pilot, app, "slash", *"zqxv", "enter")
        await until(pilot, lambda: bool(app.room.listless.region), app)
        found = app.room.listless.region
        assert found.width == before.width
        assert found.x == before.x
        await press(pilot, app, "z")
        assert app.room.listless.region.width == 200

    walk(folder, tmp_path, steps, size=(200, 60))


def test_a_menu_longer_than_the_screen_scrolls(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        for size in ((60, 15), (80, 24)):
            await pilot.resize_terminal(*size)
            await press(pilot, app, "y", "end")
            lines = app.screen.query_one(OptionList)
            assert lines.highlighted == lines.option_count - 1
            assert lines.region.bottom < size[1]
            assert lines.scroll_offset.y + lines.size.height >= lines.option_count
            await press(pilot, app, "escape")

    walk(folder, tmp_path, steps, size=(80, 24))


def test_below_the_least_size_no_box_covers_the_sentence(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await press(pilot, app, "enter")
        await until(pilot, lambda: app.room.session.opened is not None, app)
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

    walk(folder, tmp_path, steps, size=(80, 24))


def test_below_the_least_size_nothing_else_is_said(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    app = room(folder, tmp_path, tmp_path / "empty", StartRequest())

    async def run() -> None:
        async with app.run_test(size=(50, 12)) as pilot:
            await until(pilot, lambda: app.room.session.phase == "empty", app)
            assert [each.id for each in app.room.children if each.display] == ["small"]
            await pilot.resize_terminal(80, 24)
            await pilot.pause()
            assert app.room.empty.display

    asyncio.run(run())


def test_what_another_window_marks_gets_its_star(folder: Path, tmp_path: Path) -> None:
    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await until(pilot, lambda: app.watching is not None, app)
        with closing(Library(app.paths.library)) as other:
            other.add(Mark("04PORTAMBER305", "04PORTAMBER305"))
        star = ("04PORTAMBER305", None)
        await until(pilot, lambda: star in app.room.session.notebook.marks, app)

    walk(folder, tmp_path, steps)


@pytest.mark.parametrize(
    ("given", "meets"),
    [
        ({"sync": "shared"}, True),
        ({}, False),
        ({"sync": "shared", "private": True}, False),
        ({"sync": "shared", "in_browser": True}, False),
    ],
)
def test_a_room_meets_other_readers_where_it_may(
    given: dict[str, Any],
    meets: bool,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[str] = []

    class Process:
        def __init__(self, argv: list[str], changed: Callable[[], object]) -> None:
            assert "shared" not in argv

        def run(self, post: Callable[[Action], object]) -> None:
            calls.append("run")
            post(bookmarks_screen.OthersMet("synced"))

        def stop(self) -> None:
            calls.append("stop")

    monkeypatch.setattr("cable_tui.background.sync_process.SyncProcess", Process)
    app = room(folder, tmp_path, folder / "cables", StartRequest())
    app.settings = replace(app.settings, **given)

    async def run() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await until(pilot, lambda: app.watching is not None, app)
            await until(pilot, lambda: bool(app.room.session.synced) == meets, app)
        if app.builder is not None:
            app.builder.stop()

    asyncio.run(run())
    assert calls == (["run", "stop"] if meets else [])


def test_after_j_onto_a_cable_whose_file_is_gone_the_boxes_show_no_other(
    folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / "own")
    own = tmp_path / "own"
    for _ in index(own / "cables", own / "cache"):
        pass

    async def steps(app: CableTui, pilot: Pilot[int]) -> None:
        await press(pilot, app, "enter")
        await until(pilot, lambda: app.room.session.opened is not None, app)
        await until(pilot, lambda: app.room.session.checked, app)
        session = app.room.session
        shutil.rmtree(own / "cables" / "cable")
        await press(pilot, app, "J")
        following = session.hits.ids[1]
        await until(
            pilot,
            lambda: app.room.session.opened is not None and app.room.session.opened.id == following,
            app,
        )
        assert app.room.session.cable is not None
        assert "cannot be shown" in app.room.session.cable.body.text
        assert str(app.room.cable.body.border_title).startswith("5 Body")

    walk(own, tmp_path, steps)
