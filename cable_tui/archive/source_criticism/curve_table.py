"""Curves as values, as CSV and as JSON.

Apart from the counting: who draws them, or prints a help, needs no engine.
"""

from __future__ import annotations

from typing import Any

from cable_tui.archive.search.breakdown_table import IN_TIME
from cable_tui.value import Value

AXES = {"month": "month", "year": "year", "post": "post", "class": "classification"}
"""What shares are counted by, and the word for one of it."""
MOST_QUERIES = 9
"""Curves of one chart: more cannot be told apart."""


class Curve(Value):
    """One query: how many cables it finds in each step."""

    query: str
    counts: tuple[int, ...]
    count: int
    """All that it finds, those without a date or post too."""


class Curves(Value):
    """Several queries over the same steps."""

    by: str
    """One of `AXES`."""
    steps: tuple[str, ...]
    """Months and years without a gap; posts with the most cables first."""
    totals: tuple[int, ...]
    """All cables of each step: what a share is a share of."""
    curves: tuple[Curve, ...]
    count: int
    """All cables that the shares are of."""
    within: str = ""
    """The query whose cables these are; empty is the whole archive."""
    without: int = 0
    """Cables without a date or a post, which are in no step."""

    @property
    def in_time(self) -> bool:
        """Whether the steps follow each other."""
        return self.by in IN_TIME

    def shares(self, curve: Curve) -> tuple[float | None, ...]:
        """The part of each step that a query finds, from 0 to 1; None where there is no cable."""
        return tuple(
            number / total if total else None
            for number, total in zip(curve.counts, self.totals, strict=True)
        )


def csv_rows(found: Curves) -> list[tuple[str, ...]]:
    """A row a step: its cables, and for each query their number and share (0 to 1)."""
    heads = [head for each in found.curves for head in (each.query, f"{each.query} (share)")]
    rows = [(found.by, "cables", *heads)]
    shares = [found.shares(each) for each in found.curves]
    for at, (name, total) in enumerate(zip(found.steps, found.totals, strict=True)):
        values: list[str] = []
        for curve, parts in zip(found.curves, shares, strict=True):
            part = parts[at]
            values += [str(curve.counts[at]), "" if part is None else f"{part:.6f}"]
        rows.append((name, str(total), *values))
    return rows


def as_json(found: Curves) -> dict[str, Any]:
    """The curves as scripts get them."""
    return {
        "by": found.by,
        "within": found.within,
        "count": found.count,
        "without": found.without,
        "steps": [
            {"value": name, "cables": total}
            for name, total in zip(found.steps, found.totals, strict=True)
        ],
        "curves": [
            {
                "query": each.query,
                "count": each.count,
                "counts": list(each.counts),
                "shares": [None if part is None else round(part, 6) for part in found.shares(each)],
            }
            for each in found.curves
        ],
    }
