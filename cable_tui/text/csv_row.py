"""One line of a CSV file, as spreadsheets read it."""

from __future__ import annotations

import csv
import io


def csv_row(values: tuple[str, ...]) -> str:
    """The values of a line, quoted where they must be, with a line end."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    return line.getvalue()
