"""Write cables to an SQLite database, whose texts are stored once and indexed with FTS5.

`schema.sql` contains the tables, and `docs/sqlite.md` describes them. The database is built in a
temporary folder, because SQLite cannot write to a pipe, and is then read in pieces.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from tempfile import gettempdir

from cable_tui import __version__
from cable_tui.base.cable import Cable
from cable_tui.base.errors import UsageError
from cable_tui.exports.citation import Citation, link
from cable_tui.glossary.tag_lists import tag
from cable_tui.program.temporary_folder import temporary_folder

_PIECE = 1 << 20
"""The number of bytes in a piece of the finished file."""


def pieces(citations: Iterable[Citation], title: str) -> Iterator[bytes]:
    """Yield the database in pieces, preceded by an empty piece for each cable.

    Raises `UsageError` if the temporary folder is full or SQLite lacks FTS5.
    """
    try:
        with temporary_folder("export", "export of a database") as folder:
            file = folder / "cables.sqlite"
            yield from _build(file, citations, title)
            with file.open("rb") as stream:
                yield from iter(lambda: stream.read(_PIECE), b"")
    except sqlite3.OperationalError as error:
        raise UsageError(
            f"the database cannot be built in {gettempdir()}: {error}; "
            "set TMPDIR to a folder with more space"
        ) from error


def _build(file: Path, citations: Iterable[Citation], title: str) -> Iterator[bytes]:
    """Build the database, and yield an empty piece for each cable."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        # Nothing else reads the file, and after a crash it is not used.
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(_script("schema"))
        database.execute("BEGIN")
        writer = _Writer(database)
        for citation in citations:
            writer.add(citation)
            yield b""
        writer.insert(
            "about",
            [
                ("program", f"cable-tui {__version__}"),
                ("title", title),
                ("cables", str(writer.count)),
            ],
        )
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

    def insert(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Insert complete rows into a table, whose name is never user input."""
        for row in rows:
            values = ", ".join("?" * len(row))
            self._database.execute(f"INSERT INTO {table} VALUES ({values})", row)  # noqa: S608

    def add(self, citation: Citation) -> None:
        """Insert a cable with the reader's notes and lists, unless this was done already."""
        cable = citation.cable
        self.count += 1
        cable_id = self.count
        self.insert("cables", [(cable_id, *_columns(citation))])
        self.insert(
            "paragraphs",
            (
                (
                    None,
                    cable_id,
                    position,
                    paragraph.label,
                    paragraph.marking,
                    paragraph.heading,
                    paragraph.span[0] + 1,
                    paragraph.span[1] - paragraph.span[0],
                )
                for position, paragraph in enumerate(cable.body.paragraphs, 1)
            ),
        )
        self.insert(
            "tags", ((cable_id, code, _meaning(code)) for code in dict.fromkeys(cable.tags))
        )
        self.insert(
            "cited_documents",
            (
                (
                    None,
                    cable_id,
                    reference.label,
                    reference.kind,
                    reference.reference_id,
                    reference.how,
                    reference.text,
                )
                for reference in cable.references
            ),
        )
        self.insert("addressees", _addressees(cable_id, cable))
        self.insert(
            "warnings",
            dict.fromkeys((cable_id, warning.code, warning.message) for warning in cable.warnings),
        )
        self.insert(
            "notes",
            (
                (
                    None,
                    cable_id,
                    (citation.paras if note.place is None else note.place) or None,
                    note.text,
                    note.author or None,
                    note.written or None,
                )
                for note in citation.notes
            ),
        )
        for entry in citation.lists:
            place = citation.paras if entry.place is None else entry.place
            self._add_to_list(entry.name, cable_id, place)

    def _add_to_list(self, name: str, cable_id: int, place: str) -> None:
        if (list_id := self._list_ids.get(name)) is None:
            list_id = self._list_ids[name] = len(self._list_ids) + 1
            self.insert("lists", [(list_id, name)])
        self._database.execute(
            "INSERT OR IGNORE INTO list_entries VALUES (?, ?, ?)", (list_id, cable_id, place)
        )


def _columns(citation: Citation) -> tuple[object, ...]:
    """Return the values for all columns of `cables` except the first."""
    cable = citation.cable
    facts, header = cable.facts, cable.header
    source = cable.sources[0] if cable.sources else None
    return (
        facts.reference_id,
        facts.canonical_id,
        facts.created or None,
        facts.released or None,
        facts.classification,
        facts.origin,
        header.sender,
        header.precedence,
        header.partial,
        cable.subject_marking,
        cable.subject,
        header.text,
        cable.body.text,
        source.path if source else "",
        source.format if source else "",
        link(citation) or None,
    )


def _meaning(code: str) -> str | None:
    """Return the title of a TAG, or None if it has none."""
    known_tag = tag(code)
    return known_tag.title or None if known_tag else None


def _addressees(cable_id: int, cable: Cable) -> Iterator[tuple[object, ...]]:
    """Yield the rows for the action addressees, then for the info addressees."""
    for role, addressees in (("to", cable.header.to), ("info", cable.header.info)):
        for addressee in addressees:
            yield (
                None,
                cable_id,
                role,
                addressee.name,
                addressee.route,
                addressee.precedence,
                addressee.reading,
            )
