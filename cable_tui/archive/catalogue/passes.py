"""The three passes of the indexer, their stamps, and whether a cache covers its whole archive.

If a stamp differs from the one in the catalogue, only that pass is repeated. A stamp is made of
versions and names, never of byte code: every Python produces the same stamp. Raise a version when a
rule of its pass changes the content of the cache: `tests/archive/catalogue/test_passes.py` checks
this.

Whether a cache is up to date is determined without the indexer: a question from the shell takes a
tenth of a second, and importing the indexer would take as long again. Therefore the indexer stores
a fingerprint of the files that it has read, and a question compares it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Literal

from cable_tui.archive.cache import cache_folder
from cable_tui.archive.catalogue import catalogue_file, facet_columns
from cable_tui.archive.records import walk
from cable_tui.base.errors import CacheError
from cable_tui.base.format_names import POOREST_FIRST

Pass = Literal["facts", "grammar", "text"]
NamedTables = Sequence[tuple[str, str]]
"""The columns that the reader has named, as in `Settings.tables`."""

PASSES: tuple[Pass, ...] = ("facts", "grammar", "text")
"""The passes in order. Facts: from the containers; grammar: subjects, TAGS, references; text: the
full-text index.
"""

FACTS_VERSION = 16
"""The version of `formats`, `telegram.facts`, `telegram.canonical_id` and the facets of the facts.
"""
GRAMMAR_VERSION = 12
"""The version of `telegram.top_fields`, `telegram.header`, the glossary's tables, and the facets of
the grammar.
"""
TEXT_VERSION = 10
"""The version of the texts that `build.text_pass` puts into the index; `archive.fulltext` has its
own version.
"""


@cache
def stamp(name: Pass) -> str:
    """Return the stamp that the catalogue must have for a pass not to be repeated."""
    if name == "text":
        from cable_tui.archive.fulltext.schema import stamp as engine_stamp  # it has no other use

        # The index holds what the other passes say of a cable.
        return f"{TEXT_VERSION}-{engine_stamp()}-{stamp('grammar')}-{stamp('facts')}"
    if name == "grammar":
        return f"{GRAMMAR_VERSION}-{facet_columns.stamp('grammar')}"
    # A file that no format knew may be one of a new format; their order decides between records.
    format_names = ",".join(POOREST_FIRST)
    return f"{FACTS_VERSION}-{format_names}-{facet_columns.stamp('facts')}"


def is_current(db: sqlite3.Connection, name: Pass) -> bool:
    """Return whether the catalogue was made by this version's pass."""
    return catalogue_file.get_state(db, f"stamp:{name}") == stamp(name)


def complete(db: sqlite3.Connection) -> bool:
    """Return whether this version ran every pass and the last walk was complete."""
    return was_walked(db) and all(is_current(db, stage) for stage in PASSES)


def was_walked(db: sqlite3.Connection) -> bool:
    """Return whether the last walk was complete, so that the catalogue has the files of all cables.

    During a walk, this is not known.
    """
    return catalogue_file.get_state(db, "walked") == "1"


# Whether a cache holds all of its archive

TABLES = "tables"
"""The key of the state that lists which columns of which tables the reader had named."""
EVERYTHING = "frus_all"
"""The key of the state that records whether documents other than cables were kept."""
_STATE = "fingerprint"


def keep_fingerprint(db: sqlite3.Connection, files: str) -> None:
    """Store the fingerprint of the files that a walk found, or none if some were not read."""
    has_waiting_files = db.execute(
        "SELECT EXISTS (SELECT 1 FROM file WHERE mtime_ns = -1)"
    ).fetchone()[0]
    fingerprint_kept = "" if has_waiting_files else files
    if (
        catalogue_file.get_state(db, _STATE) != fingerprint_kept
    ):  # a run without changes writes nothing
        with catalogue_file.transaction(db):
            catalogue_file.set_state(db, _STATE, fingerprint_kept)


def is_up_to_date(
    path: Path,
    cache_root: Path,
    needs: Sequence[Pass],
    *,
    frus_all: bool = False,
    tables: NamedTables = (),
) -> bool:
    """Return whether indexing the archive at `path` would change nothing; False if uncertain.

    The check examines the size and time of every file. `frus_all` and `tables` are as in
    `Settings`.
    """
    try:
        root = path.resolve(strict=True)
        with closing(catalogue_file.open_reader(cache_folder(root, cache_root))) as db:
            fingerprint_kept = catalogue_file.get_state(db, _STATE)
            same_choice = (catalogue_file.get_state(db, EVERYTHING) == "1") == frus_all
            is_done = is_whole(db, needs) and same_choice and named_tables(db) == tuple(tables)
        return is_done and bool(fingerprint_kept) and walk.fingerprint(root) == fingerprint_kept
    except (CacheError, sqlite3.Error, OSError, RuntimeError):
        return False


def named_tables(db: sqlite3.Connection) -> NamedTables:
    """Return the columns that the reader had named when the archive was indexed."""
    columns_json = catalogue_file.get_state(db, TABLES)
    return tuple(
        (file_pattern, named_columns)
        for file_pattern, named_columns in json.loads(columns_json or "[]")
    )


def is_whole(db: sqlite3.Connection, needs: Sequence[Pass]) -> bool:
    """Return whether the required passes have read an archive to its end."""
    if db.execute("SELECT 1 FROM also WHERE differs IS NULL LIMIT 1").fetchone():
        return False
    cable_count = catalogue_file.get_number(db, "count:cable")
    return was_walked(db) and all(
        cable_count > 0
        and (stage == "facts" or catalogue_file.get_number(db, f"count:{stage}") == cable_count)
        and is_current(db, stage)
        for stage in needs
    )
