"""`Sharing`: what a library sends to others and receives from them."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from cable_tui.library import Library, Mark
from cable_tui.library.change_writer import Writer
from cable_tui.library.connection import now
from cable_tui.library.sqlite_file import user_version
from cable_tui.operating_system import files
from cable_tui.text.numbers import counted
from cable_tui.tools.sharing import events, publish
from cable_tui.tools.sharing.events import Event, EventId
from cable_tui.tools.sharing.settle import settle
from cable_tui.tools.sharing.standing_events import Store

_AT_ONCE = 1_000
"""The number of the library's own events to read at once."""
_OWN = "SELECT event FROM own_event WHERE library = ? AND counter > ? ORDER BY counter LIMIT ?"
_COUNT_OWN = "SELECT count(*) FROM own_event WHERE library = ? AND counter > ?"
_IS_KNOWN_FURTHER = "SELECT 1 FROM replaced WHERE library = ?"
"""A query for whether others have replaced events that this library did not make. If so, a copy of
it made them.
"""
_CACHE = "PRAGMA cache_size = -65536"
"""The number of KiB of the file that may be in memory, because a first sync's events touch all of
it.
"""


class Sharing:
    """The shared events of one library. Every method may raise `LibraryError`.

    Others' changes are not changes by the reader, so they cannot be undone. The reader's earlier
    changes can still be undone, if their rows are unchanged.
    """

    def __init__(self, writer: Writer, path: Path) -> None:
        self._writer = writer
        self._path = path

    def library(self) -> str:
        """Return the library's number for others, or a new one if its file is a copy.

        Two copies that are both in use therefore never give the same number to two events.
        """
        with self._reading() as store:
            known_library = store and store.get("library", "")
            if store and known_library and store.get("home", "") == _home(self._path):
                return str(known_library)
        with self._writing() as store:
            return self._current(store)

    def _current(self, store: Store) -> str:
        known_library, place, home = _library(store), _home(self._path), store.get("home", "")
        store.put("home", place)
        is_copy = home and not set(home.split()) & set(place.split())
        if is_copy or store.run(_IS_KNOWN_FURTHER, (known_library,)).fetchone():
            return _become_another(store, store.taken().get(known_library, 0))
        return known_library

    def taken(self) -> dict[str, int]:
        """Return the counter of the last known event of each library, including its own."""
        with self._reading() as store:
            return store.taken() if store else {}

    def has_news(self) -> bool:
        """Return whether the reader has changed anything since the last `take`."""
        with self._reading() as store:
            return store is None or publish.waiting(store) > 0

    def take(self, given: Sequence[Event] = ()) -> int:
        """Make events of the reader's changes, then take others' events; return how many were new.

        The order matters, because the reader's changes must not be overwritten. Known events are
        skipped, as are events that do not follow the last event of their library, which must be
        passed again later. This is one transaction, or several if the reader changed much.
        """
        while True:
            with self._writing() as store:
                publish.publish(store, self._current(store), now())
                has_more = publish.waiting(store) > 0
                count = 0 if has_more else _take(store, given)
                settle(store)
                _forget_log(store)
            if not has_more:
                return count

    @contextmanager
    def _writing(self) -> Iterator[Store]:
        with self._writer.writing("share") as connection:
            connection.execute(_CACHE)
            yield Store(connection)

    @contextmanager
    def _reading(self) -> Iterator[Store | None]:
        """Yield the store, or None if the file still belongs to an older program."""
        with self._writer.reading() as connection:
            yield Store(connection) if user_version(connection) >= 3 else None

    def own(self, library: str, counter: int) -> Event | None:
        """Return one of the library's own events, or None if there is none with this counter."""
        return next(iter(self.own_after(library, counter - 1, 1)), None)

    def own_after(self, library: str, counter: int, most: int = _AT_ONCE) -> list[Event]:
        """Return at most `most` of the library's own events after a counter."""
        with self._reading() as store:
            rows = store.run(_OWN, (library, counter, most)).fetchall() if store else ()
        return [events.own(text) for (text,) in rows]

    def count_own_after(self, library: str, counter: int) -> int:
        """Return the number of the library's own events after a counter."""
        with self._reading() as store:
            return int(store.run(_COUNT_OWN, (library, counter)).fetchone()[0]) if store else 0

    def begin_anew(self, common: int) -> str:
        """Become another library, because another copy of this library has sent events.

        Events up to `common` keep the old number. Later events are the first ones under the new
        number, which is returned.
        """
        with self._writing() as store:
            return _become_another(store, common)

    def own_libraries(self) -> list[str]:
        """Return the past and present numbers of this library."""
        with self._reading() as store:
            rows = store.run("SELECT DISTINCT library FROM own_event") if store else ()
            return [str(library) for (library,) in rows]

    def too_long(self) -> list[str]:
        """Return the names of cables with marks whose note is too long to be shared."""
        with self._reading() as store:
            if store is None or not store.get("too_long", True):  # as `publish` keeps it
                return []
            return [str(name) for (name,) in store.run(publish.TOO_LONG)]


def sharing_of(library: Library) -> Sharing:
    """Return the sharing interface of a library."""
    return Sharing(library.writer, library.path)


def first_sync_words(library: Library) -> str:
    """Return a sentence on what the first sync sends, or an empty string if it sends nothing."""
    if library.is_shared:
        return ""
    private_rows = set(library.lists.private_rows())

    def leaves(mark: Mark) -> bool:
        is_shared = any(("list", name) not in private_rows for name in mark.lists)
        return is_shared or ("mark", mark.uid) not in private_rows

    leaving = sum(map(leaves, library.marks()))
    if not leaving:
        return ""
    counted_bookmarks = f"{counted(leaving, 'bookmark')} with notes and lists"
    return f"the first sync sends {counted_bookmarks}; bookmarks only in private lists are not sent"


def _library(store: Store) -> str:
    library = store.get("library", "")
    if not library:
        library = os.urandom(8).hex()
        store.put("library", library)
    return str(library)


def _home(path: Path) -> str:
    """Return where a library is: its file number, and a digest of its machine and path.

    For a copy, both differ. For the same file on another machine one differs, as for a restored
    file or a file to which a disk assigns another number.
    """
    place = f"{platform.node()}\0{path.resolve()}".encode("utf-8", "surrogateescape")
    return f"{files.identity(path.stat())[1]} {hashlib.blake2b(place, digest_size=8).hexdigest()}"


def _become_another(store: Store, common: int) -> str:
    """Move the library's own events after `common` to a new library number, and return it."""
    old_library, new_library = _library(store), os.urandom(8).hex()

    def renamed(id_: EventId) -> EventId:
        is_moved = id_.library == old_library and id_.counter > common
        return EventId(new_library, id_.counter - common) if is_moved else id_

    own_events = store.run(_OWN, (old_library, common, -1)).fetchall()
    library_and_common = (old_library, common)
    store.run("DELETE FROM own_event WHERE library = ? AND counter > ?", library_and_common)
    for event in map(events.own, chain(*own_events)):
        id_, replaced_ids = renamed(event.id), tuple(map(renamed, event.replaces))
        text = events.dumps(event._replace(id=id_, replaces=replaced_ids))
        store.run("INSERT INTO own_event VALUES (?, ?, ?)", (*id_, text))
    store.run(
        "UPDATE standing SET library = ?, counter = counter - ? WHERE library = ? AND counter > ?",
        (new_library, common, *library_and_common),
    )
    store.known_up_to(old_library, common)
    store.known_up_to(new_library, len(own_events))
    store.put("library", new_library)
    return new_library


def _take(store: Store, given: Sequence[Event]) -> int:
    counter_by_library, clock, count = store.taken(), int(store.get("clock", 0)), 0
    for event in given:
        if event.counter != counter_by_library.get(event.library, 0) + 1:
            continue
        counter_by_library[event.library] = event.counter
        if event.clock <= events.FARTHEST:
            clock = max(clock, event.clock)
        count += 1
        for replaced_id in event.replaces:
            if not store.fall(replaced_id) and replaced_id.counter > counter_by_library.get(
                replaced_id.library, 0
            ):
                store.run("INSERT OR IGNORE INTO replaced VALUES (?, ?)", replaced_id)
        removed_rows = store.run("DELETE FROM replaced WHERE library = ? AND counter = ?", event.id)
        if not removed_rows.rowcount and event.value is not None:
            store.stand(event)
    for library in {event.library for event in given}:
        store.known_up_to(library, counter_by_library.get(library, 0))
    store.put("clock", clock)
    return count


def _forget_log(store: Store) -> None:
    """Remove changes by others from the log, which is for the reader's own changes."""
    (change,) = store.run("SELECT max(id) FROM change").fetchone()
    store.run("DELETE FROM event WHERE change_id = ?", (change,))
