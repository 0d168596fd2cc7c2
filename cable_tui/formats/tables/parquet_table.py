"""Parquet files: rows of a table that has an ID and a text, read by another process.

The location of a cable is the number of its row. The optional arro3 reads the columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cable_tui.formats.child_process import command
from cable_tui.formats.tables.cable_tables import Database, Table, database_of
from cable_tui.formats.tables.sqlite_table import SqliteTable

SIGNATURE = b"PAR1"


class ParquetFile(Database):
    """The table of a Parquet file. Raises `BrokenRecord` if it cannot be read."""

    command = command("cable_tui.formats.tables.parquet_process")
    most_given = 64  # texts compress to a fifth, and the same text again to nothing
    bytes_a_row = 1
    file_kind = "Parquet file"

    def _tables(self) -> list[Table]:
        return self._alone(["its table"], "view")  # whose rows are only counted

    def unread(self) -> Iterator[str]:
        """Yield a message if the table is not read."""
        for reason in self.slow.values():
            yield f"not read: {reason}; {self.instead('')}"

    def instead(self, name: str) -> str:  # noqa: ARG002 - it has one table
        """Return what the user can do with a file that is too slow."""
        return "export it as CSV, or divide it into smaller files"

    def check(self) -> str:
        """Return no error, because the file has no check of its own."""
        return ""


class ParquetTable(SqliteTable):
    """A Parquet file with one row per cable."""

    name = "table-parquet"
    label = "Parquet table with one row per cable"
    checked_later = False
    no_table = "it has no columns with a cable ID and a text: name them reference_id and body"

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by its signature."""
        return head.startswith(SIGNATURE)

    def tables_of(self, file: BinaryIO) -> Database:
        """Return the table of a file. Raises `BrokenRecord`."""
        return database_of(file, ParquetFile)


FORMAT = ParquetTable()
