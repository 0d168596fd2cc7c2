"""The page of a comparison: its keys, and what it shows."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest
from textual.app import App
from textual.widgets import Static

import cable_tui
from cable_tui.base.value import replace
from cable_tui.session.values import Action, Effect
from cable_tui.tools.comparison.page import KEYS, ComparisonLines, ComparisonPage
from cable_tui.tools.comparison.room import (
    CloseComparison,
    Compare,
    ComparedPair,
    CompareRecords,
    ComparisonRead,
    GoToCompared,
    ShowComparison,
)
from cable_tui.tools.comparison.rows import Versions
from tests.tools.comparison.test_export import versions
from tests.tools.comparison.test_rows import GUILD, ICE, MAYOR, ROAD, body
from tests.tui.pages.page_stage import PageCase, check_keys

CSS = Path(cable_tui.__file__).parent / "tui" / "main" / "room.tcss"
PAIR = ComparedPair((7, 7))
HOSTILE = "(C) [/x] [deleted XXXXX] \x1b]0;owned\x07 of the guild"
READ = ComparisonRead(
    ComparedPair((10, 10)), versions(body(GUILD, ICE, MAYOR), body(GUILD, ROAD, MAYOR))
)


def _read_again(asked: Sequence[Effect], _: Action) -> Action:
    """The same at the row where the cursor was, as it was asked for."""
    (pair,) = (each.pair for each in asked[-2:] if hasattr(each, "pair"))
    return ComparisonRead(pair, READ.versions)


CASE = PageCase(
    "comparison",
    ComparisonPage,
    Compare,
    lambda _: [READ],
    lambda page: cast("ComparisonPage", page).pane.row,
    stops=False,
    shows=(ShowComparison,),
    read_again=_read_again,
    keys=tuple(KEYS),
)


class Room(App[None]):
    """The room's own style sheet, and no more of it."""

    CSS_PATH = CSS


def played(
    keys: Sequence[str], made: Versions, size: tuple[int, int] = (80, 30), row: int = 0
) -> tuple[list[Action], str, bool]:
    """What the page asked for, the text of its screen, and whether it is still there."""
    asked: list[Action] = []

    async def play() -> tuple[str, bool]:
        app = Room()
        async with app.run_test(size=size) as pilot:
            page = ComparisonPage(replace(PAIR, row=row), made, asked.append)
            app.push_screen(page)
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()
            if app.screen is not page:
                return "", False
            shown = page.query_one(ComparisonLines)
            lines = [shown.render_line(y).text.rstrip() for y in range(shown.size.height)]
            told = [str(each.render()) for each in page.query(Static) if each.display]
            return "\n".join([*told, *lines]), True

    text, there = asyncio.run(play())
    return asked, text, there


def test_names_are_shown_on_demand_with_the_warning_and_hidden_again() -> None:
    _, text, _ = played([], versions())
    assert "Hentzau" not in text
    assert "think of them" not in text
    _, text, _ = played(["x"], versions())
    assert "2 (C) On the ninth Rupert Hentzau told us" in text
    assert "! Names removed from one version are shown" in text
    _, text, _ = played(["x", "x"], versions())
    assert "Hentzau" not in text


def test_the_cursor_goes_from_change_to_change_and_enter_opens_the_paragraph() -> None:
    def opened(label: str | None, row: int) -> list[Action]:
        return [GoToCompared(7, "09ZENDA27", label, row)]

    check_keys(
        lambda dispatch: ComparisonPage(PAIR, versions(), dispatch),
        [
            (["enter"], opened("2", 2)),
            (["n", "enter"], opened("3", 3)),
            (["n", "n", "n", "N", "enter"], opened("3", 3)),
            (["k", "enter"], opened(None, 0)),
            (["G", "enter"], opened("4", 4)),
            (["r"], []),
            (["equals_sign", "equals_sign"], [CloseComparison()]),
        ],
    )


def test_a_paragraph_of_the_second_alone_opens_there() -> None:
    made = versions(body(ICE, ROAD), body(ICE, MAYOR, ROAD))
    asked, _, _ = played(["enter"], made)
    (opened,) = asked
    assert isinstance(opened, GoToCompared)
    assert opened.paragraph == "2"


def test_where_the_reader_was_is_where_the_page_opens() -> None:
    asked, _, _ = played(["enter"], versions(), row=3)
    assert asked == [GoToCompared(7, "09ZENDA27", "3", 3)]


def test_t_unfolds_what_is_the_same() -> None:
    assert "the same" in played([], versions())[1]
    text = played(["t"], versions())[1]
    assert ICE[:30] in text
    assert "the same" not in text.split("¶", 1)[1]


def test_side_by_side_where_the_terminal_is_wide() -> None:
    assert " │ " in played([], versions(), size=(120, 30))[1]
    assert " │ " not in played([], versions(), size=(119, 30))[1]


def test_the_next_record_is_asked_for_where_there_are_more_than_two() -> None:
    made = versions()
    more = Versions(replace(made.left, records=3), replace(made.right, records=3), made.comparison)
    assert played(["r"], more)[0] == [CompareRecords((1, 3))]


async def test_other_records_are_shown_on_the_same_page_with_names_hidden_again() -> None:
    app = Room()
    async with app.run_test(size=(80, 30)) as pilot:
        page = ComparisonPage(PAIR, versions(), lambda _: None)
        app.push_screen(page)
        await pilot.press("x")
        page.show(PAIR, versions(body(ICE, GUILD), body(ICE, GUILD)))
        await pilot.pause()
        page.show(PAIR, versions())
        await pilot.pause()
        shown = page.query_one(ComparisonLines)
        assert not any("Hentzau" in shown.render_line(y).text for y in range(shown.size.height))


@pytest.mark.parametrize("keys", [["j"] * 40, ["pagedown", "G", "k", "pageup", "g"], ["space"]])
def test_long_comparisons_scroll(keys: list[str]) -> None:
    paragraphs = [f"(C) {MAYOR[4:]} {at}" for at in range(40)]
    made = versions(body(*paragraphs), body(*[f"{each} now" for each in paragraphs]))
    _, text, there = played(keys, made, size=(80, 20))
    assert there
    assert "▌" in text


def test_a_cable_s_text_is_never_markup() -> None:
    made = versions(body(ICE, HOSTILE), body(ICE, HOSTILE + " now"))
    text = played(["t"], made)[1]
    assert "[/x] [deleted XXXXX]" in text
    assert "\x1b" not in text
