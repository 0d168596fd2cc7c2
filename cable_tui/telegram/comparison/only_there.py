"""What one record of a cable says that others do not say, as pieces of its text.

A piece has some words around those that are new, so that a phrase over both is found in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from cable_tui.cable import Span
from cable_tui.telegram.comparison.alignment import stretches
from cable_tui.telegram.comparison.words import REDACTION, ComparedText, plain

_AROUND = 40
"""Words on either side of new ones, within their paragraph."""

Texts = tuple[str, str]
"""Header and body."""


class NewText(NamedTuple):
    """A piece of a record."""

    part: Literal["header", "body"]
    text: str


def only_there(header: str, body: str, known: Sequence[Texts]) -> Iterator[NewText]:
    """The pieces of a record whose words, in this order, no known record has.

    A redaction is no word that anybody would look for.
    """
    ours = plain(f"{header}\n\n{body}")
    keys = ours.keys
    new = [at for at, key in enumerate(keys) if key != REDACTION]
    for each in known:
        of_both = _new_words(keys, plain("\n\n".join(each)).keys)
        new = [at for at in new if at in of_both]
    for start, end in _pieces(ours, new):
        if start < len(header):
            yield NewText("header", ours.text[start : min(end, len(header))])
        if end > len(header):
            yield NewText("body", ours.text[max(start, len(header)) : end])


def _new_words(ours: Sequence[str], theirs: Sequence[str]) -> set[int]:
    """The words that the other text has not at their place, and those on both sides of a gap."""
    found: set[int] = set()
    if ours == theirs:
        return found
    at = to = 0
    for start, begin, size in stretches(ours, theirs, REDACTION):
        found.update(range(at, start))
        # Words of theirs are left out between two of ours: these now follow each other.
        if 0 < at == start < len(ours) and begin > to:
            found.update((at - 1, at))
        at, to = start + size, begin + size
    return found


def _pieces(text: ComparedText, new: Sequence[int]) -> Iterator[Span]:
    """The new words with those around them, as offsets."""
    last: Span | None = None
    for at in new:
        start, end = _around(text, at)
        if last is not None and start <= last[1]:
            last = last[0], max(end, last[1])
            continue
        if last is not None:
            yield last
        last = start, end
    if last is not None:
        yield last


def _around(text: ComparedText, at: int) -> Span:
    first = text.words[text.places[max(at - _AROUND, 0)]].start
    last = text.words[text.places[min(at + _AROUND, len(text.places) - 1)]].end
    here = text.words[text.places[at]]
    before = text.text.rfind("\n\n", first, here.start)
    behind = text.text.find("\n\n", here.end, last)
    return (first if before < 0 else before + 2), (last if behind < 0 else behind)
