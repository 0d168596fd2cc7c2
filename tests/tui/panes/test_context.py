from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from cable_tui.base.value import replace
from cable_tui.session.feature_state import CitedCable, Citing, Context
from cable_tui.session.features.context import OpenFromContext, WantContext
from cable_tui.text import width
from cable_tui.tui.panes.context import ContextPane, context_entries, paint_context_line
from tests.tui.stage import Stage

_CONTEXT = Context(
    1,
    (
        CitedCable(
            "08STATE127448", "A", True, False, "2008-12-04T10:00Z", "TIP REPORT: [/x] ASSIGNMENT"
        ),
        CitedCable("09RABAT90", "C", False, True),
    ),
    (
        Citing("09RABAT121", "2009-02-20", "ICE", "2", "As ref A says, the ice is thin."),
        Citing("09STATE3", "2009-03-31", "", None, ""),
    ),
    listed=True,
    complete=True,
)


def _painted(context: Context, cells: int) -> list[str]:
    return [
        "".join(text for text, _ in line)
        for entry in context_entries(context, cells)
        for line in entry.lines
    ]


def test_the_cursor_is_a_bar_beside_all_lines_of_its_cable() -> None:
    entry = context_entries(_CONTEXT, 30)[1]
    assert [
        "".join(text for text, _ in paint_context_line(entry, line, here))
        for here in (True, False)
        for line in (0, 1)
    ] == [
        "▌A 08STATE127448    2008-12-04",
        "▌  TIP REPORT: [/x] ASSIGNMENT",
        " A 08STATE127448    2008-12-04",
        "   TIP REPORT: [/x] ASSIGNMENT",
    ]


def test_references_stand_with_their_state_and_citing_cables_with_their_sentence() -> None:
    assert _painted(_CONTEXT, 31) == [
        "References (2)",
        "A 08STATE127448     2008-12-04",
        "  TIP REPORT: [/x] ASSIGNMENT",
        "C 09RABAT90 ?        ✗ missing",
        "",
        "Cited by (2)",
        "09RABAT121          2009-02-20",
        "  ICE",
        "  ¶2 As ref A says, the ice is",
        "  thin.",
        "09STATE3            2009-03-31",
        "  in its REF lines only",
    ]


def test_only_cables_can_be_gone_to() -> None:
    stops = [entry.reference_id for entry in context_entries(_CONTEXT, 30)]
    assert [stop for stop in stops if stop] == [
        "08STATE127448",
        "09RABAT90",
        "09RABAT121",
        "09STATE3",
    ]


@pytest.mark.parametrize(
    ("context", "last"),
    [
        (Context(1), "Cited by …"),
        (Context(1, listed=True), "Reading the sentences …"),
        (Context(1, more=1200, listed=True, complete=True), "… and 1,200 more"),
        (Context(1, listed=True, complete=True), "Cited by (0)"),
    ],
)
def test_what_is_not_there_is_said(context: Context, last: str) -> None:
    assert _painted(context, 30)[-1] == last


@given(st.text(), st.integers(8, 60))
def test_no_line_is_wider_than_the_pane(text: str, cells: int) -> None:
    context = Context(1, (), (Citing("09Z1", "2009", text, "1", text),), listed=True)
    assert all(width(line) <= cells for line in _painted(context, cells)[3:-1])


_SHOWN = Context(
    1,
    tuple(CitedCable(f"08STATE{n}", "ABC"[n], n != 1, False, "2008", f"Ice {n}") for n in range(3)),
    tuple(Citing(f"09ZENDA{n}", "2009", "", str(n), "Ice [/x] is \x1b thin.") for n in range(30)),
    more=4,
    listed=True,
)


@asynccontextmanager
async def _pane() -> AsyncIterator[tuple[Stage, ContextPane, Pilot[None]]]:
    app = Stage(pane := ContextPane())
    async with app.run_test(size=(40, 20)) as pilot:
        pane.show(_SHOWN)
        await pilot.pause()
        yield app, pane, pilot


async def test_a_pane_that_is_seen_asks_for_what_it_is_to_show() -> None:
    async with _pane() as (app, _, _):
        assert WantContext() in app.actions


def _here(app: Stage) -> list[str]:
    """The lines beside which the bar is."""
    return [line for line in app.painted() if "▌" in line]


async def test_the_cursor_is_shown_with_its_cable_and_the_heading_of_the_first() -> None:
    async with _pane() as (app, pane, pilot):
        assert "08STATE0" in _here(app)[0]
        pane.show(replace(_SHOWN, at=3))
        await pilot.pause()
        assert "09ZENDA0" in _here(app)[0]
        pane.show(replace(_SHOWN, at=32))
        await pilot.pause()
        assert "09ZENDA29" in _here(app)[0]
        assert not any("\x1b" in line for line in app.painted())
        pane.show(_SHOWN)
        await pilot.pause()
        first, second = app.painted()[1:3]
        assert "▌" not in first  # the heading comes along
        assert "▌" in second


async def test_a_click_goes_to_the_cable_that_was_hit() -> None:
    async with _pane() as (app, pane, pilot):
        row = next(y for y, line in enumerate(app.painted()) if "09ZENDA0" in line)
        await pilot.click(pane, offset=(5, row))
        await pilot.pause()
        assert app.actions[-1] == OpenFromContext(3)


async def test_what_is_read_later_leaves_the_cursor_where_it_is() -> None:
    async with _pane() as (app, pane, pilot):
        pane.show(replace(_SHOWN, at=4))
        pane.show(replace(_SHOWN, at=4, complete=True))
        await pilot.pause()
        assert "09ZENDA1" in _here(app)[0]
        pane.show(Context(2))
        await pilot.pause()
        assert _here(app) == []
        assert any("Cited by …" in line for line in app.painted())


async def test_a_page_is_about_four_lines_a_cable() -> None:
    async with _pane() as (_, pane, _):
        assert pane.steps("line") == 1
        assert 1 < pane.steps("page") < pane.steps("end")
