"""Link hints (`f`): letters over the links in sight; typing one follows its link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from cable_tui.session.values import Action
from cable_tui.tui.dialogs.modal import Modal

HINT_LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Letters where the fingers rest come first."""


def hint_labels(count: int) -> Sequence[str]:
    """So many labels, all of one length, so that none begins another."""
    if count <= len(HINT_LETTERS):
        return HINT_LETTERS[:count]
    return [a + b for a in HINT_LETTERS for b in HINT_LETTERS][:count]


class LinkHints(Modal[Action]):
    """A screen that waits for a hint to be typed; any other key ends it."""

    def __init__(self, does: Mapping[str, Action]) -> None:
        super().__init__()
        self._does = does
        self._typed = ""

    def compose(self) -> ComposeResult:
        """One line below: the text above is what is read."""
        yield Static(Content("Type a label to follow it · Esc ends"), markup=False)

    def on_key(self, event: events.Key) -> None:
        """A letter of a label, or the end."""
        event.stop()
        self._typed += event.character or " "
        if self._typed in self._does:
            self.dismiss(self._does[self._typed])
        elif not any(label.startswith(self._typed) for label in self._does):
            self.dismiss(None)

    def on_click(self) -> None:
        """A click ends it."""
        self.dismiss(None)
