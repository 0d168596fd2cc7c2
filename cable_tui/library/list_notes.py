"""Notes on lists: what a list, or a code, means. Each list has at most one note.

A note belongs to the row of its list, so it stays with a renamed list, and is removed and restored
together with its list.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import Value
from cable_tui.library import list_rows
from cable_tui.library.sqlite_file import user_version, utf8

LONGEST = 20_000
"""The maximum number of characters of a note, so that it can always be shared."""
_ALL = """
SELECT list.name, note, changed FROM list_note JOIN list ON list.id = list_id
ORDER BY list.rank, list.name
"""


class ListNote(Value):
    """The note on a list."""

    text: str
    changed: str = ""
    """When the note was last changed, in the same format as `Mark.changed`."""


NO_NOTE = ListNote("")


def read(connection: sqlite3.Connection) -> dict[str, ListNote]:
    """Return the notes by name of their list, in the reader's order."""
    if user_version(connection) < 4:
        return {}
    return {
        str(name): ListNote(str(text), str(changed))
        for name, text, changed in connection.execute(_ALL)
    }


def write(connection: sqlite3.Connection, list_id: int, note: ListNote) -> None:
    """Store the note on a list, or remove it if its text is empty. Equal notes change nothing."""
    if not note.text:
        connection.execute("DELETE FROM list_note WHERE list_id = ?", (list_id,))
        return
    connection.execute(
        "INSERT INTO list_note (list_id, note, changed) VALUES (?, ?, ?) "
        "ON CONFLICT (list_id) DO UPDATE SET note = excluded.note, changed = excluded.changed "
        "WHERE note <> excluded.note",
        (list_id, utf8(note.text), utf8(note.changed)),
    )


def edit(connection: sqlite3.Connection, name: str, seen_text: str, note: ListNote) -> ListNote:
    """Change the note on a list; `seen_text` is the text that the reader has changed.

    If another window has written another text meanwhile, both texts are kept in one note. Returns
    the stored note. Raises `LibraryError` if there is no such list, or the note is too long.
    """
    list_id = list_rows.row_of(connection, "list", name)
    if list_id is None:
        raise LibraryError(f"there is no list called {name}")
    if len(note.text) > LONGEST:
        raise LibraryError(
            f"the note on {name} has {len(note.text):,} characters; shorten it to {LONGEST:,}"
        )
    stored_note = read(connection).get(list_rows.stored_name(name), NO_NOTE)
    if stored_note.text not in ("", seen_text):
        note = joined([stored_note, note])
    write(connection, list_id, note)
    return note


def merge(connection: sqlite3.Connection, notes: Mapping[str, ListNote]) -> None:
    """Add notes to existing lists inside the caller's change; the note changed last is kept."""
    stored_notes = read(connection)
    for name, note in notes.items():
        list_id = list_rows.row_of(connection, "list", name)
        stored_note = stored_notes.get(list_rows.stored_name(name), NO_NOTE)
        if list_id is None or not note.text or note.text == stored_note.text:
            continue
        if not stored_note.text or stored_note.changed < note.changed:
            write(connection, list_id, note)
        elif stored_note.changed == note.changed:  # neither is the newer one
            write(connection, list_id, joined([stored_note, note]))


def joined(notes: Sequence[ListNote]) -> ListNote:
    """Return one note with the different texts of all notes, below each other."""
    texts = dict.fromkeys(note.text for note in notes if note.text)
    kept_texts = [text for text in texts if not any(_contains(other, text) for other in texts)]
    return ListNote("\n\n".join(kept_texts), max((note.changed for note in notes), default=""))


def _contains(other: str, text: str) -> bool:
    """Return whether a longer text contains a text as whole paragraphs."""
    return other != text and f"\n\n{text}\n\n" in f"\n\n{other}\n\n"
