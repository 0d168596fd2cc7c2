"""What a dossier costs: a list of bookmarks out of a dump, sealed, verified, compared."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from benchmarks.asking import Asked, asked
from benchmarks.table import MIB, BenchmarkFolders, Effort, Table, table_heading, table_row

BOOKMARKS = 1000
LIST = "sealed"


class Cost(NamedTuple):
    """What one command cost."""

    what: str
    seconds: float
    memory: int
    """Bytes at most."""
    size: int
    """Bytes of the dossier."""


def costs(dump: Path, home: Path) -> Iterator[Cost]:
    """Sealing, verifying, and comparing with the dump; the cache of the dump is in `home`."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder)
        marks = own / "marks.json"
        marks.write_text(json.dumps(_marks(home)), encoding="utf-8")
        cache = str(home / "cache")
        _run(own, "bookmarks", "import", str(marks))
        for texts in ("whole", "paragraphs"):
            file = own / f"{texts}.zip"
            named = ("--list", LIST, "--format", "verifiable", f"--{texts}", "-o", str(file))
            words = ("--cache", cache, "export", str(dump), "--no-index", *named)
            done = _run(own, *words)
            yield Cost(f"sealing, {texts}", done.seconds, done.memory, file.stat().st_size)
            done = _run(own, "verify", str(file))
            yield Cost(f"verifying, {texts}", done.seconds, done.memory, file.stat().st_size)
        beside = ("verify", str(file), str(dump), "--no-index")
        done = _run(own, "--cache", cache, *beside)
        yield Cost("comparing with the archive", done.seconds, done.memory, file.stat().st_size)


def _marks(home: Path) -> dict[str, object]:
    """Bookmarks of second paragraphs, evenly over the cables of the cache."""
    (catalogue,) = (home / "cache").glob("*/catalogue*.sqlite")
    with closing(sqlite3.connect(f"file:{catalogue}?mode=ro", uri=True)) as db:
        ids: Sequence[str] = [
            name
            for (name,) in db.execute(
                "SELECT canonical FROM cable JOIN grammar ON grammar.cable = cable.id "
                "WHERE paragraphs > 3 ORDER BY canonical"
            )
        ]
    chosen = ids[:: max(len(ids) // BOOKMARKS, 1)][:BOOKMARKS]
    created = "2026-01-02T03:04:05Z"
    marks = [
        {"uid": f"{n:016x}", "ref": name, "paragraph": "2", "note": f"{n}", "created": created}
        for n, name in enumerate(chosen)
    ]
    lists = [{"name": LIST, "marks": [each["uid"] for each in marks]}]
    return {"format": "cable-tui marks", "version": 1, "marks": marks, "lists": lists}


def _run(home: Path, *words: str) -> Asked:
    """A command that must succeed."""
    done = asked(home, *words)
    if done.status:
        raise RuntimeError(f"{words}: exit status {done.status}")
    return done


def sealing(places: BenchmarkFolders, effort: Effort) -> Iterator[str]:
    """What a verifiable dossier costs."""
    del effort
    yield from table_heading(
        f"A verifiable dossier of {BOOKMARKS:,} bookmarked paragraphs",
        "what", "seconds", "MB of memory", "MB of the dossier", "bar, seconds",
    )  # fmt: skip
    for each, bar in zip(costs(places.dump, places.home), (60, 5, 60, 5, 60), strict=True):
        size = f"{each.size / MIB:.1f}"
        yield table_row(
            each.what, f"{each.seconds:.1f}", f"{each.memory / MIB:,.0f}", size, f"{bar}"
        )


TABLES = (Table("sealed", 180, sealing),)
