"""The cursor of the library: where keys put it, and what they do with the line it is on."""

from __future__ import annotations

import pytest

from cable_tui.base.value import replace
from cable_tui.session.effects import GoToCable, Notify
from cable_tui.session.features.sidebar import How, PickFacetValue, ShowValues, WidenSection
from cable_tui.session.features.sidebar_cursor import (
    ClickLine,
    FilterHere,
    FoldHere,
    MoveInFilters,
    MoveToSection,
    PickHere,
    ReverseHere,
    ShowFilterSection,
    list_sections,
)
from cable_tui.session.sidebar_lines import FilterItem, Section
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Action
from tests.session import ready, walk
from tests.session.features.test_sidebar_sections import LONG, number
from tests.session.test_sidebar_lines import SECTIONS

HOWS: tuple[How, ...] = ("toggled", "only", "excluding")
REGION = FilterItem("Africa", "Africa", 7, facet="region")
INSIDE = Section("origin", "Africa", (FilterItem("Zenda", "Zenda", 7),), 1, item=REGION)


def shows(*sections: Section, at: int = 0) -> Session:
    lines = ready().filter_lines.with_sections(sections)
    return replace(ready(), filter_lines=replace(lines, at=at))


def test_the_cursor_stops_at_the_ends() -> None:
    session = shows(*SECTIONS)
    places = []
    for by in (1, 2, 99, -1, -99):
        session = walk(session, MoveInFilters(by))
        places.append(session.filter_lines.at)
    assert places == [1, 3, 4, 3, 0]


def test_the_cursor_goes_by_sections_and_passes_regions_over() -> None:
    session = shows(SECTIONS[0], INSIDE, SECTIONS[1])
    found = []
    for action in (
        MoveToSection(1),
        MoveToSection(1),
        MoveInFilters(1),
        *[MoveToSection(-1)] * 3,
    ):
        session, wanted = step(session, action)
        found.append((session.filter_lines.at, wanted == (ShowFilterSection(),)))
    assert found == [(5, True), (5, False), (6, False), (5, True), (0, True), (0, False)]


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize(
    ("at", "facet", "value"),
    [(1, "origin", "Embassy Zenda"), (3, "region", "Africa"), (6, "tag", "PGOV")],
)
def test_the_value_under_the_cursor_is_picked(at: int, facet: str, value: str, how: How) -> None:
    session = shows(SECTIONS[0], INSIDE, SECTIONS[1], at=at)
    assert step(session, PickHere(how)) == step(session, PickFacetValue(facet, value, how))


@pytest.mark.parametrize(
    ("at", "how", "does"),
    [
        (0, "toggled", FoldHere()),
        (0, "only", FoldHere()),
        (0, "excluding", None),
        (2, "toggled", WidenSection("origin")),
        (2, "excluding", None),
    ],
)
def test_a_heading_folds_and_the_rest_of_a_section_opens(
    at: int, how: How, does: Action | None
) -> None:
    session = shows(*SECTIONS, at=at)
    assert step(session, PickHere(how)) == (step(session, does) if does else (session, ()))


def test_folding_puts_the_cursor_on_the_heading() -> None:
    session, wanted = step(shows(*SECTIONS, at=1), FoldHere())
    assert wanted == (ShowFilterSection(),)
    lines = session.filter_lines
    assert (lines.at, len(lines.lines), lines.here and lines.here.folded) == (0, 3, True)
    assert lines.with_sections(SECTIONS) == lines
    assert len(walk(session, FoldHere()).filter_lines.lines) == 5


def test_a_value_that_a_query_hid_is_returned_to_unless_the_reader_does_something() -> None:
    session = shows(*SECTIONS, at=1)

    def hides(session: Session, *actions: Action) -> int:
        lines = session.filter_lines.with_sections(SECTIONS[1:])
        session = walk(replace(session, filter_lines=lines), *actions)
        return session.filter_lines.with_sections(SECTIONS).at

    assert hides(session) == 1
    for action in (MoveInFilters(-9), MoveInFilters(0), FoldHere()):
        assert hides(session, action) > 1
    lines = session.filter_lines.with_sections(SECTIONS[1:])
    excluded = walk(replace(session, filter_lines=replace(lines, at=0)), PickHere("excluding"))
    assert excluded.filter_lines.hidden is None


def test_a_click_does_what_space_does_and_lines_stay_under_the_mouse() -> None:
    session = shows(*SECTIONS)
    clicked, wanted = step(session, ClickLine(("TAGS", "item", "PGOV"), folds=False))
    picked, same = step(session, PickFacetValue("tag", "PGOV"))
    assert (clicked.query, wanted) == (picked.query, same)
    assert clicked.filter_lines.clicked
    assert not walk(clicked, MoveInFilters(1)).filter_lines.clicked
    folded, wanted = step(session, ClickLine(("TAGS", "heading", ""), folds=True))
    assert wanted == ()
    assert [line.folded for line in folded.filter_lines.lines if line.kind == "heading"] == [
        False,
        True,
    ]
    assert step(session, ClickLine(("TAGS", "item", "PREL"), folds=False)) == (session, ())


def test_the_section_under_the_cursor_is_reversed_or_filtered() -> None:
    session = shows(*SECTIONS, at=3)
    assert walk(session, ReverseHere()).sidebar.turned == {"tag"}
    assert step(session, FilterHere()) == (session, (ShowValues("tag"),))
    assert step(shows(), FilterHere()) == (shows(), (Notify("There are no filters here."),))


@pytest.mark.parametrize(
    "action",
    [
        *map(PickHere, HOWS),
        FoldHere(),
        ReverseHere(),
        MoveToSection(1),
        MoveToSection(-1),
    ],
    ids=str,
)
def test_without_sections_nothing_happens(action: Action) -> None:
    assert step(shows(), action) == (shows(), ())


def test_the_lines_follow_what_the_session_counts() -> None:
    counted = list_sections(replace(ready(), counts={**LONG, "origin": [number("Zenda", 3)]}))
    assert [line.label for line in counted.filter_lines.lines][:4] == [
        "Origin",
        "Zenda",
        "Other tags",
        "P000",
    ]
    session = walk(counted, MoveInFilters(3), ReverseHere(), WidenSection("tag"))
    assert session.filter_lines.value_here == "P000"
    assert len(session.filter_lines.lines) == 43
    assert walk(session, GoToCable("09ZENDA1")).filter_lines is session.filter_lines
