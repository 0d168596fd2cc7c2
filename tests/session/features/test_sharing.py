"""When other readers were last met, and lists that they never get, as a value."""

from __future__ import annotations

from cable_tui.session import effects
from cable_tui.session.feature_state import BookmarksView
from cable_tui.session.features.bookmarks_screen import BookmarksRead, OpenBookmarks
from cable_tui.session.features.sharing import MakePrivate, OthersMet, SetPrivate
from cable_tui.session.step import step
from cable_tui.tui.bars.status_text import status_ends
from tests.session import kinds, ready, walk


def test_the_status_line_says_it_quietly() -> None:
    session, wanted = step(ready(), OthersMet("offline since 14:02"))
    assert wanted == ()
    assert status_ends(session)[1] == "offline since 14:02"
    assert status_ends(ready())[1] == ""


def test_what_could_not_be_read_is_said_at_once() -> None:
    session, wanted = step(ready(), OthersMet("synced", "marks-1.jsonl: a line was changed"))
    assert session.synced == "synced"
    assert wanted == (effects.Notify("marks-1.jsonl: a line was changed", "warning"),)


def test_the_list_that_is_shown_becomes_private_and_is_shared_again() -> None:
    view = BookmarksView("harbour", (("harbour", 2),))
    session = walk(ready(), OpenBookmarks(), BookmarksRead(view))
    assert step(session, MakePrivate())[1] == (SetPrivate("harbour", on=True),)
    view = BookmarksView("harbour", (("harbour", 2),), private=frozenset({"harbour"}))
    session = walk(ready(), OpenBookmarks(), BookmarksRead(view))
    assert step(session, MakePrivate())[1] == (SetPrivate("harbour", on=False),)


def test_all_bookmarks_are_no_list() -> None:
    session = walk(ready(), OpenBookmarks(), BookmarksRead(BookmarksView()))
    assert kinds(step(session, MakePrivate())[1]) == [effects.Notify]
