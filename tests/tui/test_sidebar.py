import asyncio

from textual.pilot import Pilot

from cable_tui.tui.sidebar import Item, Section, Sidebar, fitting
from tests.tui.stage import Stage
from tests.tui.test_results import _told as told

SECTIONS = (
    Section("origin", "ORIGIN", (Item("Embassy Zenda", "Embassy Zenda", 12),), 3),
    Section("tag", "TAGS", (Item("PGOV", "PGOV [u] rule", None, "included"),), 1),
)


def _stage() -> tuple[Stage, Sidebar]:
    return Stage(sidebar := Sidebar()), sidebar


async def _shown(pilot: Pilot[None], sidebar: Sidebar) -> None:
    sidebar.show("160 cables · 1966-2010", SECTIONS)
    await pilot.pause()


def test_the_library_paints_head_sections_and_counts() -> None:
    async def go() -> None:
        app, sidebar = _stage()
        async with app.run_test(size=(30, 10)) as pilot:
            await _shown(pilot, sidebar)
            assert [line.strip("│ ") for line in app.painted()[1:7]] == [
                "160 cables · 1966-2010",
                "▌▾ ORIGIN",
                "[ ] Embassy Zenda      12",
                "… 2 more",
                "▾ TAGS",
                "[x] PGOV [u] rule       …",
            ]

    asyncio.run(go())


def test_the_line_under_the_cursor_is_asked_for() -> None:
    async def go() -> None:
        app, sidebar = _stage()
        async with app.run_test(size=(30, 10)) as pilot:
            await _shown(pilot, sidebar)
            sidebar.move_by(1)
            for ask in (sidebar.toggle_here, sidebar.only_here, sidebar.exclude_here):
                ask()
            sidebar.move_by(1)
            sidebar.toggle_here()
            await pilot.pause()
            assert [told(each) for each in app.told] == [
                ("Toggled", "origin", "Embassy Zenda"),
                ("Only", "origin", "Embassy Zenda"),
                ("Excluded", "origin", "Embassy Zenda"),
                ("More", "origin"),
            ]

    asyncio.run(go())


def test_folding_keeps_the_cursor_on_the_heading_and_outlives_new_counts() -> None:
    async def go() -> None:
        app, sidebar = _stage()
        async with app.run_test(size=(30, 10)) as pilot:
            await _shown(pilot, sidebar)
            sidebar.move_by(1)
            sidebar.fold_here()
            await _shown(pilot, sidebar)
            assert [line.strip("│ ") for line in app.painted()[2:4]] == ["▌▸ ORIGIN", "▾ TAGS"]

    asyncio.run(go())


def test_the_cursor_stays_on_its_value_when_counts_change() -> None:
    async def go() -> None:
        app, sidebar = _stage()
        async with app.run_test(size=(30, 10)) as pilot:
            await _shown(pilot, sidebar)
            sidebar.bottom()
            sidebar.show("9 cables", SECTIONS[1:])
            await pilot.pause()
            assert app.painted()[3].startswith("│▌[x] PGOV")

    asyncio.run(go())


def test_a_click_does_what_space_does() -> None:
    async def go() -> None:
        app, sidebar = _stage()
        async with app.run_test(size=(30, 10)) as pilot:
            await _shown(pilot, sidebar)
            await pilot.click(sidebar, offset=(6, 3))
            await pilot.pause()
            assert [told(each) for each in app.told] == [("Toggled", "origin", "Embassy Zenda")]

    asyncio.run(go())


def test_without_sections_nothing_can_be_asked_for() -> None:
    async def go() -> None:
        app, sidebar = _stage()
        async with app.run_test(size=(30, 10)) as pilot:
            sidebar.show("", ())
            for ask in (sidebar.toggle_here, sidebar.exclude_here, sidebar.fold_here, sidebar.top):
                ask()
            await pilot.pause()
            assert app.told == []

    asyncio.run(go())


def test_the_head_drops_its_last_parts_where_there_is_no_room() -> None:
    head = "160 of 251,287 published · 1966-2010"
    assert fitting(head, 40) == head
    assert fitting(head, 28) == "160 of 251,287 published"
    assert fitting(head, 7) == "160 of "
