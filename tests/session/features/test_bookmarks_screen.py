"""The bookmarks screen as a value: opened, filled, reordered, left."""

from __future__ import annotations

import pytest

from cable_tui.base.cable import Place
from cable_tui.base.errors import LibraryError
from cable_tui.base.value import replace
from cable_tui.library import Mark, mark_of
from cable_tui.session import effects
from cable_tui.session.feature_state import BookmarkEntry, BookmarksView, Notebook, NoteDraft
from cable_tui.session.features.bookmarks import (
    AskList,
    AskNote,
    LibraryChanged,
    PutInList,
    RemoveMarks,
)
from cable_tui.session.features.bookmarks_screen import (
    AskListNote,
    BookmarksRead,
    ChooseListChange,
    DropBookmark,
    DropEntry,
    DropList,
    EditEntry,
    KeepListNote,
    ListEntry,
    MakePrivate,
    MoveBookmark,
    MoveEntry,
    MoveList,
    NameList,
    OpenBookmarks,
    OthersMet,
    PutListAt,
    ReadNoteBeside,
    RemoveList,
    RenameList,
    SetPrivate,
    ShowBookmarks,
    StoreListNote,
    WriteListNote,
)
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Action, Effect
from cable_tui.tui.pages.bookmarks_page import matching_entries
from cable_tui.tui.panes.bars.status_text import status_ends
from tests.session import done, kinds, ready, said, the, walk

MARK = Mark("09ZENDA1", "09ZENDA1", "3", note="seen", id=7, lists=("harbour",))
BARE = replace(MARK, note="", lists=())
MINE = BookmarkEntry(MARK)


def on_screen(name: str = "", *lists: tuple[str, int], private: str = "") -> Session:
    """A room that shows the bookmarks of a list, or all."""
    view = BookmarksView(name, lists, private=frozenset(filter(None, (private,))))
    return walk(ready(), OpenBookmarks(name), BookmarksRead(view))


def test_the_screen_comes_once_and_is_filled_for_each_list() -> None:
    session, wanted = step(ready(), OpenBookmarks())
    assert wanted == (ShowBookmarks(), effects.ReadBookmarks(""))
    assert step(session, OpenBookmarks("harbour"))[1] == (effects.ReadBookmarks("harbour"),)


def test_whatever_the_library_says_is_read_again_while_the_screen_is_open() -> None:
    _, wanted = step(on_screen("harbour"), LibraryChanged(Notebook(), "Moved"))
    assert wanted == (effects.Notify("Moved"), effects.ReadBookmarks("harbour"))
    assert kinds(step(ready(), LibraryChanged(Notebook(), "Moved"))[1]) == [effects.Notify]


@pytest.mark.parametrize(
    ("action", "wanted"),
    [
        (NameList(), effects.AskLine("Another name for harbour", "harbour", NameList)),
        (NameList(" ice  house "), RenameList("harbour", "ice house")),
        (DropList(), RemoveList("harbour")),
        (MoveList(-1), PutListAt("harbour", 0)),
        (MoveList(1), PutListAt("harbour", 2)),
        (KeepListNote("harbour", "", "ports"), StoreListNote("harbour", "", "ports")),
        (DropEntry(MINE), DropBookmark(MARK, "harbour")),
        (MoveEntry(MINE, 2), MoveBookmark(MARK, "harbour", 2)),
        (EditEntry(MINE), AskNote(NoteDraft(MARK))),
    ],
)
def test_a_list_and_a_bookmark_of_it_are_worked_on(action: Action, wanted: object) -> None:
    session = on_screen("harbour", ("catch", 2), ("harbour", 1))
    assert step(session, action)[1] == (wanted,)
    asked = the(AskList, step(session, ListEntry(MINE))[1])
    assert asked.put("ice", False) == PutInList((), (MARK,), "ice", private=False)


def test_the_note_on_a_list_is_proposed_and_kept_only_if_it_changes() -> None:
    session = on_screen("harbour", ("harbour", 1))
    assert session.bookmarks_view is not None
    view = replace(session.bookmarks_view, list_note="ports\nand quays")
    session = replace(session, bookmarks_view=view)
    asked = the(AskListNote, step(session, WriteListNote())[1])
    assert (asked.title, asked.text) == ("What harbour means", "ports\nand quays")
    assert step(session, asked.written("ports\nand quays\n"))[1] == ()
    for text in ("", "ports\n\nand quays"):
        stored = StoreListNote("harbour", "ports\nand quays", text)
        assert step(session, asked.written(text))[1] == (stored,)


def test_the_note_on_a_list_that_cannot_be_stored_is_shown_again(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = Place(services.archive.find("04PORTAMBER305") or 0)
    done(services, PutInList((target,), (), "harbour"))
    kept = the(LibraryChanged, done(services, StoreListNote("harbour", "", "ports")))
    assert kept.notebook.list_notes == {"harbour": "ports"}

    def full(*_: object) -> bool:
        raise LibraryError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(services.library.lists, "note", full)
        notice, asked = done(services, StoreListNote("harbour", "ports", "ports\nand quays"))
    assert said([notice]) == "the disk is full"
    assert isinstance(asked, AskListNote)
    assert asked.text == "ports\nand quays"
    again = the(StoreListNote, step(ready(), asked.written(asked.text))[1])
    done(services, again)
    assert services.library.lists.notes() == {"harbour": "ports\nand quays"}


def test_a_list_that_keeps_its_name_is_left_alone() -> None:
    assert step(on_screen("harbour", ("harbour", 1)), NameList("harbour"))[1] == ()


@pytest.mark.parametrize("action", [NameList(), NameList("x"), DropList(), MoveList(1)], ids=str)
def test_all_bookmarks_are_no_list_that_could_be_changed(action: Action) -> None:
    _, wanted = step(walk(ready(), OpenBookmarks(), BookmarksRead(BookmarksView())), action)
    assert said(wanted) == "This shows all bookmarks: Tab goes to a list."


def test_all_bookmarks_have_no_order_of_the_readers_own() -> None:
    assert "a list keeps the order you choose" in said(
        step(walk(ready(), OpenBookmarks()), MoveEntry(MINE, 0))[1]
    )


def test_on_a_note_of_somebody_else_one_of_the_readers_own_is_written() -> None:
    _, wanted = step(walk(ready(), OpenBookmarks()), EditEntry(replace(MINE, author="rowan")))
    assert wanted == (ReadNoteBeside(MARK),)


def test_a_query_for_bookmarks_is_asked_again_when_they_change() -> None:
    session = ready("is:bookmarked", at=1)
    marks = frozenset({("09ZENDA1", None)})
    session, wanted = step(session, LibraryChanged(Notebook(marks)))
    assert kinds(wanted) == [effects.FindHits]
    assert session.keep == 20
    assert step(session, LibraryChanged(Notebook(marks)))[1] == ()
    assert step(ready("lobster"), LibraryChanged(Notebook(marks)))[1] == ()


def test_what_is_read_does_not_leave_the_list_that_is_gone_through() -> None:
    assert step(ready("is:unread"), LibraryChanged(Notebook(seen=frozenset({"09ZENDA1"}))))[1] == ()


def test_the_status_line_says_it_quietly_and_what_could_not_be_read_is_said_at_once() -> None:
    session, wanted = step(ready(), OthersMet("offline since 14:02"))
    assert (status_ends(session)[1], wanted) == ("offline since 14:02", ())
    assert status_ends(ready())[1] == ""
    session, wanted = step(ready(), OthersMet("synced", "marks-1.jsonl: a line was changed"))
    assert session.synced == "synced"
    assert wanted == (effects.Notify("marks-1.jsonl: a line was changed", "warning"),)


def test_the_list_that_is_shown_becomes_private_and_is_shared_again() -> None:
    for private, on in (("", True), ("harbour", False)):
        session = on_screen("harbour", ("harbour", 2), private=private)
        assert step(session, MakePrivate())[1] == (SetPrivate("harbour", on=on),)


@pytest.mark.parametrize(
    ("private", "says", "does"),
    [
        ("", "make it private", "no sync sends it; others keep their copies"),
        ("harbour", "share it again", "the next sync sends it, with its notes"),
    ],
)
def test_the_menu_of_a_list_says_first_what_others_get_of_it(
    private: str, says: str, does: str
) -> None:
    session = on_screen("harbour", ("harbour", 2), private=private)
    asked = the(effects.AskMenu, step(session, ChooseListChange())[1])
    lines = {each.key: (each.label, each.detail) for each in asked.items}
    assert lines["p"] == (says, does)
    assert lines["d"] == ("remove it", "its bookmarks are kept; u restores it")


@pytest.mark.parametrize(
    ("mark", "author", "synced", "note"),
    [
        (BARE, "rowan", "", "It is rowan's."),
        (BARE, "rowan", "synced", "It is rowan's, and disappears for everyone who shares it."),
        (replace(BARE, note="why?"), "", "synced", "Also removed: the note “why?”."),
        (
            replace(BARE, lists=("ice",)),
            "rowan",
            "",
            "It is rowan's. Also removed: the place in ice.",
        ),
    ],
)
def test_more_than_a_bare_bookmark_of_ones_own_is_removed_only_after_a_question(
    mark: Mark, author: str, synced: str, note: str
) -> None:
    session = replace(walk(ready(), OpenBookmarks()), synced=synced)
    asked = the(effects.AskMenu, step(session, DropEntry(BookmarkEntry(mark, author)))[1])
    assert asked.note == note
    assert {each.key: each.does for each in asked.items}["t"] == RemoveMarks((mark,))
    assert step(session, DropEntry(BookmarkEntry(BARE)))[1] == (DropBookmark(BARE, ""),)


ABSENT = Mark("09NOWHERE1", "09NOWHERE1")


@pytest.fixture
def services(services: Services) -> Services:
    """With a bookmarked paragraph, its cable in a list, and a bookmark of a missing cable."""
    key = services.archive.find("04PORTAMBER305")
    assert key is not None
    cable = services.archive.cable(key)
    paragraph = next(each for each in cable.body.paragraphs if each.label == "2")
    library = services.library
    library.add(replace(mark_of(cable, paragraph, note="why here?"), lists=("harbour",)))
    library.add(replace(mark_of(cable), lists=("harbour",)))
    library.add(ABSENT)
    return services


def read(services: Services, name: str = "") -> BookmarksView:
    """What the screen shows at last."""
    return the(BookmarksRead, done(services, effects.ReadBookmarks(name))[-1:]).bookmarks_view


def after(services: Services, effect: Effect) -> BookmarksView:
    the(LibraryChanged, done(services, effect))
    return read(services, "harbour")


def names(shelf: BookmarksView) -> list[str]:
    return [each.mark.name for each in shelf.entries]


def test_all_bookmarks_stand_the_newest_first(services: Services) -> None:
    shelf = read(services)
    assert names(shelf) == ["09NOWHERE1", "04PORTAMBER305", "04PORTAMBER305 ¶2"]
    assert (shelf.total, shelf.lists) == (3, (("harbour", 2),))


def test_a_bookmark_comes_with_its_subject_and_the_beginning_of_its_text(
    services: Services,
) -> None:
    absent, cable, paragraph = read(services).entries
    assert absent.here is False
    assert cable.subject
    assert paragraph.line.startswith(paragraph.line.split()[0])
    assert (paragraph.mark.note, paragraph.author, paragraph.changed) == ("why here?", "", "")


def test_a_text_that_is_not_what_was_marked_is_said(services: Services) -> None:
    services.library.add(Mark("04PORTAMBER305", "04PORTAMBER305", "3", "0" * 16))
    assert read(services).entries[0].changed.startswith("text changed since 20")


def test_out_of_a_list_is_not_out_of_the_bookmarks(services: Services) -> None:
    first = read(services, "harbour").entries[0]
    assert len(after(services, DropBookmark(first.mark, "harbour")).entries) == 1
    assert first.mark.name in names(read(services))
    after(services, DropBookmark(first.mark, ""))
    assert first.mark.name not in names(read(services))


def test_a_note_of_ones_own_is_written_beside_that_of_somebody_else(services: Services) -> None:
    library = services.library
    hers = library.add(replace(ABSENT, paragraph="2", author="Mara", note="ask the bank"))
    library.add(replace(ABSENT, author="Mara", note="on the whole cable"))
    asked = the(AskNote, done(services, ReadNoteBeside(hers)))
    assert asked.draft.others == (("Mara", "ask the bank"),)
    mark = asked.draft.mark
    assert (mark.id, mark.name, mark.author, mark.note) == (0, "09NOWHERE1 ¶2", "", "")
    mine = library.add(replace(mark, note="asked"))
    assert the(AskNote, done(services, ReadNoteBeside(hers))).draft.mark == mine


@pytest.mark.parametrize(
    ("author", "sentence"),
    [
        ("", "Bookmark of 09NOWHERE1 removed · u to undo"),
        ("Mara", "Mara's bookmark of 09NOWHERE1 removed · u to undo"),
    ],
)
def test_it_is_said_whose_bookmark_was_taken_away(
    services: Services, author: str, sentence: str
) -> None:
    mark = services.library.add(replace(ABSENT, author=author, note="ask the bank"))
    assert the(LibraryChanged, done(services, DropBookmark(mark, ""))).sentence == sentence


def test_a_list_gets_another_name_and_is_shown_by_it(services: Services) -> None:
    marked, shown = done(services, RenameList("harbour", "pier"))
    assert the(LibraryChanged, [marked]).sentence == "harbour is now called pier"
    assert shown == OpenBookmarks("pier")
    assert read(services, "pier").lists == (("pier", 2),)
    assert services.library.undo() == "rename the list harbour"


def test_a_name_that_is_taken_is_refused_and_the_list_stays_shown(services: Services) -> None:
    services.library.add(replace(ABSENT, lists=("pier",)))
    (failed,) = done(services, RenameList("harbour", "pier"))
    assert failed == effects.Notify("there is already another list named pier", "error")
    assert read(services, "harbour").lists == (("harbour", 2), ("pier", 1))


def test_a_list_is_taken_away_without_its_bookmarks(services: Services) -> None:
    marked = the(LibraryChanged, done(services, RemoveList("harbour")))
    assert (marked.notebook.lists, len(marked.notebook.marks)) == ((), 3)
    services.library.undo()
    assert read(services, "harbour").lists == (("harbour", 2),)


@pytest.mark.parametrize(("to", "names"), [(-1, "bac"), (0, "bac"), (2, "acb"), (3, "acb")])
def test_lists_have_an_order_too(services: Services, to: int, names: str) -> None:
    services.library.lists.drop("harbour")
    for name in "abc":
        services.library.add(replace(ABSENT, lists=(name,)))
    done(services, PutListAt("b", to))
    assert "".join(services.library.lists.names()) == names


def test_a_list_that_is_gone_shows_all_bookmarks(services: Services) -> None:
    assert read(services, "no such list").list == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", [1, 2]), ("HARBOUR", [1]), ("cafe", [2]), ("zenda harbour", [1]), ("zenda x", [])],
)
def test_a_filter_keeps_what_holds_its_words(typed: str, found: list[int]) -> None:
    entries = [
        BookmarkEntry(Mark("09ZENDA1", "09ZENDA1", id=1, lists=("harbour",))),
        BookmarkEntry(Mark("09ZENDA2", "09ZENDA2", note="in the Café", id=2)),
    ]
    assert [each.mark.id for each in matching_entries(entries, typed)] == found
