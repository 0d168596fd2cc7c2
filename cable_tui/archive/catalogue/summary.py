"""The summary of an archive: how many cables, of which years, and which files were skipped."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter

from cable_tui.archive.catalogue import schema
from cable_tui.archive.records import times
from cable_tui.value import Value

LEFT = "left:"
"""Before the number of a file: the state that counts its documents that were left alone."""


class Summary(Value):
    """What an archive holds, and how far its index is."""

    cables: int
    first_year: int
    """0 where no cable has a date."""
    last_year: int
    problems: int
    skipped: dict[str, int]
    """Files that are no cables, by kind; pages of the same site without cables are left out.
    Documents of volumes that are no telegrams are among them, by a kind of their own."""
    stages: dict[str, tuple[int, int]]
    """Done and total of each pass: files for the facts, cables for the others."""
    complete: bool
    """All passes have been through all files."""
    generation: int
    """Changes with every batch that changes an answer."""


def summary(db: sqlite3.Connection) -> Summary:
    """What the catalogue holds. Costs about the same whatever its size."""
    from cable_tui.archive.catalogue import passes

    counts = {
        table: schema.get_number(db, f"count:{table}") for table in ("cable", "grammar", "text")
    }
    first, last = db.execute(
        "SELECT (SELECT min(created) FROM cable WHERE created > 0), "
        "(SELECT max(created) FROM cable)"
    ).fetchone()
    files, read = db.execute(
        "SELECT count(*), total(mtime_ns >= 0 OR state = 'unreadable') FROM file"
    ).fetchone()
    cables = counts["cable"]
    stages = {
        "facts": (int(read), files),
        "grammar": (counts["grammar"], cables),
        "text": (counts["text"], cables),
    }
    return Summary(
        cables=cables,
        first_year=(first or 0) // times.YEAR,
        last_year=(last or 0) // times.YEAR,
        problems=db.execute("SELECT count(*) FROM problem").fetchone()[0],
        skipped=skipped_kinds(db) | left_kinds(db),
        stages=stages,
        complete=passes.complete(db) and all(done == total for done, total in stages.values()),
        generation=schema.generation(db),
    )


def skipped_kinds(db: sqlite3.Connection) -> dict[str, int]:
    """Files that are no cables, by kind."""
    kinds = db.execute("SELECT kind, count(*) FROM file WHERE state = 'skipped' GROUP BY kind")
    return dict(kinds.fetchall())


def left_kinds(db: sqlite3.Connection) -> dict[str, int]:
    """Documents of volumes that were left alone, by kind."""
    found: Counter[str] = Counter()
    for (left,) in db.execute(f"SELECT value FROM state WHERE key GLOB '{LEFT}*'"):  # noqa: S608
        found.update(json.loads(left))
    return dict(found)
