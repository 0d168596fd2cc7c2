"""Bookmarks, notes, lists, saved searches, and what was read."""

from __future__ import annotations

import pytest

from cable_tui.library import Mark
from cable_tui.query import parse
from cable_tui.session import effects
from cable_tui.session.feature_state import Notebook, NoteDraft, Target
from cable_tui.session.features import bookmarks, panes, selection
from cable_tui.session.features.bookmarks import (
    AddToList,
    AskList,
    AskRemoval,
    CountAsRead,
    DeleteBookmarks,
    KeepNote,
    LibraryChanged,
    MarksRead,
    ReadMarks,
    ReadNote,
    RemoveMarks,
    SaveSearch,
    SetMark,
    SetMarks,
    StoreNote,
    StoreRead,
    StoreSearch,
    ToggleBookmark,
    Undo,
    WriteNote,
)
from cable_tui.session.features.reading import opened_cable
from cable_tui.session.step import step
from cable_tui.value import replace
from tests.session import reading_session, ready, said, walk

SEEN = Mark("09ZENDA20", "09ZENDA20", "2", note="seen", id=7)


def test_a_bookmark_is_of_the_cable_in_the_list_and_of_the_paragraph_in_the_body() -> None:
    assert step(ready(at=1), ToggleBookmark())[1] == (SetMark(Target(20)),)
    session = walk(reading_session(20), opened_cable.BodyMoved(1, 0))
    assert step(session, ToggleBookmark())[1] == (SetMark(Target(20, 1)),)
    assert step(walk(session, panes.StepOut()), ToggleBookmark())[1] == (SetMark(Target(20)),)


def test_with_marks_in_the_list_a_bookmark_is_of_all_of_them() -> None:
    session = walk(ready(), selection.SelectCable(), selection.SelectCable())
    assert step(session, ToggleBookmark())[1] == (SetMarks((Target(10), Target(20))),)


def test_what_is_taken_away_is_read_first_of_one_place_or_of_all_that_are_marked() -> None:
    session = walk(reading_session(20), opened_cable.BodyMoved(1, 0))
    assert step(session, DeleteBookmarks())[1] == (ReadMarks((Target(20, 1),)),)
    session = walk(ready(), selection.SelectCable(), selection.SelectCable())
    assert step(session, DeleteBookmarks())[1] == (ReadMarks((Target(10), Target(20))),)


def test_a_note_or_a_list_is_asked_for_before_it_goes() -> None:
    bare, listed = Mark("09ZENDA10", "09ZENDA10", id=1), Mark("09A1", "09A1", lists=("story",))
    for marks in ((bare, SEEN), (listed,)):
        assert step(ready(), MarksRead(marks))[1] == (AskRemoval(marks),)
    assert step(ready(), MarksRead((bare,)))[1] == (RemoveMarks((bare,)),)
    assert said(step(ready(), MarksRead((), "None here."))[1]) == "None here."


def test_a_bookmark_above_the_first_paragraph_is_of_the_cable() -> None:
    assert step(reading_session(20, None, "1"), ToggleBookmark())[1] == (SetMark(Target(20)),)
    unnumbered = walk(reading_session(20, None, "1"), opened_cable.BodyMoved(0, 0))
    assert step(unnumbered, ToggleBookmark())[1] == (SetMark(Target(20)),)


def test_bookmarks_show_what_the_library_says_is_on_the_disk() -> None:
    marks = frozenset({("09ZENDA10", "2")})
    session, wanted = step(ready(), LibraryChanged(Notebook(marks), "Bookmarked 09ZENDA10 ¶2"))
    assert session.notebook.marks == marks
    assert said(wanted) == "Bookmarked 09ZENDA10 ¶2"


def test_a_note_is_read_before_it_is_written_on() -> None:
    session = walk(reading_session(20), opened_cable.BodyMoved(1, 0))
    assert step(session, WriteNote())[1] == (ReadNote(Target(20, 1)),)


@pytest.mark.parametrize(("text", "kept"), [("seen, twice \n", "seen, twice"), ("", "")])
def test_a_note_that_was_changed_is_kept(text: str, kept: str) -> None:
    draft = NoteDraft(SEEN)
    assert step(ready(), KeepNote(draft, text))[1] == (StoreNote(draft, kept),)


def test_a_note_that_was_only_looked_at_is_left_alone() -> None:
    assert step(ready(), KeepNote(NoteDraft(SEEN), "seen"))[1] == ()


def test_the_list_is_asked_for_with_those_there_are() -> None:
    session = replace(ready(at=1), notebook=Notebook(lists=(("harbour", 2),)))
    (asked,) = step(session, AddToList())[1]
    assert isinstance(asked, AskList)
    assert (asked.targets, asked.lists) == ((Target(20),), (("harbour", 2),))
    assert not asked.shared
    (asked,) = step(replace(session, synced="offline since 14:02"), AddToList())[1]
    assert isinstance(asked, AskList)
    assert asked.shared


def test_a_search_is_saved_under_a_name_that_is_asked_for() -> None:
    session = replace(ready(), query=parse("lobster origin:zenda"))
    assert step(session, SaveSearch())[1] == (
        effects.AskLine("Save this search as", "lobster origin:zenda", SaveSearch),
    )
    stored = StoreSearch("catch", "lobster origin:zenda")
    assert step(session, SaveSearch("catch"))[1] == (stored,)


def test_no_query_is_nothing_to_save() -> None:
    _, wanted = step(ready(), SaveSearch())
    assert "no query" in said(wanted)


def test_a_cable_that_stays_on_the_screen_counts_as_read() -> None:
    session = reading_session(20)
    assert step(session, CountAsRead(20))[1] == (StoreRead("09ZENDA20"),)


@pytest.mark.parametrize(
    ("session", "why"),
    [
        (reading_session(30), "another cable is shown by now"),
        (replace(reading_session(20), private=True), "nothing is kept"),
        (
            replace(reading_session(20), notebook=Notebook(recent=("09ZENDA20",))),
            "it was read last",
        ),
        (ready(), "none is open"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_cable_does_not_count_as_read(session: object, why: str) -> None:
    assert step(session, CountAsRead(20))[1] == (), why  # type: ignore[arg-type]


def test_a_discarded_note_comes_back_with_u_until_something_else_was_done() -> None:
    draft = NoteDraft(Mark("09ZENDA1", "09ZENDA1", note="seen"))
    assert step(ready(), bookmarks.DiscardNote(draft, "seen "))[0].discarded is None
    session, wanted = step(ready(), bookmarks.DiscardNote(draft, "seen it"))
    assert said(wanted) == "What you wrote is thrown away; u brings it back."
    again, wanted = step(session, bookmarks.TakeBack())
    assert wanted == (bookmarks.AskNote(draft, "seen it"),)
    assert step(again, bookmarks.TakeBack())[1] == (Undo(),)
    marked = walk(session, LibraryChanged(Notebook(), "Bookmarked 09ZENDA2"))
    assert step(marked, bookmarks.TakeBack())[1] == (Undo(),)
