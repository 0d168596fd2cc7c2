"""Names that one record has and the other had taken out: they are hidden until they are asked for.

Whoever prepared a record may have removed a name to protect somebody. What fills a redaction or a
gap is hidden as a whole. Where the words are merely missing, or others were put for them, names are
known by their capitals; in a text of capitals alone, short changes are taken for names. Too much is
hidden rather than too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cable_tui.telegram.comparison.changes import Change
from cable_tui.telegram.comparison.words import HIDDEN, ComparedText

_NO_NAMES = frozenset(
    """
    a about above according after again all also although among an and another any april are as at
    august be because been before began both but by can could day december did do during each
    either embassy even february first for former friday from government had has have he her here
    him his however i if in into is it its january july june last later march may meanwhile minister
    ministry monday month more most must my next no none nor not november now october of on one only
    or other our over president probably saturday second separately september several she should
    since so some still such sunday than that the their them then there these they this those three
    thursday to today tomorrow tuesday two under until up us was we wednesday week were what when
    where whether which while who will with would yesterday year yes yet
    """.split()
)
"""Words in small letters that begin with a capital and are no names."""
_OFFICIAL = ("header", "top")
"""Parts with names of posts, offices and officers."""
_SHORT = 4
"""Words of a change, in a text of capitals, that may be a name."""
_SAME_NAME = 0.75
"""Likeness of two spellings of one name."""


class Names:
    """The names that are hidden in a comparison of two texts."""

    def __init__(self, left: ComparedText, right: ComparedText, *, one_cable: bool) -> None:
        self._texts = left, right
        self._known = frozenset(left.keys), frozenset(right.keys)
        self._capitals = tuple(_is_of_capitals(each.text) for each in (left, right))
        self._one_cable = one_cable
        self._removed: set[str] = set()

    def learn(self, found: Iterable[Change]) -> None:
        """Take in the changes within paragraphs: what was removed there is hidden everywhere."""
        for each in found:
            for number in (0, 1):
                self._removed.update(
                    self._texts[number].key(at) for at in self._names(each, number)
                )

    def shown(self, change: Change, number: int) -> str:
        """The words of a change in one of the texts, 0 or 1, with `HIDDEN` for names."""
        start, end = _ends(change, number)
        text = self._texts[number]
        if change.kind == "same":
            return text.shown(start, end)
        if self._fills(change, number):
            return HIDDEN if start < end else ""
        hidden = set(self._names(change, number))
        hidden.update(at for at in range(start, end) if text.key(at) in self._removed)
        return text.shown(start, end, hidden)

    def _fills(self, change: Change, number: int) -> bool:
        """Whether the words of a text stand where the other has a redaction or a blank."""
        side = ("left", "right")[number]
        return change.kind in ("redaction", "blank") and change.side != side

    def _names(self, change: Change, number: int) -> Iterator[int]:
        """The words of a change that are names, and stand nowhere in the other text."""
        if change.kind == "same":
            return
        start, end = _ends(change, number)
        text, others = self._texts[number], self._known[1 - number]
        fills = self._fills(change, number)
        if not fills and (not self._one_cable or change.kind == "redaction"):
            return
        if not fills and start < end and text.parts[text.part_of[start]].name in _OFFICIAL:
            return
        for at in range(start, end):
            key = text.key(at)
            if key in others or not self._is_name(number, at, end - start):
                continue
            if fills or not self._spelt_otherwise(key, change, 1 - number):
                yield at

    def _is_name(self, number: int, at: int, size: int) -> bool:
        text = self._texts[number]
        word = text.words[text.places[at]]
        if len(word.key) < 2 or word.key in _NO_NAMES or not word.key.isalpha():
            return False
        if self._capitals[number]:
            return size <= _SHORT
        return text.text[word.start].isupper()

    def _spelt_otherwise(self, key: str, change: Change, number: int) -> bool:
        """Whether the other text has nearly the same word in its place."""
        from rapidfuzz.distance import Indel  # only where texts differ

        start, end = _ends(change, number)
        text = self._texts[number]
        return any(
            Indel.normalized_similarity(key, text.key(at)) >= _SAME_NAME for at in range(start, end)
        )


def _ends(change: Change, number: int) -> tuple[int, int]:
    return (change.right, change.right_end) if number else (change.left, change.left_end)


def _is_of_capitals(text: str) -> bool:
    """Whether a text has hardly a small letter."""
    small = len(re.findall("[a-z]", text))
    return small * 10 < len(re.findall("[A-Z]", text))
