"""A query from the words of a command line, and which passes of the cache it needs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cable_tui.archive.build.passes import Pass
from cable_tui.errors import UsageError
from cable_tui.query import SORTS, Complaint, Query, parse, reference_table, sort_key
from cable_tui.text import clean_line

if TYPE_CHECKING:
    from cable_tui.archive.search.engine import Hits


def query_of(words: Sequence[str]) -> Query:
    """The query, or `UsageError` with a caret under what is wrong."""
    text = clean_line(" ".join(words))
    query = parse(text)
    _refuse(text, query.complaints)
    return query


def refuse_unknown(hits: Hits) -> None:
    """Raise `UsageError` where a query names a list or a saved search that is not there."""
    _refuse(str(hits.query), hits.complaints)


def _refuse(text: str, complaints: Sequence[Complaint]) -> None:
    if complaints:
        first = complaints[0]
        raise UsageError(f"{first.reason}\n  {text}\n  {' ' * first.column}^")


def sort_of(given: str) -> str:
    """A key of `--sort`, for argparse."""
    key = sort_key(given)
    if key is None:
        raise argparse.ArgumentTypeError(f"no order {given}; there are {', '.join(SORTS)}")
    return key


def language(parser: argparse.ArgumentParser) -> None:
    """Say the whole query language at the end of a command's help."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = f"queries:\n{reference_table.plain_table()}"


def needs_of(query: Query) -> tuple[Pass, ...]:
    """The passes whose results answer this query; subjects always need the grammar."""
    saved = any(term.facet == "query" for term in query.filters)  # may ask for words
    return ("facts", "grammar", "text") if query.has_words or saved else ("facts", "grammar")
