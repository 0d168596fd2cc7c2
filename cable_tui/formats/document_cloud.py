"""The text of a DocumentCloud document, `NAME.txt.json`: a list of pages with their contents.

The document is one telegram, whose ID is in the file name or in the text.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from cable_tui.base.cable import UNKNOWN, Location, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.formats.base import BrokenRecord, PageFormat
from cable_tui.formats.encodings import decode
from cable_tui.formats.text_copies import PDF_TEXT

_START = pattern(
    rb"(?:\xef\xbb\xbf)?\s{0,80}\{[^{}\[\]]{0,400}\"pages\"\s{0,80}:\s{0,80}\[\s{0,80}"
    rb"\{(?=[^{}]{0,400}\"contents\"\s{0,80}:)"
)


class _Document(NamedTuple):
    text: str
    missing: tuple[int, ...]
    """Page numbers that are missing before the last page."""


class DocumentCloud(PageFormat):
    """A JSON file with the pages of one document."""

    name = "document-cloud"
    label = "text of a document in DocumentCloud (.txt.json)"
    repository = UNKNOWN
    alone = False
    splits = "nothing"

    def matches(self, path: str, head: bytes) -> bool:
        """Recognize a file by its list of pages, and its name or labels of a telegram."""
        if not _START.match(head):
            return False
        return bool(PDF_TEXT.named(path)) or any(
            label_bytes in head for label_bytes in (b"TAGS", b"SUBJ", b"FM ")
        )

    def opening(self, data: bytes, start: int) -> int:  # noqa: ARG002
        """Return -1, because the file is a single document."""
        return -1

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        document = _document(decode(record))
        raw = PDF_TEXT.at(document.text.encode("utf-8", "replace"), location)
        missing_pages = ", ".join(str(page_index + 1) for page_index in document.missing)
        remarks = (("Missing pages", missing_pages),) if missing_pages else ()
        return replace(raw, format=self.name, remarks=(*raw.remarks, *remarks))


def _document(text: str) -> _Document:
    """Return the text of all pages in order. Raises `BrokenRecord`."""
    try:
        listed_pages = json.loads(text.lstrip("\ufeff"), strict=False)["pages"]
        numbered_texts = ((int(page["page"]), str(page["contents"] or "")) for page in listed_pages)
        # A page that is repeated is read once; of two with one number both are read.
        ordered_pages = sorted(dict.fromkeys(numbered_texts), key=lambda pair: pair[0])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        raise BrokenRecord("its pages are not JSON, or lack numbers or contents") from None
    if not any(page_text.strip() for _, page_text in ordered_pages):
        raise BrokenRecord("its pages contain no text")
    page_numbers = {page_number for page_number, _ in ordered_pages}
    missing_numbers = tuple(
        number for number in range(min(max(page_numbers), 10_000)) if number not in page_numbers
    )
    return _Document(
        "\n".join(page_content.rstrip("\n") for _, page_content in ordered_pages), missing_numbers
    )


FORMAT = DocumentCloud()
