"""The CSV for spreadsheets, with a column of 0 and 1 for each list that contains one of its rows.

A list without any of these rows has no column, so the file does not name it. The columns are known
only after the last row. Until then, the rows are in a temporary file without a name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile, gettempdir

from cable_tui.base.errors import UsageError
from cable_tui.exports.citation import Citation
from cable_tui.exports.lists import COLUMNS, table_row
from cable_tui.text.cleaning import csv_row, json_text

_Row = tuple[tuple[str, ...], tuple[str, ...]]
"""The values of a row, and the names of the lists that contain its cable or paragraph."""


def row(citation: Citation) -> _Row:
    """Return the row of a cable or paragraph."""
    return table_row(citation), tuple(entry.name for entry in citation.lists)


def table(rows: Iterable[_Row], _title: str) -> Iterator[str]:
    """Yield an empty piece for each row while it is read, and then the table.

    The names of list columns begin with `list:`, so they differ from all other columns, and no
    spreadsheet computes them. Raises `UsageError` if the temporary folder is full.
    """
    try:
        yield from _table(rows)
    except OSError as error:
        raise UsageError(
            f"the table cannot be built in {gettempdir()}: {error.strerror}; "
            "set TMPDIR to a folder with more space"
        ) from error


def _table(rows: Iterable[_Row]) -> Iterator[str]:
    list_names: set[str] = set()
    with TemporaryFile("w+", encoding="utf-8") as stream:
        for values, lists in rows:
            list_names.update(lists)
            stream.write(json_text([values, lists]) + "\n")
            yield ""
        stream.seek(0)
        columns = sorted(list_names)
        yield csv_row((*COLUMNS, *(f"list:{name}" for name in columns)))
        for line in stream:
            values, lists = json.loads(line)
            yield csv_row((*values, *(str(int(name in lists)) for name in columns)))
