"""A query from the words of a command line, and which passes of the cache it needs."""

from __future__ import annotations

from collections.abc import Sequence

from cable_tui.archive import Pass
from cable_tui.errors import UsageError
from cable_tui.query import Query, parse
from cable_tui.text import clean_line


def query_of(words: Sequence[str]) -> Query:
    """The query, or `UsageError` with a caret under what is wrong."""
    text = clean_line(" ".join(words))
    query = parse(text)
    if query.complaints:
        first = query.complaints[0]
        raise UsageError(f"{first.reason}\n  {text}\n  {' ' * first.column}^")
    return query


def needs_of(query: Query) -> tuple[Pass, ...]:
    """The passes whose results answer this query; subjects always need the grammar."""
    return ("facts", "grammar", "text") if query.has_words else ("facts", "grammar")
