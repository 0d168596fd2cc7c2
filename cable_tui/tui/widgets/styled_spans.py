"""Pieces of a painted line: overlapping spans of text are cut into pieces with one style each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, get_args

from cable_tui.base.cable import Span
from cable_tui.base.value import Value
from cable_tui.text.painted_lines import TextLine


def overlapping(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Return those of the sorted, disjoint spans that overlap the range from `start` to `end`."""
    first_index = bisect_right(spans, (start, -1))
    if first_index and spans[first_index - 1][1] > start:
        first_index -= 1
    end_index = bisect_left(spans, (end, -1))
    return spans[first_index:end_index]


SpanStyle = Literal[
    "break", "heading", "link", "missing", "request", "hit", "current", "selected",
    "unclassified", "restricted", "confidential", "secret", "label",
]  # fmt: skip
"""The style names for pieces; later styles in a piece cover earlier ones."""
SPAN_STYLES: tuple[SpanStyle, ...] = get_args(SpanStyle)


class StyledSpan(Value):
    """Characters on one painted line that have the same styles."""

    shown: str
    offset: int
    """The offset of its first character in the text."""
    looks: tuple[SpanStyle, ...]


def cut_spans(line: TextLine, ranges: Sequence[tuple[int, int, SpanStyle]]) -> list[StyledSpan]:
    """Return a painted line as pieces with one style each.

    `ranges` are styled spans of the text; later spans cover earlier ones.
    """
    column_ranges = [
        (line.column(range_start), line.column(range_end), style)
        for range_start, range_end, style in ranges
    ]
    column_ranges = [
        (range_start, range_end, style)
        for range_start, range_end, style in column_ranges
        if range_start < range_end
    ]
    if not column_ranges and line.offsets is None:
        return [StyledSpan(line.shown, line.start, ())]
    cut_columns = {
        0,
        len(line.shown),
        *(
            column
            for range_start, range_end, _ in column_ranges
            for column in (range_start, range_end)
        ),
    }
    if line.offsets is not None:
        # several blanks stand for one tab: a piece holds characters that follow each other
        offset_pairs = enumerate(pairwise(line.offsets), 1)
        cut_columns.update(
            column
            for column, (text_offset, next_offset) in offset_pairs
            if next_offset != text_offset + 1
        )
    return [
        StyledSpan(
            line.shown[piece_start:piece_end],
            line.offset(piece_start),
            tuple(
                style
                for range_start, range_end, style in column_ranges
                if range_start <= piece_start and piece_end <= range_end
            ),
        )
        for piece_start, piece_end in pairwise(sorted(cut_columns))
    ]
