"""Background work that tools start for an open archive, each in its own thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from cable_tui.background.indexer_process import Post
from cable_tui.base.tools import load, tools
from cable_tui.base.value import Value
from cable_tui.library import Library
from cable_tui.program.settings import Paths, Settings


class OpenedRoom(Value):
    """The parts of a reading room with an open archive that background work needs."""

    settings: Settings
    paths: Paths
    library: Library
    changed: Callable[[], object]
    """A function that checks immediately whether another program changed the library."""
    post: Post
    """A function that sends an action to the reading room; any thread may call it."""


class Beside(Protocol):
    """Background work that runs in a thread until it is stopped."""

    def run(self, post: Post) -> None:
        """Run until stopped, posting actions to the reading room."""

    def stop(self) -> None:
        """Stop posting, and end soon. Any thread may call this."""


Start = Callable[[OpenedRoom], Beside | None]
"""A function that returns the background work for a reading room, or None if none is needed."""


def beside(room: OpenedRoom) -> Iterator[Beside]:
    """Yield the background work that the tools start for a reading room."""
    for tool in tools():
        for start_name in tool.beside:
            start_work: Start = load(start_name)
            if (background_work := start_work(room)) is not None:
                yield background_work
