"""The picture of a trend: a block of columns for each query, or bars for posts."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from cable_tui.exports.charts import Bars, Chart, Steps, is_cut
from cable_tui.query import class_short
from cable_tui.text import clean_line
from cable_tui.text.numbers import round_top
from cable_tui.tools.trend.chart import (
    highest_share,
    largest_notes,
    least_cables,
    legend,
    percent,
    shown_span,
)
from cable_tui.tools.trend.shares import AXES, Curve, Curves

_MOST_BARS = 20


def picture(curves: Curves, *, cut: bool, own_scale: bool) -> Chart:
    """Return the picture of a trend, using the options of the report page."""
    within_clause = f" that {clean_line(curves.within)} finds" if curves.within else ""
    axis = AXES[curves.by]
    chart_notes = []
    if curves.in_time:
        span = shown_span(curves, cut=cut)
        step_totals = curves.totals[span]
        least_needed = least_cables(step_totals)
        thin_steps = frozenset(
            index for index, total in enumerate(step_totals) if 0 < total < least_needed
        )
        shares = [curves.shares(curve)[span] for curve in curves.curves]
        highest_shares = [
            highest_share(
                [step_share or 0.0 for step_share in step_shares],
                [index in thin_steps for index in range(len(step_shares))],
            )
            for step_shares in shares
        ]
        blocks: list[Steps | Bars] = [
            Steps(
                legend(curves, curve),
                curves.steps[span],
                step_shares,
                round_top(highest if own_scale else max(highest_shares)),
                thin_steps,
            )
            for curve, step_shares, highest in zip(
                curves.curves, shares, highest_shares, strict=True
            )
        ]
        if thin_steps:
            chart_notes.append(
                f"Pale: a {axis} with fewer than {ceil(least_needed)} cables; it does not affect "
                "the scale."
            )
        if any(
            is_cut(share, block.most)
            for block in blocks
            if isinstance(block, Steps)
            for share in block.shares
        ):
            chart_notes.append("Triangle: the column is higher than the scale.")
        chart_notes += (f"{note.capitalize()}." for note in largest_notes(curves))
        if 0 in step_totals:
            chart_notes.append(f"Hatched: a {axis} without cables, whose share is unknown.")
        hits_outside = sum(sum(curve.counts) - sum(curve.counts[span]) for curve in curves.curves)
        if hits_outside:
            ends = dict.fromkeys(curves.steps[span][index] for index in (0, -1))
            chart_notes.append(f"{' to '.join(ends)} only: {hits_outside:,} more before or after.")
        if own_scale and len(shares) > 1:
            chart_notes.append("Each query has its own scale.")
    else:
        blocks = [
            Bars(tuple(_bars(curves, curve)), legend(curves, curve)) for curve in curves.curves
        ]
        if len(curves.steps) > _MOST_BARS:
            chart_notes.append(
                f"At most {_MOST_BARS} of {len(curves.steps):,} are shown for each query."
            )
    if curves.without:
        chart_notes.append(f"{curves.without:,} cables without a date or {axis} are not counted.")
    return Chart(
        "; ".join(clean_line(curve.query) for curve in curves.curves),
        tuple(blocks),
        f"Share of the cables{within_clause} of each {axis}",
        tuple(chart_notes),
    )


def _bars(curves: Curves, curve: Curve) -> Iterator[tuple[str, float, str]]:
    """Yield a bar, as long as its share, for each of the steps with the most hits."""
    shares = curves.shares(curve)
    best_steps = sorted(range(len(shares)), key=lambda index: -curve.counts[index])[:_MOST_BARS]
    for index in best_steps:
        if share := shares[index]:
            name = curves.steps[index]
            found_text = f"{curve.counts[index]:,} of {curves.totals[index]:,}"
            label = class_short(name) if curves.by == "class" else name
            yield label, share, f"{percent(share)} · {found_text}"
