"""Effects on their way out: threads for what takes time, menus and notices for the rest."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import Worker, get_current_worker

from cable_tui.session import Effect
from cable_tui.session.base import Deed
from cable_tui.tui.list_lines import Row
from cable_tui.tui.showers import SHOWERS
from cable_tui.tui.told import Told

if TYPE_CHECKING:
    from cable_tui.tui.outside import Outside
    from cable_tui.tui.screen import Room


class RowsRead(Message):
    """Lines of the list were read."""

    def __init__(self, rows: dict[int, Row]) -> None:
        super().__init__()
        self.rows = rows


def run(room: Room, effect: Effect) -> Worker[None] | None:
    """Do what `step` asked for; who does it, where that takes time."""
    if show := SHOWERS.get(type(effect)):
        show(room, effect)
        return None
    if room.outside is None:
        return None
    if isinstance(effect, Deed):
        done = room.deeds.submit(_do, room, room.outside, effect)
        return room.run_worker(_watched(done), group="deeds")
    return room.run_worker(
        partial(_perform, room, room.outside, effect),
        thread=True,
        group=effect.latest or "one by one",
        exclusive=bool(effect.latest),
    )


def _do(room: Room, outside: Outside, effect: Effect) -> None:
    """What a reader did is done to its end, also where the room closes meanwhile."""
    for action in outside.perform(effect, lambda: False):
        room.post_message(Told(action))


async def _watched(done: Future[None]) -> None:
    """A fault in it is one of the room; the end of the room is none of its."""
    await asyncio.shield(asyncio.wrap_future(done))


def rows(room: Room, start: int, stop: int) -> None:
    """Read the lines that the list misses."""
    if room.outside is not None:
        ids = list(room.session.hits.ids[start:stop])
        work = partial(_rows, room, room.outside, ids)
        room.run_worker(work, thread=True, group="rows", exclusive=True)


def _perform(room: Room, outside: Outside, effect: Effect) -> None:
    worker = get_current_worker()
    for action in outside.perform(effect, lambda: worker.is_cancelled):
        if not worker.is_cancelled:
            room.post_message(Told(action))


def _rows(room: Room, outside: Outside, ids: list[int]) -> None:
    worker = get_current_worker()
    if not worker.is_cancelled:
        room.post_message(RowsRead(dict(outside.rows(ids))))
