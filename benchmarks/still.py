"""A room that does not change: what is drawn of it depends on no clock and no machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from unittest.mock import patch

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from cable_tui.session.features import context, opened_cable, preview
from cable_tui.tui.start.app import CableTui

_ROUNDS = 5000
"""Looks at the screen, a fiftieth of a second apart at least, before a room counts as restless."""


@contextmanager
def without_clock() -> Iterator[None]:
    """No cable counts as read and no notice goes, however slow the machine is; pauses are none."""
    never, at_once = 24 * 60 * 60, 0.001
    with (
        patch.object(opened_cable, "READ_AFTER", never),
        patch.object(preview, "READ_AFTER", never),
        patch.object(context, "PAUSE", at_once),
        patch.object(CableTui, "NOTIFICATION_TIMEOUT", never),
    ):
        yield


async def settled(app: CableTui, pilot: Pilot[int]) -> None:
    """Until nobody works any more and what is painted stays."""
    before: list[str] = []
    same = 0
    for _ in range(_ROUNDS):
        with suppress(WorkerCancelled):
            await app.workers.wait_for_complete()
        await pilot.pause(0.02)
        now = painted(app)
        same = same + 1 if now == before and _answered(app) else 0
        if same == 4:
            return
        before = now
    raise AssertionError("the screen does not come to rest")


def _answered(app: CableTui) -> bool:
    """Whether every key was handled, and everything that the room asked for has come."""
    session = app.room.session
    if app.key_queue._waiting_keys:
        return False
    if session.phase != "ready":
        return True
    asked = not session.is_waiting and session.counted
    reading = session.opening is None and (session.cable is None or app.room.has_cable_view)
    rested = session.preview.resting is None
    return asked and reading and rested and session.summary is not None


def painted(app: CableTui) -> list[str]:
    """The screen, line by line, without blanks at the ends."""
    strips = app.screen._compositor.render_strips()
    return [strip.text.rstrip() for strip in strips]
