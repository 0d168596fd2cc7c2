"""Make events for others from the log of changes since others last received events.

The log shows which rows to examine. Others receive the current state of these rows, unless they
already have it. A bookmark that was set and removed again therefore makes no event.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from cable_tui.library import list_rows
from cable_tui.query.parser import to_keep
from cable_tui.tools.sharing import events, standing_events
from cable_tui.tools.sharing.events import MARK, Event, EventId
from cable_tui.tools.sharing.settle import rename
from cable_tui.tools.sharing.standing_events import Standing, Store

AT_ONCE = 5_000
"""The number of log rows to examine in one transaction."""
_MARK = ", ".join(f"mark.{name}" for name in MARK)
_PRIVATE = "list.name IN (SELECT name FROM private WHERE kind = 'list')"
_SHORT = f"length(mark.note) <= {events.LONGEST_NOTE}"
TOO_LONG = f"SELECT reference_id FROM mark WHERE NOT {_SHORT} AND ({list_rows.SHAREABLE})"  # noqa: S608
"""A query for the names of cables with marks whose note is too long to be shared."""
_PRIVATE_MARK = "SELECT 1 FROM private WHERE kind = 'mark' AND name = ?"
_ROWS = {
    "mark": f"SELECT uid, {_SHORT} AND ({list_rows.SHAREABLE}), {_MARK} FROM mark WHERE id = ?",  # noqa: S608
    "list": f"SELECT name, NOT {_PRIVATE}, rank, note, changed FROM list "  # noqa: S608
    "LEFT JOIN list_note ON list_id = list.id WHERE list.id = ?",
    "entry": f"SELECT list.name, {_SHORT} AND NOT {_PRIVATE}, mark.uid, entry.rank, "  # noqa: S608
    f"{_MARK} FROM entry JOIN list ON list.id = list_id JOIN mark ON mark.id = mark_id "
    "WHERE entry.id = ?",
    "search": "SELECT name, 1, rank, query FROM search WHERE id = ?",
}
_MEMBERS = "SELECT mark_id FROM entry JOIN list ON list.id = list_id WHERE list.name = ?"
_PART_ENTRIES = """
UPDATE standing SET row_id = NULL
WHERE subject = 'entry' AND row_id IN (SELECT id FROM entry WHERE mark_id = ?)
"""
_LOG = """
SELECT id, CASE subject WHEN 'list_note' THEN 'list' ELSE subject END,
  CASE subject WHEN 'list_note' THEN json_extract(coalesce(after, before), '$.list_id')
    ELSE row_id END,
  json_extract(coalesce(after, before), '$.mark_id'),
  CASE subject WHEN 'private' THEN json_array(json(before), json(after)) END
FROM event WHERE id > ? ORDER BY id LIMIT ?
"""


class _Row(NamedTuple):
    """A row in the form sent to others."""

    key: tuple[str, ...]
    value: dict[str, Any]
    leaves: bool
    """Whether the row may be shared: it is not private, and its note is not too long."""


def waiting(store: Store) -> int:
    """Return how many rows of the log have not been examined yet."""
    last_event_seen = (store.get("looked", 0),)
    (count,) = store.run("SELECT count(*) FROM event WHERE id > ?", last_event_seen).fetchone()
    return int(count)


def publish(store: Store, library: str, at: str) -> None:
    """Make events from the next entries of the log."""
    log = store.run(_LOG, (store.get("looked", 0), AT_ONCE)).fetchall()
    if log:
        writer = _Writer(store, library, at)
        for table, rows in _dirty(store, log).items():
            for row in rows:
                writer.look(table, row)
        writer.end()
        store.put("looked", log[-1][0])


def _dirty(store: Store, log: list[tuple[Any, ...]]) -> dict[str, dict[int, None]]:
    """Return the rows whose state may be unknown to others, by table."""
    dirty: dict[str, dict[int, None]] = {table: {} for table in _ROWS}
    for _, subject, row, mark_row, _ in log:
        if subject in dirty:
            dirty[subject][row] = None
        if mark_row is not None:
            dirty["mark"][mark_row] = None
    secrets = [secret for *_, pair in log if pair for secret in json.loads(pair) if secret]
    for uid in {secret["name"] for secret in secrets if secret["kind"] == "mark"}:
        dirty["mark"].update(_ids(store, "SELECT id FROM mark WHERE uid = ?", uid))
    if names := {secret["name"] for secret in secrets if secret["kind"] == "list"}:
        _withdraw(store, names)
        for name in names:
            dirty["list"].update(_ids(store, "SELECT id FROM list WHERE name = ?", name))
            dirty["mark"].update(_ids(store, _MEMBERS, name))
    for table in ("list", "mark"):
        for row in dirty[table]:
            of_row = f"SELECT id FROM entry WHERE {table}_id = ?"  # noqa: S608 - the schema's
            dirty["entry"].update(_ids(store, of_row, row))
    return dirty


def _ids(store: Store, statement: str, *values: object) -> dict[int, None]:
    return dict.fromkeys(key for (key,) in store.run(statement, values).fetchall())


def _withdraw(store: Store, names: set[str]) -> None:
    """Separate lists that are or were private from others' lists with the same name."""
    for name in names | list_rows.private_lists(store.connection):
        store.run(
            "UPDATE standing SET row_id = NULL WHERE name = ? AND subject IN ('list', 'entry')",
            (name,),
        )
    # What is private no longer gets what others have.
    for event in store.standing("row_id IS NULL AND subject <> 'mark'"):
        place = standing_events.place_of(event.mark) if event.subject == "entry" else ""
        store.touched.add(event.subject, event.name, event.member, place)


class _Writer:
    """Makes events from rows, and numbers them."""

    def __init__(self, store: Store, library: str, at: str) -> None:
        self._store = store
        self._library, self._at = library, at
        self._counter = store.taken().get(library, 0)
        self._clock = int(store.get("clock", 0))
        self._too_long = bool(store.get("too_long", True))

    def end(self) -> None:
        """Store the last counter, and whether there may be notes that are too long."""
        self._store.known_up_to(self._library, self._counter)
        self._store.put("clock", self._clock)
        if self._too_long:
            (exists,) = self._store.run(f"SELECT EXISTS ({TOO_LONG})").fetchone()
            self._store.put("too_long", exists)

    def look(self, table: str, key: int) -> None:
        """Make the event for a row, unless others already know its current state."""
        standing_events = self._store.standing("row_id = ? AND subject = ?", key, table)
        stored_row = _row(self._store, table, key)
        if stored_row is None:
            if standing_events and self._was_private(standing_events):
                self._store.link((event.id for event in standing_events), None)
            elif standing_events:
                self._write(table, _key(standing_events[0]), None, standing_events, None)
        elif not stored_row.leaves:
            if table == "mark":
                self._stay(stored_row, key, standing_events)
        elif not standing_events:
            standing_events = self._unlinked(table, stored_row)
            if standing_events and _is_known(stored_row, standing_events):
                self._store.link((standing_event.id for standing_event in standing_events), key)
            else:
                self._write(table, stored_row.key, stored_row.value, standing_events, key)
        elif not _is_known(stored_row, standing_events) or all(
            _key(standing_event) != stored_row.key for standing_event in standing_events
        ):
            # Of two notes on one mark the second has a uid that no event has yet.
            self._write(table, stored_row.key, stored_row.value, standing_events, key)

    def _stay(self, row: _Row, key: int, seen: list[Standing]) -> None:
        """Keep a mark private from now on; others keep it as it was."""
        self._too_long |= len(row.value["note"]) > events.LONGEST_NOTE
        if seen and not _is_known(row, seen):
            self._store.link((event.id for event in seen), None)
            self._store.run(_PART_ENTRIES, (key,))
            self._store.touched.places[standing_events.place_of(row.value)] = None
            rename(self._store, key, row.key[0])

    def _was_private(self, seen: list[Standing]) -> bool:
        """Return whether a removed mark was only in private lists, so others keep its state."""
        uids = {event.member for event in seen if event.subject == "mark"}
        return any(
            self._store.run(_PRIVATE_MARK, (uid,)).fetchone()
            and not self._store.is_standing(
                "member = ? AND subject = 'entry' AND row_id NOT NULL", uid
            )
            for uid in uids
        )

    def _unlinked(self, table: str, row: _Row) -> list[Standing]:
        """Return others' entries under the name of a list that was private until now."""
        if table == "mark":
            return []
        name, member = (*row.key, "")[:2]
        return self._store.standing(
            "name = ? AND member = ? AND subject = ? AND row_id IS NULL", name, member, table
        )

    def _write(
        self,
        table: str,
        key: tuple[str, ...],
        value: dict[str, Any] | None,
        seen: list[Standing],
        row: int | None,
    ) -> None:
        event = Event(
            EventId(self._library, self._counter + 1),
            min(self._clock + 1, events.LATEST),
            self._at,
            table,
            key,
            value,
            tuple(standing_event.id for standing_event in seen),
        )
        try:
            event = events.cleaned(event)
        except ValueError:
            return
        self._counter += 1
        self._clock = event.clock
        self._store.run("INSERT INTO own_event VALUES (?, ?, ?)", (*event.id, events.dumps(event)))
        for standing_event in seen:
            self._store.fall(standing_event.id)
        if value is not None:
            # Where others read it otherwise, it becomes here as they have it.
            self._store.stand(event, row if event.value == value else None)


def _row(store: Store, table: str, key: int) -> _Row | None:
    stored_row = store.run(_ROWS[table], (key,)).fetchone()
    if stored_row is None:
        return None
    name, leaves, *row_values = stored_row
    if table == "mark":
        return _Row((name,), dict(zip(MARK, row_values, strict=True)), bool(leaves))
    if table == "entry":
        uid, rank, *fields = row_values
        # Without its note: removing a bookmark removes what its writer wrote.
        mark = {**dict(zip(MARK, fields, strict=True)), "note": ""}
        return _Row((name, uid), {"rank": rank, "mark": mark}, bool(leaves))
    event_value = {"rank": row_values[0]}
    if table == "search":
        event_value["query"] = to_keep(list_rows.meant_query(store.connection, key, row_values[1]))
    elif row_values[1]:
        event_value |= {"note": row_values[1], "changed": row_values[2]}
    return _Row((name,), event_value, bool(leaves))


def _key(standing: Standing) -> tuple[str, ...]:
    return tuple(filter(None, (standing.name, standing.member)))


def _is_known(row: _Row, seen: list[Standing]) -> bool:
    """Return whether the events for a row have its current state."""
    last_value = seen[-1].value
    if seen[0].subject == "mark":
        first_note = next((event.value["note"] for event in seen if event.value["note"]), "")
        return {**last_value, "note": first_note} == row.value
    if seen[0].subject == "list":
        return {**last_value, **standing_events.list_note(seen)} == row.value
    return all(last_value[name] == value for name, value in row.value.items() if name != "mark")
