"""A page with a list and a line above it that filters the list."""

from __future__ import annotations

from textual import events
from textual.widgets import Input, OptionList

from cable_tui.tui.dialogs.modal import Modal


class FilteredPage(Modal[None]):
    """What such pages have in common: which keys go to the line, and how it is left."""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the line: to the list."""
        event.stop()
        self.query_one(OptionList).focus()

    def filter_has_key(self, event: events.Key) -> bool:
        """Whether a key is for the line, as all are while it is typed in.

        Esc empties it; Esc and the arrow down go to the list.
        """
        line = self.query_one(Input)
        if not line.has_focus:
            return False
        if event.key in ("escape", "down"):
            if event.key == "escape":
                line.value = ""
            event.stop()
            event.prevent_default()
            self.query_one(OptionList).focus()
        return True
