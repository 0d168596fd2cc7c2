"""SQLite files: how time and memory grow with the rows of a table and of a view."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from benchmarks.fiction import Author

KINDS = ("table", "view")


def write_database(path: Path, count: int, kind: str, seed: int = 7) -> None:
    """`count` fictional cables as the rows of a table, or of a view of one."""
    text = "body" if kind == "table" else "words"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"CREATE TABLE doc (reference_id, date, origin, classification, {text})")
        rows = (
            (
                cable.reference_id,
                f"{cable.created:%Y-%m-%d %H:%M}",
                cable.origin,
                cable.classification,
                cable.body,
            )
            for cable in Author(seed).cables(count)
        )
        db.executemany("INSERT INTO doc VALUES (?, ?, ?, ?, ?)", rows)
        if kind == "view":
            named = "reference_id, date, origin, classification, words AS body"
            db.execute(f"CREATE VIEW cable AS SELECT {named} FROM doc")
