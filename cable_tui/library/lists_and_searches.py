"""The reader's lists and saved searches, for callers of the library."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from cable_tui.base.errors import LibraryError
from cable_tui.library import list_notes, list_rows, mark_rows
from cable_tui.library.change_writer import Writer
from cable_tui.library.connection import now
from cable_tui.library.list_notes import ListNote
from cable_tui.library.mark import Mark
from cable_tui.library.sqlite_file import user_version
from cable_tui.query.parser import to_keep

_ENTRIES = """
SELECT entry.id, mark_id, entry.rank FROM entry JOIN list ON list.id = list_id
JOIN mark ON mark.id = mark_id WHERE list.name = ? ORDER BY entry.rank, mark.uid
"""
_KNOWN_TO_OTHERS = """
SELECT count(DISTINCT member) FROM standing WHERE name = ? AND subject = 'entry'
"""


class NamedItems:
    """Lists or saved searches in the reader's own order. Every method may raise `LibraryError`."""

    TABLE: ClassVar[list_rows.Named]

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._pending = writer.pending

    def names(self) -> list[str]:
        """Return the names in the reader's order."""
        with self._writer.reading() as connection:
            return list_rows.names(connection, self.TABLE)

    def place(self, name: str, to: int) -> None:
        """Move an item to another position; 0 is the first, and past the end means the last."""
        statement = f"SELECT id, name, rank FROM {self.TABLE} ORDER BY rank, name"  # noqa: S608
        with self._writer.writing(f"move the {self.TABLE} {name}") as connection:
            item_rows = connection.execute(statement).fetchall()
            list_rows.move(connection, self.TABLE, item_rows, list_rows.stored_name(name), to)

    def rename(self, name: str, new_name: str) -> None:
        """Rename an item. Raises `LibraryError` if the new name is taken."""
        statement = f"UPDATE {self.TABLE} SET name = ? WHERE name = ?"  # noqa: S608 - one of two
        with self._writer.writing(f"rename the {self.TABLE} {name}") as connection:
            old_name, new_name = list_rows.stored_name(name), list_rows.required_name(new_name)
            try:
                connection.execute(statement, (new_name, old_name))
            except sqlite3.IntegrityError as error:
                raise LibraryError(
                    f"there is already another {self.TABLE} named {new_name}"
                ) from error
            if self.TABLE == "list":
                list_rows.rename_private(connection, old_name, new_name)

    def drop(self, name: str) -> None:
        """Remove an item. The marks of a removed list stay."""
        with self._writer.writing(f"remove the {self.TABLE} {name}") as connection:
            row_ids = (list_rows.row_of(connection, self.TABLE, name),)
            if self.TABLE == "list":
                connection.execute("DELETE FROM entry WHERE list_id = ?", row_ids)
                list_rows.set_private(connection, list_rows.stored_name(name), on=False)
            connection.execute(f"DELETE FROM {self.TABLE} WHERE id = ?", row_ids)  # noqa: S608


class Lists(NamedItems):
    """Lists of marks. A mark may be in several lists; removing a list leaves its marks."""

    TABLE = "list"

    def sizes(self) -> dict[str, int]:
        """Return the number of marks in each list, in the reader's order."""
        with self._writer.reading() as connection:
            list_names = list_rows.names(connection)
            all_marks = self._writer.marks(connection)
            marks_per_list = Counter(name for mark in all_marks for name in mark.lists)
            waiting_lists = (
                name for _, name in self._pending.list_entries() if marks_per_list[name]
            )
            return {
                name: marks_per_list[name] for name in dict.fromkeys((*list_names, *waiting_lists))
            }

    def notes(self) -> dict[str, str]:
        """Return the notes on lists by name, in the reader's order."""
        with self._writer.reading() as connection:
            return {name: note.text for name, note in list_notes.read(connection).items()}

    def note(self, name: str, seen_text: str, text: str) -> bool:
        """Change the note on a list from `seen_text`; an empty text removes it.

        Returns whether another window's note was kept as well. Raises `LibraryError` if there is no
        such list.
        """
        with self._writer.writing(f"note on the list {name}") as connection:
            return list_notes.edit(connection, name, seen_text, ListNote(text, now())).text != text

    def known_to_others(self, name: str) -> int:
        """Return how many bookmarks in a list others have, according to the last exchange."""
        with self._writer.reading() as connection:
            if user_version(connection) < 3:
                return 0
            (count,) = connection.execute(_KNOWN_TO_OTHERS, (name,)).fetchone()
            return int(count)

    def private(self) -> frozenset[str]:
        """Return the names of the lists that are not shared."""
        with self._writer.reading() as connection:
            return list_rows.private_lists(connection)

    def private_rows(self) -> tuple[tuple[str, str], ...]:
        """Return all private rows from `list_rows.private_rows`."""
        with self._writer.reading() as connection:
            return list_rows.private_rows(connection)

    def set_private(self, name: str, *, on: bool) -> None:
        """Make a list private, whether it exists or not, or share it again."""
        name = list_rows.required_name(name)
        description = f"make the list {name} {'private' if on else 'one for others'}"
        with self._writer.writing(description) as connection:
            list_rows.set_private(connection, name, on=on)

    def marks(self, name: str) -> list[Mark]:
        """Return the marks in a list in the reader's order, or none if there is no such list."""
        name = list_rows.stored_name(name)
        return self.marks_of([name])[name]

    def marks_of(self, names: Sequence[str]) -> dict[str, list[Mark]]:
        """Return the marks in several lists, under the stored names of the lists."""
        with self._writer.reading() as connection:
            mark_by_uid = {mark.uid: mark for mark in self._writer.marks(connection)}
            mark_by_id = {mark.id: mark for mark in mark_by_uid.values()}
            marks_to_add: dict[str, list[Mark]] = {}
            for uid, list_name in self._pending.list_entries():
                if uid in mark_by_uid:
                    marks_to_add.setdefault(list_name, []).append(mark_by_uid[uid])
            marks_by_list = {}
            for name in names:
                member_ids = list_rows.members(connection, name)
                stored_marks = [
                    mark_by_id[mark_id] for mark_id in member_ids if mark_id in mark_by_id
                ]
                unique_marks = {
                    mark.uid: mark for mark in (*stored_marks, *marks_to_add.get(name, ()))
                }
                marks_by_list[name] = list(unique_marks.values())
            return marks_by_list

    def take(self, marks: Sequence[Mark], name: str) -> int:
        """Remove marks from a list, but keep the marks; return how many were in the list."""
        with self._writer.writing(f"take out of {name}") as connection:
            mark_ids = self._ids(connection, marks)
            return sum(list_rows.take(connection, mark_id, name) for mark_id in mark_ids)

    def move(self, mark: Mark, name: str, to: int) -> None:
        """Move a mark within a list; 0 is the first position, and past the end means the last."""
        with self._writer.writing(f"move in {name}") as connection:
            entry_rows = connection.execute(_ENTRIES, (list_rows.stored_name(name),)).fetchall()
            for mark_id in self._ids(connection, [mark]):
                list_rows.move(connection, "entry", entry_rows, mark_id, to)

    def _ids(self, connection: sqlite3.Connection, marks: Sequence[Mark]) -> list[int]:
        stored_marks = (mark_rows.find(connection, self._pending.uid_of(mark)) for mark in marks)
        return [mark.id for mark in stored_marks if mark is not None]


class Searches(NamedItems):
    """The saved searches."""

    TABLE = "search"

    def queries(self) -> dict[str, str]:
        """Return the queries by name, in the reader's order."""
        with self._writer.reading() as connection:
            return list_rows.searches(connection)

    def save(self, name: str, query: str) -> None:
        """Save a search, or replace the query of this name."""
        with self._writer.writing(f"save {name}") as connection:
            list_rows.save(connection, name, to_keep(query))

    def rewrite_older(self) -> list[str]:
        """Rewrite older programs' searches with their intended meaning; return the changed names.

        This is done once: a search that the reader restores stays unchanged.
        """
        with self._writer.reading() as connection:
            if not list_rows.older_searches(connection):
                return []
        with self._writer.writing(list_rows.REWRITING) as connection:
            return list_rows.rewrite_older(connection)
