"""The page of any report: its keys, its filter, its cursor, what it says, and hostile texts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from cable_tui.base.value import replace
from cable_tui.reports.report import Pieces
from cable_tui.session.feature_state import Page
from cable_tui.session.features.pages import (
    ChangeOption,
    LeaveFor,
    PutCursor,
    ReadAgain,
    RowReached,
    Say,
    SearchFromPage,
)
from cable_tui.session.features.panes import OpenMenu
from cable_tui.session.values import Action
from cable_tui.text.tally import Tally
from cable_tui.tui.pages.report_page import ReportPage, all_keys, progress, rows_matching
from cable_tui.tui.pages.room_page import keys_that_fit
from tests.reports.shades import ROWS, Ask, Named, Shade, Shades
from tests.tui.pages.page_stage import check_keys
from tests.tui.stage import PageStage

OF = Named(Shades())
PAGE = Page(OF, Ask(), ROWS, tally=Tally(3, 3, ("a note",)), reading=False)


def shown(
    *keys: str, page: Page = PAGE, then: Page | None = None, size: tuple[int, int] = (80, 24)
) -> tuple[list[Action], list[str]]:
    """What the page asks for, and the screen; `then` is what the session has after the keys."""
    asked: list[Action] = []
    painted: list[str] = []

    async def go() -> None:
        app = PageStage()
        async with app.run_test(size=size) as pilot:
            made = ReportPage(page, asked.append)
            await app.push_screen(made)
            await pilot.pause()
            await pilot.press(*keys)
            if then is not None:
                made.show(then)
            await pilot.pause()
            painted.extend(app.painted())

    asyncio.run(go())
    return asked, painted


def here(painted: list[str]) -> str:
    (line,) = (each for each in painted if "▌" in each)
    return line


def opens(cable: int, at: int) -> list[Action]:
    return [PutCursor(at), LeaveFor(cable, text="lamp")]


def test_a_page_without_rows_says_so_where_the_rows_would_begin() -> None:
    nothing = replace(PAGE, rows=(), tally=Tally(3, 3), whole=True)
    _, (_, first, *below) = shown(page=nothing)
    assert "No shade." in first
    assert not any("No shade." in line for line in below)


def test_keys_do_the_same_on_every_page() -> None:
    check_keys(
        lambda dispatch: ReportPage(PAGE, dispatch),
        [
            (("enter",), opens(10, 0)),
            (("j", "down", "k", "l"), opens(10, 1)),
            (("G", "right"), opens(20, 2)),
            (("G", "home", "enter"), opens(10, 0)),
            (("g",), [OpenMenu("go")]),
            (("right_curly_bracket", "enter"), opens(20, 2)),
            (("G", "left_curly_bracket", "enter"), opens(10, 0)),
            (("j", "y"), [PutCursor(1), SearchFromPage("blue lamp")]),
            (("o",), [PutCursor(0), Say("hello lamp")]),
            (("comma",), [ChangeOption("order", 1)]),
            (("f5",), [ReadAgain()]),
            (("x", "4"), []),
        ],
    )


def test_the_frame_says_what_is_asked_and_how_much_was_read() -> None:
    painted = "\n".join(shown()[1])
    for said in ("lamp · as they are read", "3 shades · 2 cables", "a note", "Esc closes"):
        assert said in painted
    reading = replace(PAGE, tally=Tally(1, 90), reading=True, ask=Ask(order="lamps"))
    painted = "\n".join(shown(page=reading)[1])
    for said in ("3 shades · 1 of 90 cables read", "Sorted once everything is read", "Esc stops"):
        assert said in painted


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (Page(OF, Ask()), "0 shades · reading"),
        (Page(OF, Ask(), ROWS[:1], reading=False), "1 shade · 1 cable"),
        (Page(OF, Ask(), ROWS[:1], tally=Tally(1), reading=False), "1 shade · 1 cable"),
    ],
)
def test_progress_is_what_is_known(page: Page, expected: str) -> None:
    assert progress(page) == expected


def test_what_failed_is_said_and_not_that_there_is_nothing() -> None:
    painted = "\n".join(shown("enter", "j", page=Page(OF, Ask(), reading=False, note="Gone."))[1])
    assert "No shade." not in painted
    assert "Gone." in painted


@pytest.mark.parametrize("rows", [ROWS, ()])
def test_a_page_that_was_stopped_says_how_far_and_claims_nothing(rows: Sequence[Shade]) -> None:
    stopped = Tally(831, 3112, stopped=True)
    page = replace(PAGE, rows=rows, tally=stopped, note="")
    painted = "\n".join(shown("y", page=page)[1])
    assert "stopped after 831 of 3,112 cables" in painted
    assert "831 of 3,112" in progress(page)
    assert "No shade." not in painted


def test_the_cursor_is_where_the_page_was_left_and_in_sight() -> None:
    many = tuple(Shade(at, f"shade {at}", at) for at in range(200))
    page = replace(PAGE, rows=many, at=150)
    assert "shade 150" in here(shown(page=page)[1])
    assert shown("enter", page=page)[0][0] == PutCursor(150)


@pytest.mark.parametrize(
    ("keys", "rows", "expected"),
    [
        (("j",), (Shade(1, "aaa", 1), *ROWS), "blue"),
        (("j",), tuple(reversed(ROWS)), "blue"),
        ((), (Shade(1, "aaa", 1), *ROWS), "aaa"),
        (("G",), ROWS[:1], "amber"),
    ],
    ids=["more rows", "another order", "not moved: the top", "its row is gone"],
)
def test_the_cursor_stays_on_its_row(
    keys: tuple[str, ...], rows: tuple[Shade, ...], expected: str
) -> None:
    assert expected in here(shown(*keys, then=replace(PAGE, rows=rows))[1])


def test_the_filter_leaves_rows_with_every_word_and_the_cursor_is_among_them() -> None:
    painted = shown(page=replace(PAGE, typed="BLUE", at=0))[1]
    assert "blue" in here(painted)
    assert not any("crimson" in line for line in painted)
    assert [row.name for row in rows_matching(Shades(), ROWS, "r a")] == ["amber"]


def test_rows_are_no_markup_and_send_no_control_characters() -> None:
    hostile = (Shade(1, "[/x] [red]XX[/red] \x1b]0;owned\x07", 1),)
    painted = "\n".join(shown(page=replace(PAGE, rows=hostile), size=(140, 24))[1])
    assert "[red]XX[/red]" in painted
    assert "\x1b" not in painted


def test_detail_and_head_are_shown_where_a_report_has_them() -> None:
    class Detailed(Shades):
        def detail(self, page: Page, row: Any) -> list[str]:
            return [f"more of {row.name}"]

        def head(self, page: Page, cells: int) -> str:
            return "above all"

    painted = "\n".join(shown("j", page=replace(PAGE, of=Named(Detailed())))[1])
    assert "more of blue" in painted
    assert "above all" in painted


def test_a_body_takes_the_place_of_rows_and_scrolls() -> None:
    class Drawn(Shades):
        drawn = True

        def body(self, page: Page, cells: int, height: int) -> Any:
            return ([(f"line {at}", "word"), (f" of {cells}", "")] for at in range(100))

    page = replace(PAGE, of=Named(Drawn()))
    assert any("line 0 of" in each for each in shown(page=page)[1])
    assert any("line 99 of" in each for each in shown("G", page=page)[1])
    assert any("line 1 of" in each for each in shown("j", page=page)[1])


@pytest.mark.parametrize(("notes", "lines"), [((), 21), (("a note",), 19)])
def test_a_body_is_drawn_at_once_for_the_lines_that_it_has(
    notes: tuple[str, ...], lines: int
) -> None:
    class Drawn(Shades):
        drawn = True

        def body(self, page: Page, cells: int, height: int) -> Any:
            return [[(f"{height} lines", "")]]

    read = replace(PAGE, of=Named(Drawn()), tally=Tally(3, 3, notes))
    for page, then in ((read, None), (replace(read, tally=Tally(), reading=True), read)):
        assert any(f" {lines} lines " in line for line in shown(page=page, then=then)[1])


def test_the_cursor_passes_rows_at_which_it_does_not_stop() -> None:
    class Headed(Shades):
        def can_stop(self, row: Any) -> bool:
            return bool(row.name != "blue")

    page = replace(PAGE, of=Named(Headed()))
    assert shown("j", "enter", page=page)[0][0] == PutCursor(2)
    assert shown("G", "k", "enter", page=page)[0][0] == PutCursor(0)


def test_the_row_of_a_page_that_comes_back_stays_among_those_above_it() -> None:
    rows = tuple(ROWS[0]._replace(name=f"shade {number}") for number in range(100))
    painted = shown(page=replace(PAGE, rows=rows, at=5))[1]
    assert any("shade 0 " in line for line in painted)
    (under,) = (line for line in painted if "▌" in line)
    assert "shade 5 " in under
    assert any(
        "▌" in line and "shade 99" in line
        for line in shown(page=replace(PAGE, rows=rows, at=99))[1]
    )


def test_the_row_of_the_cursor_stays_on_its_line_while_rows_come_above_it() -> None:
    """As the sentences of a chain do, above the cable to start from."""
    rows = tuple(ROWS[0]._replace(name=f"shade {number}") for number in range(100))
    above = tuple(ROWS[0]._replace(name=f"tint {number}") for number in range(30))
    page = replace(PAGE, rows=rows, at=50, reading=True)
    before = shown("j", page=page)[1]
    after = shown("j", page=page, then=replace(page, rows=(*above, *rows)))[1]
    assert "shade 51 " in here(before)
    assert "shade 51 " in here(after)
    assert before.index(here(before)) == after.index(here(after))


def test_a_report_may_begin_at_a_row_which_is_in_sight_with_what_stands_above_it() -> None:
    class Begun(Shades):
        laid = True

        def first(self, page: Page, lines: Any) -> int:
            return 60

    rows = tuple(ROWS[0]._replace(name=f"shade {number}") for number in range(100))
    painted = shown(page=replace(PAGE, of=Named(Begun()), rows=rows))[1]
    assert "shade 60 " in here(painted)
    assert any("shade 56 " in line for line in painted)


def test_the_keys_of_the_page_are_listed() -> None:
    said = dict(all_keys(Shades()))
    assert (said["Enter"], said[","], said["/"]) == ("opens it", "order", "filters")
    painted = "\n".join(shown("question_mark")[1])
    assert all(each in painted for each in ("Keys of this page", "Enter        opens it"))
    assert "Enter takes it" not in painted  # it is to be read, and does nothing
    box = [line for line in shown("question_mark", size=(80, 40))[1] if "│   │" in line]
    assert len(box) == len(list(all_keys(Shades()))) + 3  # as high as its lines


def test_keys_take_one_line_and_say_where_the_others_are() -> None:
    keys = ["Enter opens it", "y copies", "m months"]
    assert keys_that_fit(keys, "Esc closes", 80) == (
        "Enter opens it · y copies · m months · Esc closes"
    )
    assert keys_that_fit(keys, "Esc closes", 48) == ("Enter opens it · ? all keys · Esc closes")


class WithMore(Shades):
    """Shows below its rows, or beside them, what was read of the row under the cursor."""

    reads_beside = True

    def has_beside(self, ask: Ask) -> bool:
        return True

    def beside(self, page: Page, row: Shade, cells: int, height: int) -> Sequence[Pieces]:
        return [[(f"{row.name}: ", "word"), (f"{page.beside} in {height} lines", "")]]


@pytest.mark.parametrize(
    ("size", "lines", "with_rows"), [((80, 24), 3, False), ((120, 30), 27, True)]
)
def test_more_of_a_row_is_below_the_rows_or_beside_them(
    size: tuple[int, int], lines: int, with_rows: bool
) -> None:
    page = Page(Named(WithMore()), Ask(), ROWS, reading=False, beside="[b]told[/b]")
    asked, painted = shown("j", "j", page=page, size=size)
    (line,) = (each for each in painted if "told" in each)
    assert f"crimson: [b]told[/b] in {lines} lines" in line
    assert ("amber" in line) == with_rows
    assert asked == [RowReached(row) for row in ROWS]


def test_nothing_more_is_read_of_a_row_while_the_rows_are_read() -> None:
    assert shown("j", page=Page(Named(WithMore()), Ask(), ROWS))[0] == []
