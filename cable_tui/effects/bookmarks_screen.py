"""What the bookmarks screen shows, and what is done to it. Runs in threads; no Textual."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from cable_tui.archive.catalogue.rows import Row
from cable_tui.effects.bookmarks import library_action
from cable_tui.effects.services import Services
from cable_tui.effects.table import performs
from cable_tui.errors import CableTuiError
from cable_tui.library import Library, Mark, is_own, paragraph_of, text_changed
from cable_tui.session.base import Action
from cable_tui.session.feature_state import BookmarkEntry, BookmarksView
from cable_tui.session.features import bookmarks_screen
from cable_tui.session.features.bookmarks_screen import BookmarksRead

READ_AT_ONCE = (20, 200)
"""Bookmarks whose texts are looked up before they are shown; the rest follow together."""
_FIRST = 200
"""Characters of a marked text that are shown, at most."""


@performs(bookmarks_screen.ReadBookmarks)
def _read_shelf(
    services: Services, effect: bookmarks_screen.ReadBookmarks, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    """Names and notes at once; subjects and texts as they are read."""
    library = services.library
    lists = tuple(library.lists.sizes().items())
    listed = effect.list if effect.list in dict(lists) else ""
    everything = library.marks()
    marks = library.lists.marks(listed) if listed else everything[::-1]
    entries = [_entry(mark, library) for mark in marks]
    shown = BookmarksView(listed, lists, len(everything), tuple(entries))
    yield BookmarksRead(shown)
    for index, mark in enumerate(marks):
        if cancelled():
            return
        if index in READ_AT_ONCE:
            yield BookmarksRead(replace(shown, entries=tuple(entries)))
        entries[index] = _found(services, mark, entries[index])
    yield BookmarksRead(replace(shown, entries=tuple(entries)))


def _entry(mark: Mark, library: Library) -> BookmarkEntry:
    return BookmarkEntry(mark, "" if is_own(mark, library.author) else mark.author)


def _found(services: Services, mark: Mark, entry: BookmarkEntry) -> BookmarkEntry:
    """With what the archive has of it."""
    try:
        key = services.archive.find(mark.canonical_id)
        if key is None:
            return replace(entry, here=False)
        row: Row | None = services.rows([key]).get(key)
        entry = replace(entry, here=True, subject=row.subject if row else "")
        if mark.paragraph is None:
            return entry
        cable = services.archive.cable(key)
    except CableTuiError as error:
        return replace(entry, changed=str(error))
    paragraph = paragraph_of(mark, cable)
    line = " ".join(paragraph.text[: 2 * _FIRST].split())[:_FIRST] if paragraph else ""
    return replace(entry, line=line, changed=text_changed(mark, cable))


@performs(bookmarks_screen.DropBookmark)
def _drop(services: Services, effect: bookmarks_screen.DropBookmark, _: object) -> Iterator[Action]:
    library = services.library

    def drop() -> str:
        name = effect.mark.name
        if effect.list:
            taken = library.lists.take([effect.mark], effect.list)
            how = f"taken out of {effect.list} · u undoes" if taken else f"not in {effect.list}"
            return f"{name} {how}"
        gone = library.remove(effect.mark)
        how = "taken away · u undoes" if gone else "was changed or taken away by another window"
        return f"Bookmark of {name} {how}"

    yield from library_action(library, drop)


@performs(bookmarks_screen.MoveBookmark)
def _move(services: Services, effect: bookmarks_screen.MoveBookmark, _: object) -> Iterator[Action]:
    library = services.library

    def move() -> str:
        library.lists.move(effect.mark, effect.list, effect.to)
        return ""

    yield from library_action(library, move)


@performs(bookmarks_screen.RenameList)
def _rename(services: Services, effect: bookmarks_screen.RenameList, _: object) -> Iterator[Action]:
    library = services.library

    def rename() -> str:
        library.lists.rename(effect.list, effect.name)
        return f"{effect.list} is {effect.name} now"

    yield from library_action(library, rename)
    # Where it could not be written, the list has its name yet.
    known = library.lists.sizes()
    yield bookmarks_screen.OpenBookmarks(effect.list if effect.list in known else effect.name)


@performs(bookmarks_screen.RemoveList)
def _take_list(
    services: Services, effect: bookmarks_screen.RemoveList, _: object
) -> Iterator[Action]:
    library = services.library

    def drop() -> str:
        library.lists.drop(effect.list)
        return f"List {effect.list} taken away, its bookmarks stay · u undoes"

    yield from library_action(library, drop)


@performs(bookmarks_screen.PlaceList)
def _place(services: Services, effect: bookmarks_screen.PlaceList, _: object) -> Iterator[Action]:
    library = services.library

    def place() -> str:
        library.lists.place(effect.list, effect.to)
        return ""

    yield from library_action(library, place)
