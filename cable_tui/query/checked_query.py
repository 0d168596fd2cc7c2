"""Queries without errors, and the exceptions that the shell and the library raise for errors."""

from __future__ import annotations

from collections.abc import Sequence

from cable_tui.base.errors import UsageError
from cable_tui.query import Complaint, Query, parse
from cable_tui.text import clean_line


def checked_query(text: str) -> Query:
    """Return the query in a text. Raises `UsageError` with a caret below the error."""
    query_text = clean_line(text)
    query = parse(query_text)
    refuse_faults(query_text, query.complaints)
    return query


def refuse_faults(query_text: str, complaints: Sequence[Complaint]) -> None:
    """Raise `UsageError` for the complaint that refuses the whole query, or else for the first one.

    Only an error at a single position gets a caret; a refused query is too long or too deep to
    show.
    """
    if complaints:
        worst = next((complaint for complaint in complaints if complaint.refuses), complaints[0])
        caret = "" if worst.refuses else f"\n  {query_text}\n  {' ' * worst.column}^"
        raise UsageError(f"{worst.reason}{caret}")
