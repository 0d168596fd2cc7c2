"""The three passes of the indexer and their stamps.

A stamp that differs from the catalogue's makes that pass, and no other, be done again. It is made
of versions and names, never of byte code: every Python makes the same one. Raise a version when a
rule of its pass changes what the cache holds: `tests/archive/catalogue/test_passes.py` asks for it.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import Literal

from cable_tui.archive.catalogue import facet_columns, schema
from cable_tui.format_names import POOREST_FIRST

Pass = Literal["facts", "grammar", "text"]

PASSES: tuple[Pass, ...] = ("facts", "grammar", "text")
"""In their order. Facts: what the containers say; grammar: subjects, TAGS, references; text: the
full-text index."""

FACTS_VERSION = 8
"""Of `formats`, `telegram.facts`, `telegram.canonical_id` and the facets of the facts."""
GRAMMAR_VERSION = 7
"""Of `telegram.top_fields`, `telegram.addressees`, the glossary's tables, the facets of the
grammar."""
TEXT_VERSION = 6
"""Of what `build.text_documents` puts into the index; `archive.fulltext` has a version of its
own."""


@cache
def stamp(name: Pass) -> str:
    """What the catalogue must carry for a pass to be left as it is."""
    if name == "text":
        from cable_tui.archive.fulltext.schema import stamp as engine_stamp  # it has no other use

        # The index holds what the other passes say of a cable.
        return f"{TEXT_VERSION}-{engine_stamp()}-{stamp('grammar')}-{stamp('facts')}"
    if name == "grammar":
        return f"{GRAMMAR_VERSION}-{facet_columns.stamp('grammar')}"
    # A file that no format knew may be one of a new format; their order decides between records.
    names = ",".join(POOREST_FIRST)
    return f"{FACTS_VERSION}-{names}-{facet_columns.stamp('facts')}"


def is_current(db: sqlite3.Connection, name: Pass) -> bool:
    """Whether the catalogue was made by this version's pass."""
    return schema.get_state(db, f"stamp:{name}") == stamp(name)


def complete(db: sqlite3.Connection) -> bool:
    """Whether every pass is of this version and the last walk came to its end."""
    walked = schema.get_state(db, "walked") == "1"
    return walked and all(is_current(db, name) for name in PASSES)
