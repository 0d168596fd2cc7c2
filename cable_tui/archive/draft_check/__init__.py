"""A draft against an archive: where its quotations stand, and whether they are right."""
