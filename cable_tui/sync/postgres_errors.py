"""What a server or the way to it answers, as a sentence with the next step.

Errors of a server have a code; those of a connection that was not made have libpq's words alone.
None of them has a password.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

import psycopg

from cable_tui.sync.target import STAYS, NotAddedError, ReadOnlyError, TakenError, TargetError
from cable_tui.text import clean_line

NO_EVENT = "CT001"
TAKEN = "CT002"
"""The codes of the trigger for what is no event, and for a number that is another user's."""
_CROWDED = "has too many connections: let a pooler be put before it (docs/postgresql.md)"
_SERVICE = "is not found by the name of its service: look into ~/.pg_service.conf"
_UNCONNECTED = {
    "no password supplied": "asks for a password, and none was found: write it into ~/.pgpass, as "
    "docs/postgresql.md shows",
    "password authentication failed": "does not take this user with this password: look into "
    "~/.pgpass or ask whoever runs the server",
    "pg_hba.conf": "lets nobody in from here as this user: ask whoever runs the server for a line "
    "in its pg_hba.conf",
    "service file": _SERVICE,
    "definition of service": _SERVICE,
    "server does not support SSL": "offers no TLS, and beyond this machine nothing is sent in the "
    "clear: let it be switched on there (docs/postgresql.md), or use a tunnel of ssh to localhost",
    "root certificate": "cannot be verified: sslrootcert=FILE in the address names the certificate "
    "of who signed its own, sslrootcert=system those that this machine trusts",
    "certificate": "is not the server of that name, or nobody whom you trust has signed for it",
    "too many": _CROWDED,
    "connection slots": _CROWDED,
    'role "*" does not exist': "knows no such user: ask whoever runs it for a role",
    'database "*" does not exist': "has no such database: look at the end of the address",
}
"""Pieces of libpq's and the server's words, and what to say. The first that fits is said."""
_CODES = {
    "42501": "does not let you do this: ask its owner to GRANT cable_tui_writer for adding, "
    "cable_tui_reader for reading",
    "25006": "is a copy that can only be read (a replica): name the server that it follows",
    "53100": "has a full disk",
    "53300": _CROWDED,
    "57014": "has broken off what took longer than its statement_timeout: let it be raised",
    "42P01": "has no table cable_tui.event: somebody has removed it. The server's backup has it",
    "3F000": "has no table cable_tui.event: somebody has removed it. The server's backup has it",
    "42703": "has another table cable_tui.event than it was made: somebody has changed it. The "
    "server's backup has it",
    NO_EVENT: "refuses what is no event",
    TAKEN: "has this library's number from another user, and lets nobody else write under it",
    "23514": "has not all earlier events of this library, which must follow one another: somebody "
    "has removed rows. `cable-tui doctor` says which",
}
"""What to say for a code of the server: appendix A of PostgreSQL's manual."""
_LONGEST = 300
"""Characters of the server's own words at most."""


def as_target_error(error: psycopg.Error, name: str, *, connected: bool) -> TargetError:
    """The error as a sentence on the server of this name."""
    words = _words(error)
    if error.sqlstate in _CODES:
        return TargetError(f"{name} {_CODES[error.sqlstate]} ({words})")
    if not connected:
        for piece, said in _UNCONNECTED.items():
            if fnmatchcase(words, f"*{piece}*"):
                return TargetError(f"{name} {said} ({words})")
        return TargetError(f"{name} cannot be reached ({words})")
    if isinstance(error, psycopg.OperationalError):
        return TargetError(f"{name} has closed the connection, or it was lost ({words})")
    return TargetError(f"{name} has refused it ({words})")


def as_not_added(error: psycopg.Error, name: str) -> NotAddedError:
    """The error of a statement that adds, after which the connection can be used as before."""
    kind = {TAKEN: TakenError, "42501": ReadOnlyError, "25006": ReadOnlyError}
    said = as_target_error(error, name, connected=True)
    return kind.get(error.sqlstate or "", NotAddedError)(f"{said}. {STAYS}")


def _words(error: psycopg.Error) -> str:
    """Its own words on one line."""
    text = error.diag.message_primary or str(error)
    lines = [" ".join(clean_line(line).split()) for line in text.splitlines()]
    line = next((each for each in lines if each), type(error).__name__)
    return line.removeprefix("connection failed: ")[:_LONGEST]
