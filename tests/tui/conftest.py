"""What rooms of tests share: a keyboard that none leaves changed, and little work for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip

from cable_tui.tui.commands.keyboard import COMMANDS, use
from cable_tui.tui.main.styles_ahead import StylesAhead


@pytest.fixture(autouse=True)
def own_keyboard() -> Iterator[None]:
    """A process has one keyboard; here one room in a browser must not take keys from the next."""
    use(COMMANDS)
    yield
    use(COMMANDS)


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """A room parses some sixty sheets, twice as its theme comes, in an eighth of its time.

    The rules of a sheet follow from its text and its variables alone, and nobody changes them.
    """
    parse = Stylesheet._parse_rules
    parsed: dict[object, list[RuleSet]] = {}

    def kept(self: Stylesheet, *asked: Any, **named: Any) -> list[RuleSet]:
        key = (asked, *named.items(), frozenset(self._variables.items()))
        if key not in parsed:
            parsed[key] = parse(self, *asked, **named)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", kept)
        yield


@pytest.fixture(scope="session", autouse=True)
def painted_at_halts() -> Iterator[None]:
    """A room without a terminal paints where a test halts or looks, and not each step to there.

    That was a third of its time. Rooms in a pseudo-terminal paint all of them.
    """
    pause, refresh, look = Pilot.pause, Screen._compositor_refresh, Compositor.render_strips

    async def halted(self: Pilot[Any], delay: float | None = None) -> None:
        await pause(self, delay)
        if delay is None:
            refresh(self.app.screen)

    def on_the_way(self: Screen[Any]) -> None:
        if not (self.app.is_headless and self is self.app.screen):
            refresh(self)

    def looked(self: Compositor, size: Size | None = None) -> list[Strip]:
        app = self.root.app if self.root else None
        if app and self.root is app.screen:
            visible_screen_stack.set(app._background_screens)  # as a painting does
        return look(self, size)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "render_strips", looked)
        patch.setattr(Pilot, "pause", halted)
        patch.setattr(Screen, "_compositor_refresh", on_the_way)
        yield


@pytest.fixture(autouse=True)
def no_styles_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Styles are worked out before a cable is opened only in tests of that, and in a terminal.

    It was a quarter of the time of a room.
    """
    monkeypatch.setattr(StylesAhead, "go_on", lambda _ahead: None)
