"""Calculate curves: a query's share of the cables in each month, year, post or classification.

A count alone is misleading, because archives have many cables from some months and few from others.
All facets are in memory, so no text is read. Values do not need the search engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from cable_tui.archive.search.breakdown import IN_TIME, breakdown
from cable_tui.base.value import Value, picked
from cable_tui.text.numbers import steps
from cable_tui.text.tally import Tally

if TYPE_CHECKING:
    from cable_tui.archive.search.snapshot import SnapshotSource
    from cable_tui.base.kinds import Count, Filled, Only, Share
    from cable_tui.reports.page_of_rows import PageOfRows

AXES = {"month": "month", "year": "year", "post": "post", "class": "classification"}
"""The axes of shares, each with the word for one step."""
MOST_QUERIES = 9
"""The maximum number of curves in a chart; more could not be told apart."""


class Curve(Value):
    """One query, with the number of cables that it finds in each step."""

    query: str
    counts: tuple[int, ...]
    count: int
    """The total number of cables that the query finds, including cables without a date or post."""


class Curves(Value):
    """The curves of several queries over the same steps."""

    by: str
    """The axis, which is a key of `AXES`."""
    steps: tuple[str, ...]
    """The names of the steps: months and years without gaps, or posts with the most cables first.
    """
    totals: tuple[int, ...]
    """The total number of cables in each step, which is the base of the shares."""
    curves: tuple[Curve, ...]
    count: int
    """The total number of cables on which the shares are based."""
    within: str = ""
    """The query that finds these cables, or an empty string for the whole archive."""
    without: int = 0
    """The number of cables without a date or post, which are in no step."""

    @property
    def in_time(self) -> bool:
        """Whether the steps are consecutive periods of time."""
        return self.by in IN_TIME

    def shares(self, curve: Curve) -> tuple[float | None, ...]:
        """Return a query's share of each step, from 0 to 1; None if the step contains no cables."""
        return tuple(
            hit_count / total if total else None
            for hit_count, total in zip(curve.counts, self.totals, strict=True)
        )


class Step(Value):
    """A step with the results of each query: one line of `trend --jsonl`."""

    step: Filled
    """The month, year, post or classification."""
    cables: Count
    """The number of all cables in the step, which is the base of the shares."""
    counts: tuple[Count, ...]
    """The number of cables that each query finds, in the order of the queries."""
    shares: tuple[Share | None, ...]
    """The share of the step that each query finds, with six decimals; null if the step is empty."""


def steps_of(curves: Curves) -> list[Step]:
    """Return the steps of a chart in order."""
    shares = [curves.shares(curve) for curve in curves.curves]
    return [
        Step(
            name,
            total,
            tuple(curve.counts[index] for curve in curves.curves),
            tuple(
                None if share is None else round(share, 6)
                for share in (query_shares[index] for query_shares in shares)
            ),
        )
        for index, (name, total) in enumerate(zip(curves.steps, curves.totals, strict=True))
    ]


class StepTotal(Value):
    """A step in the answer."""

    value: str
    """The name of the step, such as 2009-02, 2009, Embassy Rabat or SECRET."""
    cables: Count
    """The number of all cables in the step."""


class QueryCurve(Value):
    """The curve of a query in the answer."""

    query: str
    """The query as the program understood it."""
    count: Count
    """The number of all cables that the query finds, including those in no step."""
    counts: tuple[Count, ...]
    """The number of cables that the query finds in each step."""
    shares: tuple[Share | None, ...]
    """The share of the step's cables that the query finds; null if the step contains none."""


class TrendAnswer(Value):
    """The output of `trend --json`: which share of each step's cables the queries find."""

    by: Literal["month", "year", "post", "class"]
    """The axis, which determines the steps."""
    within: str
    """The query whose cables are the base of the shares; empty for the whole archive."""
    count: Count
    """The number of all cables that are the base of the shares."""
    without: Count
    """The number of these cables that have no date or post, and are in no step."""
    steps: tuple[StepTotal, ...]
    """Months and years without gaps, posts with the most cables first, or classifications from the
    lowest.
    """
    curves: Annotated[tuple[QueryCurve, ...], ("minItems", 1), ("maxItems", 9)]
    """One curve for each query, in the order of the queries."""
    tally: Tally = Tally()
    """How much was read, and what the rows leave out."""
    page: Only[PageOfRows | None] = None


def answer_of(curves: Curves) -> TrendAnswer:
    """Return the JSON answer for the curves."""
    return picked(
        TrendAnswer,
        curves,
        steps=tuple(map(StepTotal, curves.steps, curves.totals)),
        curves=tuple(
            picked(QueryCurve, curve, shares=tuple(map(_rounded, curves.shares(curve))))
            for curve in curves.curves
        ),
    )


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 6)


def curves(
    source: SnapshotSource,
    answers: Sequence[tuple[str, int]],
    whole: int,
    by: str,
    within: str = "",
) -> Curves:
    """Return the curves of queries, each with its set of cables, counted among those of `whole`.

    Raises `CacheError`.
    """
    whole_counts = breakdown(source, whole, (by,))
    totals = {row.value: row.count for row in whole_counts.rows}
    names = steps(list(totals)) if by in IN_TIME else list(totals)
    all_curves = []
    for query, cables in answers:
        breakdown_of_hits = breakdown(source, cables & whole, (by,))
        count_by_step = {row.value: row.count for row in breakdown_of_hits.rows}
        all_curves.append(
            Curve(
                query, tuple(count_by_step.get(name, 0) for name in names), breakdown_of_hits.count
            )
        )
    step_totals = tuple(totals.get(name, 0) for name in names)
    return Curves(
        by,
        tuple(names),
        step_totals,
        tuple(all_curves),
        whole_counts.count,
        within,
        whole_counts.without,
    )
