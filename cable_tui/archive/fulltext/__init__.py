"""The text index: all of tantivy, and nothing of it leaks out.

Keys are signed: tantivy-py deletes nothing by an unsigned one. Nothing is stored, the user's files
are the texts. The index is thrown away when it fails; `TextIndexError` asks for that.
"""

from cable_tui.archive.fulltext.document import Document, Entry, entry
from cable_tui.archive.fulltext.lent import copy
from cable_tui.archive.fulltext.reader import TextIndex
from cable_tui.archive.fulltext.schema import TextIndexError, analysed, sort_key, stamp
from cable_tui.archive.fulltext.soundness import damage, looked_through
from cable_tui.archive.fulltext.tallies import MOST_VALUES, Tally
from cable_tui.archive.fulltext.writer import HEAP, Writer

__all__ = [
    "HEAP",
    "MOST_VALUES",
    "Document",
    "Entry",
    "Tally",
    "TextIndex",
    "TextIndexError",
    "Writer",
    "analysed",
    "copy",
    "damage",
    "entry",
    "looked_through",
    "sort_key",
    "stamp",
]
