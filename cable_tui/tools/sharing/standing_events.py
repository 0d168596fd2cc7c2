"""Standing events: what they mean together, and where a library stores them.

A set of events has one meaning, in any order: an event that no other event replaces is standing. If
two readers changed the same item independently, both events are standing, and `marks_at` returns
the result. `Store` has the tables for this, with the local rows that have each event.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from cable_tui.library.list_notes import ListNote, joined
from cable_tui.tools.sharing.events import Event, EventId

_COLUMNS = "library, counter, clock, subject, name, member, value, row_id"
LAST_RANK = 1e9
"""The rank of a list that one reader removed while another reader added something to it."""
Fields = Mapping[str, Any]


class MergedMark(NamedTuple):
    """A mark in the form that every library has."""

    uid: str
    fields: Fields
    ids: tuple[EventId, ...]
    """The events with this content."""


def place_of(fields: Fields) -> str:
    """Return the key by which marks are merged: a cable or one of its paragraphs, and an author."""
    parts = [fields["canonical_id"], fields["paragraph"], fields["author"]]
    return json.dumps(parts, ensure_ascii=False)


def marks_at(seen: Iterable[Standing]) -> list[MergedMark]:
    """Return the marks at one location, from their own events and from events for list entries.

    Two notes on one mark make two marks; the same note twice makes one, as in a library.
    """
    by_uid: dict[str, list[Standing]] = {}
    for event in sorted(seen, key=lambda event: event.order):
        by_uid.setdefault(event.member, []).append(event)
    by_note: dict[str, list[tuple[str, Standing]]] = {}
    for uid, events in by_uid.items():
        # One who writes a note wins over one who removes it.
        first_note = next((event.mark["note"] for event in events if event.mark["note"]), "")
        for event in events:
            mark_note = event.mark["note"] or first_note
            by_note.setdefault(mark_note, []).append(
                (uid if mark_note == first_note else uid_beside(uid, mark_note), event)
            )
    return [
        MergedMark(
            min(uid for uid, _ in events),
            {
                **max((event for _, event in events), key=lambda event: event.order).mark,
                "note": note,
            },
            tuple(event.id for _, event in events),
        )
        for note, events in by_note.items()
    ]


def uid_beside(uid: str, note: str) -> str:
    """Return the uid for the second of two notes written on one mark at the same time."""
    return hashlib.blake2b(f"{uid}\0{note}".encode(), digest_size=8).hexdigest()


def list_note(seen: Iterable[Standing]) -> Fields:
    """Return the note on a list and its time in the form of an event, or nothing if it has no note.

    Different notes written at the same time are all kept, below each other.
    """
    notes = [
        ListNote(event.value["note"], event.value.get("changed", ""))
        for event in seen
        if event.value.get("note")
    ]
    note = joined(notes)
    return {"note": note.text, "changed": note.changed} if notes else {}


class Standing(NamedTuple):
    """An event that no other event replaces."""

    id: EventId
    clock: int
    subject: str
    name: str
    """The name of the list or search, or an empty string for a mark."""
    member: str
    """The uid of the mark, or an empty string for a list or search."""
    value: Fields
    row: int | None
    """The row with this event in the table for its subject, or None if there is none here."""

    @property
    def order(self) -> tuple[int, EventId]:
        """The event's position in a total order, the same as `Event.order`."""
        return self.clock, self.id

    @property
    def mark(self) -> Fields:
        """The mark's fields as in `events.MARK`; for a list entry, the fields of its mark."""
        fields: Fields = self.value if self.subject == "mark" else self.value["mark"]
        return fields


class Touched:
    """The items to check again after events have arrived."""

    def __init__(self) -> None:
        self.lists: dict[str, None] = {}
        self.searches: dict[str, None] = {}
        self.places: dict[str, None] = {}
        self.entries: dict[tuple[str, str], None] = {}
        """The list entries, by name of the list and uid of the mark."""
        self.left: defaultdict[str, dict[int, None]] = defaultdict(dict)
        """The rows whose event was removed, by table."""
        self.marks_left: defaultdict[str, dict[int, None]] = defaultdict(dict)
        """The rows of such marks, by location."""

    def add(self, subject: str, name: str, member: str, place: str) -> None:
        """Mark the items of an event as touched."""
        if subject == "search":
            self.searches[name] = None
            return
        if subject != "mark":
            self.lists[name] = None
        if subject == "entry":
            self.entries[name, member] = None
        if subject != "list":
            self.places[place] = None

    def leave(self, subject: str, row: int, place: str = "") -> None:
        """Record a row whose event was removed."""
        self.left[subject][row] = None
        if subject == "mark":
            self.marks_left[place][row] = None


class Store:
    """The tables for sharing, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.run = connection.execute
        self.touched = Touched()

    def get(self, name: str, otherwise: Any) -> Any:
        """Return the value of a name in the table `sharing`, or `otherwise` if there is none."""
        row = self.run("SELECT value FROM sharing WHERE name = ?", (name,)).fetchone()
        return otherwise if row is None else row[0]

    def put(self, name: str, value: object) -> None:
        """Store the value of a name in the table `sharing`."""
        self.run("INSERT OR REPLACE INTO sharing VALUES (?, ?)", (name, value))

    def taken(self) -> dict[str, int]:
        """Return the counter of the last known event of each library."""
        return dict(self.run("SELECT library, counter FROM taken").fetchall())

    def known_up_to(self, library: str, counter: int) -> None:
        """Record that the events of a library are known up to this counter."""
        self.run("INSERT OR REPLACE INTO taken VALUES (?, ?)", (library, counter))

    def standing(self, where: str, *values: object) -> list[Standing]:
        """Return the standing events selected by a constant condition, in order."""
        rows = self.run(
            f"SELECT {_COLUMNS} FROM standing WHERE {where} ORDER BY clock, library, counter",  # noqa: S608
            values,
        )
        return [
            Standing(EventId(library, counter), clock, subject, name, uid, json.loads(value), row)
            for library, counter, clock, subject, name, uid, value, row in rows.fetchall()
        ]

    def is_standing(self, where: str, *values: object) -> bool:
        """Return whether a standing event meets a constant condition."""
        row = self.run(f"SELECT 1 FROM standing WHERE {where} LIMIT 1", values)  # noqa: S608
        return row.fetchone() is not None

    def stand(self, event: Event, row: int | None = None) -> None:
        """Add a standing event with its row, and touch the item if other events affect it."""
        event_value = event.value or {}
        name, member = ("", *event.key) if event.subject == "mark" else (*event.key, "")[:2]
        place = ""
        if event.subject in ("mark", "entry"):
            place = place_of(event_value if event.subject == "mark" else event_value["mark"])
        is_alone = row is not None and not (
            self.is_standing("place = ?", place)
            if event.subject == "mark"
            else self.is_standing(
                "name = ? AND subject = ? AND member = ?", name, event.subject, member
            )
        )
        text = json.dumps(event_value, ensure_ascii=False)
        self.run(
            "INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*event.id, event.clock, event.subject, name, member, place or None, text, row),
        )
        if not is_alone:
            self.touched.add(event.subject, name, member, place)

    def fall(self, id_: EventId) -> bool:
        """Remove a standing event, and return whether it was standing."""
        fallen = self.run(
            "DELETE FROM standing WHERE library = ? AND counter = ? "
            "RETURNING subject, name, member, place, row_id",
            id_,
        ).fetchone()
        if fallen is None:
            return False
        subject, name, member, place, row = fallen
        self.touched.add(subject, name, member, place or "")
        if row is not None:
            self.touched.leave(subject, row, place or "")
        return True

    def link(self, ids: Iterable[EventId], row: int | None) -> None:
        """Record the row that has these events."""
        self.connection.executemany(
            "UPDATE standing SET row_id = ? WHERE library = ? AND counter = ?",
            ((row, *id_) for id_ in ids),
        )
