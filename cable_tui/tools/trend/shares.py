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
from typing import TYPE_CHECKING, Any, NamedTuple

from cable_tui.archive.columns import bitset
from cable_tui.archive.search.breakdown import IN_TIME, Breakdown, breakdown
from cable_tui.base.value import Value
from cable_tui.query import class_short
from cable_tui.text import clean_line, crop, width
from cable_tui.text.numbers import bar, columns, counted, steps

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
        """Return the share of each step that a query finds, from 0 to 1.

        None if the step has no cable.
        """
        return tuple(
            number / total if total else None
            for number, total in zip(curve.counts, self.totals, strict=True)
        )


class Step(NamedTuple):
    """A step, with the number and the share (0 to 1) that each query finds of its cables."""

    step: str
    cables: int
    counts: tuple[int, ...]
    shares: tuple[float | None, ...]
    """Six decimals; None if the step has no cable."""


def steps_of(found: Curves) -> list[Step]:
    """Return the steps of a chart, in their order."""
    shares = [found.shares(each) for each in found.curves]
    return [
        Step(
            name,
            total,
            tuple(each.counts[at] for each in found.curves),
            tuple(None if part is None else round(part, 6) for part in (s[at] for s in shares)),
        )
        for at, (name, total) in enumerate(zip(found.steps, found.totals, strict=True))
    ]


def as_json(found: Curves) -> dict[str, Any]:
    """Return the curves as scripts get them."""
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
    """Return the curves of queries, each with the cables it finds among those of `whole`.

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
        hits = breakdown(source, bitset.ids_of(bits, loaded.size), (by,))
        counts = _counts(hits)
        found.append(Curve(query, tuple(counts.get(name, 0) for name in names), hits.count))
    numbers = tuple(totals.get(name, 0) for name in names)
    return Curves(by, tuple(names), numbers, tuple(found), base.count, within, base.without)


def _counts(found: Breakdown) -> Mapping[str, int]:
    return {each.value: each.count for each in found.rows}


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
_YEARS = 1, 2, 5, 10, 20, 50
"""Years from one name to the next."""
_YEAR = 6
"""Cells of a year's name and the gap after it."""


def chart(  # noqa: PLR0913 - options by name
    found: Curves,
    cells: int,
    *,
    rows: int,
    own_scale: bool = False,
    cut: bool = False,
    ascii_only: bool = False,
    limit: int | None = None,
) -> Iterator[Pieces]:
    """Yield the chart, at most `cells` wide, with `rows` rows of columns for each query.

    `limit` is the number of posts or classifications at most. With `own_scale` each query fills its
    band: then only the shapes can be compared. `cut` leaves out the time around the hits.
    """
    if not found.steps:
        return
    span = _span_of_hits(found) if cut and found.in_time else slice(0, len(found.steps))
    yield [(crop(_title(found, span, own_scale=own_scale), cells), "")]
    if found.in_time:
        yield from _bands(found, span, cells, rows, own_scale=own_scale, ascii_only=ascii_only)
    else:
        yield from _groups(found, cells, limit, own_scale=own_scale, ascii_only=ascii_only)


def percent(share: float) -> str:
    """Return `12.5 %`, with more digits if a share is small."""
    if share >= 0.1 or not share:
        return f"{share * 100:.0f} %"
    return f"{share * 100:.1f} %" if share >= 0.001 else f"{share * 100:.2g} %"


def _least(totals: Sequence[int]) -> float:
    """Return the number of cables that a step needs, or else it does not set the scale."""
    some = [each for each in totals if each]
    return min(_FEW, sum(some) / len(some) / _THIN) if some else 0


def _span_of_hits(found: Curves) -> slice:
    """Return the steps from the first to the last with a hit, among those with enough cables."""
    least = _least(found.totals)
    hits = [
        at
        for at, total in enumerate(found.totals)
        if total >= least and any(each.counts[at] for each in found.curves)
    ]
    return slice(hits[0], hits[-1] + 1) if hits else slice(0, len(found.steps))


def _title(found: Curves, span: slice, *, own_scale: bool) -> str:
    of = f" of {clean_line(found.within)}" if found.within else ""
    steps = found.steps[span]
    time = f" · {steps[0]} to {steps[-1]} only" if len(steps) < len(found.steps) else ""
    scale = " · each to its own scale" if own_scale and len(found.curves) > 1 else ""
    return f"Share of the cables{of} of each {AXES[found.by]}{time}{scale}"


def _bands(  # noqa: PLR0913 - options by name
    found: Curves, span: slice, cells: int, rows: int, *, own_scale: bool, ascii_only: bool
) -> Iterator[Pieces]:
    steps, totals = found.steps[span], found.totals[span]
    left = max(len(percent(part or 0.0)) for each in found.curves for part in found.shares(each))
    room = max(cells - left - 2, _LEAST)
    several = -(-len(steps) // room)
    wide = max(min(room // -(-len(steps) // several), _WIDEST_STEP), 1)
    sums = _grouped(totals, several)
    least = _least(sums)
    few = [0 < each < least for each in sums]
    drawn = [
        [number / total if total else 0.0 for number, total in zip(each, sums, strict=True)]
        for each in (_grouped(curve.counts[span], several) for curve in found.curves)
    ]
    tops = [_top(each, few) for each in drawn]
    for number, (curve, shares, top) in enumerate(zip(found.curves, drawn, tops, strict=True), 1):
        beyond = sum(curve.counts) - sum(curve.counts[span])
        outside = f" · {beyond:,} before or after" if beyond else ""
        yield [(crop(f"{number} {_legend(found, curve)}{outside}", cells), "")]
        most = top if own_scale else max(tops)
        heights = [share for share in shares for _ in range(wide)]
        for name, line in zip(
            _scale(most, rows), columns(heights, most, rows, ascii_only=ascii_only), strict=True
        ):
            post = "+|" if ascii_only else "┤│"
            yield [(f"{name:>{left}} {post[not name]}", ""), *_in_looks(line, few, wide)]
    # There is no line below a time from which no cable is here.
    strokes = " .-||" if ascii_only else " ┄─┬╷"
    names, places = _years(steps, several, wide, room)
    kinds = [0 if not total else 1 if thin else 2 for total, thin in zip(sums, few, strict=True)]
    line = "".join(
        strokes[kind if at * wide + cell not in places else 3 if kind else 4]
        for at, kind in enumerate(kinds)
        for cell in range(wide)
    )
    yield [(f"{'':>{left}}  {line}".rstrip(), "")]
    yield [(f"{'':>{left}}  {names}".rstrip(), "")]
    said = [f"{several} {AXES[found.by]}s in a column"] if several > 1 else []
    if any(few):
        column = "" if several > 1 else f"{AXES[found.by]} "
        said.append(
            f"{strokes[1]} {column}of {counted(ceil(least) - 1, 'cable')} or fewer: "
            "it does not set the scale"
        )
    if said:
        yield [(crop(" · ".join(said), cells), "")]


def _grouped(counts: Sequence[int], several: int) -> list[int]:
    """Return the count of each column, which has several steps if the terminal is narrow."""
    return [sum(counts[start : start + several]) for start in range(0, len(counts), several)]


def _top(shares: Sequence[float], few: Sequence[bool]) -> float:
    """Return the highest share, of few cables only if there is no other."""
    sure = max((each for each, thin in zip(shares, few, strict=True) if not thin), default=0.0)
    return sure or max(shares, default=0.0)


def _scale(most: float, rows: int) -> list[str]:
    """Return the shares beside the rows.

    The highest, and its half and quarters if they are at a row.
    """
    parts = next((each for each in _TICKS if rows % each == 0 and rows >= 2 * each), 1)
    return [
        "" if row * parts % rows else percent(most * (rows - row) / rows) for row in range(rows)
    ]


def _in_looks(line: str, few: Sequence[bool], wide: int) -> Pieces:
    """Return the columns of a row, those of few cables dimmed; nothing is at its end."""
    runs = groupby(enumerate(line.rstrip()), lambda each: few[each[0] // wide])
    return [("".join(sign for _, sign in run), "dim" if thin else "word") for thin, run in runs]


def _legend(found: Curves, curve: Curve) -> str:
    """Return `kettle · 12 of 40 cables (30 %) · largest share in 2009-03: 3 of 4`."""
    said = f"{clean_line(curve.query)} · {curve.count:,} of {found.count:,} cables"
    if not curve.count:
        return said
    said += f" ({percent(curve.count / found.count)})"
    if not found.in_time:
        return said
    shares = [share or 0.0 for share in found.shares(curve)]
    least = _least(found.totals)

    def rank(at: int) -> tuple[bool, float]:
        """As for the scale: the largest share is often that of a month with one cable here."""
        return shares[at] > 0 and found.totals[at] >= least, shares[at]

    at = max(range(len(shares)), key=rank)
    part = f"{curve.counts[at]:,} of {found.totals[at]:,}"
    return f"{said} · largest share in {found.steps[at]}: {part}"


def _years(names: Sequence[str], several: int, wide: int, room: int) -> tuple[str, Sequence[int]]:
    """Return the years below the columns in which they begin, as many as have room; or every month.

    With the cells in which a named year begins, if its months are columns of their own.
    """
    if wide > len(names[0]):
        return "".join(f"{name:<{wide}}" for name in names), ()
    begins = {int(name[:4]): at // several * wide for at, name in reversed(list(enumerate(names)))}
    a_year = (12 if "-" in names[0] else 1) * wide / several
    step = next((each for each in _YEARS if each * a_year >= _YEAR), _YEARS[-1])
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
    found: Curves, cells: int, limit: int | None, *, own_scale: bool, ascii_only: bool
) -> Iterator[Pieces]:
    """Yield bars of each post or classification, the most frequent first."""
    for number, curve in enumerate(found.curves, 1):
        yield [(crop(f"{number} {_legend(found, curve)}", cells), "")]
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
            yield [
                (f"{name}{pad} {number} ", ""),
                (drawn, "word"),
                (f"{' ' if drawn else ''}{figures}", ""),
            ]
    if more:
        yield [(f"… {more:,} more", "")]


def _name(found: Curves, at: int) -> str:
    value = clean_line(found.steps[at])
    return class_short(value) if found.by == "class" else crop(value, _NAME)


def _figures(found: Curves, shown: Sequence[int]) -> int:
    """Return the number of cells of the longest figures after a bar."""
    return max(
        (
            len(f"99.9 % · {curve.counts[at]:,} of {found.totals[at]:,}")
            for curve in found.curves
            for at in shown
        ),
        default=0,
    )
