"""Write cables to an SQLite database, whose texts are stored once and indexed with FTS5.

`schema.sql` contains the tables, and `docs/sqlite.md` describes them. The database is built in a
temporary folder, because SQLite cannot write to a pipe, and is then read in pieces. While workers
make the rows of the next cables, this process inserts and indexes the rows that it has received.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from tempfile import gettempdir

from cable_tui import __version__
from cable_tui.base.errors import UsageError
from cable_tui.program.temporary_folder import temporary_folder
from cable_tui.tools.sqlite_export.rows import CableRows

_PIECE = 1 << 20
"""The number of bytes in a piece of the finished file."""
_INSERT = {
    "paragraphs": "INSERT INTO paragraphs VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
    "tags": "INSERT INTO tags VALUES (?, ?, ?)",
    "cited_documents": "INSERT INTO cited_documents VALUES (NULL, ?, ?, ?, ?, ?, ?)",
    "addressees": "INSERT INTO addressees VALUES (NULL, ?, ?, ?, ?, ?, ?)",
    "warnings": "INSERT INTO warnings VALUES (?, ?, ?)",
    "notes": "INSERT INTO notes VALUES (NULL, ?, ?, ?, ?, ?)",
}
"""The statement for each table with several rows of a cable, all after the number of the cable."""


def pieces(cables: Iterable[CableRows], title: str) -> Iterator[bytes]:
    """Yield the database in pieces, preceded by an empty piece for each cable.

    Raises `UsageError` if the temporary folder is full or SQLite lacks FTS5.
    """
    try:
        with temporary_folder("export", "export of a database") as folder:
            file = folder / "cables.sqlite"
            yield from _build(file, cables, title)
            with file.open("rb") as stream:
                yield from iter(lambda: stream.read(_PIECE), b"")
    except sqlite3.OperationalError as error:
        raise UsageError(
            f"the database cannot be built in {gettempdir()}: {error}; "
            "set TMPDIR to a folder with more space"
        ) from error


def _build(file: Path, cables: Iterable[CableRows], title: str) -> Iterator[bytes]:
    """Build the database, and yield an empty piece for each cable."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        # Nothing else reads the file, and after a crash it is not used.
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(_script("schema"))
        database.execute("BEGIN")
        writer = _Writer(database)
        for rows in cables:
            writer.add(rows)
            yield b""
        about = (
            ("program", f"cable-tui {__version__}"),
            ("title", title),
            ("cables", str(writer.count)),
        )
        database.executemany("INSERT INTO about VALUES (?, ?)", about)
        database.execute("COMMIT")
        database.executescript(_script("indexes"))


def _script(name: str) -> str:
    return files(__package__).joinpath(f"{name}.sql").read_text("utf-8")


class _Writer:
    """Inserts cables into an open database, numbered from 1."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._list_ids: dict[str, int] = {}
        self.count = 0
        """The number of cables so far."""

    def add(self, rows: CableRows) -> None:
        """Insert the rows of a cable under the next number, and its words into the text index."""
        self.count += 1
        cable_id = self.count
        values = (cable_id, *rows.cable)
        self._database.execute(
            f"INSERT INTO cables VALUES ({', '.join('?' * len(values))})",  # noqa: S608
            values,
        )
        # A rebuild of the index at the end would read every text again, while no worker works.
        self._database.execute(
            "INSERT INTO cables_fts (rowid, subject, header, body) VALUES (?, ?, ?, ?)",
            (cable_id, *rows.texts),
        )
        for table, its_rows in rows.by_table.items():
            if its_rows:
                self._database.executemany(_INSERT[table], [(cable_id, *row) for row in its_rows])
        for name, place in rows.list_entries:
            self._add_to_list(name, cable_id, place)

    def _add_to_list(self, name: str, cable_id: int, place: str) -> None:
        if (list_id := self._list_ids.get(name)) is None:
            list_id = self._list_ids[name] = len(self._list_ids) + 1
            self._database.execute("INSERT INTO lists VALUES (?, ?)", (list_id, name))
        self._database.execute(
            "INSERT OR IGNORE INTO list_entries VALUES (?, ?, ?)", (list_id, cable_id, place)
        )
