"""A screen for one widget, with our own styles and themes, that keeps what the widget tells."""

from __future__ import annotations

from pathlib import Path

from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

import cable_tui.tui
from cable_tui.session.values import Action
from cable_tui.tui.host import ActionPosted
from cable_tui.tui.looks import DARK, THEMES
from cable_tui.tui.textual_patches.style_cache import CachedStylesheet

_STYLES = Path(cable_tui.tui.__file__).parent / "main" / "styles.tcss"


class Stage(App[None]):
    """Shows one widget over the whole screen."""

    CSS_PATH = _STYLES

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

    on_action_posted = on_body_view_paragraph_moved = on_results_wanted = _keep

    @property
    def actions(self) -> list[Action]:
        """What the session is asked for."""
        return [each.action for each in self.messages if isinstance(each, ActionPosted)]

    def painted(self) -> list[str]:
        """The screen as text, without blanks at the ends of lines."""
        strips = self.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]
