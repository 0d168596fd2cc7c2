-- The table of events on a server, and the longer statements on it, in parts with names. How large
-- an event may be, the versions of table and rules and the codes of the trigger are in Python too.

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
  -- Whoever may connect can fill the server's queue, and a commit that notifies then fails.
  IF EXISTS (SELECT FROM added) AND pg_notification_queue_usage() < 0.5 THEN
    PERFORM pg_notify('cable_tui', '');
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION cable_tui.follow() IS 'cable-tui, rules 3';

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
  ), FALSE),
  CASE WHEN pg_is_in_recovery() THEN 0 ELSE pg_notification_queue_usage() END

-- part: may_fill
SELECT
  has_database_privilege(oid, current_database(), 'TEMPORARY'),
  has_function_privilege(oid, 'pg_catalog.lo_create(oid)', 'EXECUTE'),
  coalesce(has_schema_privilege(oid, to_regnamespace('public'), 'CREATE'), FALSE)
FROM pg_roles WHERE rolname = 'cable_tui_reader'

-- No more of a row is read than shows that it is too long: somebody may have added anything.

-- part: own
SELECT (
  SELECT left(event, 1048577) FROM cable_tui.event WHERE library = %(library)s ORDER BY counter DESC LIMIT 1
), coalesce(min(number) FILTER (WHERE counter <> number) - 1, count(*))
FROM (
  SELECT counter, row_number() OVER (ORDER BY counter) AS number
  FROM cable_tui.event WHERE library = %(library)s
) AS numbered

-- The events come as one text of lines: to write an array of texts takes psycopg three times as long.

-- part: add
INSERT INTO cable_tui.event (library, counter, event)
SELECT %s, * FROM unnest(%s::bigint[], string_to_array(%s, E'\n'))
ON CONFLICT (library, counter) DO NOTHING

-- part: same
SELECT count(*) FROM cable_tui.event AS known
JOIN unnest(%s::bigint[], string_to_array(%s, E'\n')) AS given (counter, event)
USING (counter, event)
WHERE library = %s

-- From library to library by the index: it costs as much as there are libraries, not events.

-- part: heads
WITH RECURSIVE head (library) AS (
  SELECT min(library) FROM cable_tui.event
  UNION ALL
  SELECT (SELECT min(library) FROM cable_tui.event WHERE library > head.library)
  FROM head WHERE head.library IS NOT NULL
)
SELECT library, (SELECT max(counter) FROM cable_tui.event AS known
                 WHERE known.library = head.library)
FROM head WHERE library IS NOT NULL

-- part: range
SELECT library, counter, left(event, 1048577), size FROM (
  SELECT library, counter, event, size,
    sum(size) OVER (ORDER BY library, counter ROWS UNBOUNDED PRECEDING) AS so_far
  FROM cable_tui.event
  JOIN unnest(%s::text[], %s::bigint[], %s::bigint[]) AS part (library, low, high) USING (library)
  CROSS JOIN LATERAL (SELECT least(octet_length(event), 1048577) AS size) AS sized
  WHERE counter > low AND counter <= high
) AS part WHERE so_far - size < %s ORDER BY library, counter

-- part: foreign
SELECT event.library, event.added_by, min(event.counter), count(*), first.added_by
FROM cable_tui.event JOIN (
  SELECT DISTINCT ON (library) library, added_by FROM cable_tui.event ORDER BY library, counter
) AS first USING (library)
WHERE event.added_by <> first.added_by GROUP BY 1, 2, 5 ORDER BY 1, 2
