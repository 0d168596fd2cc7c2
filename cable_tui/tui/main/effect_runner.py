"""Run effects: in a thread, in the library's thread, or on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.worker import Worker, get_current_worker

from cable_tui.base.tools import load, tools
from cable_tui.query.answers import CableRow
from cable_tui.session import effects
from cable_tui.session.registry import OnScreen
from cable_tui.session.values import Effect, LibraryWrite
from cable_tui.tui.main import dialog_effects, screen_effects
from cable_tui.tui.main.view import View
from cable_tui.tui.textual_patches.type_ahead import QueueBarrier
from cable_tui.tui.widgets.host import ActionPosted, RunStamp

if TYPE_CHECKING:
    # It needs the archive and the library; the first list on the screen waits for neither.
    from cable_tui.session.registry import Services


@dataclass
class RowsRead(Message):
    """A message that rows of the list were read."""

    rows: Mapping[int, CableRow]


def run_effect(view: View, effect: Effect) -> Worker[None] | None:
    """Run an effect; return the worker that runs it, or None if the effect is already finished."""
    effect_class = type(effect)
    services = view.services
    show_effect = ON_SCREEN.get(effect_class) if services is None else on_screen(effect_class)
    if show_effect is not None:
        show_effect(view, effect)
    if show_effect is not None or services is None:
        return None
    if isinstance(effect, LibraryWrite):
        written_future = view.library_writes.submit(_write, view, services, effect)
        return view.run_worker(partial(_until_done, written_future), group="library")
    for effect_group in effect.ends:
        _end(view, effect_group)
    run = _next_run(view, effect.latest) if effect.latest else None
    return view.run_worker(
        partial(_perform, view, services, effect, run),
        thread=True,
        group=effect.latest or "one by one",
        exclusive=run is not None,
    )


def _next_run(view: View, group: str) -> RunStamp:
    """Assign a number to a new run of a group; later reports from older runs are outdated."""
    view.runs[group] += 1
    return RunStamp(group, view.runs[group])


def _end(view: View, group: str) -> None:
    """Stop the runs of a group, and drop their reports."""
    _next_run(view, group)
    view.workers.cancel_group(view, group)


def is_late(view: View, run: RunStamp | None) -> bool:
    """Return whether a run is outdated: its group has a newer run, or was stopped.

    Reports from such a run are dropped. No other code handles late answers.
    """
    return run is not None and view.runs[run.group] != run.number


def _stop(view: View, effect: effects.Stop) -> None:
    _end(view, effect.group)


def _write(view: View, services: Services, effect: Effect) -> None:
    """Write to the library, even if the room is closing."""
    from cable_tui.session.step import perform

    for action in perform(services, effect, lambda: False):
        view.post_message(ActionPosted(action))


async def _until_done(write_future: Future[None]) -> None:
    """Wait for a write.

    An error in the write ends the room, but closing the room does not cancel it.
    """
    await asyncio.shield(asyncio.wrap_future(write_future))


def _perform(view: View, services: Services, effect: Effect, run: RunStamp | None) -> None:
    from cable_tui.session.step import perform  # with the archive, the library and the exports

    worker = get_current_worker()
    for action in perform(services, effect, lambda: worker.is_cancelled):
        if not worker.is_cancelled:
            view.post_message(ActionPosted(action, run))


def read_rows(view: View, start: int, stop: int) -> None:
    """Read rows that the list does not have yet."""
    if view.services is not None:
        row_ids = list(view.session.hits.ids[start:stop])
        read_task = partial(_rows, view, view.services, row_ids)
        view.run_worker(read_task, thread=True, group="rows", exclusive=True)


def _rows(view: View, services: Services, ids: list[int]) -> None:
    worker = get_current_worker()
    if not worker.is_cancelled:
        view.post_message(RowsRead(services.hit_rows(ids)))


class PendingDialogs:
    """The workers whose results open a dialog; keys are held back until it is open."""

    patience = 1.0
    """The time after which keys no longer wait for a dialog, in seconds, because a library may be
    slow.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self._workers: set[Worker[Any]] = set()

    @property
    def is_waiting(self) -> bool:
        """Whether a dialog is about to open."""
        return bool(self._workers)

    def run(self, effect: Effect) -> None:
        """Run an effect, and wait for the dialog that it opens."""
        worker = run_effect(self._view, effect)
        if effect.opens_dialog and worker is not None:
            self._workers.add(worker)
            self._view.set_timer(self.patience, partial(self.ended, worker))

    def ended(self, worker: Worker[Any]) -> None:
        """Release the keys after a worker has posted its results."""
        if worker in self._workers:
            self._workers.remove(worker)
            self._view.app.post_message(QueueBarrier(0, 0))


ON_SCREEN: OnScreen = {
    effects.Stop: _stop,
    **dialog_effects.ON_SCREEN,
    **screen_effects.ON_SCREEN,
}
"""The functions that perform the core's effects on the screen."""


def on_screen(effect_class: type[Effect]) -> Callable[[Any, Any], None] | None:
    """Return the function that performs an effect on the screen, or None if it runs in a thread."""
    return ON_SCREEN.get(effect_class) or _of_tools().get(effect_class)


@cache
def _of_tools() -> OnScreen:
    """Return the functions for the effects of tools, which are imported once an archive is open."""
    feature_modules = [load(module_name) for tool in tools() for module_name in tool.features]
    effect_tables = [getattr(module, "ON_SCREEN", {}) for module in feature_modules]
    return {effect: show_effect for table in effect_tables for effect, show_effect in table.items()}
