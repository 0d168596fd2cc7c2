"""Files that a process of their own reads: how time and memory grow, and what a slow one costs.

SQLite files with the rows of a table or of a view, PDFs of joined telegrams, and pages beside
databases whose views take for ever.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks import building, generate
from benchmarks.fiction import Author
from tests.formats.written_pdf import pdf_of

_TELEGRAM = Path(__file__).parents[1] / "tests" / "data" / "nara.txt"
_LINES = 60
"""Lines of a printed page."""
_SLOW = 20
_PAGES = 160
_FOR_EVER = "instr(printf('%.*c', 15000000, 'a'), printf('%.*c', 7000000, 'a') || 'b')"


class Figure(NamedTuple):
    """What an archive took, from nothing and exported."""

    what: str
    cables: int
    first: float
    """Seconds to the first row."""
    indexed: float
    exported: float
    memory: int


def figures(most: int) -> Iterator[Figure]:
    """Each kind at a quarter of its size and at its size; then pages beside slow databases."""
    kinds: dict[str, tuple[Callable[..., None], int]] = {
        "rows of a table": (table, most),
        "rows of a view": (view, most),
        "telegrams in one PDF": (joined, max(most // 10, 8)),
    }
    for what, (write, count) in kinds.items():
        for some in (count // 4, count):
            yield _measured(what, partial(write, count=some))
    yield _measured(f"pages next to {_SLOW} databases that never finish", beside_slow)


def table(folder: Path, count: int) -> None:
    """Fictional cables as the rows of a table."""
    write_database(folder / "cables.db", count, "table")


def view(folder: Path, count: int) -> None:
    """The same as the rows of a view, in the order of their dates: the newest one is the last."""
    write_database(folder / "cables.db", count, "view")


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


def joined(folder: Path, count: int) -> None:
    """Telegrams of the National Archives in one PDF."""
    known = _TELEGRAM.read_text(encoding="utf-8")
    author = Author()
    pages = []
    for number in range(10_000, 10_000 + count):
        text = known.replace("02545", str(number)).replace("2545", str(number))
        lines = text.replace("NNNN", f"{author.text(300).upper()}\nNNNN").split("\n")
        pages += ["\n".join(lines[at : at + _LINES]) for at in range(0, len(lines), _LINES)]
    (folder / "joined.pdf").write_bytes(pdf_of(pages))


def beside_slow(folder: Path) -> None:
    """Pages, and before them databases of a view that is never done."""
    for number in range(_SLOW):
        with closing(sqlite3.connect(folder / f"a{number:02}.db")) as db, db:
            db.execute("CREATE TABLE doc (refid, date)")
            db.execute("INSERT INTO doc VALUES ('09LIMA1', '2009-02-13')")
            db.execute(f"CREATE VIEW cable AS SELECT refid, date, {_FOR_EVER} AS body FROM doc")
    generate.write_pages(folder / "pages", _PAGES)


def _measured(what: str, write: Callable[[Path], None]) -> Figure:
    with tempfile.TemporaryDirectory(prefix="cable-tui-bench-") as temporary:
        folder, home = Path(temporary) / "archive", Path(temporary) / "home"
        folder.mkdir()
        write(folder)
        built = building.build(folder, home)
        command = [sys.executable, "-m", "cable_tui", "export", str(folder), "--no-index"]
        begun = time.perf_counter()
        subprocess.run(
            command, env=building.environment(home), stdout=subprocess.DEVNULL, check=True
        )
        exported = time.perf_counter() - begun
        return Figure(what, built.cables, built.first, built.wall, exported, built.memory)
