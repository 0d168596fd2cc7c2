-- Made after the rows, which is quicker than keeping them up to date.
CREATE INDEX paragraphs_of_a_cable ON paragraphs (cable_id, position);
CREATE INDEX cables_with_a_tag ON tags (tag);
CREATE INDEX documents_of_a_cable ON cited_documents (cable_id);
CREATE INDEX citations_of_a_cable ON cited_documents (cited);
CREATE INDEX addressees_of_a_cable ON addressees (cable_id);
CREATE INDEX cables_to_an_addressee ON addressees (name);
CREATE INDEX notes_of_a_cable ON notes (cable_id);
CREATE INDEX lists_of_a_cable ON list_entries (cable_id);
CREATE INDEX cables_by_time ON cables (created);
CREATE INDEX cables_by_origin ON cables (origin);
-- No 'optimize': it makes no search quicker, and its old pages stay in the file as free space.
INSERT INTO cables_fts (cables_fts, rank) VALUES ('hashsize', 1048576);
INSERT INTO cables_fts (cables_fts, rank) VALUES ('automerge', 4);
