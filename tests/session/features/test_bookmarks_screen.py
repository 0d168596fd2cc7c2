"""The bookmarks screen as a value: opened, filled, reordered, left."""

from __future__ import annotations

import pytest

from cable_tui.library import Mark
from cable_tui.session import effects
from cable_tui.session.base import Action
from cable_tui.session.feature_state import BookmarkEntry, BookmarksView, Notebook, NoteDraft
from cable_tui.session.features.bookmarks import AskList, AskNote, LibraryChanged
from cable_tui.session.features.bookmarks_screen import (
    BookmarksRead,
    CloseBookmarks,
    DropBookmark,
    DropEntry,
    DropList,
    EditEntry,
    ListEntry,
    MoveBookmark,
    MoveEntry,
    MoveList,
    NameList,
    OpenBookmarks,
    PlaceList,
    ReadBookmarks,
    ReadNoteBeside,
    RemoveList,
    RenameList,
    ShowBookmarks,
)
from cable_tui.session.step import step
from cable_tui.value import replace
from tests.session import kinds, ready, said, walk

MARK = Mark("09ZENDA1", "09ZENDA1", "3", note="seen", id=7, lists=("harbour",))
MINE = BookmarkEntry(MARK)


def test_the_screen_comes_once_and_is_filled_for_each_list() -> None:
    session, wanted = step(ready(), OpenBookmarks())
    assert wanted == (ShowBookmarks(), ReadBookmarks(""))
    assert step(session, OpenBookmarks("harbour"))[1] == (ReadBookmarks("harbour"),)


def test_an_answer_to_a_screen_that_was_left_is_dropped() -> None:
    session = walk(
        ready(), OpenBookmarks(), CloseBookmarks(), BookmarksRead(BookmarksView("harbour"))
    )
    assert session.bookmarks_view is None


def test_whatever_the_library_says_is_read_again_while_the_screen_is_open() -> None:
    session = walk(ready(), OpenBookmarks(), BookmarksRead(BookmarksView("harbour")))
    assert step(session, LibraryChanged(Notebook(), "Moved"))[1] == (
        effects.Notify("Moved"),
        ReadBookmarks("harbour"),
    )
    assert kinds(step(ready(), LibraryChanged(Notebook(), "Moved"))[1]) == [effects.Notify]


@pytest.mark.parametrize(
    ("action", "wanted"),
    [
        (NameList(), effects.AskLine("Another name for harbour", "harbour", NameList)),
        (NameList(" ice  house "), RenameList("harbour", "ice house")),
        (DropList(), RemoveList("harbour")),
        (MoveList(-1), PlaceList("harbour", 0)),
        (MoveList(1), PlaceList("harbour", 2)),
        (DropEntry(MINE), DropBookmark(MARK, "harbour")),
        (MoveEntry(MINE, 2), MoveBookmark(MARK, "harbour", 2)),
        (EditEntry(MINE), AskNote(NoteDraft(MARK))),
        (ListEntry(MINE), AskList((), (MARK,), (), "Put 09ZENDA1 ¶3 into which list?")),
    ],
)
def test_a_list_and_a_bookmark_of_it_are_worked_on(action: Action, wanted: object) -> None:
    lists = (("catch", 2), ("harbour", 1))
    session = walk(
        ready(), OpenBookmarks("harbour"), BookmarksRead(BookmarksView("harbour", lists))
    )
    assert step(session, action)[1] == (wanted,)


def test_a_list_that_keeps_its_name_is_left_alone() -> None:
    session = walk(
        ready(),
        OpenBookmarks("harbour"),
        BookmarksRead(BookmarksView("harbour", (("harbour", 1),))),
    )
    assert step(session, NameList("harbour"))[1] == ()


@pytest.mark.parametrize("action", [NameList(), NameList("x"), DropList(), MoveList(1)], ids=str)
def test_all_bookmarks_are_no_list_that_could_be_changed(action: Action) -> None:
    _, wanted = step(walk(ready(), OpenBookmarks(), BookmarksRead(BookmarksView())), action)
    assert said(wanted) == "These are all bookmarks: Tab goes to a list."


def test_all_bookmarks_have_no_order_of_the_readers_own() -> None:
    _, wanted = step(walk(ready(), OpenBookmarks()), MoveEntry(MINE, 0))
    assert "your own order" in said(wanted)


def test_on_a_note_of_somebody_else_one_of_the_readers_own_is_written() -> None:
    _, wanted = step(walk(ready(), OpenBookmarks()), EditEntry(replace(MINE, author="rowan")))
    assert wanted == (ReadNoteBeside(MARK),)


def test_a_query_for_bookmarks_is_asked_again_when_they_change() -> None:
    session = ready("is:bookmarked", at=1)
    marks = frozenset({("09ZENDA1", None)})
    session, wanted = step(session, LibraryChanged(Notebook(marks)))
    assert kinds(wanted) == [effects.Search]
    assert session.keep == 20
    assert step(session, LibraryChanged(Notebook(marks)))[1] == ()
    assert step(ready("lobster"), LibraryChanged(Notebook(marks)))[1] == ()


def test_what_is_read_does_not_leave_the_list_that_is_gone_through() -> None:
    assert step(ready("is:unread"), LibraryChanged(Notebook(seen=frozenset({"09ZENDA1"}))))[1] == ()
