"""The table of events on a server, the roles that may use it, and whether it is as it was made.

The table is only added to: no role may change or remove rows, and a trigger refuses it to the owner
as well. Another trigger lets the events of each library follow one another without a gap. So what
one sees of a library is always its beginning, however many write at the same time, and the counter
of each library is all that a reader has to remember. A row number of the server would not do: of
two who write at once the later number can be committed first, and a reader that has seen it would
never ask for the earlier one.
"""

from __future__ import annotations

from typing import NamedTuple

from psycopg import errors

from cable_tui.sync.postgres_connection import Connection
from cable_tui.sync.target import TargetError

VERSION = 1
"""As the comment of the table has it."""
OLDEST = 13
"""The oldest PostgreSQL that is tried."""
_COMMENT = "events of cable-tui, version"
COLUMNS = ("library", "counter", "event")
"""What the program reads and writes; the server itself notes when, and by whom."""

_TABLE = """
CREATE SCHEMA cable_tui;
CREATE TABLE cable_tui.event (
  library text COLLATE "C" NOT NULL,
  counter bigint NOT NULL CHECK (counter > 0),
  event   text NOT NULL,
  added   timestamptz NOT NULL DEFAULT now(),
  added_by text NOT NULL DEFAULT session_user,
  PRIMARY KEY (library, counter)
);
COMMENT ON TABLE cable_tui.event IS 'events of cable-tui, version 1';

CREATE FUNCTION cable_tui.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'cable_tui.event is only added to';
END $$;
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON cable_tui.event
  FOR EACH STATEMENT EXECUTE FUNCTION cable_tui.refuse();

CREATE FUNCTION cable_tui.follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (
      SELECT library, min(counter) AS low, max(counter) AS high, count(*) AS rows
      FROM added GROUP BY library
    ) AS part
    WHERE rows <> high - low + 1 OR low - 1 <> coalesce((
      SELECT max(counter) FROM cable_tui.event AS known
      WHERE known.library = part.library AND known.counter < part.low
    ), 0)
  ) THEN
    RAISE EXCEPTION 'the events of a library follow one another' USING ERRCODE = '23514';
  END IF;
  IF EXISTS (SELECT FROM added) THEN
    PERFORM pg_catalog.pg_notify('cable_tui', '');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER following AFTER INSERT ON cable_tui.event
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION cable_tui.follow();
"""
_ROLES = """
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cable_tui_reader') THEN
    CREATE ROLE cable_tui_reader;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cable_tui_writer') THEN
    CREATE ROLE cable_tui_writer;
    GRANT cable_tui_reader TO cable_tui_writer;
  END IF;
END $$
"""
_ROLES_BY_HAND = """
CREATE ROLE cable_tui_reader;
CREATE ROLE cable_tui_writer;
GRANT cable_tui_reader TO cable_tui_writer;
"""
_RIGHTS = """
GRANT USAGE ON SCHEMA cable_tui TO cable_tui_reader;
GRANT SELECT ON cable_tui.event TO cable_tui_reader;
GRANT INSERT (library, counter, event) ON cable_tui.event TO cable_tui_writer;
"""
_LOOK = """
SELECT
  current_setting('server_version_num')::int / 10000,
  pg_is_in_recovery(),
  obj_description(to_regclass('cable_tui.event'), 'pg_class'),
  to_regclass('cable_tui.event') IS NOT NULL,
  ARRAY(
    SELECT attname::text FROM pg_attribute
    WHERE attrelid = to_regclass('cable_tui.event') AND attnum > 0 AND NOT attisdropped
  ),
  ARRAY(
    SELECT tgname::text FROM pg_trigger
    WHERE tgrelid = to_regclass('cable_tui.event') AND tgenabled IN ('O', 'A')
  ),
  coalesce(has_any_column_privilege(to_regclass('cable_tui.event'), 'INSERT'), FALSE)
"""


class Found(NamedTuple):
    """What a look at the server says."""

    release: int
    is_replica: bool
    """It follows another server, and takes nothing itself."""
    comment: str | None
    is_there: bool
    columns: list[str]
    triggers: list[str]
    """Those that are switched on."""
    has_right: bool
    """The user may add, where the server takes anything at all."""

    @property
    def only_read(self) -> str:
        """Why nothing can be added, and the next step; empty where it can."""
        if self.is_replica:
            return "is a copy that can only be read (a replica): name the server that it follows"
        if not self.has_right:
            return "lets you read, and not add: its owner may GRANT cable_tui_writer to you"
        return ""

    @property
    def missing_triggers(self) -> list[str]:
        """What does not watch over the table any more."""
        return [each for each in ("following", "only_added") if each not in self.triggers]


def look(connection: Connection, name: str) -> Found:
    """Look at the table. Raises `TargetError` where it is not as this program makes it."""
    row = connection.execute(_LOOK).fetchone()
    found = Found(*row or (0, False, None, False, [], [], False))
    if found.release < OLDEST:
        raise TargetError(f"{name} is PostgreSQL {found.release}; {OLDEST} or newer is needed")
    if not found.is_there:
        return found
    known, _, version = (found.comment or "").rpartition(" ")
    if known != _COMMENT or not version.isdecimal():
        raise TargetError(
            f"{name}: the table cable_tui.event does not say that it is of cable-tui: somebody "
            "has made another one, or has changed its comment"
        )
    if int(version) != VERSION:
        raise TargetError(
            f"{name}: the table cable_tui.event is of version {version}, and this cable-tui knows "
            f"version {VERSION}. Install the cable-tui here that the others have"
        )
    if missing := [each for each in COLUMNS if each not in found.columns]:
        raise TargetError(
            f"{name}: somebody has changed the table cable_tui.event: it lacks the column "
            f"{' and '.join(missing)}. The server's backup has it"
        )
    return found


def make(connection: Connection, name: str) -> str:
    """Make the table and the roles, unless they are there; a sentence on what was done.

    Raises `TargetError`, and errors of psycopg.
    """
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise TargetError(
            f"{name} has the encoding {encoding}, and notes are in any script: make a database "
            "with ENCODING 'UTF8' TEMPLATE template0"
        )
    with connection.transaction():
        # Two who make it at the same time.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('cable_tui'))")
        was_there = look(connection, name).is_there
        if not was_there:
            connection.execute(_TABLE)
    done = "has the table cable_tui.event already" if was_there else "has cable_tui.event now"
    return f"{name} {done}. {_give_rights(connection)}"


def _give_rights(connection: Connection) -> str:
    """Let the roles use the table; how others get them, in words."""
    try:
        with connection.transaction():
            connection.execute(_ROLES)
            connection.execute(_RIGHTS)
    except errors.InsufficientPrivilege:
        by_hand = " ".join(f"{_ROLES_BY_HAND} {_RIGHTS}".split())
        return f"You may not make its roles. Whoever may has to run, in this database: {by_hand}"
    return (
        "Let each who shares have the role cable_tui_writer (GRANT cable_tui_writer TO ...), and "
        "who may only read cable_tui_reader"
    )
