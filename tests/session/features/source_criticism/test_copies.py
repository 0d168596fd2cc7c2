"""Copies in the list: one row for all of them, until it is opened."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cable_tui.session import effects
from cable_tui.session.features import export, results, selection
from cable_tui.session.features.reading import opened_cable
from cable_tui.session.features.source_criticism import copies
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Hits, NoCopies
from cable_tui.value import replace
from tests.session import cable, ready, said, walk

ALL = (10, 20, 30, 40, 50, 60)
COPIES = NoCopies({20: (40, 60)}, (3, 5))
"""40 and 60 are copies of 20."""
OPEN, FOLD = copies.ToggleGroup(), copies.ToggleCopies()
DOWN, UP = results.MoveCursor(1), results.MoveCursor(-1)


def folded(at: int = 0, ids: Sequence[int] = ALL) -> Session:
    """A list with a group of three, as an answer that has just come."""
    session = replace(ready(), answered="before", at=at)
    found = Hits(ids, len(ids), copies=COPIES)
    return step(session, results.HitsFound(found))[0]


def rows(session: Session) -> list[int]:
    return list(session.hits.ids)


def test_copies_are_one_row_and_every_cable_is_counted() -> None:
    session = folded()
    assert rows(session) == [10, 20, 30, 50]
    assert (session.hits.count, session.hits.hidden) == (6, 2)
    assert session.hits.folded == {20: (40, 60)}


def test_a_group_is_opened_and_closed_with_one_key() -> None:
    session = walk(folded(1), OPEN)
    assert rows(session) == [10, 20, 40, 60, 30, 50]
    assert session.current == 20
    assert (session.hits.folded, session.hits.below) == ({}, frozenset({40, 60}))
    closed = walk(session, DOWN, DOWN, OPEN)
    assert (rows(closed), closed.current) == ([10, 20, 30, 50], 20)


def test_a_cable_without_copies_says_so() -> None:
    session, wanted = step(folded(0), OPEN)
    assert rows(session) == [10, 20, 30, 50]
    assert "No other cable" in said(wanted)


def test_folding_can_be_left_and_is_remembered() -> None:
    session, wanted = step(folded(2), FOLD)
    assert (rows(session), session.current) == (list(ALL), 30)
    assert effects.RememberChoice(copies.CHOICE, False) in wanted
    assert rows(step(session, results.HitsFound(replace(session.hits, count=6)))[0]) == list(ALL)
    again, wanted = step(session, FOLD)
    assert (rows(again), again.current) == ([10, 20, 30, 50], 30)
    assert effects.RememberChoice(copies.CHOICE, True) in wanted


def test_a_cursor_on_a_copy_goes_to_the_row_that_stands_for_it() -> None:
    session = walk(folded(), FOLD, results.MoveCursorTo(5))
    assert session.current == 60
    assert walk(session, FOLD).current == 20


def test_the_choice_of_the_last_time_is_taken_without_a_notice() -> None:
    session, wanted = step(Session(), copies.RestoreCopies(False))
    assert (session.copies.folded, wanted) == (False, ())


def test_an_opened_group_stays_open_in_the_next_answer() -> None:
    session = walk(folded(1), OPEN)
    other_way = Hits((60, 50, 40, 30, 20), 5, copies=NoCopies({60: (40, 20)}, (2, 4)))
    session, _ = step(session, results.HitsFound(other_way))
    assert rows(session) == [60, 40, 20, 50, 30]


def test_going_to_a_folded_cable_opens_its_group() -> None:
    session, _ = step(folded(), opened_cable.ReferenceResolved("09ZENDA6", 60))
    assert session.current == 60
    assert rows(session) == [10, 20, 40, 60, 30, 50]


def test_j_steps_from_row_to_row() -> None:
    session = walk(folded(1), opened_cable.OpenCable(), opened_cable.CableShown(20, cable(20)))
    assert walk(session, opened_cable.StepCable(1)).opening == 30


@pytest.mark.parametrize(
    ("keys", "marked"),
    [
        pytest.param([selection.SelectCable()], {20, 40, 60}, id="a folded row is all its cables"),
        pytest.param([selection.SelectCable(), UP, selection.SelectCable()], set(), id="and again"),
        pytest.param([OPEN, selection.SelectCable()], {20}, id="an opened one is itself"),
        pytest.param(
            [selection.SelectRange(), DOWN, selection.SelectRange()], {20, 30, 40, 60}, id="a range"
        ),
        pytest.param([selection.InvertSelection()], set(ALL), id="inverted"),
    ],
)
def test_marks_lose_no_cable(keys: list[object], marked: set[int]) -> None:
    assert walk(folded(1), *keys).selection.ids == marked  # type: ignore[arg-type]


def test_an_export_has_every_cable_in_the_order_of_the_answer() -> None:
    _, wanted = step(folded(), export.Export())
    (asked,) = [each for each in wanted if isinstance(each, export.AskExportFormat)]
    assert (tuple(asked.chosen.ids), asked.chosen.label) == (ALL, "all 6 cables")
    marked = walk(folded(1), selection.SelectCable())
    assert selection.selected_cables(marked) == (20, 40, 60)


def test_a_range_over_folded_rows_counts_rows() -> None:
    session = walk(folded(1), selection.SelectRange(), DOWN)
    assert selection.selection_label(session) == "marking 2 rows"
