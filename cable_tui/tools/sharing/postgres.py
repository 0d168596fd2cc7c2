"""A PostgreSQL server as a target: one table of events, and notifications to other readers.

This module is imported only for a server's address, because psycopg is an optional extra. Each
statement is a separate transaction, and the session keeps nothing except LISTEN, so a pooler may be
in between. If the pooler does not pass on notifications, new events are found by regular checks.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, NamedTuple

import psycopg

from cable_tui.text import clean_line
from cable_tui.text.numbers import counted
from cable_tui.tools.sharing import postgres_connection, postgres_schema
from cable_tui.tools.sharing.events import Event, NewerEventError, dumps, loads
from cable_tui.tools.sharing.postgres_connection import (
    ServerConnection,
    as_not_added,
    as_target_error,
)
from cable_tui.tools.sharing.postgres_schema import statement
from cable_tui.tools.sharing.target import (
    OTHERS,
    STAYS,
    NotAddedError,
    ReadOnlyError,
    TargetError,
    UnreadableError,
    held,
)

AT_ONCE = 1_000
"""The number of events to read with one statement."""
_LARGEST = 16 << 20
"""The maximum number of bytes of events to read together, which limits memory."""
_NAMED = 5
"""The maximum number of faults to report one by one."""
_Part = tuple[str, int, int]
"""A library with a range of its counters: above the first counter, up to the second."""

_KNOWN = "SELECT counter FROM cable_tui.event WHERE library = %s AND counter = ANY(%s)"
_WHO = "SELECT added_by, added::date::text FROM cable_tui.event WHERE library = %s AND counter = %s"


class _Own(NamedTuple):
    """What the server knows about a library that sends from this machine."""

    last: Event | None
    whole: int


class PostgresTarget:
    """A target in a table on a server; see `Target`."""

    def __init__(self, url: str) -> None:
        self._address = postgres_connection.understood(url)
        self.name = self._address.name
        self.notices: list[str] = []
        self._connection: ServerConnection | None = None
        self._own: dict[str, _Own] = {}
        """What the server knows about the libraries requested over this connection. Only this
        program writes a library; if another program does, the next push fails.
        """
        self._only_read = ""
        """Why nothing can be added, as determined at the start of the connection, or else an empty
        string.
        """
        self._is_new = True
        """Whether there may be unread events."""
        self._looked = 0.0
        self.look_every = 2.0
        """The number of seconds after which new events are checked for without a notification."""

    def init(self) -> str:
        """Create the table and the roles of readers and writers."""
        with self._errors_as_sentences():
            what_was_done = postgres_schema.make(self._connected(), self.name)
        self.close()
        return what_was_done

    def last(self, library: str) -> Event | None:
        """Return the event with the highest counter, read once per connection."""
        return self._asked(library).last

    def whole(self, library: str) -> int:
        """Return the counter up to which the library's events are complete."""
        return self._asked(library).whole

    def _asked(self, library: str) -> _Own:
        with self._errors_as_sentences():
            connection = self._open()
            if library not in self._own:
                row = connection.execute(statement("own"), {"library": library}).fetchone()
                text, whole_events = row or (None, 0)
                try:
                    self._own[library] = _Own(
                        loads(text) if text is not None else None, whole_events
                    )
                except NewerEventError as error:
                    raise NotAddedError(f"{self.name}: the last event: {error}") from error
                except ValueError as error:
                    raise UnreadableError(f"{self.name}: the last event: {error}") from error
            return self._own[library]

    def push(self, events: Sequence[Event]) -> int:
        """Add rows with one statement; listeners are notified when they are committed.

        Raises `TargetError` if the server has another event under one of these numbers, which means
        that two machines write as the same library.
        """
        if not events:
            return 0
        library = events[0].library
        own_events = self._asked(library)
        has_gap = own_events.last is not None and own_events.whole < own_events.last.counter
        with self._errors_as_sentences():
            connection = self._open()
            if has_gap:
                counters = [event.counter for event in events]
                known_counters = set(connection.execute(_KNOWN, (library, counters)).fetchall())
                events = [event for event in events if (event.counter,) not in known_counters]
            if self._only_read:  # the right may have come meanwhile
                self._only_read = postgres_schema.look(connection, self.name).only_read
        if self._only_read:
            raise ReadOnlyError(f"{self.name} {self._only_read}. {STAYS}")
        # One row is a transaction by itself: on a slow way each statement counts.
        transaction = connection.transaction() if len(events) > 1 else nullcontext()
        with self._errors_as_sentences():
            try:
                with transaction:
                    events_added = self._add(connection, library, events) if events else 0
            except psycopg.Error as error:
                if error.sqlstate and not connection.closed:
                    raise as_not_added(error, self.name) from error
                raise
        if has_gap:
            del self._own[library]
        else:
            self._own[library] = _Own(events[-1], events[-1].counter)
        return events_added

    def _add(self, connection: ServerConnection, library: str, events: Sequence[Event]) -> int:
        counters = [event.counter for event in events]
        lines = "\n".join(map(dumps, events))
        rows_added = connection.execute(statement("add"), (library, counters, lines)).rowcount
        if rows_added < len(counters):
            row = connection.execute(statement("same"), (counters, lines, library)).fetchone()
            if row is None or row[0] < len(counters):
                raise TargetError(f"{self.name} {OTHERS}")
        return rows_added

    def pull(self, since: Mapping[str, int]) -> Iterator[Event]:
        """Yield each library's new events, read in portions."""
        self.notices = []
        # Before the look: what comes during it is looked for once more.
        self._is_new = False
        self._looked = time.monotonic()
        with self._errors_as_sentences():
            heads = self._open().execute(statement("heads")).fetchall()
        head_by_library: dict[str, int] = dict(heads)
        self._own = {
            library: own_events
            for library, own_events in self._own.items()
            if head_by_library.get(library, 0)
            == (own_events.last.counter if own_events.last else 0)
        }
        parts_ahead = [(library, since.get(library, 0), head) for library, head in heads]
        faults: dict[str, str] = {}
        for portion in _portions(parts_ahead):
            parts_left = portion
            while parts_left := [part for part in parts_left if part[0] not in faults]:
                with self._errors_as_sentences():
                    columns = [list(column) for column in zip(*parts_left, strict=True)]
                    arguments = (*columns, _LARGEST)
                    rows = self._open().execute(statement("range"), arguments).fetchall()
                texts = {(library, counter): text for library, counter, text, _ in rows}
                parts_read, parts_left = _parted(parts_left, rows)
                for part in parts_read:
                    yield from self._understood(part, texts, faults)
        self.notices += list(faults.values())[:_NAMED]
        if len(faults) > _NAMED:
            self.notices.append(
                f"{self.name}: the same is true of {len(faults) - _NAMED:,} more libraries"
            )

    def wait(self, seconds: float) -> bool:
        """Wait for a notification, or until it is time to check anyway."""
        end = time.monotonic() + seconds
        with self._errors_as_sentences():
            connection = self._open()
            while True:
                wait_end = min(end, self._looked + self.look_every)
                seconds_left = max(wait_end - time.monotonic(), 0)
                for notification in connection.notifies(
                    timeout=0 if self._is_new else seconds_left, stop_after=1
                ):
                    self._is_new |= notification.pid != connection.info.backend_pid
                time_now = time.monotonic()
                self._is_new |= time_now >= self._looked + self.look_every
                if self._is_new or time_now >= end:
                    return self._is_new

    def check(self) -> str:
        """Read all events, and check that the table's triggers exist."""
        counts = Counter(event.library for event in self.pull({}))
        with self._errors_as_sentences():
            connection = self._open()
            state = postgres_schema.look(connection, self.name)
            foreign_events = connection.execute(statement("foreign")).fetchall()
            if state.is_owner:
                self.notices += postgres_schema.may_fill(connection)
        for library, user, counter, count, first_library in foreign_events[:_NAMED]:
            self.notices.append(
                f"{clean_line(user)} added {counted(count, 'event')}, starting at event "
                f"{counter:,}, to library "
                f"{_shown(library)}, which belongs to {clean_line(first_library)}"
            )
        if state.older_rules:
            self.notices.append(
                f"{state.older_rules}, because the trigger was made by an older cable-tui: ask "
                "the owner of the table to run `cable-tui bookmarks sync --init` with the address"
            )
        if state.is_crowded:
            self.notices.append(
                f"the server's queue of notifications is {state.queue:.0%} full, so that changes "
                f"arrive within {self.look_every:.0f} seconds rather than at "
                "once: docs/postgresql.md says how to end the connection that does not read it"
            )
        for trigger in state.missing_triggers:
            self.notices.append(f"the trigger {trigger} of cable_tui.event is missing or disabled")
        if not self._address.is_verified:
            self.notices.append(
                "the server's identity is not checked: sslmode=verify-full does that"
            )
        rights = "you can only read" if state.only_read else "you can read and add"
        if state.is_replica:
            rights = "a read-only replica"
        total = held(counts.total(), len(counts))
        release = connection.info.parameter_status("server_version")
        return f"{self.name}: PostgreSQL {release}, {total}; {rights}"

    def close(self) -> None:
        """Close the connection. A later use opens another one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._own.clear()
        self._is_new = True

    def _understood(
        self, part: _Part, texts: Mapping[tuple[str, int], str], faults: dict[str, str]
    ) -> Iterator[Event]:
        """Yield the events in a part, up to the first event that is missing or not valid."""
        library, counter_before, last_counter = part
        for counter in range(counter_before + 1, last_counter + 1):
            try:
                event = loads(texts[library, counter])
                if event.id != (library, counter):
                    raise ValueError("the ID in its text is not the ID of its row")
            except KeyError:
                reason = (
                    "it is missing: someone has removed rows. Its own machine will send it again"
                )
                self._own.pop(library, None)
            except ValueError as error:
                reason = f"{error}{self._who(library, counter)}"
            else:
                yield event
                continue
            faults[library] = (
                f"{self.name}: event {counter:,} of library {_shown(library)}: {reason}. Later "
                "events are not read (docs/postgresql.md)"
            )
            return

    def _who(self, library: str, counter: int) -> str:
        """Return which user added a row, and when, according to the server."""
        with self._errors_as_sentences():
            row = self._open().execute(_WHO, (library, counter)).fetchone()
        return f" ({clean_line(row[0])} added it on {row[1]})" if row else ""

    def _open(self) -> ServerConnection:
        """Return the connection, which has checked the table and listens for notifications."""
        if self._connection is None:
            connection = self._connected()
            state = postgres_schema.look(connection, self.name)
            if not state.is_there:
                raise TargetError(
                    f"{self.name} has no table cable_tui.event: if it is not in another "
                    "database, create it with `cable-tui bookmarks sync --init` and this "
                    "address"
                )
            self._only_read = state.only_read
            # A replica passes no notification on.
            if not state.is_replica and not state.is_crowded:
                connection.execute("LISTEN cable_tui")
        return self._connected()

    def _connected(self) -> ServerConnection:
        if self._connection is None:
            self._connection = ServerConnection.connect(
                self._address.conninfo,
                autocommit=True,
                prepare_threshold=None,  # a pooler gives each statement another session
            )
        return self._connection

    @contextmanager
    def _errors_as_sentences(self) -> Iterator[None]:
        """Turn every error into a `TargetError`; the next use makes a new connection."""
        try:
            yield
        except psycopg.Error as error:
            connected = self._connection is not None
            self.close()
            raise as_target_error(error, self.name, connected=connected) from error
        except NotAddedError:
            raise
        except TargetError:
            self.close()
            raise


def _shown(library: str) -> str:
    """Return the shortened number of a library, which may be any text that someone added."""
    return clean_line(library[:16])


def _parted(parts: list[_Part], rows: list[tuple[Any, ...]]) -> tuple[list[_Part], list[_Part]]:
    """Return the parts that were read, and the parts left over because the limit was reached."""
    if sum(size for *_, size in rows) < _LARGEST:
        return parts, []
    last_library, counter = rows[-1][:2]
    parts_read = [(library, begin, min(end, counter) if library == last_library else end)
            for library, begin, end in parts if library <= last_library]  # fmt: skip
    parts_left = [(library, max(begin, counter) if library == last_library else begin, end)
            for library, begin, end in parts if library >= last_library]  # fmt: skip
    return parts_read, [(library, begin, end) for library, begin, end in parts_left if begin < end]


def _portions(ahead: list[_Part]) -> Iterator[list[_Part]]:
    """Yield portions of up to `AT_ONCE` events in total, as ranges of counters by library."""
    portion_parts: list[_Part] = []
    free_events = AT_ONCE
    for library, from_counter, head in ahead:
        part_start = from_counter
        while part_start < head:
            to_counter = min(head, part_start + free_events)
            portion_parts.append((library, part_start, to_counter))
            free_events -= to_counter - part_start
            part_start = to_counter
            if not free_events:
                yield portion_parts
                portion_parts, free_events = [], AT_ONCE
    if portion_parts:
        yield portion_parts
