"""Lists of marks and saved searches as rows: order, privacy, and older searches.

Private lists, and bookmarks that are only in private lists, are never shared.

Searches saved by older programs are read with the `or` that was implied; see `from_older`. Every
read does this, so an answer does not depend on an unwritable file or on an older program running at
the same time. Writing the new form is one change in the log. If the log shows that the reader undid
it, the search stays as it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Literal

from cable_tui.base.errors import LibraryError
from cable_tui.library.sqlite_file import add_row, user_version, utf8
from cable_tui.query.parser import from_older

Named = Literal["list", "search"]
"""The tables whose rows have names."""
_MEMBERS = """
SELECT entry.mark_id FROM entry JOIN list ON list.id = entry.list_id
JOIN mark ON mark.id = entry.mark_id WHERE list.name = ? ORDER BY entry.rank, mark.uid
"""
# The lists first: what an entry is found by is its list and its mark.
_OF = """
SELECT list.name FROM list CROSS JOIN entry ON entry.list_id = list.id
WHERE entry.mark_id = ? ORDER BY list.rank, list.name
"""
SHAREABLE = """
EXISTS (
  SELECT 1 FROM entry JOIN list ON list.id = list_id
  WHERE mark_id = mark.id AND list.name NOT IN (SELECT name FROM private WHERE kind = 'list')
) OR NOT EXISTS (SELECT 1 FROM entry WHERE mark_id = mark.id)
AND uid NOT IN (SELECT name FROM private WHERE kind = 'mark')
"""
"""A condition that is true for a row of `mark` that may be shared. The mark is in a list that is
not private, or it is in no list and never was in a private list. As a result, removing a private
list does not share its contents.
"""
Rows = Iterable[tuple[str, str]]
"""Rows of the table `private`, as kind and name."""
REWRITING = "write or into saved searches"
_QUERIES = "SELECT id, name, query FROM search ORDER BY rank, name"
_WAS_UNDONE = """
SELECT 1 FROM event JOIN change ON change.id = change_id
WHERE what = ? AND change.id IN (SELECT undoes FROM change) AND subject = 'search' AND row_id = ?
AND CASE WHEN json_valid(before) THEN json_extract(before, '$.query') = ? END
"""


def stored_name(name: str) -> str:
    """Return a name as stored: with single spaces, and no spaces at its ends."""
    return " ".join(utf8(name).split())


def required_name(name: str) -> str:
    """Return a name as stored. Raises `LibraryError` if the stored name would be empty."""
    name = stored_name(name)
    if not name:
        raise LibraryError("a list or saved search needs a name")
    return name


def names(connection: sqlite3.Connection, table: Named = "list") -> list[str]:
    """Return the names in the reader's order."""
    if user_version(connection) < 2:
        return []
    name_rows = connection.execute(f"SELECT name FROM {table} ORDER BY rank, name")  # noqa: S608 - one of two
    return [str(name) for (name,) in name_rows]


def members(connection: sqlite3.Connection, name: str) -> list[int]:
    """Return the ids of a list's marks in the reader's order."""
    if user_version(connection) < 2:
        return []
    return [int(mark_id) for (mark_id,) in connection.execute(_MEMBERS, (stored_name(name),))]


def lists_of(connection: sqlite3.Connection, mark_id: int) -> tuple[str, ...]:
    """Return the names of the lists that contain a mark, in the reader's order."""
    return tuple(str(name) for (name,) in connection.execute(_OF, (mark_id,)))


def put(
    connection: sqlite3.Connection,
    mark_ids: Iterable[int],
    name: str,
    ranks: Iterator[float] | None = None,
) -> None:
    """Add marks to the end of a list, which is created if necessary.

    `ranks` come from `free_ranks`, and are shared if many lists are filled.
    """
    list_id = row_of(connection, "list", name)
    if list_id is None:
        ranks = ranks or free_ranks(connection, "list")
        list_id = add_row(connection, "list", {"name": required_name(name), "rank": next(ranks)})
    (last_rank,) = connection.execute(
        "SELECT coalesce(max(rank), 0) FROM entry WHERE list_id = ?", (list_id,)
    ).fetchone()
    connection.executemany(
        "INSERT INTO entry (list_id, mark_id, rank) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (
            (list_id, mark_id, last_rank + rank_step)
            for rank_step, mark_id in enumerate(mark_ids, 1)
        ),
    )


def take(connection: sqlite3.Connection, mark_id: int, name: str) -> bool:
    """Remove a mark from a list, and return whether it was in the list."""
    statement = "DELETE FROM entry WHERE mark_id = ? AND list_id = ?"
    return connection.execute(statement, (mark_id, row_of(connection, "list", name))).rowcount > 0


def save(
    connection: sqlite3.Connection,
    name: str,
    query: str,
    ranks: Iterator[float] | None = None,
) -> None:
    """Save a search, or replace the query of this name. `ranks` is as for `put`."""
    search_id = row_of(connection, "search", name)
    if search_id is None:
        ranks = ranks or free_ranks(connection, "search")
        column_values = {"name": required_name(name), "query": utf8(query), "rank": next(ranks)}
        add_row(connection, "search", column_values)
    else:
        connection.execute(
            "UPDATE search SET query = ? WHERE id = ? AND query <> ?",
            (utf8(query), search_id, utf8(query)),
        )


def free_ranks(connection: sqlite3.Connection, table: Named) -> Iterator[float]:
    """Yield ranks after those of all lists or saved searches.

    The ranks have no index, so the last one is looked up once. Use the ranks in one transaction
    only, in which nothing else assigns ranks.
    """
    (last_rank,) = connection.execute(f"SELECT coalesce(max(rank), 0) FROM {table}").fetchone()  # noqa: S608
    return count(last_rank + 1)


def row_of(connection: sqlite3.Connection, table: Named, name: str) -> int | None:
    """Return the id of a list or saved search, or None if the name is unknown."""
    id_row = connection.execute(
        f"SELECT id FROM {table} WHERE name = ?",  # noqa: S608 - one of two
        (stored_name(name),),
    ).fetchone()
    return None if id_row is None else int(id_row[0])


def move(
    connection: sqlite3.Connection,
    table: str,
    rows: Sequence[tuple[int, object, float]],
    what: object,
    new_index: int,
) -> None:
    """Move the row of `what` to a new index by ranking it between its new neighbours.

    `rows` are the ordered rows, each with its id, the value to compare with `what`, and its rank.
    """
    other_rows = [row for row in rows if row[1] != what]
    own_row = next((row for row in rows if row[1] == what), None)
    new_index = min(max(new_index, 0), len(other_rows))
    if own_row is None or rows[new_index] is own_row:
        return
    rank_before = other_rows[new_index - 1][2] if new_index else other_rows[0][2] - 2
    rank_after = other_rows[new_index][2] if new_index < len(other_rows) else rank_before + 2
    rank_between = (rank_before + rank_after) / 2
    new_ranks: list[tuple[int, float]] = [(own_row[0], rank_between)]
    if not rank_before < rank_between < rank_after:  # the numbers between them are used up
        ordered_ids = [
            row[0] for row in (*other_rows[:new_index], own_row, *other_rows[new_index:])
        ]
        new_ranks = [(row_id, rank) for rank, row_id in enumerate(ordered_ids, 1)]
    connection.executemany(
        f"UPDATE {table} SET rank = ? WHERE id = ? AND rank <> ?",  # noqa: S608 - the schema's
        ((rank, row_id, rank) for row_id, rank in new_ranks),
    )


def private_rows(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Return all private rows; there are none in an older program's file."""
    if user_version(connection) < 3:
        return ()
    rows = connection.execute("SELECT kind, name FROM private ORDER BY id")
    return tuple((str(kind), str(name)) for kind, name in rows)


def private_lists(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the names of the private lists."""
    return frozenset(name for kind, name in private_rows(connection) if kind == "list")


def set_private(connection: sqlite3.Connection, name: str, *, on: bool) -> None:
    """Make a list and its current marks private, or share the list again."""
    if not on:
        connection.execute("DELETE FROM private WHERE kind = 'list' AND name = ?", (name,))
        return
    member_rows = connection.execute(
        "SELECT mark.uid FROM mark JOIN entry ON entry.mark_id = mark.id "
        "JOIN list ON list.id = list_id WHERE list.name = ?",
        (name,),
    ).fetchall()
    add_private(connection, [("list", name), *(("mark", uid) for (uid,) in member_rows)])


def add_private(connection: sqlite3.Connection, rows: Rows) -> None:
    """Add rows to the private rows. Existing rows are kept."""
    connection.executemany(
        "INSERT INTO private (kind, name) VALUES (?, ?) ON CONFLICT DO NOTHING", rows
    )


def rename_private(connection: sqlite3.Connection, name: str, new: str) -> None:
    """Keep a renamed private list private, and make a list private if it gets a private name."""
    private_names = private_lists(connection)
    if name != new:
        set_private(connection, name, on=False)
    if private_names & {name, new}:
        set_private(connection, new, on=True)


def meant_query(connection: sqlite3.Connection, search_id: int, query: str) -> str:
    """Return the query of a row as this program reads it."""
    query_now = from_older(query)
    if (
        query_now == query
        or connection.execute(_WAS_UNDONE, (REWRITING, search_id, query)).fetchone()
    ):
        return query
    return query_now


def searches(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the queries of saved searches by name, in the reader's order."""
    if user_version(connection) < 2:
        return {}
    rows = connection.execute(_QUERIES).fetchall()
    return {
        str(name): meant_query(connection, search_id, str(query)) for search_id, name, query in rows
    }


def older_searches(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Return the searches to rewrite, each as its id, name and intended query."""
    if user_version(connection) < 2:
        return []
    return [
        (search_id, str(name), query_now)
        for search_id, name, query in connection.execute(_QUERIES).fetchall()
        if (query_now := meant_query(connection, search_id, str(query))) != query
    ]


def rewrite_older(connection: sqlite3.Connection) -> list[str]:
    """Rewrite older searches inside the caller's change, and return their names."""
    searches_to_rewrite = older_searches(connection)
    connection.executemany(
        "UPDATE search SET query = ? WHERE id = ?",
        ((query_now, search_id) for search_id, _, query_now in searches_to_rewrite),
    )
    return [name for _, name, _ in searches_to_rewrite]
