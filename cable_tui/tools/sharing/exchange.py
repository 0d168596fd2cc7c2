"""Exchanges of events between a library and a target, in both directions.

An interrupted exchange (a kill, a full disk, a lost network) is completed the next time: the target
reports the last event that it safely has, and the library knows what it has received. `follow`
repeats exchanges until it is stopped. `open_target` returns the target that a reader specifies.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import Value, replace
from cable_tui.library import Library
from cable_tui.operating_system import files
from cable_tui.tools.sharing.events import LONGEST_NOTE, Event, is_same
from cable_tui.tools.sharing.sharing import sharing_of
from cable_tui.tools.sharing.target import (
    NotAddedError,
    TakenError,
    Target,
    TargetError,
    UnreadableError,
)

TAKEN_AT_ONCE = 5_000
"""The number of events per transaction, because each transaction writes all over the file."""


class Limits(Value):
    """How much an exchange handles at once, and how long it waits."""

    sent_at_once: int = 1_000
    largest: int = 16 << 20
    """The maximum number of characters of events at once, which limits memory."""
    patience: float = 30.0
    """How many seconds to wait for another program that is exchanging for this library."""


_LIMITS = Limits()


class Exchanged(Value):
    """The result of an exchange."""

    sent: int = 0
    """The number of events sent."""
    taken: int = 0
    """The number of new events received from others."""
    unsent: int = 0
    """The number of this library's events that the target refused. A later exchange sends them."""
    read_only: bool = False
    """Whether the target could be read but not written, so that the reader's changes stay here."""
    notices: tuple[str, ...] = ()
    """Sentences about what could not be read, although the rest could."""


def exchange(library: Library, target: Target, limits: Limits = _LIMITS) -> Exchanged:
    """Receive all new events of the target, and send the library's new ones.

    Raises `TargetError` if the target cannot be used, and `LibraryError` if the library cannot.
    """
    file = library.path.with_name(f"{library.path.name}.sync-lock")
    sharing = sharing_of(library)
    sharing.library()  # which makes the library's folder, where it is new
    try:
        with files.lock_alone(file, limits.patience):
            own_number = _own_number(library, target)
            events_taken = 0
            for events in _batches(target.pull(sharing.taken()), limits.largest):
                events_taken += sharing.take(
                    [event for event in events if event.library != own_number]
                )
            if sharing.has_news():
                sharing.take()
            notices = [*target.notices]
            notices += (
                f"the note on {name} has more than {LONGEST_NOTE:,} characters and stays on this "
                "machine: shorten it, or split it"
                for name in sharing.too_long()
            )
            pushed = _push(library, target, limits.sent_at_once)
            return replace(pushed, taken=events_taken, notices=(*notices, *pushed.notices))
    except files.LockHeldError as error:
        raise LibraryError(f"{library.path}: another program is syncing; try again") from error
    except OSError as error:
        raise LibraryError(f"{file} could not be written: {error.strerror}") from error


def _own_number(library: Library, target: Target) -> str:
    """Return the library's number, or a new one if the target has other events under it."""
    own_number = sharing_of(library).library()
    with suppress(NotAddedError):  # which sending says
        if not _has_only_own(library, target, own_number):
            return sharing_of(library).begin_anew(_common(library, target, own_number))
    return own_number


def _has_only_own(library: Library, target: Target, number: str) -> bool:
    """Return whether the target's last event under a number is this library's, or is missing.

    If the line is not an event, another program has written it.
    """
    try:
        last_event = target.last(number)
    except UnreadableError:
        return False
    return last_event is None or _is_own(library, last_event)


def _common(library: Library, target: Target, me: str) -> int:
    """Return the counter of the last event on which target and library agree.

    They differ after it if the library was restored from an older copy, or if two machines use
    copies of the same library.
    """
    taken_by_library = dict.fromkeys(sharing_of(library).taken(), 1 << 53)
    common_events = 0
    for event in target.pull({**taken_by_library, me: 0}):
        if event.library == me:
            if not _is_own(library, event):
                break
            common_events = event.counter
    return common_events


def _is_own(library: Library, event: Event) -> bool:
    """Return whether this library has sent the event."""
    own_event = sharing_of(library).own(event.library, event.counter)
    return own_event is not None and is_same(own_event, event)


def _push(library: Library, target: Target, at_once: int) -> Exchanged:
    """Send the events that the target lacks from this library and under its earlier numbers."""
    sharing = sharing_of(library)
    own_library, events_sent, events_unsent, read_only = sharing.library(), 0, 0, False
    refusals: list[str] = []
    for library_number in sharing.own_libraries():
        current_library = library_number
        try:
            try:
                for count in _push_as(library, target, current_library, at_once):
                    events_sent += count
            except TakenError:
                if current_library != own_library:
                    raise
                current_library = sharing.begin_anew(_common(library, target, own_library))
                for count in _push_as(library, target, current_library, at_once):
                    events_sent += count
        except NotAddedError as error:
            read_only |= not isinstance(error, TakenError)
            refusals.append(str(error))
            events_unsent += sharing.count_own_after(
                current_library, _whole(target, current_library)
            )
    return Exchanged(
        events_sent,
        unsent=events_unsent,
        read_only=read_only,
        notices=tuple(dict.fromkeys(refusals)),
    )


def _push_as(library: Library, target: Target, number: str, at_once: int) -> Iterator[int]:
    """Send the events that the target lacks under one number; yield the size of each batch."""
    if _has_only_own(library, target, number):  # otherwise another copy is that one now
        last_counter = target.whole(number)
        while events := sharing_of(library).own_after(number, last_counter, at_once):
            yield target.push(events)
            last_counter = max(events[-1].counter, target.whole(number))


def _whole(target: Target, number: str) -> int:
    """Return the counter up to which the target has a library's events, or 0 if it has none."""
    try:
        return target.whole(number)
    except (NotAddedError, UnreadableError):
        return 0


def _batches(events: Iterable[Event], largest: int) -> Iterator[list[Event]]:
    """Yield batches of events; batches are shorter if the events are long."""
    batch_events: list[Event] = []
    batch_size = 0
    for event in events:
        batch_events.append(event)
        batch_size += event.size
        if len(batch_events) == TAKEN_AT_ONCE or batch_size > largest:
            yield batch_events
            batch_events, batch_size = [], 0
    if batch_events:
        yield batch_events


# One exchange after the other

LOOK_EVERY = 0.1
"""The number of seconds between two checks of our own library while waiting for the target."""
APART = 0.1
"""The minimum number of seconds between the starts of two exchanges. Each exchange waits for the
disk, and later changes are combined.
"""
MEET_EVERY = 30.0
"""The number of seconds between two exchanges without changes, in which silent readers are also
contacted.
"""
_PAUSES = (1.0, 2.0, 5.0, 10.0, 20.0)
"""The number of seconds between attempts to reach an unreachable target. The last value is
repeated.
"""


class SyncReport(Value):
    """The result of the last attempt."""

    met: str
    """When the target was last reached, in UTC in ISO 8601 format, or an empty string if it never
    was.
    """
    trouble: str = ""
    """Why the target cannot be reached now, or an empty string if it can."""
    exchanged: Exchanged = Exchanged()


def follow(
    library: Library,
    target: Target,
    report: Callable[[SyncReport], object],
    stopped: Callable[[], bool],
    pauses: Sequence[float] = _PAUSES,
) -> SyncReport:
    """Exchange now, after each change here, when the target has news, and at the end.

    Failures are reported and retried. Returns the last report.
    """
    last_report, failures = SyncReport(""), 0
    library.changed()
    while not stopped():
        begin_time = time.monotonic()
        try:
            last_report, failures = SyncReport(utc_now(), exchanged=exchange(library, target)), 0
            report(last_report)
            _wait(library, target, stopped)
            time.sleep(max(begin_time + APART - time.monotonic(), 0))
        except LibraryError as error:
            last_report = SyncReport(last_report.met, str(error))
            report(last_report)
            target.close()
            end = time.monotonic() + pauses[min(failures, len(pauses) - 1)]
            while time.monotonic() < end and not stopped():
                time.sleep(0.1)
            failures += 1
    try:
        if sharing_of(library).has_news():
            last_report = SyncReport(utc_now(), exchanged=exchange(library, target))
            report(last_report)
    except LibraryError as error:  # the next one who follows sends it
        last_report = SyncReport(last_report.met, str(error))
        report(last_report)
    return last_report


def utc_now() -> str:
    """Return the current time in the format of reports."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _wait(library: Library, target: Target, stopped: Callable[[], bool]) -> None:
    """Wait until there may be events to exchange."""
    end = time.monotonic() + MEET_EVERY
    while time.monotonic() < end and not stopped():
        if target.wait(LOOK_EVERY) or (library.changed() and sharing_of(library).has_news()):
            return


# The target that a reader names

_POSTGRES = ("postgresql:", "postgres:")
"""The beginnings of a server's address. A target without `://` is a folder."""


def open_target(text: str) -> Target:
    """Return the target that a text specifies, not opened yet. Raises `TargetError`."""
    text = text.strip()
    if text.startswith(_POSTGRES):
        try:
            # psycopg is an extra: for a server alone.
            from cable_tui.tools.sharing.postgres import PostgresTarget
        except ImportError as error:
            from cable_tui.operating_system.installation import command_for  # for this sentence

            raise TargetError(
                "a server as a target needs psycopg, which comes with an extra: "
                f"{command_for('team')}"
            ) from error
        return PostgresTarget(text)

    if "://" in text or "password=" in text:  # which may have a password: it is not repeated
        raise TargetError(
            "a target is a folder, or a server whose address begins with postgresql://"
        )
    from cable_tui.tools.sharing.folder import FolderTarget

    return FolderTarget(text)
