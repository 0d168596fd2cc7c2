"""How events become bookmarks, lists and searches: a set of events says one thing, in any order.

What no event replaces stands. Where two readers changed the same without knowing of each other,
both of their events stand, and here it is said what that means.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from cable_tui.library.sharing.events import Event, EventId

LAST = 1e9
"""The rank of a list that somebody took away while another reader put something into it."""
Fields = Mapping[str, Any]


class Seen(NamedTuple):
    """What an event says of a mark: a mark's own event, or that of a place of it in a list."""

    id: EventId
    clock: int
    uid: str
    fields: Fields
    """`events.MARK`."""

    @property
    def order(self) -> tuple[int, EventId]:
        """As `Event.order`."""
        return self.clock, self.id


class Merged(NamedTuple):
    """A mark as every library has it."""

    uid: str
    fields: Fields
    ids: tuple[EventId, ...]
    """The events that say so."""


def standing(events: Iterable[Event]) -> list[Event]:
    """The events that no other one replaces, removals left out."""
    known = {event.id: event for event in events}
    gone = {each for event in known.values() for each in event.replaces}
    return [event for id_, event in known.items() if id_ not in gone and event.value is not None]


def place(fields: Fields) -> str:
    """What marks are merged at: a cable or a paragraph of it, and an author."""
    parts = [fields["canonical_id"], fields["paragraph"], fields["author"]]
    return json.dumps(parts, ensure_ascii=False)


def marks_at(seen: Iterable[Seen]) -> list[Merged]:
    """The marks of one place. Two notes on one mark are two marks; the same note twice is one.

    So is a library: the same place with the same note by the same author is one mark.
    """
    by_uid: dict[str, list[Seen]] = {}
    for each in sorted(seen, key=lambda each: each.order):
        by_uid.setdefault(each.uid, []).append(each)
    by_note: dict[str, list[tuple[str, Seen]]] = {}
    for uid, found in by_uid.items():
        # One who writes a note wins over one who takes it away.
        first = next((each.fields["note"] for each in found if each.fields["note"]), "")
        for each in found:
            note = each.fields["note"] or first
            by_note.setdefault(note, []).append((uid if note == first else beside(uid, note), each))
    return [
        Merged(
            min(uid for uid, _ in found),
            {**max((each for _, each in found), key=lambda each: each.order).fields, "note": note},
            tuple(each.id for _, each in found),
        )
        for note, found in by_note.items()
    ]


def beside(uid: str, note: str) -> str:
    """The uid of the second of two notes that were written on one mark at the same time."""
    return hashlib.blake2b(f"{uid}\0{note}".encode(), digest_size=8).hexdigest()
