"""What the library brings to a query: cables bookmarked, noted, read, and those of each list."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from cable_tui.library import lists
from cable_tui.library.marks import Mark
from cable_tui.library.store import stamp
from cable_tui.query.own import Own


def own(connection: sqlite3.Connection | None, marks: Sequence[Mark], version: int) -> Own:
    """All of it as sets of canonical ids; `marks` are all there are, also those that wait."""
    listed: defaultdict[str, set[str]] = defaultdict(set)
    notes: defaultdict[str, list[str]] = defaultdict(list)
    for mark in marks:
        for name in mark.lists:
            listed[name].add(mark.canonical_id)
        if mark.note:
            notes[mark.canonical_id].append(mark.note)
    names = [] if connection is None else lists.names(connection)
    return Own(
        bookmarked=frozenset(mark.canonical_id for mark in marks),
        noted=frozenset(notes),
        read=_seen(connection),
        lists={name: frozenset(listed[name]) for name in dict.fromkeys((*names, *listed))},
        notes={cable: "\n".join(texts) for cable, texts in notes.items()},
        saved={} if connection is None else lists.searches(connection),
        version=version,
    )


def _seen(connection: sqlite3.Connection | None) -> frozenset[str]:
    if connection is None or stamp(connection) < 2:
        return frozenset()
    return frozenset(str(each) for (each,) in connection.execute("SELECT canonical_id FROM seen"))
