"""A library that stays in step with a target: one exchange after the other, until it is stopped."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from cable_tui.errors import LibraryError
from cable_tui.library import Library
from cable_tui.sync.exchange import Exchanged, exchange
from cable_tui.sync.target import Target
from cable_tui.value import Value

LOOK_EVERY = 0.1
"""Seconds between two looks at the own library, while the target is waited for."""
APART = 0.1
"""Seconds from the beginning of one exchange to the next at least: each waits for the disk, and
what comes meanwhile is taken together."""
MEET_EVERY = 30.0
"""Seconds between two exchanges where nothing happens: others are met, though they are silent."""
_PAUSES = (1.0, 2.0, 5.0, 10.0, 20.0)
"""Seconds between two tries at a target that cannot be reached; then the last one again."""


class Report(Value):
    """How the last try went."""

    met: str
    """When the target was last reached, ISO 8601 in UTC; empty where it never was."""
    trouble: str = ""
    """Why it could not be reached now; empty where it was."""
    exchanged: Exchanged = Exchanged()


def follow(
    library: Library,
    target: Target,
    report: Callable[[Report], object],
    stopped: Callable[[], bool],
) -> None:
    """Exchange at once, after each own change, when the target has something new, and at the end.

    What cannot be done is reported and tried again.
    """
    met, failures = "", 0
    library.changed()
    while not stopped():
        begun = time.monotonic()
        try:
            done = exchange(library, target)
            met, failures = utc_now(), 0
            report(Report(met, exchanged=done))
            _wait(library, target, stopped)
            time.sleep(max(begun + APART - time.monotonic(), 0))
        except LibraryError as error:
            report(Report(met, str(error)))
            target.close()
            _sleep(_PAUSES[min(failures, len(_PAUSES) - 1)], stopped)
            failures += 1
    with suppress(LibraryError):  # the next one who follows sends it
        if library.sharing.has_news():
            exchange(library, target)


def utc_now() -> str:
    """The time, as reports have it."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _wait(library: Library, target: Target, stopped: Callable[[], bool]) -> None:
    """Until there may be something to exchange."""
    end = time.monotonic() + MEET_EVERY
    while time.monotonic() < end and not stopped():
        if target.wait(LOOK_EVERY) or (library.changed() and library.sharing.has_news()):
            return


def _sleep(seconds: float, stopped: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not stopped():
        time.sleep(0.1)
