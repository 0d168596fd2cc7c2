"""The program around the main screen, for its parts, and the message that carries an action.

Any widget or worker posts an action to the main screen.
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
    """The program around the main screen; `CableTui` is the only one."""

    paths: Paths
    settings: Settings
    chosen: list[str] | None
    """The cables that the reader leaves with; None if nobody asked for any."""

    def tell(self, action: Action) -> None:
        """Post an action to the main screen, from any thread."""

    def build(self) -> None:
        """Bring the index up to date."""

    def redraw(self) -> None:
        """Paint the whole screen again."""


def in_browser(app: object) -> bool:
    """Return whether the room is in a browser, perhaps of somebody with no other rights here."""
    return isinstance(app, Host) and app.settings.in_browser


class RunStamp(Value):
    """One run of the effects of a group; only the newest counts."""

    group: str
    """The group, as in `Effect.latest`."""
    number: int


@dataclass
class ActionPosted(Message):
    """Posted with an action for the session."""

    action: Action
    run: RunStamp | None = None
    """The run that reports it; if the group has a newer one, it is late."""
