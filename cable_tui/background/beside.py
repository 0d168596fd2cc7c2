"""What tools run beside an open archive, each in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from cable_tui.background.indexer_process import Post
from cable_tui.base.tools import load, tools
from cable_tui.base.value import Value
from cable_tui.library import Library
from cable_tui.program.settings import Paths, Settings


class OpenedRoom(Value):
    """A room that has opened an archive."""

    settings: Settings
    paths: Paths
    library: Library
    changed: Callable[[], object]
    """Looks at once whether another program has changed the library."""
    post: Post
    """Gives the room an action, from any thread."""


class Beside(Protocol):
    """Something that runs in a thread until it is stopped."""

    def run(self, post: Post) -> None:
        """Run, and post actions to the room."""

    def stop(self) -> None:
        """Post nothing more, and end soon. Any thread may call it."""


Start = Callable[[OpenedRoom], Beside | None]
"""Returns what is to run beside a room; None if nothing is."""


def beside(room: OpenedRoom) -> Iterator[Beside]:
    """Yield what the tools want to run beside a room."""
    for tool in tools():
        for name in tool.beside:
            start: Start = load(name)
            if (program := start(room)) is not None:
                yield program
