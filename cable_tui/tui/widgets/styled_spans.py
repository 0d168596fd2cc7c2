"""Pieces of a painted line: ranges of the text that overlap are cut into spans of one style."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, get_args

from cable_tui.base.cable import Span
from cable_tui.base.value import Value
from cable_tui.text.painted_lines import TextLine


def overlapping(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Return the ranges among sorted, disjoint ones that touch `start` to `end`."""
    first_span = bisect_right(spans, (start, -1))
    if first_span and spans[first_span - 1][1] > start:
        first_span -= 1
    last_span = bisect_left(spans, (end, -1))
    return spans[first_span:last_span]


SpanStyle = Literal[
    "break", "heading", "link", "missing", "request", "hit", "current", "selected",
    "unclassified", "restricted", "confidential", "secret", "label",
]  # fmt: skip
"""Style of a piece; later styles cover earlier ones."""
SPAN_STYLES: tuple[SpanStyle, ...] = get_args(SpanStyle)


class StyledSpan(Value):
    """Characters of one painted line with the same look."""

    shown: str
    offset: int
    """The offset of its first character in the text."""
    looks: tuple[SpanStyle, ...]


def cut_spans(line: TextLine, ranges: Sequence[tuple[int, int, SpanStyle]]) -> list[StyledSpan]:
    """Return a painted line in pieces.

    `ranges` are ranges of the text, later ones cover earlier.
    """
    placed_ranges = [(line.column(start), line.column(end), style) for start, end, style in ranges]
    placed_ranges = [(start, end, style) for start, end, style in placed_ranges if start < end]
    if not placed_ranges and line.offsets is None:
        return [StyledSpan(line.shown, line.start, ())]
    cuts = {
        0,
        len(line.shown),
        *(column for start, end, _ in placed_ranges for column in (start, end)),
    }
    if line.offsets is not None:
        # several blanks stand for one tab: a piece holds characters that follow each other
        follow = enumerate(pairwise(line.offsets), 1)
        cuts.update(column for column, (place, next_place) in follow if next_place != place + 1)
    return [
        StyledSpan(
            line.shown[begin:stop],
            line.offset(begin),
            tuple(style for start, end, style in placed_ranges if start <= begin and stop <= end),
        )
        for begin, stop in pairwise(sorted(cuts))
    ]
