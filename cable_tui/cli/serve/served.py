"""What `cable-tui serve` serves, and where: a value that the command makes and the server reads."""

from __future__ import annotations

from cable_tui.value import Value


class Served(Value):
    """What is served, and where."""

    host: str
    port: int
    rooms: int
    """Rooms at most at the same time."""
    command: tuple[str, ...]
    """The command line of a room."""
    title: str
