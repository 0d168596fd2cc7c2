"""Curves over the room: queries that come and go, what they are counted by, their scale."""

from __future__ import annotations

import pytest

from cable_tui.archive.source_criticism.curve_table import AXES, MOST_QUERIES, Curves
from cable_tui.session.feature_state import Notebook
from cable_tui.session.features.source_criticism import curves
from cable_tui.session.features.source_criticism.curves import (
    AddCurve,
    AskCurve,
    AskMore,
    ChooseSaved,
    CloseCurves,
    CountCurves,
    CurvesCounted,
    CurvesFailed,
    ListSaved,
    NextAxis,
    OpenCurves,
    RemoveCurve,
    ShowCurvesPage,
    ToggleScale,
)
from cable_tui.session.step import step
from cable_tui.value import replace
from tests.session import kinds, ready, said, walk

FOUND = Curves("month", (), (), (), 0)


def test_the_query_of_the_bar_has_its_curve_at_once() -> None:
    session, wanted = step(ready("lobster "), OpenCurves())
    count = CountCurves(session.curves.ticket, ("lobster",), "month")
    assert wanted == (ShowCurvesPage(), count)
    assert session.curves.shown


def test_without_a_query_one_is_asked_for_and_opens_the_page() -> None:
    session, wanted = step(ready(), OpenCurves())
    assert wanted == (AskCurve(),)
    wanted = step(session, AddCurve("lobster"))[1]
    assert kinds(wanted) == [ShowCurvesPage, CountCurves]


def test_queries_are_added_removed_and_kept_when_the_page_is_left() -> None:
    session = walk(ready("lobster"), OpenCurves(), AddCurve("crab origin:zenda"))
    assert session.curves.queries == ("lobster", "crab origin:zenda")
    session = walk(session, CloseCurves())
    assert not session.curves.shown
    session = walk(session, OpenCurves(), RemoveCurve())
    assert session.curves.queries == ("lobster",)
    assert "only curve" in said(step(session, RemoveCurve())[1])


@pytest.mark.parametrize(
    ("typed", "why"),
    [("lobster", "has its curve already"), ("(", ""), ("  ", "no query"), ("is:what", "")],
)
def test_what_cannot_be_added_is_said(typed: str, why: str) -> None:
    session = walk(ready("lobster"), OpenCurves())
    after, wanted = step(session, AddCurve(typed))
    assert why in said(wanted)
    assert said(wanted)
    assert after.curves.queries == ("lobster",)


def test_a_chart_has_so_many_curves() -> None:
    session = walk(ready(), *(AddCurve(f"word{at}") for at in range(MOST_QUERIES)))
    assert len(session.curves.queries) == MOST_QUERIES == curves._MOST
    assert "at most" in said(step(session, AddCurve("more"))[1])


def test_m_goes_through_all_that_shares_are_counted_by() -> None:
    assert tuple(AXES) == curves._AXES
    session = walk(ready("lobster"), OpenCurves())
    seen = []
    for _ in AXES:
        seen.append(session.curves.by)
        session, wanted = step(session, NextAxis())
        assert kinds(wanted) == [CountCurves]
    assert seen == list(AXES)


def test_only_the_newest_count_is_shown() -> None:
    session = walk(ready("lobster"), OpenCurves())
    old = session.curves.ticket
    session = walk(session, NextAxis(), CurvesCounted(old, FOUND))
    assert session.curves.found is None
    session = walk(session, CurvesFailed(old, "late"))
    assert session.curves.note == ""
    session = walk(session, CurvesCounted(session.curves.ticket, FOUND, "2 cables with no date"))
    assert session.curves.found == FOUND
    assert session.curves.note == "2 cables with no date"
    assert walk(session, CurvesFailed(session.curves.ticket, "gone")).curves.note == "gone"


def test_the_scale_is_drawn_anew_without_counting() -> None:
    session, wanted = step(walk(ready("lobster"), OpenCurves()), ToggleScale())
    assert (session.curves.own_scale, wanted) == (True, ())


def test_saved_searches_are_listed() -> None:
    assert "No search is saved" in said(step(ready(), ChooseSaved())[1])
    session = replace(ready(), notebook=Notebook(searches=(("pots", "lobster pots"),)))
    assert step(session, ChooseSaved())[1] == (ListSaved((("pots", "lobster pots"),)),)
    assert step(session, AskMore())[1] == (AskCurve(),)
