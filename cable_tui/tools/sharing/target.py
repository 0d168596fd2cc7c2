"""A target: the place where libraries leave their events and find those of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from cable_tui.base.errors import LibraryError
from cable_tui.text.numbers import counted
from cable_tui.tools.sharing.events import Event

STAYS = "Your changes are kept here"
"""The message if nothing of one's own can leave."""

OTHERS = (
    "has other events under this library's number: another machine uses it. The next sync gives "
    "this library a new number"
)
"""The message, after the name of a target, if a number has another event there."""


class TargetError(LibraryError):
    """The target cannot be reached, read or written: a sentence with the next step.

    The library has lost nothing: unsent changes leave with the next exchange that works.
    """


class NotAddedError(TargetError):
    """The target takes nothing now, but can be read: changes by others arrive."""


class ReadOnlyError(NotAddedError):
    """This reader may only read the target."""


class TakenError(NotAddedError):
    """The number of the library belongs to somebody else there."""


class UnreadableError(TargetError):
    """The target's last line under the number of a library is not an event."""


class Target(Protocol):
    """One place, for one thread. Every method but `close` may raise `TargetError`.

    A target keeps for each library its events, whole and in the order of their counters from 1 on
    without gaps. It adds, and never changes or removes one. It knows nothing of bookmarks.
    """

    name: str
    """For people, without a password: `~/shared/marks`, `server.example, database newsroom`."""
    notices: list[str]
    """Sentences on unreadable parts; `pull` and `check` fill it again."""

    def init(self) -> str:
        """Make what the target needs, unless it exists; return a sentence on what was done."""
        ...

    def last(self, library: str) -> Event | None:
        """Return the event of the highest counter that the target has of a library for sure.

        Raises `UnreadableError` if it is not an event.
        """
        ...

    def whole(self, library: str) -> int:
        """Return the counter up to which the events of a library are complete from 1 on.

        It is that of the last event, unless something has removed events from the target.
        """
        ...

    def push(self, events: Sequence[Event]) -> int:
        """Add events of one library that follow its last one, or that are missing before it.

        Once this returns they are on the disk; returns how many were added. An existing one is left
        unchanged, so that an interrupted push can be repeated; if another event has the number of
        one of these, none is added. Raises `NotAddedError` if the target can be read and not added
        to, which is no reason to close it: `ReadOnlyError` or `TakenError`, if it is one of these.
        """
        ...

    def pull(self, since: Mapping[str, int]) -> Iterator[Event]:
        """Yield the events of all libraries after these counters, 0 if a library is not named.

        Those of one library come in their order and without a gap; libraries in any order.
        Incomplete events are left out. Events are read on demand, so that memory is bounded.
        """
        ...

    def wait(self, seconds: float) -> bool:
        """Wait until there may be something new, up to a time; return whether there may be."""
        ...

    def check(self) -> str:
        """Read everything, for `doctor`, and describe it in words. Changes nothing.

        Faults of parts are in `notices` then.
        """
        ...

    def close(self) -> None:
        """Close it. A later use opens it again."""
        ...


def held(events: int, libraries: int) -> str:
    """Return the content of a target, in the words of `check`: `5 events of 1 library`."""
    of_libraries = "1 library" if libraries == 1 else f"{libraries:,} libraries"
    return f"{counted(events, 'event')} of {of_libraries}"
