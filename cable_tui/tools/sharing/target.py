"""A target: the place where libraries leave their events and find other libraries' events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from cable_tui.base.errors import LibraryError
from cable_tui.text.numbers import counted
from cable_tui.tools.sharing.events import Event

STAYS = "Your changes are kept on this machine"
"""The message shown if the reader's own changes cannot be sent."""

OTHERS = (
    "already has different events under this library's number, because another machine uses it. "
    "The next sync gives this library a new number"
)
"""The message, after the name of a target, if a number belongs to another event there."""


class TargetError(LibraryError):
    """Raised if the target cannot be reached, read or written; the message gives the next step.

    The library has lost nothing: unsent changes are sent with the next successful exchange.
    """


class NotAddedError(TargetError):
    """Raised if the target accepts nothing now but can be read, so that others' changes arrive."""


class ReadOnlyError(NotAddedError):
    """Raised if this reader may only read the target."""


class TakenError(NotAddedError):
    """Raised if the number of the library belongs to another user there."""


class UnreadableError(TargetError):
    """Raised if the target's last line under the number of a library is not an event."""


class Target(Protocol):
    """A target, for use by one thread. Every method except `close` may raise `TargetError`.

    A target stores each library's events completely, in the order of their counters from 1, without
    gaps. It adds events, and never changes or removes any. It knows nothing about bookmarks.
    """

    name: str
    """The name for people, without a password: `~/shared/marks`, `server.example, database
    newsroom`.
    """
    notices: list[str]
    """Sentences about unreadable parts. `pull` and `check` replace them."""

    def init(self) -> str:
        """Create what the target needs, unless it exists; return a sentence on what was done."""
        ...

    def last(self, library: str) -> Event | None:
        """Return the event with the highest counter that the target certainly has from a library.

        Raises `UnreadableError` if it is not an event.
        """
        ...

    def whole(self, library: str) -> int:
        """Return the counter up to which the events of a library are complete, from 1.

        This is the counter of the last event, unless something has removed events from the target.
        """
        ...

    def push(self, events: Sequence[Event]) -> int:
        """Add events of one library that follow its last one, or that are missing before it.

        When this returns, the events are on disk; the result is how many were added. An existing
        event is left unchanged, so an interrupted push can be repeated. If a different event has
        the number of one of these, no event is added. Raises `NotAddedError` (`ReadOnlyError` or
        `TakenError` if one applies) if the target can be read but not added to, which is no reason
        to close it.
        """
        ...

    def pull(self, since: Mapping[str, int]) -> Iterator[Event]:
        """Yield the events of all libraries after these counters, from 1 for unnamed libraries.

        The events of one library are in order and without gaps; libraries are in any order.
        Incomplete events are left out. Events are read on demand, which limits memory.
        """
        ...

    def wait(self, seconds: float) -> bool:
        """Wait, up to a time limit, until there may be new events; return whether there may be."""
        ...

    def check(self) -> str:
        """Read everything for `doctor`, and describe it in words. Changes nothing.

        `notices` then lists the faults found in parts.
        """
        ...

    def close(self) -> None:
        """Close the target. It is reopened when used again."""
        ...


def held(events: int, libraries: int) -> str:
    """Return the content of a target in the words of `check`, such as `5 events of 1 library`."""
    of_libraries = "1 library" if libraries == 1 else f"{libraries:,} libraries"
    return f"{counted(events, 'event')} of {of_libraries}"
