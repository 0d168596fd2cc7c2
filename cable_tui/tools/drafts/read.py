"""Read a draft from a file, in the format indicated by its first bytes, or by its name."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from cable_tui.base.pattern import pattern
from cable_tui.formats.encodings import decode, is_utf16
from cable_tui.formats.office.blocks import (
    LARGEST,
    MOST_BLOCKS,
    MOST_TEXT,
    DocumentError,
    TextDocument,
    too_much,
)
from cable_tui.tools.drafts import html_page, markdown, plain_text

_PACKED = b"PK\x03\x04"
_OTHERS = (
    (b"%PDF", "a PDF: it does not keep track of what is a quotation; save it as .docx or .odt"),
    (b"{\\rtf", "an RTF file; save it as .docx or .odt"),
    (b"\xd0\xcf\x11\xe0", "an old or encrypted Word file; save it as .docx or .odt"),
)
_HTML = pattern(rb"(?i)\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?<(?:!doctype html|html[\s>])")
_SAMPLE = 8192
_TEXT = ("txt", "text", "asc")
KINDS = "Markdown, text, HTML, .docx and .odt can be read"


def read_draft(path: Path) -> TextDocument:
    """Return the draft in a file.

    Raises `DocumentError` with the name of the file.
    """
    try:
        return document_in(path, bytes_of(path))
    except DocumentError as error:
        raise DocumentError(f"{path}: {error}") from error


def read_piped(stream: BinaryIO) -> TextDocument:
    """Return the draft from a pipe; without a name, unrecognized data is read as Markdown.

    Raises `DocumentError`.
    """
    try:
        return document_in(Path(), _whole(stream))
    except DocumentError as error:
        raise DocumentError(f"stdin: {error}") from error


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a draft. Raises `DocumentError`, which does not name the file."""
    try:
        if path.is_dir():
            raise DocumentError("it is a folder; a draft is one file")
        if not path.is_file():
            raise DocumentError("it is not a file" if path.exists() else "there is no such file")
        with path.open("rb") as stream:
            return _whole(stream)
    except OSError as error:
        raise DocumentError(f"it cannot be read: {error.strerror}") from error


def _whole(stream: BinaryIO) -> bytes:
    file_bytes = stream.read(LARGEST + 1)
    if len(file_bytes) > LARGEST:
        raise DocumentError(f"it is larger than {LARGEST >> 20} MB")
    return file_bytes


def document_in(path: Path, file_bytes: bytes) -> TextDocument:
    """Return the draft in the bytes of a file. Raises `DocumentError`, as `bytes_of`."""
    for leading_bytes, other_format in _OTHERS:
        if file_bytes.startswith(leading_bytes):
            raise DocumentError(f"it is {other_format}")
    if file_bytes.startswith(_PACKED):
        return _packed(file_bytes)
    suffix = path.suffix.lower().removeprefix(".")
    if suffix in ("docx", "odt"):
        raise DocumentError(f"it is not a .{suffix} file: {KINDS}")
    if not is_utf16(file_bytes) and b"\0" in file_bytes[:_SAMPLE]:
        raise DocumentError(f"it is not text: {KINDS}")
    if len(file_bytes) > MOST_TEXT:
        raise too_much(f"{MOST_TEXT >> 20} MB of text")
    text = decode(file_bytes).replace("\r\n", "\n").replace("\r", "\n")
    if max(text.count("\n"), text.count("<")) > 2 * MOST_BLOCKS:
        raise too_much(f"{2 * MOST_BLOCKS:,} lines or tags")
    if suffix in ("html", "htm", "xhtml") or _HTML.match(text[:_SAMPLE].encode("utf-8", "replace")):
        return html_page.read(text)
    return plain_text.read(text) if suffix in _TEXT else markdown.read(text)


def _packed(zip_bytes: bytes) -> TextDocument:
    from cable_tui.formats.office.document_text import read_document  # few drafts are packed

    if office_text := read_document(zip_bytes):
        return office_text
    raise DocumentError(f"it is a zip without a Word or LibreOffice text: {KINDS}")
