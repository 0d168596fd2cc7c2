"""The page of what is not here: its lines, its keys, its months."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App
from textual.widgets import Input, OptionList, Static

from cable_tui.archive.source_criticism.estimate import Range
from cable_tui.archive.source_criticism.gaps import Gaps, Month
from cable_tui.session.base import Action
from cable_tui.session.feature_state import GapsView
from cable_tui.session.features.reports import ReadMissing
from cable_tui.session.features.source_criticism.gaps import LeaveGaps, ListPostYear
from cable_tui.text import width
from cable_tui.tui.dialogs.text_pages import TextPage
from cable_tui.tui.source_criticism.gaps import (
    GapsPage,
    head_line,
    matching_years,
    month_bar,
    month_lines,
    post_year_line,
)
from cable_tui.value import replace
from tests.archive.source_criticism.test_gap_words import RABAT

CITED = replace(
    RABAT, station="STATE", post="[/x] State", here=0, cited=9, sent=None, reason="cited only"
)
LATER = replace(RABAT, year=2010, here=90)
LEAVING = ("escape", "enter", "x")
"""Keys that may close the page."""
FOUND = Gaps((RABAT, LATER, CITED), 0, 0)


def pressed(*keys: str, view: GapsView | None = None, fill: Gaps | None = None) -> tuple[
    list[Action], list[str], str
]:  # fmt: skip
    """What the page asks for, its lines, and what it says of the one under the cursor."""
    asked: list[Action] = []
    lines: list[str] = []
    said = ""

    async def go() -> None:
        nonlocal said
        app: App[None] = App()
        async with app.run_test(size=(80, 24)) as pilot:
            page = GapsPage(asked.append, view or GapsView(FOUND, 40))
            app.push_screen(page)
            await pilot.pause()
            if fill is not None:
                page.show(fill)
            await pilot.press(*keys[:-1])
            await pilot.pause()
            if keys and keys[-1] not in LEAVING:
                await pilot.press(keys[-1])
                await pilot.pause()
            found = page.query_one(OptionList)
            lines.extend(str(option.prompt) for option in found.options)
            said = str(page.query_one(".gaps-detail", Static).render())
            if keys and keys[-1] in LEAVING:
                await pilot.press(keys[-1])
                await pilot.pause()
            if keys[-1:] == ("m",) or keys == ("G", "enter"):
                assert isinstance(app.screen, TextPage)

    asyncio.run(go())
    return asked, lines, said


def test_the_lines_stand_below_their_heads_and_fit_80_columns() -> None:
    lines = [head_line(), *(post_year_line(each).plain for each in FOUND.post_years)]
    assert len({width(line) for line in lines}) == 1
    assert width(lines[0]) <= 71
    assert lines[1] == ("RABAT        2009 ▁ -×- - - - - - - - - -      20         290–340    6%")
    assert "288 or more" in lines[3]


def test_the_line_under_the_cursor_is_said_in_a_sentence() -> None:
    _, _, said = pressed("j")
    assert said.startswith("Embassy Rabat sent about 310 cables in 2010 (estimate: 290 to 340)")


def test_the_page_says_that_it_is_reading_and_is_filled_later() -> None:
    assert pressed(view=GapsView())[2].startswith("Reading the serial numbers")
    _, lines, _ = pressed(view=GapsView(), fill=FOUND)
    assert len(lines) == 3


def test_the_place_of_the_last_time_is_there_again() -> None:
    view = GapsView(FOUND, 40, ("RABAT", 2010), "rabat", 1)
    asked, lines, _ = pressed("escape", view=view)
    assert len(lines) == 2
    assert asked == [LeaveGaps(("RABAT", 2010), "rabat", 1)]


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        (("enter",), ListPostYear("Embassy Rabat", 2009)),
        (("G", "k", "enter"), ListPostYear("Embassy Rabat", 2010)),
        (("x",), ReadMissing()),
        (("o", "enter"), ListPostYear("Embassy Rabat", 2010)),  # most here first
    ],
)
def test_keys(keys: tuple[str, ...], asked: Action) -> None:
    actions, _, _ = pressed(*keys)
    assert isinstance(actions[0], LeaveGaps)
    assert actions[1:] == [asked]


def test_a_year_of_which_nothing_is_here_shows_what_is_cited() -> None:
    cited = replace(CITED, absent=(12, 288), slips=(9288,))
    assert month_lines(cited)[-2:] == [
        "Cited and absent: 09STATE12, 09STATE288",
        "Doubtful: 09STATE9288",
    ]
    assert pressed("G", "enter")[0] == []


def test_the_filter_takes_words_of_post_year_and_reason() -> None:
    found = matching_years(FOUND.post_years, "rab 2010")
    assert found == [LATER]
    assert matching_years(FOUND.post_years, "none of it") == [CITED]
    _, lines, said = pressed("slash", *"zzz")
    assert (lines, said) == ([], "No post and year is called so.")


def test_the_filter_is_emptied_by_escape_before_the_page_closes() -> None:
    asked, lines, _ = pressed("slash", *"2010", "escape", "j")
    assert (asked, len(lines)) == ([], 3)
    asked, _, _ = pressed("slash", *"2010", "enter", "escape")
    assert asked == [LeaveGaps(("RABAT", 2010), "2010", 0)]


def test_months_open_as_a_page() -> None:
    pressed("m")


def test_each_month_has_a_bar_with_its_counts_and_range() -> None:
    lines = month_lines(RABAT)
    assert lines[0].startswith("Embassy Rabat sent about 310")
    assert "estimate" in lines[4]
    assert [line[:3] for line in lines[5:17]] == [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]  # fmt: skip
    assert all(line.endswith("20–30") for line in lines[5:17])


@pytest.mark.parametrize(
    ("month", "bar"),
    [
        (Month(12, 6, Range(20, 24, 30)), "█" * 12 + "▒" * 6 + "░" * 6),
        (Month(1, 1, Range(90, 100, 110)), "█▒" + "░" * 22),
        (Month(24, 0, Range(24, 24, 24)), "█" * 24),
        (Month(0, 0, Range(0, 0, 3)), "░" + " " * 23),
    ],
)
def test_bars_of_months(month: Month, bar: str) -> None:
    most = max(month.sent.likely if month.sent else 0, 24)
    assert month_bar(month, most) == bar


def test_typing_in_the_filter_is_no_key_of_the_page() -> None:
    asked, _, _ = pressed("slash", *"moxq")
    assert asked == []


def test_the_filter_line_shows_what_was_typed_before() -> None:
    async def go() -> None:
        app: App[None] = App()
        async with app.run_test(size=(80, 24)) as pilot:
            page = GapsPage(lambda _: None, GapsView(FOUND, 40, typed="rabat"))
            app.push_screen(page)
            await pilot.pause()
            assert page.query_one(Input).value == "rabat"

    asyncio.run(go())


@pytest.mark.parametrize(
    ("found", "typed", "named"),
    [
        (FOUND, "", "3 posts and years, by post"),
        (FOUND, "2010", "1 of 3 posts and years, by post"),
        (
            Gaps(tuple(replace(RABAT, year=year) for year in range(1204)), 0, 0),
            "",
            "1,000 of 1,204 · / finds the others, missing --gaps lists all · by post",
        ),
        (Gaps((), 0, 0), "", ""),
    ],
)
def test_the_frame_says_how_many_of_how_many_are_listed(
    found: Gaps, typed: str, named: str
) -> None:
    async def go() -> None:
        app: App[None] = App()
        async with app.run_test(size=(120, 24)) as pilot:
            page = GapsPage(lambda _: None, GapsView(found, 40, typed=typed))
            app.push_screen(page)
            await pilot.pause()
            assert str(page.query_one(".marks-box").border_subtitle) == named

    asyncio.run(go())
