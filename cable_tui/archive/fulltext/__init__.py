"""The text index: the only package that uses the engine, tantivy.

Searching code imports `fulltext.index`, which loads the engine; the help of the commands does not
need it. Keys are signed: tantivy-py deletes nothing by an unsigned key. The index stores no texts,
since they are in the user's files. If it fails, it is deleted; `TextIndexError` requests that.
"""
