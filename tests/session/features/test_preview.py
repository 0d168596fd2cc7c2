"""The reading pane beside the list: previews, what the list has left, and closing."""

from __future__ import annotations

import pytest

from cable_tui.base.value import replace
from cable_tui.query import parse
from cable_tui.query.answers import Hits
from cable_tui.session import effects
from cable_tui.session.feature_state import Notebook
from cable_tui.session.features import bookmarks, opened_cable, panes, preview, results
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Action, Landing
from tests.session import BodyAt, cable, kinds, reading_session, ready, said, the, walk

TO_7 = (opened_cable.ReferenceResolved("09ZENDA7", 7), opened_cable.CableShown(7, cable(7)))


def beside_the_list() -> Session:
    """Cable 10 is open, and the list has the keys."""
    return walk(reading_session(), BodyAt(2, 40, 3), panes.StepOut())


def rested(session: Session, *moves: Action) -> Session:
    """After moves, and a pause that began with the first of them."""
    first, pause = step(session, moves[0])
    return walk(first, *moves[1:], the(effects.DispatchLater, pause).action)


def previewing() -> Session:
    """The cursor has rested on cable 20, which is previewed."""
    session = rested(beside_the_list(), results.MoveCursor(1))
    return walk(session, opened_cable.CableShown(20, cable(20, "1", "2")))


def test_the_cable_under_a_resting_cursor_is_read_for_a_preview() -> None:
    session, wanted = step(beside_the_list(), results.MoveCursor(1))
    assert kinds(wanted) == [effects.DispatchLater]
    session, wanted = step(session, preview.CursorRested(20))
    assert wanted == (effects.FetchCable(20),)
    assert session.opening is None
    session, wanted = step(session, opened_cable.CableShown(20, cable(20)))
    assert (session.opened and session.opened.id, session.pane) == (20, "list")
    assert not session.past[1:]
    assert kinds(wanted) == [effects.ScrollTo], "and it is not counted as read"


def test_a_moving_cursor_reads_nothing_and_waits_in_one_pause_at_a_time() -> None:
    session, _ = step(beside_the_list(), results.MoveCursor(1))
    session, wanted = step(session, results.MoveCursor(1))
    assert wanted == ()
    session, wanted = step(session, preview.CursorRested(20))
    assert wanted == (effects.DispatchLater(preview.PAUSE, preview.CursorRested(30)),)
    assert step(session, preview.CursorRested(30))[1] == (effects.FetchCable(30),)


@pytest.mark.parametrize(
    "action", [panes.Focus("body"), opened_cable.OpenCable(), results.MoveCursor(1)]
)
def test_a_preview_that_comes_too_late_is_dropped(action: Action) -> None:
    session = walk(rested(beside_the_list(), results.MoveCursor(1)), action)
    assert not walk(session, opened_cable.CableShown(20, cable(20))).preview.shown


def test_without_an_open_cable_there_is_no_preview() -> None:
    assert step(ready(), results.MoveCursor(1))[1] == ()


def test_a_preview_is_not_counted_as_read_before_it_has_the_keys() -> None:
    session = previewing()
    assert step(session, bookmarks.CountAsRead(20))[1] == ()
    session, wanted = step(session, panes.Focus("body"))
    assert wanted == (effects.DispatchLater(bookmarks.READ_AFTER, bookmarks.CountAsRead(20)),)
    assert step(session, bookmarks.CountAsRead(20))[1] == (bookmarks.StoreRead("09ZENDA20"),)
    assert session.past[-1].at == 1


def test_the_cable_that_was_left_is_found_where_it_was_left() -> None:
    session = rested(previewing(), results.MoveCursor(-1))
    session, wanted = step(session, opened_cable.CableShown(10, cable(10, "1", "2", "3")))
    left = Landing(index=2, scroll=40, stop=3)
    assert wanted == (effects.ScrollTo(left),)
    assert walk(session, opened_cable.OpenCable()).landing == left
    assert walk(beside_the_list(), opened_cable.OpenCable()).landing == left, "its own row"


def test_a_cable_that_cannot_be_read_is_previewed_as_what_is_known_of_it() -> None:
    session = rested(beside_the_list(), results.MoveCursor(1))
    session, wanted = step(session, opened_cable.CableNotShown(20, "gone", cable(20)))
    assert (session.preview.shown, said(wanted)) == (True, "")


def test_a_cable_that_the_list_has_left_is_known_once_the_cursor_has_moved_on() -> None:
    session, _ = step(beside_the_list(), results.MoveCursor(1))
    assert not session.left_behind, "a key paints the list only"
    session = walk(session, results.MoveCursor(1), preview.CursorRested(20))
    assert session.left_behind
    session = walk(session, preview.CursorRested(30), opened_cable.CableShown(30, cable(30)))
    assert not session.left_behind


def test_a_cable_that_stands_in_another_row_is_left_behind_at_once() -> None:
    followed = walk(reading_session(), *TO_7)
    assert not followed.left_behind
    assert walk(followed, panes.StepOut()).left_behind


def test_other_hits_are_previewed_too() -> None:
    session = replace(beside_the_list(), answered="before")
    session, wanted = step(session, results.HitsFound(Hits((30, 10), 2)))
    assert effects.DispatchLater(preview.PAUSE, preview.CursorRested(30)) in wanted
    session = replace(session, pane="bar")
    session, wanted = step(session, preview.CursorRested(30))
    assert (wanted, session.left_behind) == ((), True)


def test_the_same_list_again_previews_nothing() -> None:
    followed = walk(reading_session(), *TO_7, panes.StepOut())
    again = replace(followed, answered="before", keep=10)
    _, wanted = step(again, results.HitsFound(Hits((10, 20, 30, 40), 4)))
    assert effects.DispatchLater not in kinds(wanted)


def test_q_in_the_list_closes_the_open_cable_and_then_the_program() -> None:
    session, wanted = step(beside_the_list(), panes.Close())
    assert (session.opened, session.pane, session.at) == (None, "list", 0)
    assert said(wanted) == "09ZENDA10 is closed; press q again to quit."
    assert step(session, panes.Close())[1] == (effects.QuitProgram(),)
    assert step(session, results.MoveCursor(1))[1] == ()


def test_closing_loses_no_mark() -> None:
    marked = replace(beside_the_list(), notebook=Notebook(seen=frozenset({"09ZENDA10"})))
    assert walk(marked, panes.Close()).notebook == marked.notebook


def test_a_preview_shows_the_first_match_below_the_lines_of_the_list() -> None:
    session = rested(replace(previewing(), query=parse("minors")), results.MoveCursor(1))
    _, wanted = step(session, opened_cable.CableShown(30, cable(30, "1", "2")))
    assert wanted == (effects.ScrollTo(Landing(hit="first in a paragraph")),)


@pytest.mark.parametrize(
    ("query", "landing"),
    [
        ("ice", Landing()),
        ("comment:ice", Landing(hit="first in a paragraph")),
        ("origin:zenda (said:ice or ice)", Landing(hit="first in a paragraph")),
    ],
)
def test_a_sentence_that_the_query_asks_for_is_where_its_cable_opens(
    query: str, landing: Landing
) -> None:
    assert walk(replace(ready(), query=parse(query)), opened_cable.OpenCable()).landing == landing


def test_another_cable_is_previewed_from_its_top() -> None:
    """The second one, after the place of the cable that was left is remembered."""
    session = rested(previewing(), results.MoveCursor(1))
    _, wanted = step(session, opened_cable.CableShown(30, cable(30, "1", "2", "3")))
    assert wanted == (effects.ScrollTo(Landing()),)
