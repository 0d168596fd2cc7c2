"""The three passes of the indexer and their stamps.

A stamp that differs from the catalogue's makes that pass, and no other, be done again. Count a
version up when a rule of its pass changes what the cache should hold.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import Literal

from cable_tui.archive import fulltext
from cable_tui.archive.catalogue import facet_columns, schema

Pass = Literal["facts", "grammar", "text"]

PASSES: tuple[Pass, ...] = ("facts", "grammar", "text")
"""In their order. Facts: what the containers say; grammar: subjects, TAGS, references; text: the
full-text index."""

FACTS_VERSION = 2
"""Of `formats`, `telegram.facts` and `telegram.canonical_id`."""
GRAMMAR_VERSION = 2
"""Of `telegram.index_fields` and the glossary's tables."""
TEXT_VERSION = 4
"""Of what `archive.texts` puts into the index; `archive.fulltext` has a version of its own."""


@cache
def stamp(name: Pass) -> str:
    """What the catalogue must carry for a pass to be left as it is."""
    if name == "text":
        # The index holds what the other passes say of a cable.
        return f"{TEXT_VERSION}-{fulltext.stamp()}-{stamp('grammar')}-{stamp('facts')}"
    if name == "grammar":
        return f"{GRAMMAR_VERSION}-{facet_columns.stamp('grammar')}"
    return f"{FACTS_VERSION}-{facet_columns.stamp('facts')}"


def is_current(db: sqlite3.Connection, name: Pass) -> bool:
    """Whether the catalogue was made by this version's pass."""
    return schema.get_state(db, f"stamp:{name}") == stamp(name)


def complete(db: sqlite3.Connection) -> bool:
    """Whether every pass is of this version and the last walk came to its end."""
    walked = schema.get_state(db, "walked") == "1"
    return walked and all(is_current(db, name) for name in PASSES)
