"""What the bookmarks screen shows, and what is done to it. Runs in threads; no Textual."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from cable_tui.archive import Row
from cable_tui.errors import CableTuiError
from cable_tui.library import Library, Mark, is_own, paragraph_of, text_changed
from cable_tui.session import Action, Effect, shelf
from cable_tui.session.shelf import Entry, Shelf, ShelfRead
from cable_tui.tui.notebook import changed
from cable_tui.tui.outside import Outside

PORTIONS = (20, 200)
"""Bookmarks whose texts are looked up before they are shown; the rest follow together."""
_FIRST = 200
"""Characters of a marked text that are shown, at most."""


def _read_shelf(
    outside: Outside, effect: shelf.ReadShelf, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    """Names and notes at once; subjects and texts as they are read."""
    library = outside.library
    lists = tuple(library.lists.sizes().items())
    listed = effect.list if effect.list in dict(lists) else ""
    everything = library.marks()
    marks = library.lists.marks(listed) if listed else everything[::-1]
    entries = [_entry(mark, library) for mark in marks]
    shown = Shelf(listed, lists, len(everything), tuple(entries))
    yield ShelfRead(shown)
    for index, mark in enumerate(marks):
        if cancelled():
            return
        if index in PORTIONS:
            yield ShelfRead(replace(shown, entries=tuple(entries)))
        entries[index] = _found(outside, mark, entries[index])
    yield ShelfRead(replace(shown, entries=tuple(entries)))


def _entry(mark: Mark, library: Library) -> Entry:
    return Entry(mark, "" if is_own(mark, library.author) else mark.author)


def _found(outside: Outside, mark: Mark, entry: Entry) -> Entry:
    """With what the archive has of it."""
    try:
        key = outside.archive.find(mark.canonical_id)
        if key is None:
            return replace(entry, here=False)
        row: Row | None = outside.rows([key]).get(key)
        entry = replace(entry, here=True, subject=row.subject if row else "")
        if mark.paragraph is None:
            return entry
        cable = outside.archive.cable(key)
    except CableTuiError as error:
        return replace(entry, changed=str(error))
    paragraph = paragraph_of(mark, cable)
    line = " ".join(paragraph.text[: 2 * _FIRST].split())[:_FIRST] if paragraph else ""
    return replace(entry, line=line, changed=text_changed(mark, cable))


def _drop(outside: Outside, effect: shelf.DropMark, _: object) -> Iterator[Action]:
    library = outside.library

    def drop() -> str:
        name = effect.mark.name
        if effect.list:
            taken = library.lists.take([effect.mark], effect.list)
            how = f"taken out of {effect.list} · u undoes" if taken else f"not in {effect.list}"
            return f"{name} {how}"
        gone = library.remove(effect.mark)
        how = "taken away · u undoes" if gone else "was changed or taken away by another window"
        return f"Bookmark of {name} {how}"

    yield from changed(library, drop)


def _move(outside: Outside, effect: shelf.MoveMark, _: object) -> Iterator[Action]:
    library = outside.library

    def move() -> str:
        library.lists.move(effect.mark, effect.list, effect.to)
        return ""

    yield from changed(library, move)


def _rename(outside: Outside, effect: shelf.RenameList, _: object) -> Iterator[Action]:
    library = outside.library

    def rename() -> str:
        library.lists.rename(effect.list, effect.name)
        return f"{effect.list} is {effect.name} now"

    yield from changed(library, rename)
    # Where it could not be written, the list has its name yet.
    known = library.lists.sizes()
    yield shelf.OpenShelf(effect.list if effect.list in known else effect.name)


def _take_list(outside: Outside, effect: shelf.TakeList, _: object) -> Iterator[Action]:
    library = outside.library

    def drop() -> str:
        library.lists.drop(effect.list)
        return f"List {effect.list} taken away, its bookmarks stay · u undoes"

    yield from changed(library, drop)


def _place(outside: Outside, effect: shelf.PlaceList, _: object) -> Iterator[Action]:
    library = outside.library

    def place() -> str:
        library.lists.place(effect.list, effect.to)
        return ""

    yield from changed(library, place)


PERFORMERS: dict[type[Effect], Callable[[Outside, Any, Callable[[], bool]], Iterator[Action]]] = {
    shelf.ReadShelf: _read_shelf,
    shelf.DropMark: _drop,
    shelf.MoveMark: _move,
    shelf.RenameList: _rename,
    shelf.TakeList: _take_list,
    shelf.PlaceList: _place,
}


def kept(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """The bookmarks that hold every word that was typed, anywhere in what is shown of them."""
    from cable_tui.text import fold

    wanted = [fold(word) for word in typed.split()]
    return [each for each in entries if all(word in fold(_text(each)) for word in wanted)]


def _text(entry: Entry) -> str:
    mark = entry.mark
    parts = (mark.name, entry.subject, entry.line, mark.note, entry.author, *mark.lists)
    return " ".join(parts)
