"""Rooms to walk through, without a terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from cable_tui.program.settings import Paths, Settings
from cable_tui.session.state import Session
from cable_tui.tui.start.app import CableTui
from cable_tui.tui.start.first_rows import StartRequest

FIRST, ONLY_READ = StartRequest(), Settings(no_index=True)
SMALL, MIDDLE, LARGE = (80, 24), (120, 40), (200, 60)


def room(
    place: Path,
    state: Path,
    path: Path | None = None,
    wanted: StartRequest = FIRST,
    settings: Settings = ONLY_READ,
) -> CableTui:
    """A room on the `cables` of a place, or on another path, with the cache of the place."""
    paths = Paths(state / "config.toml", state / "data", place / "cache", state / "state")
    return CableTui(path or place / "cables", settings, paths, wanted)


@asynccontextmanager
async def running(
    app: CableTui, size: tuple[int, int] = SMALL, *, notifications: bool = False
) -> AsyncIterator[Pilot[int]]:
    """A room that is shown until the block ends."""
    async with app.run_test(size=size, notifications=notifications) as pilot:
        yield pilot
    if app.builder is not None:
        app.builder.stop()


@asynccontextmanager
async def open_room(
    place: Path,
    state: Path,
    *,
    size: tuple[int, int] = SMALL,
    path: Path | None = None,
    wanted: StartRequest = FIRST,
    settings: Settings = ONLY_READ,
    notifications: bool = False,
) -> AsyncIterator[tuple[CableTui, Pilot[int]]]:
    """A room with a list, and with the cable that is wanted, until the block ends."""
    app = room(place, state, path, wanted, settings)
    async with running(app, size, notifications=notifications) as pilot:
        await until(pilot, lambda: app.entered is not None, app)
        await until(pilot, lambda: bool(app.room.session.hits.count), app)
        if wanted.reference:
            await until(pilot, opened(app, wanted.reference.partition("#")[0]), app)
        yield app, pilot


async def until(pilot: Pilot[int], holds: Callable[[], bool], app: CableTui) -> None:
    """Wait for workers; a walk that gets nowhere fails with what the room says."""
    for _ in range(3000):
        if holds():
            await pilot.pause()
            return
        await pilot.pause(0.02)
    raise AssertionError((app.screen, app.focused, said(app), painted(app)))


async def press(pilot: Pilot[int], app: CableTui, *keys: str) -> Session:
    """Keys one after the other, each painted."""
    for key in keys:
        await pilot.press(key)
    await pilot.pause()
    return app.room.session


def opened(app: CableTui, reference: str = "") -> Callable[[], bool]:
    """Whether a cable is open, or any."""

    def holds() -> bool:
        cable = app.room.session.cable
        return cable is not None and reference in {"", cable.reference_id}

    return holds


def said(app: CableTui) -> list[str]:
    """All notices, the last at the end."""
    return [notice.text for notice in app.notices]


def painted(app: CableTui) -> list[str]:
    """The lines of the screen under all dialogs."""
    return [strip.text.rstrip() for strip in app.room._compositor.render_strips()]
