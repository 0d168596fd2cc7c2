"""Styled spans: how a piece of a line is shown, and how pieces that overlap are cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, get_args

from cable_tui.tui.widgets.text_layout import TextLine
from cable_tui.value import Value

SpanStyle = Literal[
    "break", "heading", "link", "missing", "plea", "hit", "current", "selected",
    "unclassified", "restricted", "confidential", "secret", "label",
]  # fmt: skip
"""How a piece is painted; later ones of this list lie over earlier ones."""
SPAN_STYLES: tuple[SpanStyle, ...] = get_args(SpanStyle)


class StyledSpan(Value):
    """Characters of one painted line that look the same."""

    shown: str
    offset: int
    """Where its first character stands in the text."""
    looks: tuple[SpanStyle, ...]


def cut_spans(line: TextLine, ranges: Sequence[tuple[int, int, SpanStyle]]) -> list[StyledSpan]:
    """A painted line in pieces; `ranges` are ranges of the text, later ones lie over earlier."""
    placed = [(line.column(start), line.column(end), look) for start, end, look in ranges]
    placed = [(a, b, look) for a, b, look in placed if a < b]
    if not placed and line.offsets is None:
        return [StyledSpan(line.shown, line.start, ())]
    cuts = {0, len(line.shown), *(column for a, b, _ in placed for column in (a, b))}
    if line.offsets is not None:
        # several blanks stand for one tab: a piece holds characters that follow each other
        follow = enumerate(pairwise(line.offsets), 1)
        cuts.update(column for column, (a, b) in follow if b != a + 1)
    return [
        StyledSpan(
            line.shown[a:b],
            line.offset(a),
            tuple(look for start, end, look in placed if start <= a and b <= end),
        )
        for a, b in pairwise(sorted(cuts))
    ]
