"""Numbers in messages, and text charts for the terminal: bars, columns, and time steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor, log10

from cable_tui.base.pattern import pattern

_NOUN_OF_KIND = pattern(r"[\w' -]{0,80}?[a-rt-z](?= \(|, | without | of | for |$)")
"""The words that a plural `s` follows: `web page` in `web page without a cable`."""


def counted(number: int, what: str, several: str = "") -> str:
    """Return a counted noun, such as `1,204 marks`; `several` is an irregular plural."""
    return f"{number:,} {what if number == 1 else several or f'{what}s'}"


def counted_kind(number: int, kind: str) -> str:
    """Return the count of a kind of files, such as `2 web pages without a cable`.

    Plurals (`slides`) and bare extensions (`other .doc`) stay as they are.
    """
    noun_match = _NOUN_OF_KIND.match(kind)
    if number == 1 or noun_match is None:
        return f"{number:,} {kind}"
    return counted(number, noun_match[0]) + kind[noun_match.end() :]


def counted_kinds(kinds: Mapping[str, int]) -> str:
    """Return the counts of several kinds of files as a phrase: `2 images and 1 other .doc`."""
    ordered_kinds = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    counts = [counted_kind(count, kind) for kind, count in ordered_kinds]
    return " and ".join(filter(None, (", ".join(counts[:-1]), *counts[-1:])))


def round_top(most: float, steps: Sequence[int] = (1, 2, 5, 10)) -> float:
    """Return the smallest round number of at least `most`: one of `steps` times a power of ten."""
    if most <= 0:
        return 1.0
    power = 10.0 ** floor(log10(most))
    return next(power * step for step in steps if power * step >= most * (1 - 1e-9))


_EIGHTHS = " ▏▎▍▌▋▊▉█"
LEVELS = " ▁▂▃▄▅▆▇█"
"""The characters for the fill level of one cell in a column chart, from empty to full."""
ASCII_LEVELS = " .:-=+*#@"
SHADES = "░▒▓█"
"""The characters for a block from light to dark; they fill different shares of a cell, so no color
is needed.
"""
_MOST_STEPS = 1200
"""The maximum number of years or months between the first and last name; some cables have
impossible dates.
"""


def bar(length: float, *, ascii_only: bool) -> str:
    """Return a bar `length` cells long, rounded to an eighth; lengths above 0 stay visible."""
    if ascii_only:
        return "#" * max(round(length), length > 0)
    eighths = max(round(length * 8), length > 0)
    whole_cells, eighths_left = divmod(eighths, 8)
    return "█" * whole_cells + _EIGHTHS[eighths_left].strip()


def columns(
    heights: Sequence[float], most: float, rows: int, *, ascii_only: bool
) -> tuple[str, ...]:
    """Return a column chart as lines from the top, with one cell per column and `rows` lines.

    A height of `most` fills all rows. Heights above 0 stay visible.
    """
    levels = ASCII_LEVELS if ascii_only else LEVELS
    steps = len(levels) - 1
    filled_steps = [
        max(round(min(height / most, 1) * rows * steps), 1) if height > 0 and most > 0 else 0
        for height in heights
    ]
    return tuple(
        "".join(
            levels[min(max(height - row_from_bottom * steps, 0), steps)] for height in filled_steps
        )
        for row_from_bottom in range(rows - 1, -1, -1)
    )


def steps(names: Sequence[str]) -> list[str]:
    """Return all years or months from the first to the last name, even without cables."""
    if not names:
        return []
    first_step, last_step = _number(names[0]), _number(names[-1])
    if last_step - first_step >= _MOST_STEPS:
        return list(names)
    if "-" in names[0]:
        return [
            f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first_step, last_step + 1)
        ]
    return [f"{year:04}" for year in range(first_step, last_step + 1)]


def _number(year_or_month: str) -> int:
    """Return a year, or the number of months since the year 0."""
    year, _, month = year_or_month.partition("-")
    return int(year) * 12 + int(month) - 1 if month else int(year)
