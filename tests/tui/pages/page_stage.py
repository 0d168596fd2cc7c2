"""A screen for one page over the room, with the styles of both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from textual.screen import Screen

from cable_tui.base.value import Value
from cable_tui.session.values import Action, Effect
from cable_tui.tui.pages.room_page import RoomPage
from tests.tui.stage import PageStage


class PageCase(Value):
    """What the tests of all pages need of one that is no report's: `CASE` beside its own tests."""

    name: str
    kind: type[RoomPage]
    opened: Callable[[], Action]
    rows: Callable[[bool], Sequence[Action]]
    """What comes while it is read, or what comes last."""
    at: Callable[[RoomPage], object]
    """What the cursor is on."""
    leave: Callable[[], Action] | None = None
    """From the second row; None if Enter does."""
    stops: bool = True
    """What it shows takes long, so that Esc first stops."""
    shows: tuple[type[Effect], ...] = ()
    """The effects that open it."""
    says_what_slash_does: bool = True
    """Whether its help names a filter or another question."""
    read_again: Callable[[Sequence[Effect], Action], Action] | None = None
    """What comes when Back has asked for it again, from what was asked; None: it is kept."""
    keys: tuple[str, ...] = ()
    """Its keys that no table of the room has."""


View_contra = TypeVar("View_contra", contravariant=True)


class ViewPage(Protocol[View_contra]):
    """A page that shows a view of the session."""

    def show(self, view: View_contra) -> None: ...


def page_shown(
    page: Callable[[Callable[[Action], None]], ViewPage[View_contra]],
    view: View_contra,
    *keys: str,
    size: tuple[int, int] = (80, 24),
) -> tuple[list[Action], list[str]]:
    """What a page asks for when keys are pressed, and the screen."""
    asked: list[Action] = []
    painted: list[str] = []

    async def go() -> None:
        app = PageStage()
        async with app.run_test(size=size) as pilot:
            made = page(asked.append)
            made.show(view)
            assert isinstance(made, Screen)
            await app.push_screen(made)
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()
            painted.extend(app.painted())

    asyncio.run(go())
    return asked, painted


def check_keys(
    make: Callable[[Callable[[Action], None]], Screen[None]],
    cases: Sequence[tuple[Sequence[str], Sequence[Action]]],
) -> None:
    """Check what a page asks for when keys are pressed, each time on a new one."""
    asked: list[Action] = []

    async def go() -> None:
        app = PageStage()
        async with app.run_test(size=(80, 24)) as pilot:
            for keys, wanted in cases:
                asked.clear()
                page = make(asked.append)
                await app.push_screen(page)
                await pilot.pause()
                await pilot.press(*keys)
                await pilot.pause()
                assert asked == wanted, keys
                while len(app.screen_stack) > 1:
                    app.pop_screen()

    asyncio.run(go())
