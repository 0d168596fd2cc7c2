"""A document of Word or LibreOffice from its bytes, and the text of all its paragraphs."""

from __future__ import annotations

import io

from cable_tui.formats.office import docx, odt
from cable_tui.formats.office.blocks import DocumentError, TextDocument
from cable_tui.formats.office.packed_xml import Package


def read_document(data: bytes) -> TextDocument | None:
    """Return a document; None of a zip that is none. Raises `DocumentError`."""
    package = Package(io.BytesIO(data))
    if docx.MAIN in package:
        return docx.read(package)
    return odt.read(package) if odt.MAIN in package else None


BEFORE_NOTE = "\0"
"""The character before each note behind a text; XML has none."""


def text_of_document(data: bytes) -> str:
    """Return the text of a document, a line for each paragraph, and behind it its notes.

    What is left out is the first of these: only so many characters of them are shown.

    Raises `DocumentError`.
    """
    document = read_document(data)
    if document is None:
        raise DocumentError("it is a zip without a text of Word or LibreOffice")
    text_lines: list[str] = []
    notes = [f"{part} are left out" for part in document.left_out]
    for block in document.blocks:
        if block.note:
            notes.append(f"{block.note}: {block.text}")
        else:
            text_lines += ["", block.text] if block.is_below_gap else [block.text]
    return BEFORE_NOTE.join(("\n".join(text_lines), *notes))


def load() -> None:
    """Load all that reading a document needs, for a process that gives up its files."""
    from xml.parsers import expat  # noqa: F401 - wanted for few files
