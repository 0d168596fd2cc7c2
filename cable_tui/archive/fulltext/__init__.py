"""The text index: the only package that knows the engine, tantivy.

What searches is imported from `fulltext.index`, which loads the engine; the help of the commands
does without it. Keys are signed: tantivy-py deletes nothing by an unsigned one. The index stores no
texts: the user's files have them. The index is deleted when it fails; `TextIndexError` asks for
that.
"""
