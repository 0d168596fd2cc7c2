"""Marks: bookmarks on cables and paragraphs, and how a bookmarked paragraph is identified later."""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Container, Iterable

from cable_tui.base.cable import Cable, Paragraph
from cable_tui.base.value import Value


class Mark(Value):
    """A bookmark on a cable or one of its paragraphs, with or without a note."""

    reference_id: str
    """The cable's ID as the archive spells it."""
    canonical_id: str
    paragraph: str | None = None
    """The label of the marked paragraph, or None for the whole cable."""
    fingerprint: str | None = None
    """The `fingerprint()` of the paragraph's text when it was marked."""
    note: str = ""
    author: str = ""
    created: str = ""
    """When the mark was made, in UTC in ISO 8601 format, to the second."""
    id: int = 0
    """The id in this library; 0 before the mark is stored, negative while it is waiting to be
    written.
    """
    lists: tuple[str, ...] = ()
    """The names of the lists that contain the mark."""
    changed: str = ""
    """When the note was last changed, in the same format as `created`."""
    uid: str = ""
    """The identifier made by `uid()`, which is the same in all libraries that have the mark."""

    @property
    def name(self) -> str:
        """The marked location, such as `09ZENDA1 ¶3`, or only the reference ID."""
        return f"{self.reference_id} ¶{self.paragraph}" if self.paragraph else self.reference_id

    @property
    def is_bare(self) -> bool:
        """Whether the mark has no note and is in no list."""
        return not self.note and not self.lists


def uid(mark: Mark) -> str:
    """Return sixteen hexadecimal digits derived from the content of a mark when it was made."""
    uid_parts = (mark.canonical_id, mark.paragraph or "", mark.author, mark.created, mark.note)
    return _digits("\0".join(uid_parts))


def other_uid(taken: str) -> str:
    """Return another `uid`, for a mark made in the same second whose note was changed later."""
    return _digits(taken)


def fingerprint(text: str) -> str:
    """Return sixteen hexadecimal digits that do not depend on a text's line endings."""
    return _digits(" ".join(text.split()))


def _digits(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def mark_of(cable: Cable, paragraph: Paragraph | None = None, *, note: str = "") -> Mark:
    """Return a mark for a cable, or for its paragraph if the paragraph has a label."""
    if paragraph is None or paragraph.label is None:
        return Mark(cable.reference_id, cable.canonical_id, note=note)
    return Mark(
        cable.reference_id,
        cable.canonical_id,
        paragraph.label,
        fingerprint(paragraph.text),
        note,
    )


def paragraph_of(mark: Mark, cable: Cable) -> Paragraph | None:
    """Return the marked paragraph.

    If its number now belongs to another text, return the paragraph that contains the marked text.
    Thus a paragraph is found even if it was numbered differently.
    """
    if mark.paragraph is None:
        return None
    all_paragraphs = cable.body.paragraphs
    labelled_paragraphs = [
        paragraph for paragraph in all_paragraphs if paragraph.label == mark.paragraph
    ]
    if mark.fingerprint and not any(_same(mark, paragraph) for paragraph in labelled_paragraphs):
        labelled_paragraphs = [
            paragraph for paragraph in all_paragraphs if paragraph.label and _same(mark, paragraph)
        ] or labelled_paragraphs
    return labelled_paragraphs[0] if labelled_paragraphs else None


def text_changed(mark: Mark, cable: Cable) -> str:
    """Return `text changed since 2026-11-24` if the marked text has changed, or an empty string."""
    if mark.paragraph is None:
        return ""
    paragraph = paragraph_of(mark, cable)
    if paragraph is None:
        return f"¶{mark.paragraph} is not in this version of the cable"
    if paragraph.label != mark.paragraph:
        return f"the bookmarked text is now in ¶{paragraph.label}"
    if mark.fingerprint and not _same(mark, paragraph):
        return f"text changed since {mark.created[:10]}"
    return ""


def _same(mark: Mark, paragraph: Paragraph) -> bool:
    return fingerprint(paragraph.text) == mark.fingerprint


def same(mark: Mark, other: Mark) -> bool:
    """Return whether two marks are equal for a library: same location, note and author."""
    return (mark.canonical_id, mark.paragraph, mark.note, mark.author) == (
        other.canonical_id,
        other.paragraph,
        other.note,
        other.author,
    )


def own_of(marks: Iterable[Mark], paragraph: str | None, names: Container[str]) -> list[Mark]:
    """Return the marks made by the given authors on a paragraph, or on the whole cable."""
    wanted_label = paragraph or ""
    return [
        mark for mark in marks if mark.author in names and (mark.paragraph or "") == wanted_label
    ]


def user_name() -> str:
    """Return the login name, which signs notes shared by several people; empty if unknown."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
