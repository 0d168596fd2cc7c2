"""`f`: letters over the links in sight; typing one follows its link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from cable_tui.session import Action
from cable_tui.tui.modal import Modal

if TYPE_CHECKING:
    from cable_tui.tui.screen import Room

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Where the fingers rest first."""


def labels(count: int) -> Sequence[str]:
    """So many labels, all of one length, so that none begins another."""
    if count <= len(LETTERS):
        return LETTERS[:count]
    return [a + b for a in LETTERS for b in LETTERS][:count]


class Labels(Modal[Action]):
    """Waits for a label over the room that shows them; any other key ends it."""

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
        """The mouse needs no labels."""
        self.dismiss(None)


def show(room: Room) -> bool:
    """Put labels over what can be followed and wait for one; False where there is nothing."""
    body = room.cable.body
    links = body.links_in_sight()
    if not links:
        return False
    named = dict(zip(labels(len(links)), links, strict=True))
    body.label({link.span[0]: label for label, link in named.items()})

    def done(action: Action | None) -> None:
        body.label({})
        if action is not None:
            room.dispatch(action)

    room.app.push_screen(Labels({label: link.does for label, link in named.items()}), done)
    return True
