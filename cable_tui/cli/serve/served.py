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
    place: str
    """A name in the address, the same at each start; cookies are for what is below it."""
    title: str
