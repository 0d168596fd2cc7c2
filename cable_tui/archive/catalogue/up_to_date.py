"""Whether a cache holds all of its archive as it is now, asked without the indexer.

A question from the shell takes a tenth of a second, and importing the indexer as long again. So the
indexer leaves a fingerprint of the files that it has read, and a question compares that.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection, Error

from cable_tui.archive.cache import cache_folder
from cable_tui.archive.catalogue import schema
from cable_tui.archive.catalogue.passes import Pass, is_current
from cable_tui.archive.records import walk
from cable_tui.errors import CacheError

EVERYTHING = "frus_all"
"""The state that says whether documents that are no cables were kept."""
_STATE = "fingerprint"


def keep_fingerprint(db: Connection, files: str) -> None:
    """Keep the fingerprint of the files that a walk found, if all of them were read; else none."""
    waiting = db.execute("SELECT EXISTS (SELECT 1 FROM file WHERE mtime_ns = -1)").fetchone()[0]
    kept = "" if waiting else files
    if schema.get_state(db, _STATE) != kept:  # a run without changes writes nothing
        with schema.transaction(db):
            schema.set_state(db, _STATE, kept)


def is_up_to_date(
    path: Path, cache_root: Path, needs: Sequence[Pass], *, frus_all: bool = False
) -> bool:
    """Whether indexing the archive at `path` would change nothing; false also where that is unsure.

    Costs a look at the size and time of every file. `frus_all` as in `Settings`.
    """
    try:
        root = path.resolve(strict=True)
        with closing(schema.open_reader(cache_folder(root, cache_root))) as db:
            kept = schema.get_state(db, _STATE)
            done = is_whole(db, needs) and (schema.get_state(db, EVERYTHING) == "1") == frus_all
        return done and bool(kept) and walk.fingerprint(root) == kept
    except (CacheError, Error, OSError, RuntimeError):
        return False


def is_whole(db: Connection, needs: Sequence[Pass]) -> bool:
    """Whether an archive was read to its end by the passes that are needed."""
    if db.execute("SELECT 1 FROM also WHERE differs IS NULL LIMIT 1").fetchone():
        return False
    return schema.get_state(db, "walked") == "1" and all(_is_done(db, each) for each in needs)


def _is_done(db: Connection, name: Pass) -> bool:
    cables = schema.get_number(db, "count:cable")
    made = cables if name == "facts" else schema.get_number(db, f"count:{name}")
    return bool(cables) and made == cables and is_current(db, name)
