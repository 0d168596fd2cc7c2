"""The text index: all of tantivy, and nothing of it leaks out.

What searches is imported from `fulltext.index`, which loads the engine; the help of the commands
does without it. Keys are signed: tantivy-py deletes nothing by an unsigned one. Nothing is stored,
the user's files are the texts. The index is thrown away when it fails; `TextIndexError` asks for
that.
"""

from cable_tui.archive.fulltext.document import Document, Entry, entry
from cable_tui.archive.fulltext.integrity import check_all, damage
from cable_tui.archive.fulltext.read_only import copy_index
from cable_tui.archive.fulltext.schema import TextIndexError, analysed, sort_key, stamp
from cable_tui.archive.fulltext.writer import HEAP, Writer

__all__ = [
    "HEAP",
    "Document",
    "Entry",
    "TextIndexError",
    "Writer",
    "analysed",
    "check_all",
    "copy_index",
    "damage",
    "entry",
    "sort_key",
    "stamp",
]
