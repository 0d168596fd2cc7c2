"""Reads a Word or LibreOffice document from its bytes, and returns the text of its paragraphs."""

from __future__ import annotations

import io

from cable_tui.formats.office import docx, odt
from cable_tui.formats.office.blocks import DocumentError, TextDocument
from cable_tui.formats.office.packed_xml import Package


def read_document(data: bytes) -> TextDocument | None:
    """Return a document, or None if the zip file is not one. Raises `DocumentError`."""
    package = Package(io.BytesIO(data))
    if docx.MAIN in package:
        return docx.read(package)
    return odt.read(package) if odt.MAIN in package else None


BEFORE_NOTE = "\0"
"""The character before each note that follows a text; XML cannot contain this character."""


def text_of_document(data: bytes) -> str:
    """Return the text of a document, one line per paragraph, followed by its notes.

    Messages about omitted parts are the first notes, because only a limited number of characters is
    shown. Raises `DocumentError`.
    """
    document = read_document(data)
    if document is None:
        raise DocumentError("it is a zip without a Word or LibreOffice text")
    text_lines: list[str] = []
    note_texts = [f"{omitted_part} were skipped" for omitted_part in document.left_out]
    for block in document.blocks:
        if block.note:
            note_texts.append(f"{block.note}: {block.text}")
        else:
            text_lines += ["", block.text] if block.is_below_gap else [block.text]
    return BEFORE_NOTE.join(("\n".join(text_lines), *note_texts))


def load() -> None:
    """Load everything needed to read a document, for a process that loses access to files."""
    from xml.parsers import expat  # noqa: F401 - wanted for few files
