"""Other words come after the answer that they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest

from cable_tui.base.value import replace
from cable_tui.library import Library
from cable_tui.program.clipboard import Clipboard
from cable_tui.query import parse
from cable_tui.query.answers import Copies, Hits, Offer
from cable_tui.session import effects
from cable_tui.session.features import export_choices, opened_cable, results, selection
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.step import perform, step
from cable_tui.session.values import Answered
from tests.archive.fiction import Fiction, opened, write_page
from tests.archive.source_criticism.fiction import story
from tests.session import cable, does, done, menu, ready, said, walk


def test_offers_join_the_answer() -> None:
    session = replace(Session(), answered="now", hits=Hits([1, 2], 2))
    offer = Offer("gaddafi", 1, (("qadhafi", 25),))
    after, wanted = step(session, results.SpellingsOffered((offer,)))
    assert (after.hits.offers, after.hits.ids, wanted) == ((offer,), [1, 2], ())


def test_a_room_that_begins_with_a_query_counts_the_whole_archive_once() -> None:
    session, wanted = step(ready("ice"), results.FacetsCounted({"tag": ()}))
    assert results.CountTotals() in wanted
    session = walk(session, results.TotalsCounted({"origin": ()}))
    assert session.totals == {"origin": ()}
    assert results.CountTotals() not in step(session, results.FacetsCounted({"tag": ()}))[1]
    assert results.CountTotals() not in step(ready(), results.FacetsCounted({"tag": ()}))[1]


@pytest.mark.parametrize(("answered", "shown"), [("never", 3), ("before", 3), ("now", 0)])
def test_texts_are_counted_while_the_answer_is_waited_for(answered: Answered, shown: int) -> None:
    after, wanted = step(replace(Session(), answered=answered), results.TextsRead(3, 9))
    assert (after.texts_to_read.done, wanted) == (shown, ())


def test_the_first_answer_leaves_the_cursor_on_its_cable_where_copies_fold_above_it() -> None:
    """The rows of the first paint are not folded, and keys may have come meanwhile."""
    painted = replace(Session(), answered="never", hits=Hits([1, 2, 3, 4, 5], 5), at=3)
    answer = Hits([1, 2, 3, 4, 5], 5, copies=Copies({1: (2, 3)}, (1, 2)))
    after, _ = step(painted, results.HitsFound(answer))
    assert list(after.hits.ids) == [1, 4, 5]
    assert after.current == painted.current == 4


ALL = (10, 20, 30, 40, 50, 60)
COPIES = Copies({20: (40, 60)}, (3, 5))
"""40 and 60 are copies of 20."""
OPEN, FOLD = results.ToggleGroup(), results.ToggleCopies()
DOWN, UP = results.MoveCursor(1), results.MoveCursor(-1)


def folded(at: int = 0, ids: Sequence[int] = ALL) -> Session:
    """A list with a group of three, as an answer that has just come."""
    session = replace(ready(), answered="before", at=at)
    found = Hits(ids, len(ids), copies=COPIES)
    return step(session, results.HitsFound(found))[0]


def rows(session: Session) -> list[int]:
    return list(session.hits.ids)


def test_copies_are_one_row_that_is_opened_and_closed_with_one_key() -> None:
    session = folded(1)
    assert rows(session) == [10, 20, 30, 50]
    assert (session.hits.count, session.hits.hidden) == (6, 2)
    assert session.hits.folded == {20: (40, 60)}
    session = walk(session, OPEN)
    assert rows(session) == [10, 20, 40, 60, 30, 50]
    assert session.current == 20
    assert (session.hits.folded, session.hits.below) == ({}, frozenset({40, 60}))
    closed = walk(session, DOWN, DOWN, OPEN)
    assert (rows(closed), closed.current) == ([10, 20, 30, 50], 20)


def test_a_cable_without_copies_says_so() -> None:
    session, wanted = step(folded(0), OPEN)
    assert rows(session) == [10, 20, 30, 50]
    assert "no near-duplicates" in said(wanted)


def test_folding_can_be_left_and_is_remembered() -> None:
    session, wanted = step(folded(2), FOLD)
    assert (rows(session), session.current) == (list(ALL), 30)
    assert effects.RememberChoice(results.CHOICE, False) in wanted
    assert rows(step(session, results.HitsFound(replace(session.hits, count=6)))[0]) == list(ALL)
    again, wanted = step(session, FOLD)
    assert (rows(again), again.current) == ([10, 20, 30, 50], 30)
    assert effects.RememberChoice(results.CHOICE, True) in wanted
    restored, wanted = step(Session(), results.RestoreCopies(False))
    assert (restored.copies.folded, wanted) == (False, ()), "the last choice, without a notice"


def test_a_cursor_on_a_copy_goes_to_the_row_that_stands_for_it() -> None:
    session = walk(folded(), FOLD, results.MoveCursorTo(5))
    assert session.current == 60
    assert walk(session, FOLD).current == 20


def test_an_opened_group_stays_open_in_the_next_answer() -> None:
    session = walk(folded(1), OPEN)
    other_way = Hits((60, 50, 40, 30, 20), 5, copies=Copies({60: (40, 20)}, (2, 4)))
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


def test_an_export_has_every_cable_in_the_order_of_the_answer_and_a_range_counts_rows() -> None:
    csv = does(menu(step(folded(), export_choices.ExportShown())[1]), "c").named("x.csv")
    assert (tuple(csv.chosen.ids), csv.chosen.label) == (ALL, "all 6 cables")
    assert selection.selected_cables(walk(folded(1), selection.SelectCable())) == (20, 40, 60)
    ranged = walk(folded(1), selection.SelectRange(), DOWN)
    assert selection.selection_label(ranged) == "selecting 2 rows"


Item = TypeVar("Item")
TOLD = Fiction("09RABAT1", text="Tern said that the lamps are old.")
NARRATED = Fiction("09RABAT2", text="The lamps are old.")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    for each in (TOLD, NARRATED):
        write_page(tmp_path / "pages", each)
    archive = opened(tmp_path / "pages", tmp_path / "cache")
    with closing(Library(tmp_path / "library.sqlite")) as library:
        yield Services(archive, library, Clipboard(tmp_path / "clipboard.txt"))
    archive.close()


def test_the_answer_is_that_of_the_archive(services: Services) -> None:
    asked = effects.FindHits(parse("tern"))
    found = done(services, asked)
    (hits,) = [each.hits for each in found if isinstance(each, results.HitsFound)]
    assert [row.reference_id for row in services.archive.rows(hits.ids)] == ["09RABAT1"]
    assert [row.reference_id for row in hits.rows.values()] == ["09RABAT1"]


def test_copies_are_found_with_the_answer(tmp_path: Path) -> None:
    with closing(story(tmp_path)) as archive, closing(Library(tmp_path / "l.sqlite")) as library:
        services = Services(archive, library, Clipboard(tmp_path / "clipboard.txt"))
        found = list(perform(services, effects.FindHits(parse("")), lambda: False))
        (hits,) = [each.hits for each in found if isinstance(each, results.HitsFound)]
        ((lead, (copy,)),) = hits.copies.under.items()
        named = {row.id: row.reference_id for row in archive.rows([lead, copy])}
        assert (named[lead], named[copy]) == ("09DOHA9", "09CAIRO3")  # the newest first
