"""Slow queries in two halves at once: the engine lets other threads run meanwhile.

Phrases of frequent words are slow, because the engine compares the positions of the words in every
cable that has all of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import tantivy

from cable_tui.query.plan import And, DayRange, Or, Plan, TermCodes, WordPhrase

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Answer = TypeVar("Answer")

_OFTEN = 20_000
"""Cables that hold the rarest word of a row, before the row is slow: about 5 ms."""


def is_slow(plan: Plan, cables: Callable[[str], int]) -> bool:
    """Whether two threads are worth it; `cables` says how many hold a word."""
    if isinstance(plan, And):
        # A filter makes it quick enough.
        narrow = any(isinstance(part, TermCodes | DayRange) for part in plan.parts)
        return not narrow and any(is_slow(part, cables) for part in plan.parts)
    if isinstance(plan, Or):
        return any(is_slow(part, cables) for part in plan.parts)
    return isinstance(plan, WordPhrase) and min(map(cables, plan.words)) > _OFTEN


def in_parallel(
    schema: tantivy.Schema,
    middle: int,
    query: tantivy.Query,
    ask: Callable[[tantivy.Query], Answer],
) -> list[Answer]:
    """The answers for the two halves of the cables: up to an id, and above it."""
    kind = tantivy.FieldType.Integer
    lower = tantivy.Query.range_query(schema, "id", kind, 0, middle)
    upper = tantivy.Query.range_query(schema, "id", kind, middle + 1, 1 << 62)
    parts = [_within(query, half) for half in (lower, upper)]
    if (os.cpu_count() or 1) < len(parts):
        return [ask(part) for part in parts]
    other = _helper().submit(ask, parts[1])
    return [ask(parts[0]), other.result()]


def _within(query: tantivy.Query, half: tantivy.Query) -> tantivy.Query:
    among = tantivy.Query.const_score_query(half, 0.0)
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, among)])


@cache
def _helper() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor  # few queries are slow

    return ThreadPoolExecutor(1, "half of a search")
