"""The text index: the only package that knows the engine, tantivy.

What searches is imported from `fulltext.index`, which loads the engine; the help of the commands
does without it. Keys are signed: tantivy-py deletes nothing by an unsigned one. The index stores no
texts: the user's files have them. The index is deleted when it fails; `TextIndexError` asks for
that.
"""

from cable_tui.archive.fulltext.document import Document, Entry, entry
from cable_tui.archive.fulltext.integrity import check_all, damage
from cable_tui.archive.fulltext.read_only import copy_index
from cable_tui.archive.fulltext.schema import TextIndexError, analysed, sort_key, stamp
from cable_tui.archive.fulltext.writer import HEAP, Writer
