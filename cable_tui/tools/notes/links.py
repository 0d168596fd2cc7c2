"""References to cables in notes, such as `09RABAT1#3`, as links in both directions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cable_tui import telegram
from cable_tui.base.pattern import pattern
from cable_tui.library.mark import Mark

_REFERENCE = pattern(
    r"(?<![0-9A-Za-z])[0-9]{2}[A-Za-z]{3,24}[0-9]{1,6}"
    r"(?:(?:#par|#| ?¶ ?)[0-9]{1,3})?(?![0-9A-Za-z])"
)


class NamedCable(NamedTuple):
    """A reference in a note."""

    start: int
    """The position of its first character in the note."""
    end: int
    canonical_id: str
    paragraph: str | None
    """The label of the paragraph, or None for the whole cable."""


class NoteLink(NamedTuple):
    """A note that mentions another cable."""

    mark: Mark
    """The bookmark with the note."""
    named: NamedCable


def named_cables(note: str) -> Iterator[NamedCable]:
    """Yield the references in a note, in order. Their posts may be missing from the tables."""
    for match in _REFERENCE.finditer(note):
        if (reference := telegram.reference_in(match.group())) is not None:
            yield NamedCable(match.start(), match.end(), *reference)


def links(marks: Iterable[Mark]) -> list[NoteLink]:
    """Return the links in all notes: each target once, excluding a note's own cable."""
    return [
        NoteLink(mark, named)
        for mark in marks
        for named in _each_once(mark.note)
        if named.canonical_id != mark.canonical_id
    ]


def _each_once(note: str) -> Iterable[NamedCable]:
    first_named: dict[tuple[str, str | None], NamedCable] = {}
    for named in named_cables(note):
        first_named.setdefault((named.canonical_id, named.paragraph), named)
    return first_named.values()
