"""Progress as one line on stderr that is overwritten; shown only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from cable_tui.cli.shared.command_context import terminal_width
from cable_tui.text import clean_line, crop

if TYPE_CHECKING:
    from cable_tui.base.index_state import Progress

_STAGES = {
    "walk": "looking for files",
    "facts": "reading files",
    "records": "comparing versions",
    "grammar": "reading cables",
    "text": "indexing words",
    "echoes": "comparing sentences",
}
_PAUSE = 0.1
"""The minimum number of seconds between two progress lines, because terminals are slow."""
Item = TypeVar("Item")


def run_with_progress(steps: Iterable[Progress]) -> Progress | None:
    """Run an indexing to its end, showing each step, and return the last step."""
    last_progress = None
    with _line() as show_line:
        for last_progress in steps:
            if last_progress.stage in _STAGES:
                show_line(line_of(last_progress))
    return last_progress


def each_with_progress(items: Iterable[Item], what: str, total: int = 0) -> Iterator[Item]:
    """Yield the items one by one, with progress such as `12 queries`.

    If the total is known, the progress looks like `12,431 / 251,287 texts · 17,400/s · 14 s left ·
    ^C stops`.
    """
    with progress_of(what) as show_step:
        for item_number, item in enumerate(items):
            show_step(item_number, total)
            yield item


@contextmanager
def progress_of(what: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that shows progress in numbers, at most ten times a second.

    The line is erased at the end.
    """
    begin_time = due_time = monotonic()
    with _line() as show_line:

        def step(done_count: int, total: int) -> None:
            nonlocal due_time
            if (time_now := monotonic()) >= due_time:
                due_time = time_now + _PAUSE
                show_line(_line_of_items(done_count, what, total, time_now - begin_time))

        yield step


def _line_of_items(done_count: int, what: str, total: int, seconds: float) -> str:
    if not total:
        return f"{done_count:,} {what}"
    line_parts = [f"{done_count:,} / {total:,} {what}"]
    if seconds >= 1:
        line_parts.append(f"{done_count / seconds:,.0f}/s")
        line_parts.append(f"{(total - done_count) * seconds / max(done_count, 1):,.0f} s left")
    return " · ".join((*line_parts, "^C stops"))


@contextmanager
def _line() -> Iterator[Callable[[str], None]]:
    """Yield a function that shows a text on a terminal in place of the previous text.

    The line is erased at the end.
    """
    shown_line = ""

    def show(text: str) -> None:
        nonlocal shown_line
        if sys.stderr.isatty():
            line = crop(clean_line(text), terminal_width() - 1)
            # Blanks wipe what was longer: a control sequence may be one too many somewhere.
            _write(f"\r{line}{' ' * (len(shown_line) - len(line))}")
            shown_line = line

    try:
        yield show
    finally:
        if shown_line:
            _write(f"\r{' ' * len(shown_line)}\r")


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def line_of(step: Progress) -> str:
    """Return a line such as `reading files 12,431 / 64,621 · 2,310/s · 23 s left`."""
    line_parts = [_STAGES.get(step.stage, step.stage)]
    if step.total:
        line_parts[0] += f" {step.done:,} / {step.total:,}"
    if step.rate:
        line_parts.append(f"{step.rate:,.0f}/s")
    if step.seconds_left:
        line_parts.append(f"{step.seconds_left:,.0f} s left")
    return " · ".join(line_parts)
