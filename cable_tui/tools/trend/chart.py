"""Draw curves as characters, for the page and the terminal.

Each query has a band of columns, one below the other, with the same time line and scale. They can
therefore be compared without colors, even on a terminal with few symbols. A month with few cables
does not set the scale. Charts do not need the search engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil

from cable_tui.base.value import Value
from cable_tui.query import class_short
from cable_tui.text import clean_line, crop, width
from cable_tui.text.numbers import bar, columns, counted, round_top
from cable_tui.tools.trend.shares import AXES, Curve, Curves

Pieces = Sequence[tuple[str, str]]
"""A line as texts with their looks: `word` for columns, `dim` for columns of few cables."""
_WIDEST_STEP = 8
"""The maximum number of cells of one step."""
_LEAST = 10
_NAME = 24
"""The maximum number of cells of a post's name."""
_FEW = 10
"""The number of cables in a step below which its share is not informative."""
_THIN = 2
"""How many times larger an average step must be for a step to count as having few cables."""
_LEAST_PART = 0.5
"""The maximum part of the displayed time that hits in steps with few cables may fill."""
_TICKS = 4, 2
"""The possible numbers of parts into which the height is divided by labels with a share."""
_ROUND = 1, 2, 4, 5, 6, 8, 10
"""The possible first digits of the highest tick, chosen so that its quarters are round."""
_TICK = 5
"""The width of a share next to the rows, in cells, unless a share needs more."""
_YEARS = 1, 2, 5, 10, 20, 50
"""The possible numbers of years between two labels."""
_YEAR = 6
"""The number of cells for a year and the gap after it."""


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

    `limit` is the maximum number of posts or classifications. With `own_scale` each query fills its
    band, so that only the shapes can be compared. `cut` leaves out the time before the first and
    after the last hit. `here` is the step whose numbers are printed below the chart.
    """
    if not curves.steps:
        return
    span = shown_span(curves, cut=cut)
    yield from _wrapped(_title(curves, span, own_scale=own_scale), cells)
    if curves.in_time:
        yield from _bands(
            curves, span, cells, rows, own_scale=own_scale, ascii_only=ascii_only, here=here
        )
        if here is not None and here < len(curves.steps):
            yield from _wrapped(_numbers_of(curves, here), cells, "strong")
    else:
        yield from _groups(curves, cells, limit, own_scale=own_scale, ascii_only=ascii_only)


def percent(share: float) -> str:
    """Return a share such as `12.5%`, with more digits if it is small."""
    if share >= 0.1 or not share:
        return f"{share * 100:.0f}%"
    return f"{share * 100:.1f}%" if share >= 0.001 else f"{share * 100:.2g}%"


def least_cables(totals: Sequence[int]) -> float:
    """Return the number of cables that a step needs in order to set the scale."""
    nonzero_totals = [total for total in totals if total]
    return min(_FEW, sum(nonzero_totals) / len(nonzero_totals) / _THIN) if nonzero_totals else 0


def shown_span(curves: Curves, *, cut: bool) -> slice:
    """Return the steps shown in a chart; if it is cut, from the first to the last hit.

    Hits in steps with few cables, whose dates are often wrong, are left out if the other hits would
    fill at most `_LEAST_PART` of the chart.
    """
    whole_span = slice(0, len(curves.steps))
    hit_steps = [
        index
        for index in range(len(curves.steps))
        if any(curve.counts[index] for curve in curves.curves)
    ]
    if not cut or not curves.in_time or not hit_steps:
        return whole_span
    least_total = least_cables(curves.totals)
    sure_steps = [index for index in hit_steps if curves.totals[index] >= least_total] or hit_steps
    if sure_steps[-1] + 1 - sure_steps[0] <= _LEAST_PART * (hit_steps[-1] + 1 - hit_steps[0]):
        hit_steps = sure_steps
    return slice(hit_steps[0], hit_steps[-1] + 1)


def _numbers_of(curves: Curves, index: int) -> str:
    """Return a line such as `2009-03 · 1 kettle: 3 of 14 (21%) · 2 tea: 0 of 14 (0%)`."""
    step_total = curves.totals[index]
    query_parts = (
        f"{query_number} {clean_line(curve.query)}: {curve.counts[index]:,} of {step_total:,}"
        + (f" ({percent(curve.counts[index] / step_total)})" if step_total else "")
        for query_number, curve in enumerate(curves.curves, 1)
    )
    return " · ".join((curves.steps[index], *query_parts))


def _title(curves: Curves, span: slice, *, own_scale: bool) -> str:
    within_query = f" of {clean_line(curves.within)}" if curves.within else ""
    steps = curves.steps[span]
    time_note = f" · {steps[0]} to {steps[-1]} only" if len(steps) < len(curves.steps) else ""
    scale_note = " · each to its own scale" if own_scale and len(curves.curves) > 1 else ""
    return f"Share of the cables{within_query} of each {AXES[curves.by]}{time_note}{scale_note}"


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
    for query_number, (curve, shares, top_share) in enumerate(
        zip(curves.curves, layout.shares, tops, strict=True), 1
    ):
        hits_beyond = sum(curve.counts) - sum(curve.counts[span])
        hits_outside = f" · {hits_beyond:,} before or after" if hits_beyond else ""
        yield from _wrapped(f"{query_number} {legend(curves, curve)}{hits_outside}", cells)
        scale_top = top_share if own_scale else max(tops)
        heights = [share for share in shares for _ in range(column_cells)]
        top_row, *other_rows = columns(heights, scale_top, rows, ascii_only=ascii_only)
        # What is above the scale is marked.
        marked = "".join(
            cut_sign if height > scale_top * (1 + 1e-9) else column_sign
            for column_sign, height in zip(top_row, heights, strict=False)
        )
        is_cut = is_cut or marked != top_row
        for name, row_line in zip(_scale(scale_top, rows), [marked, *other_rows], strict=True):
            axis_symbol = "+|" if ascii_only else "┤│"
            yield [
                (f"{name:>{label_cells}} {axis_symbol[not name]}", ""),
                *_in_looks(row_line, is_few, column_cells),
            ]
    # There is no line below a time from which no cable is here.
    axis_strokes = " .-||" if ascii_only else " ┄─┬╷"
    year_names, year_cells = _years(
        curves.steps[span], steps_a_column, column_cells, layout.chart_cells
    )
    stroke_kinds = [
        0 if not total else 1 if is_thin else 2 for total, is_thin in zip(sums, is_few, strict=True)
    ]
    row_line = "".join(
        axis_strokes[
            stroke_kind
            if index * column_cells + cell not in year_cells
            else 3
            if stroke_kind
            else 4
        ]
        for index, stroke_kind in enumerate(stroke_kinds)
        for cell in range(column_cells)
    )
    yield [(f"{'':>{label_cells}}  {row_line}".rstrip(), "")]
    yield [(f"{'':>{label_cells}}  {year_names}".rstrip(), "")]
    if here is not None and here in range(*span.indices(len(curves.steps))):
        marker_column = (here - span.start) // steps_a_column * column_cells
        yield [(f"{'':>{label_cells + 2 + marker_column}}{'^' if ascii_only else '▲'}", "word")]
    chart_notes = [f"{steps_a_column} {AXES[curves.by]}s per column"] if steps_a_column > 1 else []
    if any(is_few):
        axis_word = "" if steps_a_column > 1 else f"{AXES[curves.by]} "
        most_few = ceil(least_cables(sums)) - 1
        chart_notes.append(
            f"{axis_strokes[1]} {axis_word}with {counted(most_few, 'cable')} or fewer, "
            "ignored in the scale"
        )
    if is_cut:
        chart_notes.append(f"{cut_sign} above the scale")
    chart_notes += largest_notes(curves)
    if chart_notes:
        yield from _wrapped(" · ".join(chart_notes), cells, indent="")


def _wrapped(text: str, cells: int, look: str = "", indent: str = "  ") -> Iterator[Pieces]:
    """Yield parts separated by ` · `, each on one line if it fits, in lines of at most `cells`."""
    lines: list[str] = []
    for part in text.split(" · "):
        joined = f"{lines[-1]} · {part}" if lines else part
        if lines and width(joined) <= cells:
            lines[-1] = joined
        else:
            lines.append(f"{indent}{part}" if lines else part)
    yield from ([(crop(line, cells), look)] for line in lines)


class _Layout(Value):
    """The columns of a chart over time: their widths in steps and cells, shares and scales."""

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
    """Return the layout of columns next to ticks at least `tick_cells` wide."""
    step_count = len(curves.steps[span])
    chart_cells = max(cells - tick_cells - 2, _LEAST)
    steps_a_column = -(-step_count // chart_cells)
    column_cells = max(min(chart_cells // -(-step_count // steps_a_column), _WIDEST_STEP), 1)
    column_totals = _grouped(curves.totals[span], steps_a_column)
    least_total = least_cables(column_totals)
    is_few = [0 < total < least_total for total in column_totals]
    shares = [
        [
            hit_count / total if total else 0.0
            for hit_count, total in zip(counts, column_totals, strict=True)
        ]
        for counts in (_grouped(curve.counts[span], steps_a_column) for curve in curves.curves)
    ]
    scale_tops = [highest_share(column_shares, is_few) for column_shares in shares]
    scale_tops = [
        min(round_top(scale_top, _ROUND), 1.0) if scale_top else 0.0 for scale_top in scale_tops
    ]
    widest_label = max(
        len(scale_label) for scale_top in scale_tops for scale_label in _scale(scale_top, rows)
    )
    if widest_label > tick_cells:
        return _laid_out(curves, span, cells, rows, widest_label)
    return _Layout(
        chart_cells,
        steps_a_column,
        column_cells,
        column_totals,
        is_few,
        shares,
        scale_tops,
        widest_label,
    )


def _grouped(counts: Sequence[int], several: int) -> list[int]:
    """Return the count for each column, which contains several steps if the terminal is narrow."""
    return [sum(counts[start : start + several]) for start in range(0, len(counts), several)]


def highest_share(shares: Sequence[float], few: Sequence[bool]) -> float:
    """Return the highest share. Steps with few cables count only if there are no others."""
    sure_top = max(
        (share for share, is_thin in zip(shares, few, strict=True) if not is_thin), default=0.0
    )
    return sure_top or max(shares, default=0.0)


def _scale(most: float, rows: int) -> list[str]:
    """Return the labels next to the rows: the highest share, and round fractions of it."""
    tick_parts = next((tick for tick in _TICKS if rows % tick == 0 and rows >= 2 * tick), 1)
    return [
        "" if row * tick_parts % rows else f"{most * (rows - row) / rows * 100:.3g}%"
        for row in range(rows)
    ]


def _in_looks(line: str, few: Sequence[bool], wide: int) -> Pieces:
    """Return the columns of a row with their looks, dimmed if they have few cables."""
    look_runs = groupby(enumerate(line.rstrip()), lambda pair: few[pair[0] // wide])
    return [
        ("".join(column_sign for _, column_sign in look_run), "dim" if is_thin else "word")
        for is_thin, look_run in look_runs
    ]


def legend(curves: Curves, curve: Curve) -> str:
    """Return `kettle · 12 of 40 cables (30%) · largest share in 2009-03: 3 of 4`."""
    legend_text = f"{clean_line(curve.query)} · {curve.count:,} of {curves.count:,} cables"
    if not curve.count:
        return legend_text
    legend_text += f" ({percent(curve.count / curves.count)})"
    if not curves.in_time:
        return legend_text
    largest_step = _largest_step(curves, curve)
    largest_part = f"{curve.counts[largest_step]:,} of {curves.totals[largest_step]:,}"
    return f"{legend_text} · largest share in {curves.steps[largest_step]}: {largest_part}"


def _largest_step(curves: Curves, curve: Curve) -> int:
    """Return the step with the largest share, if possible among those with enough cables."""
    shares = [share or 0.0 for share in curves.shares(curve)]
    least_total = least_cables(curves.totals)

    def rank(index: int) -> tuple[bool, float]:
        """Prefer steps with enough cables: the largest share is often in a month with only one."""
        return shares[index] > 0 and curves.totals[index] >= least_total, shares[index]

    return max(range(len(shares)), key=rank)


def largest_notes(curves: Curves) -> Iterator[str]:
    """Yield a sentence about the counted steps, if one with few cables has a larger share."""
    for curve in curves.curves:
        shares = [share or 0.0 for share in curves.shares(curve)]
        if curve.count and max(shares) > shares[_largest_step(curves, curve)]:
            least_total = ceil(least_cables(curves.totals))
            yield f"largest share: only {AXES[curves.by]}s with {least_total} cables or more"
            return


def _years(names: Sequence[str], several: int, wide: int, room: int) -> tuple[str, Sequence[int]]:
    """Return the line of years below their first columns, as many as fit, or of all months.

    If each month has a column, also return the cells where labelled years begin.
    """
    if wide > len(names[0]):
        return "".join(f"{name:<{wide}}" for name in names), ()
    first_cell_by_year = {
        int(name[:4]): index // several * wide for index, name in reversed(list(enumerate(names)))
    }
    year_cells = (12 if "-" in names[0] else 1) * wide / several
    years_per_label = next((years for years in _YEARS if years * year_cells >= _YEAR), _YEARS[-1])
    year_line, labelled_cells = "", []
    years_and_cells = [
        (year, cell)
        for year, cell in sorted(first_cell_by_year.items())
        if year % years_per_label == 0 or len(first_cell_by_year) <= years_per_label
    ]
    if len(years_and_cells) > 1 and years_and_cells[1][1] < _YEAR - 1:
        del years_and_cells[0]  # it is almost over, and its name would hide the next one
    for year, cell in years_and_cells:
        if cell >= len(year_line):
            label_start = min(cell, room - len(str(year)))  # the last one may end at the edge
            if label_start < len(year_line):
                continue
            year_line += " " * (label_start - len(year_line)) + f"{year} "
            labelled_cells.append(cell)
    return year_line, labelled_cells


def _groups(
    curves: Curves, cells: int, limit: int | None, *, own_scale: bool, ascii_only: bool
) -> Iterator[Pieces]:
    """Yield bars for each post or classification, most frequent first."""
    for query_number, curve in enumerate(curves.curves, 1):
        yield from _wrapped(f"{query_number} {legend(curves, curve)}", cells)
    shares = [curves.shares(curve) for curve in curves.curves]
    step_order = list(range(len(curves.steps)))
    if curves.by == "post":
        step_hits = [sum(curve.counts[index] for curve in curves.curves) for index in step_order]
        step_order = sorted(step_order, key=lambda index: -step_hits[index])
    shown_steps = [
        index for index in step_order if any(curve.counts[index] for curve in curves.curves)
    ]
    more_steps = len(shown_steps) - len(shown_steps[:limit])
    shown_steps = shown_steps[:limit]
    highest_shares = [
        max((query_shares[index] or 0.0 for index in shown_steps), default=0.0)
        for query_shares in shares
    ]
    name_by_step = {index: _name(curves, index) for index in shown_steps}
    label_cells = max((width(name) for name in name_by_step.values()), default=0)
    chart_cells = max(cells - label_cells - 4 - _figures(curves, shown_steps), _LEAST)
    for index in shown_steps:
        for query_number, (curve, query_shares, top_share) in enumerate(
            zip(curves.curves, shares, highest_shares, strict=True), 1
        ):
            name = name_by_step[index] if query_number == 1 else ""
            scale_top = top_share if own_scale else max(highest_shares)
            share = query_shares[index] or 0.0
            drawn_bar = bar(
                share / scale_top * chart_cells if scale_top else 0, ascii_only=ascii_only
            )
            figures = f"{percent(share)} · {curve.counts[index]:,} of {curves.totals[index]:,}"
            padding = " " * (label_cells - width(name))
            yield [
                (f"{name}{padding} {query_number} ", ""),
                (drawn_bar, "word"),
                (f"{' ' if drawn_bar else ''}{figures}", ""),
            ]
    if more_steps:
        yield [(f"… {more_steps:,} more", "")]


def _name(curves: Curves, index: int) -> str:
    step_name = clean_line(curves.steps[index])
    return class_short(step_name) if curves.by == "class" else crop(step_name, _NAME)


def _figures(curves: Curves, shown: Sequence[int]) -> int:
    """Return the width, in cells, of the longest figures after a bar."""
    return max(
        (
            len(f"99.9% · {curve.counts[index]:,} of {curves.totals[index]:,}")
            for curve in curves.curves
            for index in shown
        ),
        default=0,
    )
