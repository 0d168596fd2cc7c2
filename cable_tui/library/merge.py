"""The content of a library as one value, and how it is merged into another library."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from cable_tui.library import list_rows, mark_rows, older_searches, private
from cable_tui.library.marks import Mark, uid
from cable_tui.library.sqlite_file import utf8
from cable_tui.query.parser import from_older
from cable_tui.value import Value, field, replace


class Bundle(Value):
    """Marks, lists and saved searches, apart from any file."""

    marks: tuple[Mark, ...] = ()
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """`Mark.uid`s by the names of the lists, both in the reader's order."""
    searches: Mapping[str, str] = field(default_factory=dict)
    """Queries by names."""
    read: Mapping[str, str] = field(default_factory=dict)
    """When each cable was read. Only a rescue fills it; no exported file has it."""
    private: tuple[tuple[str, str], ...] = ()
    """What is private, as `private.rows` has it."""


class Merged(Value):
    """What became of the marks of a bundle."""

    added: int
    updated: int
    """Marks that were here with an older note."""
    same: int


def bundle(connection: sqlite3.Connection) -> Bundle:
    """Everything that a file holds, but for the cables that were read."""
    marks = {mark.id: mark for mark in mark_rows.read(connection)}
    lists = {
        name: [marks[key].uid for key in list_rows.members(connection, name) if key in marks]
        for name in list_rows.names(connection)
    }
    return Bundle(
        tuple(marks.values()),
        lists,
        older_searches.searches(connection),
        private=private.rows(connection),
    )


def merge(connection: sqlite3.Connection, given: Bundle) -> Merged:
    """Merge a bundle, inside of the caller's transaction. The same once more changes nothing.

    A mark that is here keeps its place in its lists; of two notes the one changed last stays. A
    saved search of the same name keeps its query.
    """
    ids: dict[str, int] = {}
    outcomes = {"added": 0, "updated": 0, "same": 0}
    # First: nothing that is put into a private list may pass for anything else.
    private.add(connection, given.private)
    for mark in given.marks:
        ids[mark.uid], outcome = _merged(connection, mark)
        outcomes[outcome] += 1
    ranks = list_rows.free_ranks(connection, "list")
    for name, uids in given.lists.items():
        list_rows.put(connection, (ids[each] for each in uids if each in ids), name, ranks)
    known = older_searches.searches(connection)
    ranks = list_rows.free_ranks(connection, "search")
    for name, query in given.searches.items():
        if name not in known:
            list_rows.save(connection, name, from_older(query), ranks)
    connection.executemany(
        "INSERT INTO seen VALUES (?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
        ((utf8(cable), at) for cable, at in given.read.items()),
    )
    return Merged(**outcomes)


def _merged(connection: sqlite3.Connection, mark: Mark) -> tuple[int, str]:
    place = tuple(map(utf8, (mark.canonical_id, mark.paragraph or "", mark.note, mark.author)))
    equal = mark_rows.read(connection, mark_rows.SAME, place)
    if equal:
        return equal[0].id, "same"
    here = mark_rows.read(connection, "WHERE uid = ?", (mark.uid,))
    if not here:
        return mark_rows.insert(connection, replace(mark, lists=())).id, "added"
    if _place_and_author(here[0]) != _place_and_author(mark):
        # Two marks never have one uid, but a file may say anything.
        added = mark_rows.insert(connection, replace(mark, lists=(), uid=uid(mark)))
        return added.id, "added"
    if here[0].changed == mark.changed and here[0].note and mark.note:
        # Neither is the newer one.
        return mark_rows.insert(connection, replace(mark, lists=())).id, "added"
    if here[0].changed < mark.changed or not here[0].note:
        mark_rows.edit(connection, here[0].id, mark.note, mark.changed)
        return here[0].id, "updated"
    return here[0].id, "same"


def _place_and_author(mark: Mark) -> tuple[str, str, str]:
    return mark.canonical_id, mark.paragraph or "", mark.author
