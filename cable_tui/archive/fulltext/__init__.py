"""The text index: the only package that uses the engine, tantivy.

Searching code imports `fulltext.index`, which loads the engine; the help for the commands does not
need it. Keys are signed, because tantivy-py deletes nothing by an unsigned key. The index stores no
texts, since they are in the user's files. If the index fails, it is deleted; `TextIndexError`
requests this.
"""
