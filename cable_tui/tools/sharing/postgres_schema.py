"""The table of events on a server, the roles that may use it, and checks of both.

Rows are only added: no role may change or remove them, and a trigger stops even the owner. Another
trigger ensures that each library's events follow one another without gaps. A reader therefore
always sees the beginning of a library, however many people write at the same time, and needs to
remember only each library's counter. The number of a library belongs to the user who added its
first event, and no one else can write under that number. A row number by the server would not work:
of two concurrent writers, the later number may be committed first, and a reader that has seen it
would never ask for the earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from psycopg import errors

from cable_tui.tools.sharing.postgres_connection import ServerConnection
from cable_tui.tools.sharing.target import TargetError

VERSION = 1
"""The version in the comment of the table."""
RULES = 3
"""The version of the trigger `following`, stored in the comment of its function. `_OLDER_RULES`
describes what the older versions allow other people to do.
"""
CROWDED = 0.5
"""The used share of the server's notification queue at which no one is notified and no one listens,
because a new listener first reads the whole queue.
"""
_OLDER_RULES = {
    1: "anyone who can add events can write under any library's number",
    2: "anyone who can connect can fill the server's notification queue, after which no one can "
    "add anything",
}
OLDEST = 13
"""The oldest supported PostgreSQL."""
_COMMENT = "events of cable-tui, version"
COLUMNS = ("library", "counter", "event")
"""The columns read and written here. The server itself records the time and the writer."""

_WAYS_TO_FILL = ("temporary tables", "large objects", "tables in the schema public")
"""Names for the columns of `may_fill`, which are objects that readers may create."""


@cache
def statement(name: str) -> str:
    """Return the statements with this name from the SQL file next to this module."""
    text = files(__package__).joinpath("postgres.sql").read_text("utf-8")
    return text.partition(f"-- part: {name}\n")[2].partition("\n-- ")[0]


class TableState(NamedTuple):
    """The state of the server's table."""

    release: int
    is_replica: bool
    """Whether the server is a replica of another server and accepts no changes itself."""
    comment: str | None
    is_there: bool
    columns: list[str]
    triggers: list[str]
    """The enabled triggers."""
    has_right: bool
    """Whether the user may add rows, if the server accepts any."""
    rules: int
    """The version of the rules, as in `RULES`."""
    is_owner: bool
    """Whether the user has the rights of the table's owner."""
    queue: float
    """The used share of the server's notification queue, from 0 to 1."""

    @property
    def only_read(self) -> str:
        """Why nothing can be added, and the next step, or an empty string if rows can be added."""
        if self.is_replica:
            return "is a copy that can only be read (a replica): use the primary server's address"
        if not self.has_right:
            return "lets you read but not add: ask its owner to GRANT cable_tui_writer to you"
        return ""

    @property
    def is_crowded(self) -> bool:
        """Whether so much of the queue is in use that no one is notified."""
        return self.queue >= CROWDED

    @property
    def older_rules(self) -> str:
        """What the older trigger allows other people to do; an empty string for the current one."""
        return " and ".join(
            words for version, words in _OLDER_RULES.items() if version >= self.rules
        )

    @property
    def missing_triggers(self) -> list[str]:
        """The triggers that are missing from the table."""
        return [trigger for trigger in ("following", "only_added") if trigger not in self.triggers]


def look(connection: ServerConnection, name: str) -> TableState:
    """Return the state of the table. Raises `TargetError` if it was not made by this program."""
    row = connection.execute(statement("look")).fetchone()
    state = TableState(*row or (0, False, None, False, [], [], False, 1, False, 0.0))
    if state.release < OLDEST:
        raise TargetError(f"{name} is PostgreSQL {state.release}; {OLDEST} or newer is needed")
    if not state.is_there:
        return state
    known_comment, _, version = (state.comment or "").rpartition(" ")
    if known_comment != _COMMENT or not version.isdecimal():
        raise TargetError(
            f"{name}: the table cable_tui.event is not marked as cable-tui's: someone has "
            "created another table with this name, or changed its comment"
        )
    if int(version) != VERSION:
        raise TargetError(
            f"{name}: the table cable_tui.event is of version {version}, and this cable-tui knows "
            f"version {VERSION}. Install the same version of cable-tui as the others"
        )
    if missing_columns := [column for column in COLUMNS if column not in state.columns]:
        raise TargetError(
            f"{name}: someone has changed the table cable_tui.event: it lacks the column "
            f"{' and '.join(missing_columns)}. Restore it from the server's backup"
        )
    return state


def make(connection: ServerConnection, name: str) -> str:
    """Create the table and the roles unless they exist; return a sentence on what was done.

    Raises `TargetError` and psycopg's errors.
    """
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise TargetError(
            f"{name} has the encoding {encoding}, but notes may use any script: create a "
            "database with ENCODING 'UTF8' TEMPLATE template0"
        )
    with connection.transaction():
        # Two who make it at the same time.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('cable_tui'))")
        table_state = look(connection, name)
        if not table_state.is_there:
            connection.execute(statement("table"))
        if not table_state.is_there or table_state.rules < RULES:
            connection.execute(statement("rules"))
    what_was_done = "now has the table cable_tui.event"
    if table_state.is_there:
        what_was_done = "already has the table cable_tui.event"
        if table_state.rules < RULES:
            what_was_done += (
                ", and its trigger now reserves each library's number for its own user, and "
                "works even if the server's notification queue is full"
            )
    return " ".join((f"{name} {what_was_done}.", _give_rights(connection), *may_fill(connection)))


def may_fill(connection: ServerConnection) -> Iterator[str]:
    """Yield a sentence on how readers may fill the server's disk, if they can.

    PostgreSQL allows all of this to anyone who may connect to a database.
    """
    row = connection.execute(statement("may_fill")).fetchone() or ()
    ways = [way for way, is_allowed in zip(_WAYS_TO_FILL, row, strict=False) if is_allowed]
    if ways:
        yield (
            f"Anyone who can connect can fill the server's disk with {' and '.join(ways)}: "
            "docs/postgresql.md explains how to revoke this"
        )


def _give_rights(connection: ServerConnection) -> str:
    """Let the roles use the table; return a sentence on how other users get the roles."""
    try:
        with connection.transaction():
            connection.execute(statement("roles"))
            connection.execute(statement("rights"))
    except errors.InsufficientPrivilege:
        by_hand = " ".join((statement("roles_by_hand") + statement("rights")).split())
        return (
            f"You cannot create its roles. Someone who can has to run, in this database: {by_hand}"
        )
    return (
        "Grant the role cable_tui_writer to everyone who shares (GRANT cable_tui_writer TO ...), "
        "and cable_tui_reader to everyone who only reads."
    )
