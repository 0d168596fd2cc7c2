"""Find the characters of a draft's blocks in the text of its file.

The parser of a draft removes the markup and does not record where each character was. The letters
around a position, which markup does not change, are used to find it. If a position is wrong,
rereading the copy reveals it.
"""

from __future__ import annotations

import html
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cable_tui.base.cable import Span
from cable_tui.base.pattern import pattern
from cable_tui.formats.office.blocks import TextBlock, too_much
from cable_tui.tools.repair.quoted_words import Unsure

_CONTEXTS = (
    *((300, 300), (60, 60), (300, 15), (30, 30), (15, 300), (15, 15)),
    *((60, 1), (1, 60), (60, 0), (0, 60), (8, 8)),
)
"""The numbers of letters before and after a position to search for, from the most to the least
reliable. One letter on one side is enough to insert words next to it; the other side has none if
the mark of a note is there.
"""
_NEAR = 60
_MOST_SIGNS = 24
"""The maximum number of characters between two words."""
_ENTITY = pattern(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG = pattern(r"<(?P<name>!--|/?[A-Za-z]*)[^<>]{0,4000}>?")
_END_OF_HIDDEN = {
    "!--": "-->",
    "script": "</script",
    "style": "</style",
    "title": "</title",
}
MOST_LETTERS = 4 << 20
"""The maximum number of visible characters in a file that can be repaired: two thick books."""

Visible = tuple[str, int, int]
"""A visible character, with its start and end in the file."""


class BlockText(NamedTuple):
    """The text of a block in a draft, and how it differs from blocks with the same text."""

    text: str
    is_note: bool
    before: int
    """The number of earlier blocks with the same letters, among notes or among other blocks."""
    equal: int
    """The number of all such blocks, including this one."""
    behind: str
    """The last letters of the block before this block."""


def block_texts(blocks: Sequence[TextBlock]) -> list[BlockText]:
    """Return the texts of all blocks of a draft."""
    keys = [(bool(block.note), letters_of(block.text)) for block in blocks]
    totals, seen = Counter(keys), Counter[tuple[bool, str]]()
    found = []
    last = {False: "", True: ""}
    for block, key in zip(blocks, keys, strict=True):
        is_note, letters = key
        behind = last[is_note][-_NEAR:]
        found.append(BlockText(block.text, is_note, seen[key], totals[key], behind))
        seen[key] += 1
        last[is_note] = letters
    return found


def letters_of(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(filter(str.isalnum, text))


def plain(text: str) -> Iterator[Visible]:
    """Yield the characters of a plain text, all of which are visible."""
    for at, character in enumerate(text):
        yield character, at, at + 1


def between_tags(text: str) -> Iterator[Visible]:
    """Yield the characters of HTML or XML outside tags, comments, scripts and styles."""
    at, lower = 0, text.lower()
    for match in _TAG.finditer(text):
        if match.start() < at:
            continue
        yield from within(text, at, match.start())
        at = match.end()
        if end := _END_OF_HIDDEN.get(match["name"].lower()):
            found = lower.find(end, match.start())
            at = found if found >= 0 else len(text)
    yield from within(text, at, len(text))


def within(text: str, start: int, end: int) -> Iterator[Visible]:
    """Yield the characters of part of an HTML or XML text, without tags."""
    at = start
    for match in _ENTITY.finditer(text, start, end):
        yield from ((text[each], each, each + 1) for each in range(at, match.start()))
        yield from ((sign, *match.span()) for sign in html.unescape(match[0])[:1])
        at = match.end()
    yield from ((text[each], each, each + 1) for each in range(at, end))


class Letters:
    """The visible characters of a file, in which positions are found by their letters."""

    def __init__(self, visible: Iterable[Visible]) -> None:
        """Raises `DocumentError` if the file is too large to repair."""
        signs: list[str] = []
        self._starts, self._ends, self._at = array("L"), array("L"), array("L")
        for sign, start, end in visible:
            if sign.isalnum():
                self._at.append(len(signs))
            signs.append(sign)
            self._starts.append(start)
            self._ends.append(end)
            if len(signs) > MOST_LETTERS:
                raise too_much(f"{MOST_LETTERS >> 20} million characters")
        self._signs = "".join(signs)
        self._letters = "".join(self._signs[at] for at in self._at)

    def span(self, block: BlockText, start: int, end: int) -> Span:
        """Return the span in the file for a span of a block's text. Raises `Unsure`."""
        text = block.text
        letters = letters_of(text)
        low = len(letters_of(text[:start]))
        high = low + len(letters_of(text[start:end]))
        first, begin, stop = self._found(block, letters, low, high)

        def letter(number: int) -> Span | None:
            """Return the span in the file of one letter of the block, if its position is known."""
            if not begin <= number < stop:
                return None
            at = self._at[first + number]
            return self._starts[at], self._ends[at]

        before, behind, last = letter(low - 1), letter(low), letter(high - 1)
        if start < end and text[start].isalnum() and behind:
            raw_start = behind[0]
        elif start and text[start - 1].isalnum() and before:
            raw_start = before[1]
        elif start < len(text) and text[start].isalnum() and behind:
            raw_start = behind[0]
        elif before:
            raw_start = self._after_signs(self._at[first + low - 1], text, start)
        else:
            raise Unsure("its position in the file is unclear")
        if start == end:
            return raw_start, raw_start
        if text[end - 1].isalnum() and last:
            return raw_start, last[1]
        following = letter(high)
        if end < len(text) and text[end].isalnum() and following:
            return raw_start, following[0]
        raise Unsure("its position in the file is unclear")

    def _found(self, block: BlockText, letters: str, low: int, high: int) -> tuple[int, int, int]:
        """Return the index in the file of the block's first letter, and which letters match."""
        for before, behind in _CONTEXTS:
            begin, stop = max(low - before, 0), min(high + behind, len(letters))
            sought = letters[begin:stop]
            place = self._letters.find(sought) if sought else -1
            if place >= 0 and self._letters.find(sought, place + 1) < 0:
                return place - begin, begin, stop
        place = self._letters.find(block.behind + letters) if block.behind else -1
        if place >= 0 and self._letters.find(block.behind + letters, place + 1) < 0:
            return place + len(block.behind), 0, len(letters)
        if letters and self._letters.count(letters) == block.equal:
            place = -1
            for _ in range(block.before + 1):
                place = self._letters.find(letters, place + 1)
            return place, 0, len(letters)
        raise Unsure("its position in the file is unclear")

    def _after_signs(self, at: int, text: str, end: int) -> int:
        """Return the position in the file after the characters between a letter and an offset."""
        begin = end
        while not text[begin - 1].isalnum():
            begin -= 1
        raw_end = self._ends[at]
        at += 1
        for sign in text[begin:end].replace(" ", "").replace("\n", ""):
            signs = self._signs[at : at + _MOST_SIGNS]
            step = signs.find(sign)
            if step < 0 or any(map(str.isalnum, signs[:step])):
                raise Unsure("its position in the file is unclear")
            raw_end = self._ends[at + step]
            at += step + 1
        if text[end - 1] == " " == self._signs[at : at + 1]:
            raw_end = self._ends[at]
        return raw_end
