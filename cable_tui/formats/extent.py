"""How much of a telegram a record holds, without decoding or reading it."""

from __future__ import annotations

from typing import NamedTuple

_NOTE = "partial extract of the original cable"
_NOTE_BYTES = _NOTE.encode()
_NOTE_WITHIN = 300
"""Characters of a body in which the site's note may stand."""
_STUB = 600
"""Bytes of a body that may be a beginning that the site cut with `...`."""


class ContentSize(NamedTuple):
    """Sizes of the two texts, in characters or, of a row that was not decoded, in bytes."""

    header: int
    body: int
    cut: bool
    """It says itself that it is a part: by the note of partial extracts, or it ends in `...`."""


def content_size(header: str, body: str) -> ContentSize:
    """The size of decoded texts."""
    noted = _NOTE in header or _NOTE in body[:_NOTE_WITHIN]
    breaks_off = len(body) < _STUB and body.rstrip().endswith(("...", "…"))
    return ContentSize(len(header.strip()), len(body.strip()), noted or breaks_off)


def content_size_of_bytes(header: bytes, body: bytes) -> ContentSize:
    """The same of the columns of a row as they stand in the file."""
    noted = _NOTE_BYTES in header or _NOTE_BYTES in body[:_NOTE_WITHIN]
    breaks_off = len(body) < _STUB and body.rstrip().endswith((b"...", "…".encode()))
    return ContentSize(len(header.strip()), len(body.strip()), noted or breaks_off)
