"""What stands in a file that could not be read as a cable, under a rule that says why."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from cable_tui.session.problems import ShowRaw
from cable_tui.text import clean_line
from cable_tui.tui.modal import Modal
from cable_tui.tui.paper import Paper


class RawText(Modal[None]):
    """The text as it is; it scrolls, can be selected, and Esc closes it."""

    def __init__(self, shown: ShowRaw) -> None:
        super().__init__(classes="raw")
        self._shown = shown
        self._paper = Paper(id="raw")

    def compose(self) -> ComposeResult:
        """The reason, and the text."""
        problem = self._shown.problem
        with Vertical(classes="raw-box") as box:
            place = f"{problem.path}:{problem.line}" if problem.line else problem.path
            box.border_title = Content(clean_line(place))
            box.border_subtitle = Content("Esc closes")
            why = f"! Shown as filed: {problem.reason}"
            yield Static(Content(clean_line(why)), classes="raw-why", markup=False)
            yield self._paper

    def on_mount(self) -> None:
        """The text from the place of the problem on."""
        self._paper.lay(self._shown.text)
        self._paper.focus()

    def on_key(self, event: events.Key) -> None:
        """Leave, or scroll."""
        event.stop()
        if event.key in ("escape", "q", "backspace"):
            self.dismiss(None)
        elif lines := {"j": 1, "down": 1, "k": -1, "up": -1}.get(event.key):
            self._paper.scroll_by(lines)
        elif pages := {"pagedown": 1, "space": 1, "pageup": -1}.get(event.key):
            self._paper.page(pages)
        elif event.key in ("left", "right"):
            self._paper.scroll_sideways(8 if event.key == "right" else -8)
        elif event.key in ("home", "end", "G", "g"):
            self._paper.scroll_to_line(0 if event.key in ("home", "g") else self._paper.lines)
