"""A screen for one page over the room, with the styles of both."""

from __future__ import annotations

from pathlib import Path

import cable_tui.tui
from tests.tui.stage import Stage

_MAIN = Path(cable_tui.tui.__file__).parent / "main"


class PageStage(Stage):
    """Shows a page that is pushed over its widget."""

    CSS_PATH = [_MAIN / "styles.tcss", _MAIN / "room.tcss"]  # type: ignore[assignment]  # noqa: RUF012
