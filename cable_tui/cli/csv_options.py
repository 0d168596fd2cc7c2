"""Options of commands that print a table: `--csv` for spreadsheets, `--csv-raw` for programs."""

from __future__ import annotations

import argparse

from cable_tui.text.csv_row import csv_row, raw_csv_row


def add_csv_options(form: argparse._MutuallyExclusiveGroup, only: str = "") -> None:
    """Add both; `options.csv` is the function that writes a row, or None.

    `only` is the option that they need, as in their help.
    """
    needs = f"with {only}: " if only else ""
    row_for = {
        "--csv": (csv_row, "a table for a spreadsheet: ' before what it would compute"),
        "--csv-raw": (raw_csv_row, "a table for programs: each text as it is"),
    }
    for name, (row, what) in row_for.items():
        form.add_argument(name, dest="csv", action="store_const", const=row, help=f"{needs}{what}")
