BEGIN TRANSACTION;
CREATE TABLE change (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  at     TEXT NOT NULL,  -- ISO 8601, UTC
  author TEXT NOT NULL,
  what   TEXT NOT NULL,  -- in words
  undoes INTEGER         -- the change that this one takes back
);
INSERT INTO "change" VALUES(1,'2026-11-26T23:51:46Z','mara','put into story',NULL);
INSERT INTO "change" VALUES(2,'2026-11-26T23:51:46Z','mara','bookmark 09POST2',NULL);
INSERT INTO "change" VALUES(3,'2026-11-26T23:51:46Z','mara','move in story',NULL);
INSERT INTO "change" VALUES(4,'2026-11-26T23:51:46Z','mara','save minors',NULL);
INSERT INTO "change" VALUES(5,'2026-11-26T23:51:46Z','mara','bookmark 09POST9',NULL);
INSERT INTO "change" VALUES(6,'2026-11-26T23:51:46Z','mara','undo',5);
INSERT INTO "change" VALUES(8,'2026-11-26T23:51:46Z','mara','note to 09POST3',NULL);
CREATE TABLE entry (id INTEGER PRIMARY KEY AUTOINCREMENT, list_id INTEGER NOT NULL, mark_id INTEGER NOT NULL, rank INTEGER NOT NULL, UNIQUE (list_id, mark_id));
INSERT INTO "entry" VALUES(1,1,1,2);
INSERT INTO "entry" VALUES(2,1,2,1);
INSERT INTO "entry" VALUES(3,2,3,1);
CREATE TABLE event (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  change_id INTEGER NOT NULL,
  subject   TEXT NOT NULL,     -- table
  row_id    INTEGER NOT NULL,
  before    TEXT,              -- the row as JSON, NULL where it was added
  after     TEXT               -- the same, NULL where it was taken away
);
INSERT INTO "event" VALUES(1,1,'mark',1,NULL,'{"uid":"2f82df67e5da4c3b","reference_id":"09POST1","canonical_id":"09POST1","paragraph":"3","fingerprint":"0123456789abcdef","note":"ask","author":"mara","created":"2026-11-26T23:51:46Z","changed":"2026-11-26T23:51:46Z"}');
INSERT INTO "event" VALUES(2,1,'list',1,NULL,'{"name":"story","rank":1}');
INSERT INTO "event" VALUES(3,1,'entry',1,NULL,'{"list_id":1,"mark_id":1,"rank":1}');
INSERT INTO "event" VALUES(4,1,'mark',2,NULL,'{"uid":"3f0c2030555abd85","reference_id":"09POST3","canonical_id":"09POST3","paragraph":"","fingerprint":"","note":"","author":"mara","created":"2026-11-26T23:51:46Z","changed":"2026-11-26T23:51:46Z"}');
INSERT INTO "event" VALUES(5,1,'entry',2,NULL,'{"list_id":1,"mark_id":2,"rank":2}');
INSERT INTO "event" VALUES(6,2,'mark',3,NULL,'{"uid":"bc34bc294c65468b","reference_id":"09POST2","canonical_id":"09POST2","paragraph":"","fingerprint":"","note":"","author":"mara","created":"2026-11-26T23:51:46Z","changed":"2026-11-26T23:51:46Z"}');
INSERT INTO "event" VALUES(7,2,'list',2,NULL,'{"name":"later","rank":2}');
INSERT INTO "event" VALUES(8,2,'entry',3,NULL,'{"list_id":2,"mark_id":3,"rank":1}');
INSERT INTO "event" VALUES(9,3,'entry',2,'{"list_id":1,"mark_id":2,"rank":2}','{"list_id":1,"mark_id":2,"rank":1}');
INSERT INTO "event" VALUES(10,3,'entry',1,'{"list_id":1,"mark_id":1,"rank":1}','{"list_id":1,"mark_id":1,"rank":2}');
INSERT INTO "event" VALUES(11,4,'search',1,NULL,'{"name":"minors","query":"tag:KTIP","rank":1}');
INSERT INTO "event" VALUES(12,5,'mark',4,NULL,'{"uid":"76ece5211723e71e","reference_id":"09POST9","canonical_id":"09POST9","paragraph":"","fingerprint":"","note":"","author":"mara","created":"2026-11-26T23:51:46Z","changed":"2026-11-26T23:51:46Z"}');
INSERT INTO "event" VALUES(13,6,'mark',4,'{"uid":"76ece5211723e71e","reference_id":"09POST9","canonical_id":"09POST9","paragraph":"","fingerprint":"","note":"","author":"mara","created":"2026-11-26T23:51:46Z","changed":"2026-11-26T23:51:46Z"}',NULL);
INSERT INTO "event" VALUES(14,8,'mark',2,'{"uid":"3f0c2030555abd85","reference_id":"09POST3","canonical_id":"09POST3","paragraph":"","fingerprint":"","note":"","author":"mara","created":"2026-11-26T23:51:46Z","changed":"2026-11-26T23:51:46Z"}','{"uid":"3f0c2030555abd85","reference_id":"09POST3","canonical_id":"09POST3","paragraph":"","fingerprint":"","note":"look","author":"mara","created":"2026-11-26T23:51:46Z","changed":"2026-11-26T23:51:46Z"}');
CREATE TABLE list (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, rank INTEGER NOT NULL, UNIQUE (name));
INSERT INTO "list" VALUES(1,'story',1);
INSERT INTO "list" VALUES(2,'later',2);
CREATE TABLE mark (id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, reference_id TEXT NOT NULL, canonical_id TEXT NOT NULL, paragraph TEXT NOT NULL, fingerprint TEXT NOT NULL, note TEXT NOT NULL, author TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL, UNIQUE (uid), UNIQUE (canonical_id, paragraph, note, author));
INSERT INTO "mark" VALUES(1,'2f82df67e5da4c3b','09POST1','09POST1','3','0123456789abcdef','ask','mara','2026-11-26T23:51:46Z','2026-11-26T23:51:46Z');
INSERT INTO "mark" VALUES(2,'3f0c2030555abd85','09POST3','09POST3','','','look','mara','2026-11-26T23:51:46Z','2026-11-26T23:51:46Z');
INSERT INTO "mark" VALUES(3,'bc34bc294c65468b','09POST2','09POST2','','','','mara','2026-11-26T23:51:46Z','2026-11-26T23:51:46Z');
CREATE TABLE search (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, query TEXT NOT NULL, rank INTEGER NOT NULL, UNIQUE (name));
INSERT INTO "search" VALUES(1,'minors','tag:KTIP',1);
CREATE TABLE seen (
  canonical_id TEXT PRIMARY KEY,  -- a cable that was read
  at           TEXT NOT NULL      -- ISO 8601, UTC
) WITHOUT ROWID
;
INSERT INTO "seen" VALUES('09POST1','2026-11-26T23:51:46Z');
CREATE TRIGGER mark_insert AFTER INSERT ON mark BEGIN INSERT INTO event (change_id, subject, row_id, before, after) VALUES ((SELECT max(id) FROM change), 'mark', new.id, NULL, json_object('uid', new.uid, 'reference_id', new.reference_id, 'canonical_id', new.canonical_id, 'paragraph', new.paragraph, 'fingerprint', new.fingerprint, 'note', new.note, 'author', new.author, 'created', new.created, 'changed', new.changed)); END;
CREATE TRIGGER mark_update AFTER UPDATE ON mark BEGIN INSERT INTO event (change_id, subject, row_id, before, after) VALUES ((SELECT max(id) FROM change), 'mark', new.id, json_object('uid', old.uid, 'reference_id', old.reference_id, 'canonical_id', old.canonical_id, 'paragraph', old.paragraph, 'fingerprint', old.fingerprint, 'note', old.note, 'author', old.author, 'created', old.created, 'changed', old.changed), json_object('uid', new.uid, 'reference_id', new.reference_id, 'canonical_id', new.canonical_id, 'paragraph', new.paragraph, 'fingerprint', new.fingerprint, 'note', new.note, 'author', new.author, 'created', new.created, 'changed', new.changed)); END;
CREATE TRIGGER mark_delete AFTER DELETE ON mark BEGIN INSERT INTO event (change_id, subject, row_id, before, after) VALUES ((SELECT max(id) FROM change), 'mark', old.id, json_object('uid', old.uid, 'reference_id', old.reference_id, 'canonical_id', old.canonical_id, 'paragraph', old.paragraph, 'fingerprint', old.fingerprint, 'note', old.note, 'author', old.author, 'created', old.created, 'changed', old.changed), NULL); END;
CREATE TRIGGER list_insert AFTER INSERT ON list BEGIN INSERT INTO event (change_id, subject, row_id, before, after) VALUES ((SELECT max(id) FROM change), 'list', new.id, NULL, json_object('name', new.name, 'rank', new.rank)); END;
CREATE TRIGGER list_update AFTER UPDATE ON list BEGIN INSERT INTO event (change_id, subject, row_id, before, after) VALUES ((SELECT max(id) FROM change), 'list', new.id, json_object('name', old.name, 'rank', old.rank), json_object('name', new.name, 'rank', new.rank)); END;
CREATE TRIGGER list_delete AFTER DELETE ON list BEGIN INSERT INTO event (change_id, subject, row_id, before, after) VALUES ((SELECT max(id) FROM change), 'list', old.id, json_object('name', old.name, 'rank', old.rank), NULL); END;
CREATE TRIGGER entry_insert AFTER INSERT ON entry BEGIN INSERT INTO event (change_id, subject, row_id, before, after) VALUES ((SELECT max(id) FROM change), 'entry', new.id, NULL, json_object('list_id', new.list_id, 'mark_id', new.mark_id, 'rank', new.rank)); END;
CREATE TRIGGER entry_update AFTER UPDATE ON entry BEGIN INSERT INTO event (change_id, subject, row_id, before, after) VALUES ((SELECT max(id) FROM change), 'entry', new.id, json_object('list_id', old.list_id, 'mark_id', old.mark_id, 'rank', old.rank), json_object('list_id', new.list_id, 'mark_id', new.mark_id, 'rank', new.rank)); END;
CREATE TRIGGER entry_delete AFTER DELETE ON entry BEGIN INSERT INTO event (change_id, subject, row_id, before, after) VALUES ((SELECT max(id) FROM change), 'entry', old.id, json_object('list_id', old.list_id, 'mark_id', old.mark_id, 'rank', old.rank), NULL); END;
CREATE TRIGGER search_insert AFTER INSERT ON search BEGIN INSERT INTO event (change_id, subject, row_id, before, after) VALUES ((SELECT max(id) FROM change), 'search', new.id, NULL, json_object('name', new.name, 'query', new.query, 'rank', new.rank)); END;
CREATE TRIGGER search_update AFTER UPDATE ON search BEGIN INSERT INTO event (change_id, subject, row_id, before, after) VALUES ((SELECT max(id) FROM change), 'search', new.id, json_object('name', old.name, 'query', old.query, 'rank', old.rank), json_object('name', new.name, 'query', new.query, 'rank', new.rank)); END;
CREATE TRIGGER search_delete AFTER DELETE ON search BEGIN INSERT INTO event (change_id, subject, row_id, before, after) VALUES ((SELECT max(id) FROM change), 'search', old.id, json_object('name', old.name, 'query', old.query, 'rank', old.rank), NULL); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('change',8);
INSERT INTO "sqlite_sequence" VALUES('event',14);
INSERT INTO "sqlite_sequence" VALUES('mark',4);
INSERT INTO "sqlite_sequence" VALUES('list',2);
INSERT INTO "sqlite_sequence" VALUES('entry',3);
INSERT INTO "sqlite_sequence" VALUES('search',1);
COMMIT;
PRAGMA application_id = 1128418373;
PRAGMA user_version = 2;
