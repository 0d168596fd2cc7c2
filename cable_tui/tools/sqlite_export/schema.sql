-- The tables of `cable-tui export --format sqlite`; docs/sqlite.md describes them.
PRAGMA application_id = 1129595475;
PRAGMA user_version = 1;

CREATE TABLE about (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE cables (
    id INTEGER PRIMARY KEY,
    reference_id TEXT NOT NULL,
    canonical_id TEXT NOT NULL UNIQUE,
    created TEXT,
    released TEXT,
    classification TEXT NOT NULL,
    origin TEXT NOT NULL,
    sender TEXT,
    precedence TEXT,
    is_partial INTEGER NOT NULL,
    subject_marking TEXT,
    subject TEXT NOT NULL,
    header TEXT NOT NULL,
    body TEXT NOT NULL,
    file TEXT NOT NULL,
    format TEXT NOT NULL,
    link TEXT
);

CREATE TABLE paragraphs (
    id INTEGER PRIMARY KEY,
    cable_id INTEGER NOT NULL REFERENCES cables (id),
    position INTEGER NOT NULL,
    label TEXT,
    marking TEXT,
    heading TEXT,
    first_character INTEGER NOT NULL,
    length INTEGER NOT NULL
);

CREATE TABLE tags (
    cable_id INTEGER NOT NULL REFERENCES cables (id),
    tag TEXT NOT NULL,
    meaning TEXT,
    PRIMARY KEY (cable_id, tag)
) WITHOUT ROWID;

CREATE TABLE cited_documents (
    id INTEGER PRIMARY KEY,
    cable_id INTEGER NOT NULL REFERENCES cables (id),
    label TEXT,
    kind TEXT NOT NULL,
    cited TEXT,
    how TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE addressees (
    id INTEGER PRIMARY KEY,
    cable_id INTEGER NOT NULL REFERENCES cables (id),
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    route TEXT,
    precedence TEXT,
    reading TEXT NOT NULL
);

CREATE TABLE warnings (
    cable_id INTEGER NOT NULL REFERENCES cables (id),
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (cable_id, code, message)
) WITHOUT ROWID;

CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    cable_id INTEGER NOT NULL REFERENCES cables (id),
    place TEXT,
    text TEXT NOT NULL,
    author TEXT,
    written TEXT
);

CREATE TABLE lists (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE list_entries (
    list_id INTEGER NOT NULL REFERENCES lists (id),
    cable_id INTEGER NOT NULL REFERENCES cables (id),
    place TEXT NOT NULL,
    PRIMARY KEY (list_id, cable_id, place)
) WITHOUT ROWID;

-- Datasette and sqlite-utils find the index by exactly these characters: content="cables".
CREATE VIRTUAL TABLE cables_fts USING fts5 (
    subject, header, body, content="cables", content_rowid="id"
);
-- With these, FTS5 sorts the words of many cables in memory and rarely merges them, which takes about
-- half of the time. indexes.sql restores the defaults.
INSERT INTO cables_fts (cables_fts, rank) VALUES ('hashsize', 16777216);
INSERT INTO cables_fts (cables_fts, rank) VALUES ('automerge', 0);

CREATE VIEW paragraph_texts AS
SELECT
    cables.reference_id, paragraphs.position, paragraphs.label, paragraphs.marking,
    paragraphs.heading, cables.created, cables.origin, cables.classification,
    substr(cables.body, paragraphs.first_character, paragraphs.length) AS text
FROM paragraphs JOIN cables ON cables.id = paragraphs.cable_id;

CREATE VIEW citations AS
SELECT
    citing.reference_id AS citing, citing.created AS citing_created,
    cited_documents.label, cited_documents.cited, cited_documents.how,
    cited_cable.created AS cited_created, cited_cable.subject AS cited_subject
FROM cited_documents
JOIN cables AS citing ON citing.id = cited_documents.cable_id
LEFT JOIN cables AS cited_cable ON cited_cable.canonical_id = cited_documents.cited
WHERE cited_documents.cited IS NOT NULL;
