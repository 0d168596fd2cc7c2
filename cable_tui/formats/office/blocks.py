"""A document as blocks of text: paragraphs, headings and notes, with positions in the file."""

from __future__ import annotations

from typing import Literal, NamedTuple

from cable_tui.base.cable import Span
from cable_tui.base.errors import UsageError
from cable_tui.text import clean_text

Unit = Literal["line", "paragraph"]

LARGEST = 64 << 20
"""The maximum size, in bytes, of a document, or of a part of a zipped document. A book has one or
two million.
"""
MOST_TEXT = 16 << 20
"""The maximum size of a text file in bytes, or of a zipped document in characters: eight thick
books.
"""
MOST_BLOCKS = 200_000
"""The maximum number of paragraphs. In text files, twice as many lines or tags may begin one."""
_SHAPELESS = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Invisible characters, such as soft hyphens, which do not separate words."""


class DocumentError(UsageError):
    """A document cannot be read: it is missing, in another format, damaged, or too large."""


def too_much(what: str) -> DocumentError:
    """Return the error for a document that is too large."""
    return DocumentError(f"it has more than {what}: check its parts one by one")


class Link(NamedTuple):
    """A link attached to some words."""

    at: int
    """The offset in the text of its block."""
    address: str


class NoteReference(NamedTuple):
    """The position of a reference to a footnote or endnote."""

    at: int
    note: str
    """The value of `TextBlock.note`."""


class TextBlock(NamedTuple):
    """A paragraph, a heading, an item of a list, or a paragraph of a note."""

    text: str
    """The cleaned text, without markup and without references to notes."""
    number: int
    """The number of the paragraph or of its first line, from 1."""
    heading: str = ""
    """The last heading above the block."""
    note: str = ""
    """The note to which the block belongs, such as `note 3`, or an empty string for running text.
    """
    is_quotation: bool = False
    """Whether the block is set apart as a quotation, so that it needs no quotation marks."""
    quoted: tuple[Span, ...] = ()
    """Spans that the markup declares as quotations."""
    links: tuple[Link, ...] = ()
    note_references: tuple[NoteReference, ...] = ()
    is_heading: bool = False
    is_below_gap: bool = False
    """Whether empty paragraphs precede the block."""


class TextDocument(NamedTuple):
    """A document after reading."""

    format: str
    unit: Unit
    """The unit of `TextBlock.number`."""
    blocks: tuple[TextBlock, ...]
    left_out: tuple[str, ...] = ()
    """The parts of the file that were not read, such as `a block of code from line 12 on`."""

    def place(self, block: int, offset: int) -> str:
        """Return the position of a character in a block: `line 12`, `paragraph 3 (note 2)`."""
        note = self.blocks[block].note
        return f"{self.unit} {self.number(block, offset)}{f' ({note})' if note else ''}"

    def number(self, block: int, offset: int) -> int:
        """Return the line or paragraph of a character in a block, in `unit`, from 1."""
        text_block = self.blocks[block]
        lines_before = text_block.text.count("\n", 0, offset) if self.unit == "line" else 0
        return text_block.number + lines_before


class BlockBuilder:
    """Collects the pieces of a block from a reader."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._quoted: list[Span] = []
        self._open: list[int] = []
        self._links: list[Link] = []
        self._note_references: list[NoteReference] = []

    def add(self, text: str) -> None:
        """Add a piece of text."""
        clean_piece = clean_text(text.translate(_SHAPELESS))
        self._pieces.append(clean_piece)
        self._length += len(clean_piece)

    def link(self, address: str) -> None:
        """Begin a link to this address."""
        self._links.append(Link(self._length, address))

    def refer_to(self, note: str) -> None:
        """Add a reference to a note."""
        self._note_references.append(NoteReference(self._length, note))

    def open_quotation(self) -> None:
        """Begin a quotation that is marked up."""
        self._open.append(self._length)

    def close_quotation(self) -> None:
        """End a quotation that is marked up; a nested quotation is part of the outer one."""
        if self._open:
            quotation_start = self._open.pop()
            if not self._open:
                self._quoted.append((quotation_start, self._length))

    @property
    def is_empty(self) -> bool:
        """Whether the block has no visible text yet."""
        return not any(piece.strip() for piece in self._pieces)

    def block(self, number: int, **more: object) -> TextBlock | None:
        """Return the block without surrounding spaces, or None if it has no text."""
        block_text = "".join(self._pieces)
        while self._open:
            self.close_quotation()
        leading_spaces = len(block_text) - len(block_text.lstrip())
        block_text = block_text.strip()
        if not block_text and not self._links and not self._note_references:
            return None

        def moved(offset: int) -> int:
            return min(max(offset - leading_spaces, 0), len(block_text))

        text_block = TextBlock(
            block_text,
            number,
            quoted=tuple((moved(start), moved(end)) for start, end in self._quoted),
            links=tuple(Link(moved(link.at), link.address) for link in self._links),
            note_references=tuple(
                NoteReference(moved(reference.at), reference.note)
                for reference in self._note_references
            ),
        )
        return text_block._replace(**more)  # type: ignore[arg-type]  # the names are those of TextBlock
