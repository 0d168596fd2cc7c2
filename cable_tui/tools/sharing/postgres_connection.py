"""A connection to a PostgreSQL server: its address, time limits, and errors in words.

libpq reads passwords from `~/.pgpass`, a service file or `PGPASSWORD`. A password in the address
itself is refused, because the process list, the shell history and the settings would show it. For
other machines TLS is required, whatever is set elsewhere.

TCP notices a lost network after some twenty seconds (`_LOST`), but only up to its own end. Behind
an ssh tunnel, a pooler or a firewall that keeps connections open, the server may be gone although
the connection looks sound. A connection that is silent for longer than `ServerConnection.patience`
therefore counts as failed.

A server's errors have a code; errors of a connection that was not established only have libpq's
text. None of them contains a password.
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatchcase
from typing import Any, NamedTuple, TypeVar

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from cable_tui.operating_system.this_machine import is_this_machine
from cable_tui.text import clean_line
from cable_tui.tools.sharing.target import (
    STAYS,
    NotAddedError,
    ReadOnlyError,
    TakenError,
    TargetError,
)

_WEAK = ("disable", "allow", "prefer")
"""The values of `sslmode` that allow unencrypted or unverified connections."""
_LOST = {
    "connect_timeout": "10",
    "keepalives_idle": "20",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""The settings that detect a lost network after some twenty seconds."""


class Address(NamedTuple):
    """The parsed address of a server."""

    conninfo: str
    name: str
    """The name of the server for messages: host and database."""
    is_verified: bool
    """Whether the server is on this machine, or its certificate is checked against its name."""


def understood(url: str) -> Address:
    """Return a reader's address, parsed. Raises `TargetError`, which does not show the address."""
    try:
        settings = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except (psycopg.Error, UnicodeError):
        raise TargetError(
            "the server's address is not understood; it should look like "
            "postgresql://USER@HOST/DATABASE?sslmode=verify-full"
        ) from None
    options = pq.Conninfo.get_defaults()
    # The settings that libpq says are not to be shown, and those that do for a password.
    secrets = [option.keyword.decode() for option in options if option.dispchar == b"*"]
    if any(settings.get(name) for name in (*secrets, "scram_client_key", "scram_server_key")):
        raise TargetError(
            "leave the password out of the address, where others can see it (in the process list "
            "and the shell history): libpq reads it from ~/.pgpass, as docs/postgresql.md shows"
        )
    with _service(settings.get("service")):
        # What libpq takes where the address says nothing: from the environment and service files.
        options = pq.Conninfo.get_defaults()
        known_settings = {
            option.keyword.decode(): option.val.decode() for option in options if option.val
        } | settings
    # An address decides, and not the name beside it; no host is libpq's own socket here.
    hosts = (known_settings.get("hostaddr") or known_settings.get("host") or "").split(",")
    local = all(not host or host.startswith(("/", "@")) or is_this_machine(host) for host in hosts)
    mode = known_settings.get("sslmode", "prefer")
    if not local and mode in _WEAK:
        settings["sslmode"] = mode = "require"
    our_settings = {"client_encoding": "UTF8", "fallback_application_name": "cable-tui"}
    unset = {key: value for key, value in _LOST.items() if not known_settings.get(key)}
    return Address(
        make_conninfo("", **(unset | settings | our_settings)),
        _name(known_settings),
        local or mode == "verify-full",
    )


@contextmanager
def _service(name: str | None) -> Iterator[None]:
    """Set an address's service as the default in the block, because libpq reads it only there."""
    if not name:
        yield
        return
    service_before = os.environ.get("PGSERVICE")
    os.environ["PGSERVICE"] = name
    try:
        yield
    finally:
        del os.environ["PGSERVICE"]
        if service_before is not None:
            os.environ["PGSERVICE"] = service_before


def _name(known: Mapping[str, str]) -> str:
    hosts = (known.get("host") or known.get("hostaddr") or "").split(",")
    ports = known.get("port", "").split(",")
    ports = ports if len(ports) == len(hosts) else ports[:1] * len(hosts)
    places = [
        ("this machine" if not host or host.startswith(("/", "@")) else host)
        + (f":{port}" if port not in ("", "5432") else "")
        for host, port in zip(hosts, ports, strict=True)
    ]
    database = known.get("dbname") or known.get("user") or ""
    place = " or ".join(places)
    return clean_line(f"{place}, database {database}" if database else place)


# Patience

_Done = TypeVar("_Done")
_Waiting = Generator[Any, Any, _Done]
"""A generator through which psycopg waits: it yields requests, and receives what is ready, or
nothing.
"""


class ServerConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection whose statements fail if the server is silent."""

    patience = 30.0
    """The maximum number of seconds without data from or to the server while waiting."""

    def wait(self, gen: _Waiting[_Done], *given: Any, **options: Any) -> _Done:
        """Wait as psycopg does, for all statements, but not forever."""
        return super().wait(_not_for_ever(gen, self.patience), *given, **options)


def _not_for_ever(gen: _Waiting[_Done], patience: float) -> _Waiting[_Done]:
    """Pass on requests and answers, and fail if nothing is ready for `patience` seconds.

    psycopg reports ten times a second that nothing is ready.
    """
    heard_time = time.monotonic()
    ready_state = None
    while True:
        try:
            request = gen.send(ready_state)
        except StopIteration as done:
            result: _Done = done.value
            return result
        ready_state = yield request
        if ready_state:
            heard_time = time.monotonic()
        elif time.monotonic() > heard_time + patience:
            raise psycopg.OperationalError(f"no answer for {patience:.0f} seconds")


# Errors as sentences with the next step

NO_EVENT = "CT001"
TAKEN = "CT002"
"""The trigger's codes for a line that is not an event, and for another user's number."""
_CROWDED = "has too many connections: ask for a pooler (docs/postgresql.md)"
_SERVICE = "is not in the list of services: check ~/.pg_service.conf"
_UNCONNECTED = {
    "no password supplied": "asks for a password, but none was found: add it to ~/.pgpass "
    "(docs/postgresql.md)",
    "password authentication failed": "refuses this user with this password: check ~/.pgpass, "
    "or ask the server's administrator",
    "pg_hba.conf": "refuses this user from this machine: ask the server's administrator for a "
    "line in pg_hba.conf",
    "service file": _SERVICE,
    "definition of service": _SERVICE,
    "server does not support SSL": "does not offer TLS, and cable-tui sends nothing "
    "unencrypted to another machine: ask the server's administrator to enable TLS "
    "(docs/postgresql.md), or use an ssh tunnel to localhost",
    "root certificate": "cannot be verified: in the address, set sslrootcert=FILE to the "
    "certificate of the authority that signed it, or sslrootcert=system to use the authorities "
    "this machine trusts",
    "certificate": "is not the server of that name, or its certificate is not signed by an "
    "authority that you trust",
    "too many": _CROWDED,
    "connection slots": _CROWDED,
    'role "*" does not exist': "has no such user: ask its administrator for a role",
    'database "*" does not exist': "has no such database: check the end of the address",
}
"""Parts of error messages by libpq and the server, with our sentences. The first match is shown."""
_CODES = {
    "42501": "does not let you do this: ask its owner to GRANT cable_tui_writer for adding, "
    "cable_tui_reader for reading",
    "25006": "is a copy that can only be read (a replica): use the primary server's address",
    "53100": "has no disk space left",
    "53300": _CROWDED,
    "54000": "cannot notify other programs, because a connection does not read its "
    "notifications: ask the owner of the table to run `cable-tui bookmarks sync --init`, or end "
    "that connection "
    "(docs/postgresql.md)",
    "57014": "stopped a statement after its statement_timeout: ask for a higher limit",
    "42P01": "has no table cable_tui.event: someone has removed it. Restore it from the server's "
    "backup",
    "3F000": "has no table cable_tui.event: someone has removed it. Restore it from the server's "
    "backup",
    "42703": "has a changed table cable_tui.event. Restore it from the server's backup",
    NO_EVENT: "refuses a row that is not an event",
    TAKEN: "has this library's number from another user, and only that user can write under it",
    "23514": "lacks earlier events of this library: someone has removed rows. `cable-tui doctor` "
    "lists them",
}
"""The messages for the server's codes, from appendix A of PostgreSQL's manual."""
_LONGEST = 300
"""The maximum number of characters to show from the server's own message."""


def as_target_error(error: psycopg.Error, name: str, *, connected: bool) -> TargetError:
    """Return the error as a sentence about the server with this name."""
    error_words = _words(error)
    if error.sqlstate in _CODES:
        return TargetError(f"{name} {_CODES[error.sqlstate]} ({error_words})")
    if not connected:
        for piece, reason in _UNCONNECTED.items():
            if fnmatchcase(error_words, f"*{piece}*"):
                return TargetError(f"{name} {reason} ({error_words})")
        return TargetError(f"{name} cannot be reached ({error_words})")
    if isinstance(error, psycopg.OperationalError):
        return TargetError(f"{name} has closed the connection, or it was lost ({error_words})")
    return TargetError(f"{name} has refused it ({error_words})")


def as_not_added(error: psycopg.Error, name: str) -> NotAddedError:
    """Return the error for a failed addition, after which the connection is still usable."""
    kind = {TAKEN: TakenError, "42501": ReadOnlyError, "25006": ReadOnlyError}
    sentence = as_target_error(error, name, connected=True)
    return kind.get(error.sqlstate or "", NotAddedError)(f"{sentence}. {STAYS}")


def _words(error: psycopg.Error) -> str:
    """Return the error's own message on one line."""
    text = error.diag.message_primary or str(error)
    lines = [" ".join(clean_line(line).split()) for line in text.splitlines()]
    error_line = next((error_line for error_line in lines if error_line), type(error).__name__)
    return error_line.removeprefix("connection failed: ")[:_LONGEST]
