"""Parts of the package that commands may import, by what they do: `archive.search` for a folder.

A module of `base` or `program` is a part of its own name, a tool is `tools.NAME`.
"""

from __future__ import annotations

START = {"", "cli", "errors", "operating_system", "reports", "tools", "value"}
"""What the help needs."""
COMMON = START | {"ascii_signs", "cable", "digests", "named_tuple", "pattern", "settings", "text"}
ASKING = COMMON | {
    "archive",
    "archive.archive",
    "archive.cache",
    "archive.catalogue",
    "archive.look_up",
    "archive.records",
    "database",
    "format_names",
    "index_state",
    "query",
}
SEARCHING = ASKING | {
    "archive.columns",
    "archive.fulltext",
    "archive.search",
    "archive.fingerprint",
    "archive.spelling",
    "glossary",
    "shared_file",
    "tools.people",
    "tools.research_log",
}
READING = {"formats", "archive.records.read", "archive.texts"}
LIBRARY = {"library", "shared_file", "tools.people"}
GRAMMAR = {"glossary", "telegram"}
CRITICISM = {"archive.sentences", "archive.source_criticism"}
WORDS = SEARCHING | READING | {"telegram", "archive.source_criticism", "tally"}
MARKS = COMMON | LIBRARY | {"database", "query", "telegram", "exports"}
CITING = LIBRARY | {"exports", "archive.citable"}
ROOM = LIBRARY | {"clipboard", "effects", "session", "tally", "tui"}
"""What the room does as well is done by its own modules, none of which knows Textual."""
