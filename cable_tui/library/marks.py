"""What a mark is, and how it finds its paragraph again."""

from __future__ import annotations

import getpass
import hashlib
from dataclasses import dataclass

from cable_tui.cable import Cable, Paragraph


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark of a cable or of one of its paragraphs, with or without a note."""

    reference_id: str
    """As the archive gives it."""
    canonical_id: str
    paragraph: str | None = None
    """Its label; None for the whole cable."""
    fingerprint: str | None = None
    """`fingerprint()` of the paragraph's text when it was marked."""
    note: str = ""
    author: str = ""
    created: str = ""
    """ISO 8601 in UTC, to the second."""
    id: int = 0
    """Of this library; 0 before it is stored."""


def fingerprint(text: str) -> str:
    """Sixteen hexadecimal digits that stay the same however a text's lines are broken."""
    joined = " ".join(text.split())
    return hashlib.blake2b(joined.encode("utf-8", "replace"), digest_size=8).hexdigest()


def mark_of(cable: Cable, paragraph: Paragraph | None = None, *, note: str = "") -> Mark:
    """The mark of a cable, or of a paragraph of it that has a label."""
    if paragraph is None or paragraph.label is None:
        return Mark(cable.reference_id, cable.canonical_id, note=note)
    return Mark(
        cable.reference_id,
        cable.canonical_id,
        paragraph.label,
        fingerprint(paragraph.text),
        note,
    )


def user_name() -> str:
    """The login name, for notes of several people on one paragraph; empty where there is none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
