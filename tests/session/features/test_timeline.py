"""The timeline follows the counts; the brush over it becomes a range of the query."""

from __future__ import annotations

import pytest

from cable_tui.base.value import replace
from cable_tui.query import parse
from cable_tui.query.answers import Count, Timeline
from cable_tui.session import effects
from cable_tui.session.feature_state import TimelineView
from cable_tui.session.features import panes, results, timeline
from cable_tui.session.state import Session
from cable_tui.session.step import step
from tests.session import said, walk

MONTHS = Timeline(("2008-11", "2008-12", "2009-01", "2009-02"), (3, 0, 5, 0), (9, 0, 8, 7))
DRAWN = Session(answered="now", timeline=TimelineView(data=MONTHS))


def test_it_is_asked_for_when_the_library_has_been_counted() -> None:
    counts = {"date": [Count("2009-01", "", 5)]}
    session = Session(answered="never", query=parse("lamps"), totals={"date": ()})
    _, wanted = step(session, results.FacetsCounted(counts))
    assert wanted == (timeline.DrawTimeline(parse("lamps"), counts["date"]),)
    assert step(session, results.FacetsCounted({}))[1] == ()


def test_t_goes_there_and_away_with_it_and_the_choice_is_kept() -> None:
    session, wanted = step(DRAWN, timeline.OpenTimeline())
    assert (session.pane, session.timeline.brush) == ("timeline", (2, 2))
    assert wanted == (effects.RememberChoice("timeline", True),)
    session, wanted = step(session, timeline.OpenTimeline())
    assert (session.pane, session.timeline.shown) == ("list", False)
    assert effects.RememberChoice("timeline", False) in wanted


def test_without_any_date_t_says_so() -> None:
    session, wanted = step(Session(), timeline.OpenTimeline())
    assert session == Session()
    assert said(wanted) == "There is no timeline yet: no dates have been read so far."


@pytest.mark.parametrize(
    ("query", "brush"),
    [
        ("", (2, 2)),
        ("date:2008-12", (1, 1)),
        ("date:2008-12..2009", (1, 3)),
        ("date:2008-12-24..2009-01-02", (1, 2)),
        ("date:..2008", (0, 1)),
        ("date:2008-11 date:2009-01", (0, 2)),
        ("date:1966", (2, 2)),
        ("-date:2008", (2, 2)),
    ],
)
def test_the_brush_begins_over_the_range_of_the_query(query: str, brush: tuple[int, int]) -> None:
    assert walk(replace(DRAWN, query=parse(query)), timeline.OpenTimeline()).timeline.brush == brush


@pytest.mark.parametrize(
    ("sweeps", "brush"),
    [
        ([(-1, False)], (1, 1)),
        ([(-1, True)], (2, 1)),
        ([(-1, True), (-1, True)], (2, 0)),
        ([(-1, True), (2, True)], (2, 3)),
        ([(-1, True), (-1, False)], (0, 0)),
        ([(99, False)], (3, 3)),
        ([(-99, True)], (2, 0)),
    ],
)
def test_the_brush_moves_and_grows(sweeps: list[tuple[int, bool]], brush: tuple[int, int]) -> None:
    moves = [timeline.MoveBrush(*each) for each in sweeps]
    assert walk(DRAWN, timeline.OpenTimeline(), *moves).timeline.brush == brush


def test_enter_writes_the_range_in_place_of_the_query_s_own() -> None:
    session = replace(DRAWN, query=parse("lamps date:2008"), text="lamps date:2008 ")
    moves = timeline.MoveBrush(99), timeline.MoveBrush(-1, extend=True)
    session = walk(session, timeline.OpenTimeline(), *moves)
    session, wanted = step(session, timeline.ApplyBrush())
    assert str(session.query) == "lamps date:2009-01..2009-02"
    assert session.text == "lamps date:2009-01..2009-02"
    assert session.pane == "list"
    assert [type(each) for each in wanted] == [effects.FindHits]
    assert session.past[-1].text == "lamps date:2008 "


def test_one_month_is_written_as_one() -> None:
    assert walk(DRAWN, timeline.OpenTimeline(), timeline.ApplyBrush()).text == "date:2009-01"


def test_esc_leads_back_and_leaves_the_query_as_it_was() -> None:
    session = walk(replace(DRAWN, pane="filters"), timeline.OpenTimeline(), timeline.MoveBrush(-1))
    session = walk(session, panes.StepOut())
    assert (session.pane, session.timeline.brush, session.text) == ("filters", None, "")


def test_the_mouse_brushes_without_a_choice_being_kept() -> None:
    session, wanted = step(DRAWN, timeline.SetBrush(3, 1))
    assert (session.pane, session.timeline.brush, wanted) == ("timeline", (3, 1), ())
    assert session.timeline.shown is None
    session, _ = step(session, timeline.SetBrush(-4, 99))
    assert session.timeline.brush == (0, 3)
    assert step(Session(), timeline.SetBrush(0, 0)) == (Session(), ())


def test_the_brush_stays_on_its_dates_when_the_bars_change() -> None:
    session = walk(DRAWN, timeline.OpenTimeline(), timeline.MoveBrush(-1, extend=True))
    longer = Timeline(("2008-10", *MONTHS.starts), (0, *MONTHS.hits), (1, *MONTHS.whole))
    session = walk(session, timeline.TimelineDrawn(longer))
    assert (session.timeline.brush, session.timeline.data) == ((3, 2), longer)
    session = walk(session, timeline.TimelineDrawn(Timeline(("2001-01",), (1,), (1,))))
    assert session.timeline.brush == (0, 0)


@pytest.mark.parametrize(
    ("brush", "sentence"),
    [
        ((2, 2), "2009-01 · 5 of 8 cables"),
        ((3, 0), "2008-11..2009-02 · 8 of 24 cables"),
        ((1, 1), "2008-12 · the archive has no cables from this time"),
    ],
)
def test_what_is_under_the_brush_is_told(brush: tuple[int, int], sentence: str) -> None:
    session = replace(DRAWN, timeline=replace(DRAWN.timeline, brush=brush))
    assert timeline.brush_label(session) == sentence


def test_zooming_is_of_the_pane_that_the_keys_came_from() -> None:
    session = walk(DRAWN, timeline.OpenTimeline(), panes.ToggleLayout("zoomed"))
    assert (session.pane, session.zoomed) == ("list", True)


def _spread(hits: dict[int, int]) -> Session:
    """Twenty years of months, with hits in some."""
    starts = tuple(f"{1990 + month // 12}-{month % 12 + 1:02}" for month in range(240))
    counts = tuple(hits.get(month, 0) for month in range(240))
    bars = Timeline(starts, counts, (9,) * 240)
    return replace(DRAWN, timeline=TimelineView(data=bars))


@pytest.mark.parametrize(
    ("hits", "shown"),
    [
        ({100: 1, 160: 2}, (97, 163)),
        ({100: 1}, (89, 111)),
        ({0: 1}, (0, 11)),
        ({0: 1, 239: 1}, (0, 239)),
        ({}, (0, 239)),
    ],
    ids=["their time and a margin", "one month", "at the end", "all", "none"],
)
def test_it_shows_the_time_of_the_hits(hits: dict[int, int], shown: tuple[int, int]) -> None:
    assert timeline.window(_spread(hits)) == shown


def test_the_brush_is_always_in_what_is_shown() -> None:
    session = walk(_spread({100: 1, 160: 2}), timeline.OpenTimeline(), timeline.MoveBrush(-100))
    assert timeline.window(session) == (60, 163)


def test_0_zooms_out_for_this_query_and_in_again() -> None:
    session = walk(_spread({100: 1, 160: 2}), timeline.ToggleZoom())
    assert timeline.window(session) == (0, 239)
    other = replace(session, query=parse("lamps"))
    assert timeline.window(other) == (97, 163)
    assert timeline.window(walk(session, timeline.ToggleZoom())) == (97, 163)
