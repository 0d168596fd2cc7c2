"""Curves: which share of the cables of each month, year, post or classification a query finds.

A number alone misleads: an archive has many cables of some months and few of others. All facets
are in memory, so that this reads no text.

The chart is lines of signs: each query has a band of columns, below each other, over one line of
time and to one scale, so that they can be compared without colours, also if the terminal has few
signs. Values, CSV and chart need no engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cable_tui.archive.columns import bitset
from cable_tui.archive.search.breakdown import IN_TIME, Breakdown, breakdown
from cable_tui.query import class_short
from cable_tui.text import clean_line, crop, width
from cable_tui.text.numbers import bar, columns, steps
from cable_tui.value import Value

if TYPE_CHECKING:
    from cable_tui.archive.search.snapshot import SnapshotSource

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
        """The share of each step that a query finds, from 0 to 1; None if the step has no cable."""
        return tuple(
            number / total if total else None
            for number, total in zip(curve.counts, self.totals, strict=True)
        )


def csv_rows(found: Curves) -> list[tuple[str, ...]]:
    """A row for each step: its cables, and for each query their number and share (0 to 1)."""
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


def curves(
    source: SnapshotSource,
    answers: Sequence[tuple[str, Sequence[int]]],
    whole: Sequence[int],
    by: str,
    within: str = "",
) -> Curves:
    """The curves of some queries, each with the cables it finds, among the cables of `whole`.

    Raises `CacheError`.
    """
    from cable_tui.archive.search.snapshot import Snapshot

    loaded = Snapshot(source).columns
    among = loaded.of_ids(whole)
    base = breakdown(source, whole, (by,))
    totals = _counts(base)
    names = steps(list(totals)) if by in IN_TIME else list(totals)
    found = []
    for query, ids in answers:
        bits = loaded.of_ids(ids) & among
        counted = breakdown(source, bitset.ids_of(bits, loaded.size), (by,))
        counts = _counts(counted)
        found.append(Curve(query, tuple(counts.get(name, 0) for name in names), counted.count))
    numbers = tuple(totals.get(name, 0) for name in names)
    return Curves(by, tuple(names), numbers, tuple(found), base.count, within, base.without)


def _counts(found: Breakdown) -> Mapping[str, int]:
    return {each.value: each.count for each in found.rows}


# The chart

_WIDEST_STEP = 8
"""The most cells of one step."""
_LEAST = 10
_NAME = 24
"""The most cells of a post's name."""


def chart(  # noqa: PLR0913 - options by name
    found: Curves,
    cells: int,
    *,
    rows: int,
    own_scale: bool = False,
    ascii_only: bool = False,
    limit: int | None = None,
) -> Iterator[str]:
    """The chart, at most `cells` wide, with `rows` rows of columns for each query.

    `limit` is the number of posts or classifications at most. With `own_scale` each query fills its
    band: then only the shapes can be compared.
    """
    if not found.steps:
        return
    yield crop(_title(found, own_scale=own_scale), cells)
    if found.in_time:
        yield from _bands(found, cells, rows, own_scale=own_scale, ascii_only=ascii_only)
    else:
        yield from _groups(found, cells, limit, own_scale=own_scale, ascii_only=ascii_only)


def percent(share: float) -> str:
    """`12.5 %`, with more digits if a share is small."""
    if share >= 0.1 or not share:
        return f"{share * 100:.0f} %"
    return f"{share * 100:.1f} %" if share >= 0.001 else f"{share * 100:.2g} %"


def _title(found: Curves, *, own_scale: bool) -> str:
    of = f" of {clean_line(found.within)}" if found.within else ""
    scale = " · each to its own scale" if own_scale and len(found.curves) > 1 else ""
    return f"Share of the cables{of} of each {AXES[found.by]}{scale}"


def _bands(
    found: Curves, cells: int, rows: int, *, own_scale: bool, ascii_only: bool
) -> Iterator[str]:
    drawn = [_grouped(found, each, 1) for each in found.curves]
    left = max((width(percent(max(filter(None, each), default=0))) for each in drawn), default=0)
    room = max(cells - left - 2, _LEAST)
    several = -(-len(found.steps) // room)
    drawn = [_grouped(found, each, several) for each in found.curves]
    wide = max(min(room // max(len(drawn[0]), 1), _WIDEST_STEP), 1) if drawn else 1
    tops = [max(filter(None, each), default=0.0) for each in drawn]
    stroke, post = ("-", "|") if ascii_only else ("─", "│")
    for number, (curve, shares, top) in enumerate(zip(found.curves, drawn, tops, strict=True), 1):
        yield crop(f"{number} {_legend(found, curve)}", cells)
        most = top if own_scale else max(tops)
        heights = [share or 0.0 for share in shares for _ in range(wide)]
        named = [percent(most), *[""] * (rows - 1)]
        for name, line in zip(
            named, columns(heights, most, rows, ascii_only=ascii_only), strict=True
        ):
            yield f"{name:>{left}} {post}{line}".rstrip()
    if drawn:
        # There is no line below a time from which no cable is here.
        line = "".join((" " if share is None else stroke) * wide for share in drawn[0])
        yield f"{'':>{left}}  {line}".rstrip()
        yield f"{'':>{left}}  {_ticks(found.steps, several, wide)}".rstrip()
    if several > 1:
        yield crop(f"{several} {AXES[found.by]}s in a column", cells)


def _grouped(found: Curves, curve: Curve, several: int) -> list[float | None]:
    """The share of each column, which has several steps if the terminal is narrow."""
    shares: list[float | None] = []
    for start in range(0, len(found.steps), several):
        total = sum(found.totals[start : start + several])
        number = sum(curve.counts[start : start + several])
        shares.append(number / total if total else None)
    return shares


def _legend(found: Curves, curve: Curve) -> str:
    """`kettle · 12 of 40 cables (30 %) · most in 2009-03: 3 of 4`."""
    said = f"{clean_line(curve.query)} · {curve.count:,} of {found.count:,} cables"
    if not curve.count:
        return said
    said += f" ({percent(curve.count / found.count)})"
    if not found.in_time:
        return said
    # By number: the largest share is often that of a month with one cable here.
    at = max(range(len(found.steps)), key=curve.counts.__getitem__)
    return f"{said} · most in {found.steps[at]}: {curve.counts[at]:,} of {found.totals[at]:,}"


def _ticks(names: Sequence[str], several: int, wide: int) -> str:
    """The years below their first columns, as many as have room; or every month."""
    if names and wide > len(names[0]):
        return "".join(f"{name:<{wide}}" for name in names)
    line = ""
    year = ""
    for at, name in enumerate(names):
        cell = at // several * wide
        if name[:4] != year and (not line or cell > len(line)):
            line += " " * (cell - len(line)) + name[:4]
        year = name[:4]
    return line


def _groups(
    found: Curves, cells: int, limit: int | None, *, own_scale: bool, ascii_only: bool
) -> Iterator[str]:
    """Bars of each post or classification, the most frequent first."""
    for number, curve in enumerate(found.curves, 1):
        yield crop(f"{number} {_legend(found, curve)}", cells)
    shares = [found.shares(each) for each in found.curves]
    at_all = list(range(len(found.steps)))
    if found.by == "post":
        sums = [sum(each.counts[at] for each in found.curves) for at in at_all]
        at_all = sorted(at_all, key=lambda at: -sums[at])
    shown = [at for at in at_all if any(each.counts[at] for each in found.curves)]
    more = len(shown) - len(shown[:limit])
    shown = shown[:limit]
    tops = [max((parts[at] or 0.0 for at in shown), default=0.0) for parts in shares]
    names = {at: _name(found, at) for at in shown}
    left = max((width(name) for name in names.values()), default=0)
    room = max(cells - left - 4 - _figures(found, shown), _LEAST)
    for at in shown:
        for number, (curve, parts, top) in enumerate(
            zip(found.curves, shares, tops, strict=True), 1
        ):
            name = names[at] if number == 1 else ""
            most = top if own_scale else max(tops)
            share = parts[at] or 0.0
            drawn = bar(share / most * room if most else 0, ascii_only=ascii_only)
            figures = f"{percent(share)} · {curve.counts[at]:,} of {found.totals[at]:,}"
            pad = " " * (left - width(name))
            yield f"{name}{pad} {number} {drawn}{' ' if drawn else ''}{figures}"
    if more:
        yield f"… {more:,} more"


def _name(found: Curves, at: int) -> str:
    value = clean_line(found.steps[at])
    return class_short(value) if found.by == "class" else crop(value, _NAME)


def _figures(found: Curves, shown: Sequence[int]) -> int:
    """Cells of the longest figures after a bar."""
    return max(
        (
            len(f"99.9 % · {curve.counts[at]:,} of {found.totals[at]:,}")
            for curve in found.curves
            for at in shown
        ),
        default=0,
    )
