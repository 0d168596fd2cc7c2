"""The interface of the program for the parts of the room, and the message that carries an action.

Any widget or worker can post an action to the main screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from textual.message import Message

from cable_tui.base.value import Value
from cable_tui.program.settings import Paths, Settings
from cable_tui.session.values import Action


@runtime_checkable
class Host(Protocol):
    """The program around the main screen; `CableTui` is the only implementation."""

    paths: Paths
    settings: Settings
    chosen: list[str] | None
    """The cables that the reader chose before quitting, or None if the room is not for choosing."""

    def tell(self, action: Action) -> None:
        """Post an action to the main screen, from any thread."""

    def build(self) -> None:
        """Update the index."""

    def redraw(self) -> None:
        """Repaint the whole screen."""


def in_browser(app: object) -> bool:
    """Return whether the room runs in a browser, perhaps for someone without access here."""
    return isinstance(app, Host) and app.settings.in_browser


class RunStamp(Value):
    """The number of a run of effects in a group, of which only the newest run counts."""

    group: str
    """The group, as in `Effect.latest`."""
    number: int


@dataclass
class ActionPosted(Message):
    """A message with an action for the session."""

    action: Action
    run: RunStamp | None = None
    """The run that reports the action, or None. The run is outdated if its group has a newer run.
    """
