"""Fields of the top that one text alone has, beside what the other text hides.

If `SUBJECT` and `REF` come before a redaction of the other text, and nothing between them is the
same, they would be taken for what it hides.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cable_tui.cable import Span
from cable_tui.telegram.comparison.words import REDACTION, ComparedText


def without_fields(
    left: ComparedText, right: ComparedText, ours: Span, theirs: Span
) -> Iterator[tuple[Span, Span]]:
    """Words beside each other: those before whole fields, the fields of either, those behind."""
    mine, other = _fields(left, ours), _fields(right, theirs)
    if mine and not other:
        other = _gap(right, theirs, ours, mine)
    elif other and not mine:
        mine = _gap(left, ours, theirs, other)
    mine, other = mine or (ours[1], ours[1]), other or (theirs[1], theirs[1])
    yield (ours[0], mine[0]), (theirs[0], other[0])
    yield mine, (other[0], other[0])
    yield (mine[1], mine[1]), other
    yield (mine[1], ours[1]), (other[1], theirs[1])


def _fields(text: ComparedText, span: Span) -> Span | None:
    """The first fields in a row that are whole within a span and hide nothing."""
    found: Span | None = None
    for one, behind in pairwise(at for at in text.fields if span[0] <= at <= span[1]):
        if REDACTION in text.some_keys(one, behind):
            break
        found = (found[0] if found else one), behind
    return found


def _gap(text: ComparedText, span: Span, other: Span, fields: Span) -> Span:
    """Where in a span the fields of the other text would be: an empty place."""
    start, end = span
    before, behind = fields[0] > other[0], fields[1] < other[1]
    at = end if before else start
    if before and behind and text.fields:
        at = min(max(text.fields[-1], start), end)
    return at, at
