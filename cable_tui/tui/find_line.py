"""The line below a body for words that are looked for in it."""

from __future__ import annotations

from textual.widgets import Input

from cable_tui.session.finding import Finding, Keep, Seek
from cable_tui.text import clean_line
from cable_tui.tui.told import Told


class FindLine(Input):
    """Tells every letter, and when the keys go elsewhere."""

    def __init__(self) -> None:
        super().__init__(
            id="find", compact=True, placeholder="Find in this cable", select_on_focus=False
        )

    def show(self, finding: Finding) -> None:
        """Open or closed, with what is looked for."""
        self.set_class(finding.open, "-open")
        if self.value != finding.text:
            with self.prevent(Input.Changed):
                self.value = clean_line(finding.text)
            self.cursor_position = len(self.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """A letter more, or less."""
        event.stop()
        self.post_message(Told(Seek(event.value)))

    def on_blur(self) -> None:
        """The keys went elsewhere."""
        if self.has_class("-open"):
            self.post_message(Told(Keep()))
