"""The table of events on a server, the roles that may use it, and whether it is as it was made.

The table is only added to: no role may change or remove rows, and a trigger refuses it to the owner
as well. Another trigger lets the events of each library follow one another without a gap. So what
one sees of a library is always its beginning, however many write at the same time, and the counter
of each library is all that a reader has to remember. The number of a library is the user's who has
added its first event: nobody else can write under it. A row number of the server would not do: of
two who write at once the later number can be committed first, and a reader that has seen it would
never ask for the earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from psycopg import errors

from cable_tui.library.sharing.events import LARGEST
from cable_tui.sync.postgres_connection import Connection
from cable_tui.sync.postgres_errors import NO_EVENT, TAKEN
from cable_tui.sync.target import TargetError

VERSION = 1
"""As the comment of the table has it."""
RULES = 2
"""What the trigger `following` holds to, as the comment of its function has it. 1 let everybody who
may add write under the number of any library."""
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

CREATE FUNCTION cable_tui.follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE TRIGGER following AFTER INSERT ON cable_tui.event
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION cable_tui.follow();
"""
_RULES = f"""
CREATE OR REPLACE FUNCTION cable_tui.follow() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM added WHERE library !~ '^[0-9a-f]{{16}}$' OR octet_length(event) > {LARGEST}
  ) THEN
    RAISE EXCEPTION 'this is no event of a library' USING ERRCODE = '{NO_EVENT}';
  END IF;
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT library, added_by FROM added) AS part WHERE added_by <> (
      SELECT known.added_by FROM cable_tui.event AS known
      WHERE known.library = part.library ORDER BY known.counter LIMIT 1
    )
  ) THEN
    RAISE EXCEPTION 'the events of this library are of another user' USING ERRCODE = '{TAKEN}';
  END IF;
  IF EXISTS (
    SELECT FROM added WHERE counter > 1 AND NOT EXISTS (
      SELECT FROM cable_tui.event AS known
      WHERE known.library = added.library AND known.counter = added.counter - 1
    )
  ) THEN
    RAISE EXCEPTION 'the events of a library follow one another' USING ERRCODE = '23514';
  END IF;
  IF EXISTS (SELECT FROM added) THEN
    PERFORM pg_notify('cable_tui', '');
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION cable_tui.follow() IS 'cable-tui, rules {RULES}';
"""  # noqa: S608 - constants
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
  coalesce(has_any_column_privilege(to_regclass('cable_tui.event'), 'INSERT'), FALSE),
  coalesce(substring(
    obj_description(to_regprocedure('cable_tui.follow()'), 'pg_proc')
    FROM '^cable-tui, rules ([0-9]{1,9})$'
  )::int, 1),
  coalesce((
    SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('cable_tui.event')
  ), FALSE)
"""
_MAY_FILL = """
SELECT
  has_database_privilege(oid, current_database(), 'TEMPORARY'),
  has_function_privilege(oid, 'pg_catalog.lo_create(oid)', 'EXECUTE'),
  coalesce(has_schema_privilege(oid, to_regnamespace('public'), 'CREATE'), FALSE)
FROM pg_roles WHERE rolname = 'cable_tui_reader'
"""
_WAYS_TO_FILL = ("temporary tables", "large objects", "tables in the schema public")
"""What the columns of `_MAY_FILL` say that readers may make."""


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
    rules: int
    """As `RULES`."""
    is_owner: bool
    """The user may do what the table's owner may."""

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
    found = Found(*row or (0, False, None, False, [], [], False, 1, False))
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
        found = look(connection, name)
        if not found.is_there:
            connection.execute(_TABLE)
        if not found.is_there or found.rules < RULES:
            connection.execute(_RULES)
    done = "has cable_tui.event now"
    if found.is_there:
        done = "has the table cable_tui.event already"
        if found.rules < RULES:
            done += ", which keeps each library's number to its own user from now on"
    return " ".join((f"{name} {done}.", _give_rights(connection), *may_fill(connection)))


def may_fill(connection: Connection) -> Iterator[str]:
    """What readers may fill the disk of the server with, as a sentence; nothing if that is little.

    PostgreSQL lets everybody who may connect to a database do all of it.
    """
    row = connection.execute(_MAY_FILL).fetchone() or ()
    ways = [way for way, may in zip(_WAYS_TO_FILL, row, strict=False) if may]
    if ways:
        yield (
            f"Everybody who may connect can fill the server's disk with {' and '.join(ways)}: "
            "docs/postgresql.md says how that is revoked"
        )


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
        "who may only read cable_tui_reader."
    )
