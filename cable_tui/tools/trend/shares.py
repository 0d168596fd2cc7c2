"""Curves: which share of the cables of each month, year, post or classification a query finds.

A number alone misleads: an archive has many cables of some months and few of others. All facets
are in memory, so that this reads no text.

The chart is lines of signs: each query has a band of columns, below each other, over one line of
time and to one scale, so that they can be compared without colours, also if the terminal has few
signs. A month with few cables does not set the scale. Values and chart need no engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, Annotated, Literal

from cable_tui.archive.columns import bitset
from cable_tui.archive.search.breakdown import IN_TIME, Breakdown, breakdown
from cable_tui.base.value import Value, picked
from cable_tui.query import class_short
from cable_tui.text import clean_line, crop, width
from cable_tui.text.numbers import bar, columns, counted, round_top, steps
from cable_tui.text.tally import Tally

if TYPE_CHECKING:
    from cable_tui.archive.search.snapshot import SnapshotSource
    from cable_tui.base.kinds import Count, Filled, Share

AXES = {"month": "month", "year": "year", "post": "post", "class": "classification"}
"""The axes of shares, with the word for one step of each."""
MOST_QUERIES = 9
"""The most curves of one chart: more cannot be told apart."""


class Curve(Value):
    """One query, with the number of cables that it finds in each step."""

    query: str
    counts: tuple[int, ...]
    count: int
    """The number of all cables that it finds, also without a date or post."""


class Curves(Value):
    """Several queries over the same steps."""

    by: str
    """One of `AXES`."""
    steps: tuple[str, ...]
    """Months and years without a gap; posts with the most cables first."""
    totals: tuple[int, ...]
    """All cables of each step: the base of the shares."""
    curves: tuple[Curve, ...]
    count: int
    """The number of all cables that the shares are based on."""
    within: str = ""
    """The query whose cables these are; empty means the whole archive."""
    without: int = 0
    """Cables without a date or a post, which are in no step."""

    @property
    def in_time(self) -> bool:
        """Whether the steps follow each other."""
        return self.by in IN_TIME

    def shares(self, curve: Curve) -> tuple[float | None, ...]:
        """Return the share of each step that a query finds, 0 to 1; None if it has no cable."""
        return tuple(
            number / total if total else None
            for number, total in zip(curve.counts, self.totals, strict=True)
        )


class Step(Value):
    """A line of `trend --jsonl`: a step, with what each query finds of its cables."""

    step: Filled
    """A month, a year, a post or a classification."""
    cables: Count
    """All cables of the step that the shares are of."""
    counts: tuple[Count, ...]
    """What each query finds, in their order."""
    shares: tuple[Share | None, ...]
    """The part of the step that each query finds, with six decimals; null if it has no cable."""


def steps_of(curves: Curves) -> list[Step]:
    """Return the steps of a chart, in their order."""
    shares = [curves.shares(curve) for curve in curves.curves]
    return [
        Step(
            name,
            total,
            tuple(curve.counts[index] for curve in curves.curves),
            tuple(
                None if part is None else round(part, 6) for part in (row[index] for row in shares)
            ),
        )
        for index, (name, total) in enumerate(zip(curves.steps, curves.totals, strict=True))
    ]


class StepTotal(Value):
    """A step of the answer."""

    value: str
    """2009-02, 2009, Embassy Rabat, SECRET."""
    cables: Count
    """All cables of the step."""


class QueryCurve(Value):
    """The curve of a query in the answer."""

    query: str
    """As it was understood."""
    count: Count
    """All cables that it finds, those in no step too."""
    counts: tuple[Count, ...]
    """The cables that it finds in each step."""
    shares: tuple[Share | None, ...]
    """The same as a part of all cables of the step; null where it has none."""


class TrendAnswer(Value):
    """The answer of `trend --json`: which share of the cables of each step some queries find."""

    by: Literal["month", "year", "post", "class"]
    """What a step is."""
    within: str
    """The query whose cables the shares are of; empty for the whole archive."""
    count: Count
    """All cables that the shares are of."""
    without: Count
    """Those of them that have no date or no post, and are in no step."""
    steps: tuple[StepTotal, ...]
    """Months and years without a gap, posts with the most cables first, classifications from the
    lowest."""
    curves: Annotated[tuple[QueryCurve, ...], ("minItems", 1), ("maxItems", 9)]
    """One for each query, in their order."""
    tally: Tally = Tally()
    """How much was read, and what the rows do not say."""


def answer_of(curves: Curves) -> TrendAnswer:
    """Return the curves as scripts get them."""
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
    answers: Sequence[tuple[str, Sequence[int]]],
    whole: Sequence[int],
    by: str,
    within: str = "",
) -> Curves:
    """Return the curves of queries, each with the cables it finds among those of `whole`.

    Raises `CacheError`.
    """
    from cable_tui.archive.search.snapshot import Snapshot

    all_columns = Snapshot(source).columns
    ids_among = all_columns.of_ids(whole)
    whole_counts = breakdown(source, whole, (by,))
    totals = _counts(whole_counts)
    names = steps(list(totals)) if by in IN_TIME else list(totals)
    all_curves = []
    for query, ids in answers:
        bits = all_columns.of_ids(ids) & ids_among
        hits = breakdown(source, bitset.ids_of(bits, all_columns.size), (by,))
        counts = _counts(hits)
        all_curves.append(Curve(query, tuple(counts.get(name, 0) for name in names), hits.count))
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


def _counts(breakdown: Breakdown) -> Mapping[str, int]:
    return {row.value: row.count for row in breakdown.rows}


# The chart

Pieces = Sequence[tuple[str, str]]
"""A line as texts with their looks: `word` for columns, `dim` for those of few cables."""
_WIDEST_STEP = 8
"""The most cells of one step."""
_LEAST = 10
_NAME = 24
"""The most cells of a post's name."""
_FEW = 10
"""Number of cables of a step below which its share says little."""
_THIN = 2
"""Factor by which an average step has more cables than a step with few."""
_TICKS = 4, 2
"""Parts of the height with a share beside each."""
_ROUND = 1, 2, 4, 5, 6, 8, 10
"""Steps of the highest tick: its quarters are round."""
_TICK = 5
"""The cells of a share beside the rows, unless one needs more."""
_YEARS = 1, 2, 5, 10, 20, 50
"""Years from one name to the next."""
_YEAR = 6
"""Cells of a year's name and the gap after it."""


def chart(  # noqa: PLR0913 - options by name
    curves: Curves,
    cells: int,
    *,
    rows: int,
    own_scale: bool = False,
    cut: bool = False,
    ascii_only: bool = False,
    limit: int | None = None,
    here: int | None = None,
) -> Iterator[Pieces]:
    """Yield the chart, at most `cells` wide, with `rows` rows of columns for each query.

    `limit` is the number of posts or classifications at most. With `own_scale` each query fills its
    band: then only the shapes can be compared. `cut` leaves out the time around the hits. `here` is
    the step whose numbers are below the chart.
    """
    if not curves.steps:
        return
    span = shown_span(curves, cut=cut)
    yield [(crop(_title(curves, span, own_scale=own_scale), cells), "")]
    if curves.in_time:
        yield from _bands(
            curves, span, cells, rows, own_scale=own_scale, ascii_only=ascii_only, here=here
        )
        if here is not None and here < len(curves.steps):
            yield [(crop(_numbers_of(curves, here), cells), "strong")]
    else:
        yield from _groups(curves, cells, limit, own_scale=own_scale, ascii_only=ascii_only)


def percent(share: float) -> str:
    """Return `12.5 %`, with more digits if a share is small."""
    if share >= 0.1 or not share:
        return f"{share * 100:.0f} %"
    return f"{share * 100:.1f} %" if share >= 0.001 else f"{share * 100:.2g} %"


def least_cables(totals: Sequence[int]) -> float:
    """Return the number of cables that a step needs, or else it does not set the scale."""
    nonzero_totals = [total for total in totals if total]
    return min(_FEW, sum(nonzero_totals) / len(nonzero_totals) / _THIN) if nonzero_totals else 0


def span_of_hits(curves: Curves) -> slice:
    """Return the steps from the first to the last with a hit, among those with enough cables."""
    least_total = least_cables(curves.totals)
    hits = [
        index
        for index, total in enumerate(curves.totals)
        if total >= least_total and any(curve.counts[index] for curve in curves.curves)
    ]
    return slice(hits[0], hits[-1] + 1) if hits else slice(0, len(curves.steps))


def shown_span(curves: Curves, *, cut: bool) -> slice:
    """Return the steps of a chart, without the time around the hits if it is cut."""
    if cut and curves.in_time:
        return span_of_hits(curves)
    return slice(0, len(curves.steps))


def _numbers_of(curves: Curves, index: int) -> str:
    """Return `2009-03 · 1 kettle: 3 of 14 (21 %) · 2 tea: 0 of 14 (0 %)`."""
    total = curves.totals[index]
    parts = (
        f"{number} {clean_line(curve.query)}: {curve.counts[index]:,} of {total:,}"
        + (f" ({percent(curve.counts[index] / total)})" if total else "")
        for number, curve in enumerate(curves.curves, 1)
    )
    return " · ".join((curves.steps[index], *parts))


def _title(curves: Curves, span: slice, *, own_scale: bool) -> str:
    within_query = f" of {clean_line(curves.within)}" if curves.within else ""
    steps = curves.steps[span]
    time = f" · {steps[0]} to {steps[-1]} only" if len(steps) < len(curves.steps) else ""
    scale = " · each to its own scale" if own_scale and len(curves.curves) > 1 else ""
    return f"Share of the cables{within_query} of each {AXES[curves.by]}{time}{scale}"


def _bands(  # noqa: PLR0913 - options by name
    curves: Curves,
    span: slice,
    cells: int,
    rows: int,
    *,
    own_scale: bool,
    ascii_only: bool,
    here: int | None,
) -> Iterator[Pieces]:
    layout = _laid_out(curves, span, cells, rows)
    steps_a_column, column_cells = layout.steps_a_column, layout.column_cells
    sums, is_few, tops, label_cells = layout.sums, layout.is_few, layout.tops, layout.label_cells
    cut_sign, is_cut = "^" if ascii_only else "↑", False
    for number, (curve, shares, top_share) in enumerate(
        zip(curves.curves, layout.shares, tops, strict=True), 1
    ):
        hits_beyond = sum(curve.counts) - sum(curve.counts[span])
        hits_outside = f" · {hits_beyond:,} before or after" if hits_beyond else ""
        yield [(crop(f"{number} {legend(curves, curve)}{hits_outside}", cells), "")]
        scale_top = top_share if own_scale else max(tops)
        heights = [share for share in shares for _ in range(column_cells)]
        first, *others = columns(heights, scale_top, rows, ascii_only=ascii_only)
        # What is higher than the scale is marked.
        marked = "".join(
            cut_sign if height > scale_top * (1 + 1e-9) else sign
            for sign, height in zip(first, heights, strict=False)
        )
        is_cut = is_cut or marked != first
        for name, line in zip(_scale(scale_top, rows), [marked, *others], strict=True):
            post = "+|" if ascii_only else "┤│"
            yield [
                (f"{name:>{label_cells}} {post[not name]}", ""),
                *_in_looks(line, is_few, column_cells),
            ]
    # There is no line below a time from which no cable is here.
    strokes = " .-||" if ascii_only else " ┄─┬╷"
    names, places = _years(curves.steps[span], steps_a_column, column_cells, layout.chart_cells)
    kinds = [
        0 if not total else 1 if is_thin else 2 for total, is_thin in zip(sums, is_few, strict=True)
    ]
    line = "".join(
        strokes[kind if index * column_cells + cell not in places else 3 if kind else 4]
        for index, kind in enumerate(kinds)
        for cell in range(column_cells)
    )
    yield [(f"{'':>{label_cells}}  {line}".rstrip(), "")]
    yield [(f"{'':>{label_cells}}  {names}".rstrip(), "")]
    if here is not None and here in range(*span.indices(len(curves.steps))):
        column = (here - span.start) // steps_a_column * column_cells
        yield [(f"{'':>{label_cells + 2 + column}}{'^' if ascii_only else '▲'}", "word")]
    notes = [f"{steps_a_column} {AXES[curves.by]}s in a column"] if steps_a_column > 1 else []
    if any(is_few):
        column = "" if steps_a_column > 1 else f"{AXES[curves.by]} "
        notes.append(
            f"{strokes[1]} {column}of {counted(ceil(least_cables(sums)) - 1, 'cable')} or fewer, "
            "ignored for the scale"
        )
    if is_cut:
        notes.append(f"{cut_sign} higher than the scale")
    if notes:
        yield [(crop(" · ".join(notes), cells), "")]


class _Layout(Value):
    """The columns of a chart over time: how many steps each has, their shares, and the scales."""

    chart_cells: int
    steps_a_column: int
    column_cells: int
    sums: Sequence[int]
    is_few: Sequence[bool]
    shares: Sequence[Sequence[float]]
    tops: Sequence[float]
    label_cells: int


def _laid_out(
    curves: Curves, span: slice, cells: int, rows: int, tick_cells: int = _TICK
) -> _Layout:
    """Return the columns that fit beside ticks of `tick_cells`, or of more if a tick needs them."""
    count = len(curves.steps[span])
    chart_cells = max(cells - tick_cells - 2, _LEAST)
    steps_a_column = -(-count // chart_cells)
    column_cells = max(min(chart_cells // -(-count // steps_a_column), _WIDEST_STEP), 1)
    sums = _grouped(curves.totals[span], steps_a_column)
    least_total = least_cables(sums)
    is_few = [0 < total < least_total for total in sums]
    shares = [
        [number / total if total else 0.0 for number, total in zip(counts, sums, strict=True)]
        for counts in (_grouped(curve.counts[span], steps_a_column) for curve in curves.curves)
    ]
    tops = [highest_share(column_shares, is_few) for column_shares in shares]
    tops = [min(round_top(top, _ROUND), 1.0) if top else 0.0 for top in tops]
    widest = max(len(name) for top in tops for name in _scale(top, rows))
    if widest > tick_cells:
        return _laid_out(curves, span, cells, rows, widest)
    return _Layout(chart_cells, steps_a_column, column_cells, sums, is_few, shares, tops, widest)


def _grouped(counts: Sequence[int], several: int) -> list[int]:
    """Return the count of each column, which has several steps if the terminal is narrow."""
    return [sum(counts[start : start + several]) for start in range(0, len(counts), several)]


def highest_share(shares: Sequence[float], few: Sequence[bool]) -> float:
    """Return the highest share, of few cables only if there is no other."""
    sure_top = max(
        (share for share, is_thin in zip(shares, few, strict=True) if not is_thin), default=0.0
    )
    return sure_top or max(shares, default=0.0)


def _scale(most: float, rows: int) -> list[str]:
    """Return the shares beside the rows: the highest, its half and quarters if at a row."""
    parts = next((tick for tick in _TICKS if rows % tick == 0 and rows >= 2 * tick), 1)
    return [
        "" if row * parts % rows else f"{most * (rows - row) / rows * 100:.3g} %"
        for row in range(rows)
    ]


def _in_looks(line: str, few: Sequence[bool], wide: int) -> Pieces:
    """Return the columns of a row, those of few cables dimmed; nothing is at its end."""
    runs = groupby(enumerate(line.rstrip()), lambda pair: few[pair[0] // wide])
    return [
        ("".join(sign for _, sign in run), "dim" if is_thin else "word") for is_thin, run in runs
    ]


def legend(curves: Curves, curve: Curve) -> str:
    """Return `kettle · 12 of 40 cables (30 %) · largest share in 2009-03: 3 of 4`."""
    text = f"{clean_line(curve.query)} · {curve.count:,} of {curves.count:,} cables"
    if not curve.count:
        return text
    text += f" ({percent(curve.count / curves.count)})"
    if not curves.in_time:
        return text
    shares = [share or 0.0 for share in curves.shares(curve)]
    least_total = least_cables(curves.totals)

    def rank(index: int) -> tuple[bool, float]:
        """As for the scale: the largest share is often that of a month with one cable here."""
        return shares[index] > 0 and curves.totals[index] >= least_total, shares[index]

    index = max(range(len(shares)), key=rank)
    part = f"{curve.counts[index]:,} of {curves.totals[index]:,}"
    return f"{text} · largest share in {curves.steps[index]}: {part}"


def _years(names: Sequence[str], several: int, wide: int, room: int) -> tuple[str, Sequence[int]]:
    """Return the years below the columns in which they begin, as many as have room; or every month.

    The cells in which a named year begins come with them, if its months are columns.
    """
    if wide > len(names[0]):
        return "".join(f"{name:<{wide}}" for name in names), ()
    begins = {
        int(name[:4]): index // several * wide for index, name in reversed(list(enumerate(names)))
    }
    a_year = (12 if "-" in names[0] else 1) * wide / several
    step = next((years for years in _YEARS if years * a_year >= _YEAR), _YEARS[-1])
    line, places = "", []
    for year, cell in sorted(begins.items()):
        if cell >= len(line) and (year % step == 0 or len(begins) <= step):
            start = min(cell, room - len(str(year)))  # the last one may end at the edge
            if start < len(line):
                continue
            line += " " * (start - len(line)) + f"{year} "
            places.append(cell)
    return line, places


def _groups(
    curves: Curves, cells: int, limit: int | None, *, own_scale: bool, ascii_only: bool
) -> Iterator[Pieces]:
    """Yield bars of each post or classification, the most frequent first."""
    for number, curve in enumerate(curves.curves, 1):
        yield [(crop(f"{number} {legend(curves, curve)}", cells), "")]
    shares = [curves.shares(curve) for curve in curves.curves]
    at_all = list(range(len(curves.steps)))
    if curves.by == "post":
        sums = [sum(curve.counts[index] for curve in curves.curves) for index in at_all]
        at_all = sorted(at_all, key=lambda index: -sums[index])
    shown_steps = [index for index in at_all if any(curve.counts[index] for curve in curves.curves)]
    more_steps = len(shown_steps) - len(shown_steps[:limit])
    shown_steps = shown_steps[:limit]
    tops = [max((parts[index] or 0.0 for index in shown_steps), default=0.0) for parts in shares]
    names = {index: _name(curves, index) for index in shown_steps}
    label_cells = max((width(name) for name in names.values()), default=0)
    chart_cells = max(cells - label_cells - 4 - _figures(curves, shown_steps), _LEAST)
    for index in shown_steps:
        for number, (curve, parts, top_share) in enumerate(
            zip(curves.curves, shares, tops, strict=True), 1
        ):
            name = names[index] if number == 1 else ""
            scale_top = top_share if own_scale else max(tops)
            share = parts[index] or 0.0
            drawn_bar = bar(
                share / scale_top * chart_cells if scale_top else 0, ascii_only=ascii_only
            )
            figures = f"{percent(share)} · {curve.counts[index]:,} of {curves.totals[index]:,}"
            pad = " " * (label_cells - width(name))
            yield [
                (f"{name}{pad} {number} ", ""),
                (drawn_bar, "word"),
                (f"{' ' if drawn_bar else ''}{figures}", ""),
            ]
    if more_steps:
        yield [(f"… {more_steps:,} more", "")]


def _name(curves: Curves, index: int) -> str:
    step_name = clean_line(curves.steps[index])
    return class_short(step_name) if curves.by == "class" else crop(step_name, _NAME)


def _figures(curves: Curves, shown: Sequence[int]) -> int:
    """Return the number of cells of the longest figures after a bar."""
    return max(
        (
            len(f"99.9 % · {curve.counts[index]:,} of {curves.totals[index]:,}")
            for curve in curves.curves
            for index in shown
        ),
        default=0,
    )
