-- The table of events on a server, and what is asked about it, in parts of these names. How large an
-- event may be, the codes of the trigger and the version of its rules stand in Python, too.

-- part: table
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

-- part: rules
CREATE OR REPLACE FUNCTION cable_tui.follow() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM added WHERE library !~ '^[0-9a-f]{16}$' OR octet_length(event) > 1048576
  ) THEN
    RAISE EXCEPTION 'this is no event of a library' USING ERRCODE = 'CT001';
  END IF;
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT library, added_by FROM added) AS part WHERE added_by <> (
      SELECT known.added_by FROM cable_tui.event AS known
      WHERE known.library = part.library ORDER BY known.counter LIMIT 1
    )
  ) THEN
    RAISE EXCEPTION 'the events of this library are of another user' USING ERRCODE = 'CT002';
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
COMMENT ON FUNCTION cable_tui.follow() IS 'cable-tui, rules 2';

-- part: roles
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

-- part: roles_by_hand
CREATE ROLE cable_tui_reader;
CREATE ROLE cable_tui_writer;
GRANT cable_tui_reader TO cable_tui_writer;

-- part: rights
GRANT USAGE ON SCHEMA cable_tui TO cable_tui_reader;
GRANT SELECT ON cable_tui.event TO cable_tui_reader;
GRANT INSERT (library, counter, event) ON cable_tui.event TO cable_tui_writer;

-- part: look
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

-- part: may_fill
SELECT
  has_database_privilege(oid, current_database(), 'TEMPORARY'),
  has_function_privilege(oid, 'pg_catalog.lo_create(oid)', 'EXECUTE'),
  coalesce(has_schema_privilege(oid, to_regnamespace('public'), 'CREATE'), FALSE)
FROM pg_roles WHERE rolname = 'cable_tui_reader'
