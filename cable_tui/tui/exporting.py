"""Writing an export from the room, with its progress. Runs in a thread; no Textual."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from cable_tui.archive.quoted import Lost, of_cables, of_marks
from cable_tui.errors import CableTuiError
from cable_tui.exports import FORMATS, Citation, Ways, each_once, once, plea
from cable_tui.exports.files import whole, write_whole
from cable_tui.library import jsonfile
from cable_tui.session import Action, Effect, actions, exporting
from cable_tui.session.exporting import Chosen, FileNamed, FileThere, Finished, Job, Written
from cable_tui.tui.outside import Outside

EVERY = 0.3
"""Seconds between two words on how far it is."""


class StoppedError(CableTuiError):
    """The reader wants the file no more."""


class _Writing:
    """What is seen of the places on their way into the file."""

    def __init__(self, chosen: Chosen, cancelled: Callable[[], bool]) -> None:
        self.lost = Lost()
        self.plea = ""
        self.done = 0
        """Places of a list; cables where it is cables that are written."""
        self._last = ""
        self._chosen = chosen
        self._cancelled = cancelled
        self._told = time.monotonic()

    def through(self, places: Iterable[Citation]) -> Iterator[Citation]:
        """The same places, counted and looked at."""
        for place in places:
            if self._cancelled():
                raise StoppedError("stopped")
            if not self.plea and (words := plea(place)):
                self.plea = f"“{words}” stands in {place.cable.reference_id}"
            # The marked places of one cable follow each other.
            if self._chosen.list is not None or place.cable.canonical_id != self._last:
                self.done += 1
            self._last = place.cable.canonical_id
            yield place

    def news(self) -> Iterator[Action]:
        """How far it is, not too often."""
        now = time.monotonic()
        if now - self._told >= EVERY:
            self._told = now
            yield Written(Job(self._chosen.told, self.done, len(self._chosen.ids)))


def _write(
    outside: Outside, effect: exporting.WriteFile, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    named = effect.named
    file = Path(named.file).expanduser()
    if file.is_file() and not named.over:
        yield FileThere(named)
        return
    write = _marks if named.form == exporting.MARKS else _cited
    try:
        yield from write(outside, named, file, cancelled)
    except StoppedError:
        return
    except CableTuiError as error:
        yield Finished(str(error), failed=True)


def _marks(outside: Outside, named: FileNamed, file: Path, _: object) -> Iterator[Action]:
    """The bookmarks themselves, also those that no disk has taken yet."""
    bundle = outside.library.bundle(named.chosen.list or None)
    write_whole(file, [jsonfile.dumps(bundle)])
    yield Finished(f"{len(bundle.marks):,} written to {file}")


def _cited(
    outside: Outside, named: FileNamed, file: Path, cancelled: Callable[[], bool]
) -> Iterator[Action]:
    """The cables and paragraphs."""
    writing = _Writing(named.chosen, cancelled)
    places = writing.through(_places(outside, named, writing.lost))
    with whole(file) as write:
        for piece in FORMATS[named.form].write(places, named.chosen.title):
            write(piece)
            yield from writing.news()
    yield from _told(writing, file)


def _places(outside: Outside, named: FileNamed, lost: Lost) -> Iterable[Citation]:
    chosen, ways = named.chosen, outside.ways or Ways()
    form, library = FORMATS[named.form], outside.library
    if chosen.list is None:
        own = library.marks() if form.notes else ()
        cables = of_cables(outside.archive, chosen.ids, ways, lost, own)
        return cables if form.apart else each_once(cables)
    marks = library.lists.marks(chosen.list) if chosen.list else library.marks()
    found = of_marks(outside.archive, marks, ways, lost)
    return found if form.of_places else once(list(found))


def _told(writing: _Writing, file: Path) -> Iterator[Action]:
    if writing.plea:
        yield actions.Warned(f"{writing.plea}: think of who is named before you pass it on.")
    what = f"{writing.done:,} written to {file}"
    if lost := writing.lost.reasons:
        yield Finished(f"{what}; {len(lost):,} missing: {lost[0]}", failed=True)
    else:
        yield Finished(what)


def _stop(outside: Outside, effect: exporting.StopWriting, _: object) -> Iterator[Action]:
    """That a newer effect of the group is here has stopped the older one."""
    del outside, effect
    return iter(())


PERFORMERS: dict[type[Effect], Callable[[Outside, Any, Callable[[], bool]], Iterator[Action]]] = {
    exporting.WriteFile: _write,
    exporting.StopWriting: _stop,
}
