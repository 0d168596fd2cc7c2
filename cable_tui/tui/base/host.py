"""The host: what the main screen and its parts may ask of the program around them."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from cable_tui.session.values import Action
from cable_tui.settings import Paths, Settings


@runtime_checkable
class Host(Protocol):
    """The program around the main screen; `CableTui` is the only one."""

    paths: Paths
    settings: Settings
    chosen: list[str] | None
    """The cables that the reader leaves with; None where nobody asked for any."""

    def tell(self, action: Action) -> None:
        """Post an action to the main screen, from any thread."""

    def build(self) -> None:
        """Bring the index up to date."""

    def redraw(self) -> None:
        """Paint the whole screen anew."""


def in_browser(app: object) -> bool:
    """Whether the room is shown in a browser, perhaps of somebody who may do nothing else here."""
    return isinstance(app, Host) and app.settings.in_browser
