"""Handlers for the bookmarks screen: what it shows, and its changes. In threads; no Textual."""

from __future__ import annotations

from cable_tui.archive.catalogue.rows import Row
from cable_tui.effects.bookmarks import change_library, changes_library, own_note
from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import CableTuiError
from cable_tui.library import Mark, paragraph_of, text_changed
from cable_tui.session.feature_state import BookmarkEntry, BookmarksView
from cable_tui.session.features import bookmarks, bookmarks_screen, sharing
from cable_tui.session.features.bookmarks_screen import BookmarksRead
from cable_tui.value import replace

READ_AT_ONCE = (20, 200)
"""The screen is refreshed after so many texts, and at the end."""
_FIRST = 200
"""Characters of a bookmarked text that are shown, at most."""


@performs(bookmarks_screen.ReadBookmarks)
def _read_bookmarks(
    services: Services, effect: bookmarks_screen.ReadBookmarks, cancelled: Cancelled
) -> Actions:
    """Names and notes at once; subjects and texts as they are read."""
    library = services.library
    lists = tuple(library.lists.sizes().items())
    listed = effect.list if effect.list in dict(lists) else ""
    everything = library.marks()
    marks = library.lists.marks(listed) if listed else everything[::-1]
    own = library.names.all()
    entries = [_entry(mark, own) for mark in marks]
    private = library.lists.private()
    shown = BookmarksView(listed, lists, len(everything), tuple(entries), private)
    yield BookmarksRead(shown)
    for index, mark in enumerate(marks):
        if cancelled():
            return
        if index in READ_AT_ONCE:
            yield BookmarksRead(replace(shown, entries=tuple(entries)))
        entries[index] = _with_text(services, mark, entries[index])
    yield BookmarksRead(replace(shown, entries=tuple(entries)))


@performs(bookmarks_screen.ReadNoteBeside)
def _read_note_beside(
    services: Services, effect: bookmarks_screen.ReadNoteBeside, _: Cancelled
) -> Actions:
    """The cable may be in another archive: the place is that of the bookmark."""
    of = effect.mark
    new = Mark(of.reference_id, of.canonical_id, of.paragraph, of.fingerprint)
    yield bookmarks.AskNote(own_note(services.library, new))


def _entry(mark: Mark, own_names: frozenset[str]) -> BookmarkEntry:
    return BookmarkEntry(mark, "" if mark.author in own_names else mark.author)


def _with_text(services: Services, mark: Mark, entry: BookmarkEntry) -> BookmarkEntry:
    """The entry with what the archive has of it: subject, text, and whether that has changed."""
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


@changes_library(bookmarks_screen.DropBookmark)
def _drop(services: Services, effect: bookmarks_screen.DropBookmark) -> str:
    name = effect.mark.name
    if effect.list:
        taken = services.library.lists.take([effect.mark], effect.list)
        return f"{name} " + (
            f"taken out of {effect.list} · u undoes" if taken else f"not in {effect.list}"
        )
    gone = services.library.remove(effect.mark)
    how = "taken away · u undoes" if gone else "was changed or taken away by another window"
    # A key takes the bookmark of a colleague from everybody: it is said whose that was.
    own = services.library.is_own(effect.mark)
    what = "Bookmark" if own else f"{effect.mark.author}'s bookmark"
    return f"{what} of {name} {how}"


@changes_library(bookmarks_screen.MoveBookmark)
def _move(services: Services, effect: bookmarks_screen.MoveBookmark) -> str:
    services.library.lists.move(effect.mark, effect.list, effect.to)
    return ""


@performs(bookmarks_screen.RenameList)
def _rename(services: Services, effect: bookmarks_screen.RenameList, _: Cancelled) -> Actions:
    lists = services.library.lists

    def rename() -> str:
        lists.rename(effect.list, effect.name)
        return f"{effect.list} is {effect.name} now"

    yield from change_library(services.library, rename)
    # Where it could not be written, the list still has its old name.
    known = lists.sizes()
    yield bookmarks_screen.OpenBookmarks(effect.list if effect.list in known else effect.name)


@changes_library(bookmarks_screen.RemoveList)
def _remove_list(services: Services, effect: bookmarks_screen.RemoveList) -> str:
    services.library.lists.drop(effect.list)
    return f"List {effect.list} taken away, its bookmarks stay · u undoes"


@changes_library(bookmarks_screen.PlaceList)
def _place_list(services: Services, effect: bookmarks_screen.PlaceList) -> str:
    services.library.lists.place(effect.list, effect.to)
    return ""


@changes_library(sharing.SetPrivate)
def _set_private(services: Services, effect: sharing.SetPrivate) -> str:
    library = services.library
    library.lists.set_private(effect.list, on=effect.on)
    if not effect.on:
        return f"{effect.list} is for others too: it leaves with the next sync · u undoes"
    known = library.sharing.known_of_list(effect.list)
    keep = f"; others keep what they have of it ({known:,})" if known else ""
    return f"{effect.list} is private: it leaves with no sync{keep} · u undoes"
