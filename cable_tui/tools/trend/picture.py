"""The picture of a trend: a block of columns for each query, or bars for posts."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from cable_tui.exports.charts import Bars, Chart, Steps
from cable_tui.query import class_short
from cable_tui.text import clean_line
from cable_tui.text.numbers import round_top
from cable_tui.tools.trend.shares import (
    AXES,
    Curve,
    Curves,
    highest_share,
    least_cables,
    legend,
    percent,
    shown_span,
)

_MOST_BARS = 20


def picture(curves: Curves, *, cut: bool, own_scale: bool) -> Chart:
    """Return the picture of a trend, with the options of its page."""
    of = f" that {clean_line(curves.within)} finds" if curves.within else ""
    axis = AXES[curves.by]
    notes = []
    if curves.in_time:
        span = shown_span(curves, cut=cut)
        totals = curves.totals[span]
        least = least_cables(totals)
        thin = frozenset(index for index, total in enumerate(totals) if 0 < total < least)
        shares = [curves.shares(curve)[span] for curve in curves.curves]
        tops = [
            highest_share(
                [part or 0.0 for part in parts], [index in thin for index in range(len(parts))]
            )
            for parts in shares
        ]
        blocks: list[Steps | Bars] = [
            Steps(
                legend(curves, curve),
                curves.steps[span],
                parts,
                round_top(top if own_scale else max(tops)),
                thin,
            )
            for curve, parts, top in zip(curves.curves, shares, tops, strict=True)
        ]
        if thin:
            notes.append(f"Pale: a {axis} of fewer than {ceil(least)} cables; it sets no scale.")
        if 0 in totals:
            notes.append(f"Hatched: a {axis} without cables, whose share is unknown.")
        if own_scale and len(shares) > 1:
            notes.append("Each query has its own scale.")
    else:
        blocks = [
            Bars(tuple(_bars(curves, curve)), legend(curves, curve)) for curve in curves.curves
        ]
        if len(curves.steps) > _MOST_BARS:
            notes.append(f"At most {_MOST_BARS} of {len(curves.steps):,} are shown for each query.")
    if curves.without:
        notes.append(f"{curves.without:,} cables have no date or {axis} and are left out.")
    return Chart(
        "; ".join(clean_line(curve.query) for curve in curves.curves),
        tuple(blocks),
        f"Share of the cables{of} of each {axis}",
        tuple(notes),
    )


def _bars(curves: Curves, curve: Curve) -> Iterator[tuple[str, float, str]]:
    """Yield the steps with most cables found, each with its share."""
    shares = curves.shares(curve)
    most = sorted(range(len(shares)), key=lambda index: -curve.counts[index])[:_MOST_BARS]
    for index in most:
        if share := shares[index]:
            name = curves.steps[index]
            found = f"{curve.counts[index]:,} of {curves.totals[index]:,}"
            label = class_short(name) if curves.by == "class" else name
            yield label, share, f"{percent(share)} · {found}"
