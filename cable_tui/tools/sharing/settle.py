"""Update rows from standing events: marks, lists, list entries and searches, as others have them.

Only touched rows are examined. Entries of private lists stay unchanged.
"""

from __future__ import annotations

from itertools import chain

from cable_tui.library import list_notes, list_rows, mark_rows
from cable_tui.library.list_notes import ListNote
from cable_tui.library.mark import other_uid
from cable_tui.library.sqlite_file import add_row
from cable_tui.query.parser import from_older
from cable_tui.tools.sharing import standing_events
from cable_tui.tools.sharing.events import MARK, EventId
from cable_tui.tools.sharing.standing_events import MergedMark, Standing, Store

_SAME = f"SELECT id FROM mark {mark_rows.SAME}"  # noqa: S608 - constants
_IS_THERE = "SELECT 1 FROM mark WHERE id = ?"


def settle(store: Store) -> None:
    """Make the rows of all touched items match the standing events."""
    touched_rows = store.touched
    secret = list_rows.private_lists(store.connection)
    for name in touched_rows.searches:
        _settle_search(store, name)
    for place in touched_rows.places:
        _settle_place(store, place)
    for name in touched_rows.lists:
        if name not in secret:
            _settle_list(store, name)
    for name, uid in touched_rows.entries:
        if name not in secret:
            _settle_entry(store, name, uid)
    _remove_what_is_left(store)


def _settle_list(store: Store, name: str) -> None:
    events = store.standing("name = ? AND subject = 'list'", name)
    rank = events[-1].value["rank"] if events else standing_events.LAST_RANK
    if not events and not store.is_standing("name = ? AND subject = 'entry'", name):
        return
    list_id = _named(store, "list", name, {"rank": rank})
    note = standing_events.list_note(events)
    list_notes.write(
        store.connection, list_id, ListNote(note.get("note", ""), note.get("changed", ""))
    )
    store.link([event.id for event in events], list_id)


def _settle_search(store: Store, name: str) -> None:
    events = store.standing("name = ? AND subject = 'search'", name)
    if events:
        event_value = events[-1].value
        event_value = {**event_value, "query": from_older(event_value["query"])}
        store.link([event.id for event in events], _named(store, "search", name, event_value))


def _named(store: Store, table: str, name: str, values: standing_events.Fields) -> int:
    """Return the id of the row with this name, after setting these values."""
    columns = sorted(values)
    (key,) = store.run(
        f"INSERT INTO {table} (name, {', '.join(columns)}) VALUES (?{', ?' * len(columns)}) "  # noqa: S608
        f"ON CONFLICT (name) DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in columns)} "
        "RETURNING id",
        (name, *(values[field] for field in columns)),
    ).fetchone()
    return int(key)


def _settle_place(store: Store, place: str) -> None:
    events = store.standing("place = ?", place)
    marks = {event.id: event for event in events if event.subject == "mark"}
    # What somebody has put into a list stays there, though its author removes it.
    uids = {event.member for event in marks.values()}
    entries = (event for event in events if event.subject == "entry")
    kept_entries = {entry.member: entry for entry in entries if entry.member not in uids}
    merged_marks = standing_events.marks_at((*marks.values(), *kept_entries.values()))
    row_by_event: dict[EventId, int] = {}
    for merged_mark, row in zip(
        merged_marks, _rows_of(store, place, merged_marks, marks), strict=True
    ):
        key = _write_mark(store, merged_mark, row)
        store.link((id_ for id_ in merged_mark.ids if id_ in marks), key)
        row_by_event |= dict.fromkeys(merged_mark.ids, key)
    moved_members, used_rows = set(kept_entries), set(row_by_event.values())
    for id_, mark in marks.items():
        if mark.row != row_by_event[id_]:
            moved_members.add(mark.member)
            if mark.row is not None and mark.row not in used_rows:
                store.touched.leave("mark", mark.row, place)
    for uid in moved_members:
        for entry in store.standing("member = ? AND subject = 'entry'", uid):
            store.touched.lists[entry.name] = None
            store.touched.entries[entry.name, uid] = None


def _rows_of(
    store: Store, place: str, merged: list[MergedMark], marks: dict[EventId, Standing]
) -> list[int | None]:
    """Return the row for each mark: an equal row, or else a row that had its event."""
    rows = [_same(store, merged_mark.fields) for merged_mark in merged]
    used_rows = set(rows)
    free_rows = iter(store.touched.marks_left.get(place, ()))
    for number, merged_mark in enumerate(merged):
        if rows[number] is None:
            rows_it_had = (marks[id_].row for id_ in merged_mark.ids if id_ in marks)
            unused_rows = (
                row
                for row in chain(rows_it_had, free_rows)
                if row is not None and row not in used_rows
            )
            rows_there = (row for row in unused_rows if store.run(_IS_THERE, (row,)).fetchone())
            rows[number] = next(rows_there, None)
            used_rows.add(rows[number])
    return rows


def _same(store: Store, fields: standing_events.Fields) -> int | None:
    names = ("canonical_id", "paragraph", "note", "author")
    stored_row = store.run(_SAME, tuple(fields[name] for name in names)).fetchone()
    return None if stored_row is None else int(stored_row[0])


def _write_mark(store: Store, merged: MergedMark, row: int | None) -> int:
    in_the_way = store.run("SELECT id FROM mark WHERE uid = ?", (merged.uid,)).fetchone()
    if in_the_way is not None and in_the_way[0] != row:
        rename(store, in_the_way[0], merged.uid)
    values = tuple(merged.fields[name] for name in MARK)
    if row is None:
        mark_values = {**dict(zip(MARK, values, strict=True)), "uid": merged.uid}
        return add_row(store.connection, "mark", mark_values)
    store.run(
        f"UPDATE mark SET {', '.join(f'{name} = ?' for name in (*MARK, 'uid'))} WHERE id = ? "  # noqa: S608
        f"AND ({', '.join((*MARK, 'uid'))}) <> ({', '.join('?' * (len(MARK) + 1))})",
        (*values, merged.uid, row, *values, merged.uid),
    )
    return row


def rename(store: Store, row: int, uid: str) -> None:
    """Give the mark in a row another uid, and update its private rows."""
    new_uid = mark_rows.free_uid(store.connection, other_uid(uid))
    store.run("UPDATE mark SET uid = ? WHERE id = ?", (new_uid, row))
    store.run(
        "INSERT INTO private (kind, name) SELECT kind, ? FROM private "
        "WHERE kind = 'mark' AND name = ? ON CONFLICT DO NOTHING",
        (new_uid, uid),
    )


def _settle_entry(store: Store, name: str, uid: str) -> None:
    events = store.standing("name = ? AND member = ? AND subject = 'entry'", name, uid)
    if not events:
        return
    mark_place = standing_events.place_of(events[-1].mark)
    marks = store.standing("member = ? AND subject = 'mark' AND place = ?", uid, mark_place)
    mark = next((event.row for event in marks if event.row), None) or _same(store, events[-1].mark)
    if mark is None:  # a file may say anything: also that one uid is of two places
        return
    (list_id,) = store.run("SELECT id FROM list WHERE name = ?", (name,)).fetchone()
    (key,) = store.run(
        "INSERT INTO entry (list_id, mark_id, rank) VALUES (?, ?, ?) "
        "ON CONFLICT (list_id, mark_id) DO UPDATE SET rank = rank RETURNING id",
        (list_id, mark, events[-1].value["rank"]),
    ).fetchone()
    store.link((event.id for event in events), key)
    _rank_entry(store, key)
    for event in events:
        if event.row is not None and event.row != key:
            store.touched.leave("entry", event.row)


def _rank_entry(store: Store, key: int) -> bool:
    """Give a list entry its latest rank, and return whether an event sets one."""
    events = store.standing("row_id = ? AND subject = 'entry'", key)
    if events:
        rank = events[-1].value["rank"]
        store.run("UPDATE entry SET rank = ? WHERE id = ? AND rank <> ?", (rank, key, rank))
    return bool(events)


def _remove_what_is_left(store: Store) -> None:
    """Remove rows that no longer have an event, unless something private needs them."""
    rows_left = store.touched.left
    for row_key in rows_left["entry"]:
        if not _rank_entry(store, row_key):
            removed_entry = store.run(
                "DELETE FROM entry WHERE id = ? RETURNING mark_id", (row_key,)
            ).fetchone()
            if removed_entry is not None:
                rows_left["mark"][removed_entry[0]] = None
    for row_key in rows_left["mark"]:
        if not store.is_standing("row_id = ? AND subject = 'mark'", row_key):
            store.run(_UNUSED_MARK, (row_key,))
    for name in store.touched.lists:
        if not store.is_standing("name = ? AND subject IN ('list', 'entry')", name):
            store.run(_UNUSED_LIST, (name,))
    for name in store.touched.searches:
        if not store.is_standing("name = ? AND subject = 'search'", name):
            store.run("DELETE FROM search WHERE name = ?", (name,))


_UNUSED_MARK = """
DELETE FROM mark WHERE id = ? AND id NOT IN (SELECT mark_id FROM entry)
AND uid NOT IN (SELECT name FROM private WHERE kind = 'mark')
"""
_UNUSED_LIST = """
DELETE FROM list WHERE name = ? AND id NOT IN (SELECT list_id FROM entry)
AND name NOT IN (SELECT name FROM private WHERE kind = 'list')
"""
