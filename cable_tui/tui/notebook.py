"""The notebook's effects: what the library does, and how it is told. In threads; no Textual."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from cable_tui.cable import Cable
from cable_tui.errors import LibraryError
from cable_tui.library import Library, Mark, NotWrittenError, mark_of, own_of
from cable_tui.session import Action, Effect, actions, notebook
from cable_tui.session.notebook import Marked, Notebook, NoteRead, Noting, Target
from cable_tui.tui.outside import Outside, paragraph_at

RECENT = 30
"""Cables that the library lists as read last."""


def marked(library: Library, sentence: str = "") -> Marked:
    """The notebook as it is now. May raise `LibraryError`."""
    marks = library.marks()
    return Marked(
        Notebook(
            places(marks),
            places([mark for mark in marks if mark.note]),
            len(library.pending),
            library.seen.ids(),
            library.seen.recent(RECENT),
            tuple(library.lists.sizes().items()),
            tuple(library.searches.queries().items()),
        ),
        sentence,
    )


def places(marks: Sequence[Mark]) -> frozenset[tuple[str, str | None]]:
    """Bookmarks as the session knows them."""
    return frozenset((mark.canonical_id, mark.paragraph) for mark in marks)


def changed(library: Library, change: Callable[[], str]) -> Iterator[Action]:
    """Make a change; the notebook after it, also where the disk took nothing of it."""
    try:
        sentence = change()
    except NotWrittenError as error:
        with suppress(LibraryError):  # what is amiss is said below
            yield marked(library)
        yield actions.Failed(str(error))
        return
    yield marked(library, sentence)


def _set_mark(outside: Outside, effect: notebook.SetMark, _: object) -> Iterator[Action]:
    mark = _mark(outside, effect.target)

    def toggle() -> str:
        removed = outside.library.toggle(mark)
        kept = [each for each in _own(outside.library, mark) if not each.is_bare]
        if removed:
            stays = ", what has a note or a list stays" if kept else ""
            return f"Bookmark of {mark.name} taken away{stays} · u undoes"
        if kept:
            return f"{mark.name} {_held(kept)}: its bookmark stays · X takes all of it away"
        return f"Bookmarked {mark.name}"

    yield from changed(outside.library, toggle)


def _held(marks: Sequence[Mark]) -> str:
    """`has a note and is in the list story`: what bookmarks of one place have."""
    lists = tuple(dict.fromkeys(name for mark in marks for name in mark.lists))
    noted = "has a note" if any(mark.note for mark in marks) else ""
    listed = f"is in the list{'' if len(lists) == 1 else 's'} {', '.join(lists)}" if lists else ""
    return " and ".join(filter(None, (noted, listed)))


def _read_marks(outside: Outside, effect: notebook.ReadMarks, _: object) -> Iterator[Action]:
    """The reader's own marks of the places; of a cable not those of its paragraphs."""
    places = [_mark(outside, target) for target in effect.targets]
    found = tuple(each for place in places for each in _own(outside.library, place))
    what = places[0].name if len(places) == 1 else f"these {len(places):,} cables"
    yield notebook.MarksRead(found, "" if found else f"No bookmark of yours is on {what}.")


def _remove_marks(outside: Outside, effect: notebook.RemoveMarks, _: object) -> Iterator[Action]:
    def remove() -> str:
        gone = outside.library.remove_all(effect.marks)
        if not gone:
            return "Another window has changed it meanwhile: nothing was taken away"
        what = f"Bookmark of {gone[0].name}" if len(gone) == 1 else f"{len(gone):,} bookmarks"
        others = len(effect.marks) - len(gone)
        stay = f", not {others:,} that another window has changed" if others else ""
        return f"{what} taken away{stay} · u undoes"

    yield from changed(outside.library, remove)


def _set_marks(outside: Outside, effect: notebook.SetMarks, _: object) -> Iterator[Action]:
    def add() -> str:
        new = [each for each in _marks(outside, effect.targets) if not each.id]
        if new:
            outside.library.add_all(new)
        there = len(effect.targets) - len(new)
        return f"{len(new):,} cables bookmarked" + (f", {there:,} had been" if there else "")

    yield from changed(outside.library, add)


def _read_note(outside: Outside, effect: notebook.ReadNote, _: object) -> Iterator[Action]:
    """The reader's own note to the place, or the mark that has none yet."""
    mark = _mark(outside, effect.target)
    yield NoteRead(Noting(_there(outside.library, mark) or mark))


def _there(library: Library, wanted: Mark) -> Mark | None:
    """The mark of a place that a note goes to: the reader's own with a note, else any of it."""
    here = _own(library, wanted)
    return next((mark for mark in here if mark.note), here[0] if here else None)


def _own(library: Library, place: Mark) -> list[Mark]:
    """The reader's own marks of the place that a mark is of, the oldest first."""
    return own_of(library.marked(place.canonical_id), place.paragraph, library.author)


def _store_note(outside: Outside, effect: notebook.StoreNote, _: object) -> Iterator[Action]:
    def store() -> str:
        stored, both = outside.library.note(effect.noting.mark, effect.text)
        if not effect.text:
            return "Note taken away · u undoes"
        beside = " beside that of another window, who changed it meanwhile" if both else ""
        return f"Note kept with {stored.name}{beside}"

    yield from changed(outside.library, store)


def _put_in_list(outside: Outside, effect: notebook.PutInList, _: object) -> Iterator[Action]:
    library = outside.library

    def put() -> str:
        marks = [*effect.marks, *_marks(outside, effect.targets)]
        library.put(marks, effect.name)
        what = f"{marks[0].name} is" if len(marks) == 1 else f"{len(marks):,} are"
        return f"{what} in the list {effect.name} now"

    yield from changed(library, put)


def _take_back(outside: Outside, effect: notebook.TakeBack, _: object) -> Iterator[Action]:
    del effect

    def undo() -> str:
        what = outside.library.undo()
        return f"Undone: {what}" if what else "There is nothing to undo."

    yield from changed(outside.library, undo)


def _store_search(outside: Outside, effect: notebook.StoreSearch, _: object) -> Iterator[Action]:
    searches = outside.library.searches

    def store() -> str:
        if effect.query:
            searches.save(effect.name, effect.query)
            return f"Search saved as {effect.name}"
        searches.drop(effect.name)
        return f"Saved search {effect.name} taken away · u undoes"

    yield from changed(outside.library, store)


def _store_read(outside: Outside, effect: notebook.StoreRead, _: object) -> Iterator[Action]:
    """A sign that cannot be kept is no reason to disturb a reader."""
    seen = outside.library.seen
    try:
        (seen.add if effect.read else seen.remove)([effect.canonical_id])
        yield marked(outside.library, "" if effect.read else "No longer marked as read")
    except LibraryError:
        return


def _mark(outside: Outside, target: Target) -> Mark:
    cable: Cable = outside.cable(target.id)
    return mark_of(cable, paragraph_at(cable, target.paragraph))


def _marks(outside: Outside, targets: Sequence[Target]) -> list[Mark]:
    """The reader's marks of some places; a place without one has a new mark, whose id is 0."""
    found = [_mark(outside, target) for target in targets]
    return [_there(outside.library, mark) or mark for mark in found]


PERFORMERS: dict[type[Effect], Callable[[Outside, Any, Callable[[], bool]], Iterator[Action]]] = {
    notebook.SetMark: _set_mark,
    notebook.SetMarks: _set_marks,
    notebook.ReadMarks: _read_marks,
    notebook.RemoveMarks: _remove_marks,
    notebook.ReadNote: _read_note,
    notebook.StoreNote: _store_note,
    notebook.PutInList: _put_in_list,
    notebook.TakeBack: _take_back,
    notebook.StoreSearch: _store_search,
    notebook.StoreRead: _store_read,
}
