"""A target: the place where libraries leave their events and find those of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from cable_tui.errors import LibraryError
from cable_tui.library.sharing.events import Event
from cable_tui.text.numbers import counted

STAYS = "What you mark is kept here"
"""What to say where nothing of one's own can leave."""

OTHERS = (
    "has other events of this library: another machine writes as this one. The next sync gives "
    "this library a number of its own"
)
"""The message, after the name of a target, if a number has another event there."""


class TargetError(LibraryError):
    """The target cannot be reached, read or written: a sentence with the next step.

    The library has lost nothing: what it has not sent leaves with the next exchange that works.
    """


class NotAddedError(TargetError):
    """The target takes nothing now, and can be read: what others did comes."""


class ReadOnlyError(NotAddedError):
    """This reader may only read the target."""


class TakenError(NotAddedError):
    """The number of the library belongs to somebody else there."""


class UnreadableError(TargetError):
    """What the target has last under the number of a library is no event."""


class Target(Protocol):
    """One place, for one thread. Every method but `close` may raise `TargetError`.

    A target keeps for each library its events, whole and in the order of their counters from 1 on
    without gaps. It adds, and never changes or removes one. Who made it does not matter: it knows
    nothing of bookmarks.
    """

    name: str
    """For people, without a password: `~/shared/marks`, `server.example, database newsroom`."""
    notices: list[str]
    """Sentences on parts that could not be read, while the rest could; `pull` and `check` fill
    it again."""

    def init(self) -> str:
        """Make what the target needs, unless it is there; a sentence on what was done."""
        ...

    def last(self, library: str) -> Event | None:
        """The event of the highest counter that the target has of a library for sure.

        Raises `UnreadableError` if that is no event.
        """
        ...

    def whole(self, library: str) -> int:
        """The counter up to which the events of a library follow one another from 1 on.

        It is that of the last event, unless something has removed events from the target.
        """
        ...

    def push(self, events: Sequence[Event]) -> int:
        """Add events of one library that follow its last one, or that are missing before it.

        Once this returns they are on the disk; how many were added. One that is there already is
        left as it is, so that a push that broke off can be done again; if another one is there
        under the number of one of these, none is added. Raises `NotAddedError` if the target can be
        read and not added to, which is no reason to close it: `ReadOnlyError` or `TakenError`, if
        it is one of these.
        """
        ...

    def pull(self, since: Mapping[str, int]) -> Iterator[Event]:
        """The events of all libraries after these counters, 0 if a library is not named.

        Those of one library come in their order and without a gap; libraries in any order. What is
        not whole yet does not come. It is read as it is asked for, so that memory is bounded.
        """
        ...

    def wait(self, seconds: float) -> bool:
        """Wait until there may be something new, at most so long; whether there may be."""
        ...

    def check(self) -> str:
        """All of it looked at, for `doctor`: what it is and holds, in words. Changes nothing.

        What is wrong with parts of it is in `notices` then.
        """
        ...

    def close(self) -> None:
        """Let go of it. A later use opens it again."""
        ...


def held(events: int, libraries: int) -> str:
    """What a target has, as `check` says it: `5 events of 1 library`."""
    whose = "1 library" if libraries == 1 else f"{libraries:,} libraries"
    return f"{counted(events, 'event')} of {whose}"
