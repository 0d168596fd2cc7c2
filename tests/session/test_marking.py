"""Marks of the list: one by one, by a range, all the others; they outlast a query."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cable_tui.session import (
    Action,
    Hits,
    Session,
    actions,
    effects,
    exporting,
    marking,
    notebook,
    noting,
    step,
)
from tests.session import reading, ready, said, walk

MARK, RANGE, INVERT, UNMARK = marking.Mark(), marking.Range(), marking.Invert(), marking.Unmark()
DOWN, UP = actions.Move(1), actions.Move(-1)


@pytest.mark.parametrize(
    ("keys", "marked", "at"),
    [
        pytest.param([MARK], (10,), 1, id="one, and down"),
        pytest.param([MARK, MARK, UP, UP, MARK], (20,), 1, id="again takes it away"),
        pytest.param([RANGE, DOWN, DOWN, RANGE], (10, 20, 30), 2, id="a range"),
        pytest.param([DOWN, DOWN, RANGE, UP, MARK], (20, 30), 1, id="a range upwards, by Space"),
        pytest.param([RANGE, DOWN, actions.StepOut()], (), 1, id="Esc gives a range up"),
        pytest.param([RANGE, DOWN, actions.StepOut(), MARK], (20,), 2, id="and one after it"),
        pytest.param([INVERT], (10, 20, 30, 40), 0, id="all, where none are"),
        pytest.param([MARK, MARK, INVERT], (30, 40), 2, id="the others"),
        pytest.param([MARK, MARK, UNMARK], (), 2, id="none any more"),
        pytest.param([marking.MarkAt(2), marking.MarkAt(99)], (30,), 2, id="the mouse"),
        pytest.param([actions.MoveTo(-1), MARK], (40,), 3, id="the last one"),
    ],
)
def test_marks(keys: list[Action], marked: tuple[int, ...], at: int) -> None:
    session = walk(ready(), *keys)
    assert marking.cables(session) == marked
    assert session.at == at


def test_the_range_is_told_while_it_grows() -> None:
    session = walk(ready(), RANGE, DOWN, DOWN)
    assert marking.span(session) == (0, 2)
    assert marking.told(session) == "marking 3"
    assert marking.told(walk(session, RANGE)) == "3 marked"
    assert marking.told(ready()) == ""


def test_a_range_ends_with_the_list_that_it_was_begun_in() -> None:
    session = walk(ready(), DOWN, RANGE)
    session = replace(session, hits=Hits((20, 10), 2))
    assert marking.span(session) is None


def test_marks_outlast_the_query_and_stand_in_the_order_of_the_list() -> None:
    session = walk(ready(), MARK, DOWN, MARK)
    session = replace(session, hits=Hits((30, 99), 2), at=0)
    assert marking.cables(session) == (30, 10)


def test_how_many_there_were_is_said() -> None:
    _, wanted = step(walk(ready(), MARK), UNMARK)
    assert said(wanted) == "1 mark taken away."
    _, wanted = step(ready(), UNMARK)
    assert said(wanted) == "No cable is marked: Space marks one, v a range."
    _, wanted = step(ready(), INVERT)
    assert said(wanted) == "4 marked."


@pytest.mark.parametrize("action", [MARK, RANGE, INVERT])
def test_an_empty_list_has_nothing_to_mark(action: Action) -> None:
    assert step(Session(), action) == (Session(), ())


def test_lists_and_exports_are_of_the_marked_cables() -> None:
    session = walk(ready(), MARK, MARK)
    assert noting.several(session) == (notebook.Target(10), notebook.Target(20))
    _, (asked,) = step(session, exporting.Export())
    assert isinstance(asked, exporting.AskFormat)
    assert asked.chosen.ids == (10, 20)
    assert asked.chosen.told == "2 marked cables"


def test_while_reading_a_list_takes_the_place_that_is_read() -> None:
    session = replace(reading(20), marking=marking.Marking(frozenset({10})))
    assert [each.id for each in noting.several(session)] == [20]


def test_copies_are_of_the_marked_cables_in_the_list_only() -> None:
    session = walk(ready(), MARK, MARK)
    session, wanted = step(session, actions.Copy("link"))
    assert wanted == (effects.PutAllOnClipboard("link", (10, 20)),)
    session = replace(reading(20), marking=marking.Marking(frozenset({10, 30})))
    _, (put,) = step(session, actions.Copy("link"))
    assert isinstance(put, effects.PutOnClipboard)
    assert put.id == 20
