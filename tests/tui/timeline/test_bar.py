"""The widget of the timeline: what it paints, and what the mouse tells."""

from __future__ import annotations

import asyncio

from cable_tui.session import feature_state
from cable_tui.session.features.timeline import ApplyBrush, SetBrush
from cable_tui.tui.base.messages import ActionPosted
from cable_tui.tui.timeline.bar import TimelineBar
from tests.tui.stage import Stage

MONTHS = feature_state.NoTimelineData(
    "month",
    tuple(f"{2000 + month // 12}-{month % 12 + 1:02}" for month in range(40)),
    tuple(month % 9 for month in range(40)),
    tuple(0 if month == 9 else 8 for month in range(40)),
)


def test_with_the_keys_it_names_years_where_they_begin() -> None:
    async def go() -> None:
        app = Stage(bar := TimelineBar())
        async with app.run_test(size=(60, 30)) as pilot:
            bar.show(MONTHS, (12, 12), None)
            await pilot.pause()
            assert bar.size.height == 2
            bars, years = app.painted()[:2]
            assert bars[6:].startswith(" ▁▂▃▄▅▆▇█·▁▂▃")
            assert years == " 2000             2001        2002        2003"
            assert [
                len(segment.text)
                for segment in bar.render_line(0)
                if segment.style and segment.style.reverse
            ] == [1]

    asyncio.run(go())


def test_a_part_of_the_time_has_all_the_width() -> None:
    async def go() -> None:
        app = Stage(bar := TimelineBar())
        async with app.run_test(size=(60, 30)) as pilot:
            bar.show(MONTHS, (13, 13), None, (12, 15))
            await pilot.pause()
            assert app.painted()[1].startswith(" 2001-01 2001")
            assert app.painted()[1].endswith(" 2001-04")
            line = bar.render_line(0)
            brushed = [each.text for each in line if each.style and each.style.reverse]
            assert brushed == ["▅" * 10]

    asyncio.run(go())


def test_it_is_one_line_and_three_on_a_tall_terminal() -> None:
    async def go() -> None:
        app = Stage(bar := TimelineBar())
        async with app.run_test(size=(60, 30)) as pilot:
            app.set_focus(None)
            bar.show(MONTHS, None, None)
            await pilot.pause()
            assert app.painted()[0].startswith(" 2000 " + " ▁▂▃▄▅▆▇█·▁▂▃▄▅▆▇█ ")
            assert app.painted()[0].endswith(" 2003")
            assert bar.size.height == 1
            await pilot.resize_terminal(60, 50)
            await pilot.pause()
            assert bar.size.height == 3
            assert app.painted()[2].startswith(" 2000 ")

    asyncio.run(go())


def test_a_full_bar_does_not_hide_the_brush() -> None:
    async def go() -> None:
        app = Stage(bar := TimelineBar())
        async with app.run_test(size=(60, 30)) as pilot:
            bar.show(MONTHS, (7, 8), None)
            await pilot.pause()
            brushed = [
                each.text for each in bar.render_line(0) if each.style and each.style.reverse
            ]
            assert brushed == ["▅▅"]

    asyncio.run(go())


def test_nothing_is_painted_before_anything_is_known() -> None:
    async def go() -> None:
        app = Stage(TimelineBar())
        async with app.run_test(size=(60, 20)) as pilot:
            await pilot.pause()
            assert app.painted()[0] == ""

    asyncio.run(go())


def test_dragging_brushes_and_letting_go_writes() -> None:
    async def go() -> None:
        app = Stage(bar := TimelineBar())
        async with app.run_test(size=(60, 20)) as pilot:
            bar.show(MONTHS, None, None)
            await pilot.pause()
            await pilot.mouse_down(bar, offset=(6, 0))
            await pilot.hover(bar, offset=(9, 0))
            await pilot.mouse_up(bar, offset=(9, 0))
            await pilot.hover(bar, offset=(12, 0))
            await pilot.pause()
            posted = [each.action for each in app.label if isinstance(each, ActionPosted)]
            assert posted[0] == SetBrush(0, 0)
            assert posted[-2:] == [SetBrush(0, 3), ApplyBrush()]

    asyncio.run(go())


def test_the_brush_and_what_lies_outside_the_query_s_range_look_different() -> None:
    async def go() -> None:
        app = Stage(bar := TimelineBar())
        async with app.run_test(size=(60, 20)) as pilot:
            bar.show(MONTHS, (1, 2), (0, 5))
            await pilot.pause()
            looks = [
                (bool(segment.style and segment.style.reverse), len(segment.text))
                for segment in bar.render_line(0)
            ]
            assert (True, 2) in looks
            colours = {segment.style.color for segment in bar.render_line(0) if segment.style}
            bar.show(MONTHS, (1, 2), None)
            fewer = {segment.style.color for segment in bar.render_line(0) if segment.style}
            assert len(colours) == len(fewer) + 1

    asyncio.run(go())
