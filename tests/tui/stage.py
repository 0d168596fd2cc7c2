"""A screen for one widget, with our own styles and themes, that keeps what the widget tells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.app import App, ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

import cable_tui.tui
from cable_tui.session.values import Action
from cable_tui.tui.textual_patches.style_cache import CachedStylesheet
from cable_tui.tui.widgets.host import ActionPosted
from cable_tui.tui.widgets.looks import DARK, THEMES

_MAIN = Path(cable_tui.tui.__file__).parent / "main"


class Stage(App[None]):
    """Shows one widget over the whole screen."""

    CSS_PATH = [_MAIN / "styles.tcss"]  # noqa: RUF012 - declared by Textual

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.stylesheet = CachedStylesheet(variables=self.get_css_variables())
        self.widget = widget
        self.messages: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name
        self.widget.focus()

    def _keep(self, event: Message) -> None:
        self.messages.append(event)

    on_action_posted = on_body_view_laid_out = on_results_wanted = _keep

    @property
    def actions(self) -> list[Action]:
        """What the session is asked for."""
        return [each.action for each in self.messages if isinstance(each, ActionPosted)]

    def painted(self) -> list[str]:
        """The screen as text, without blanks at the ends of lines."""
        strips = self.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]


class PageStage(Stage):
    """Shows what is pushed over an empty widget."""

    CSS_PATH = [_MAIN / "styles.tcss", _MAIN / "room.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__(Static())


async def ended(
    make: Callable[[], Screen[Any]],
    *keys: str,
    painted: list[str] | None = None,
    size: tuple[int, int] = (80, 24),
) -> list[Any]:
    """What a dialog ends with when keys are pressed; `painted` gets its lines before that."""
    ends: list[Any] = []
    app = PageStage()
    async with app.run_test(size=size) as pilot:
        app.push_screen(make(), ends.append)
        await pilot.pause()
        if painted is not None:
            painted += app.painted()
        await pilot.press(*keys)
        await pilot.pause()
    return ends
