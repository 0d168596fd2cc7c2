"""The quotations in a draft: within quotation marks, in markup, or as blocks; and their segments.

An ellipsis or an author's bracket divides a quotation into segments. Each segment must occur in the
cable unchanged.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from cable_tui.base.cable import Span
from cable_tui.base.pattern import pattern
from cable_tui.formats.office.blocks import TextBlock
from cable_tui.text import repaired, words
from cable_tui.tools.drafts.tokens import Token, TokenRow, skipped_in_quotation, tokens_of

LONGEST = 200_000
"""The maximum length, in characters, of a quotation to search for. Few cables are that long."""
FEWEST = 5
"""The minimum number of words in a quotation to search for. Shorter phrases may occur anywhere."""
_CLOSERS = {
    '"': '"”',
    "“": '”“"',
    "„": '“”"',
    "‟": "”",
    "”": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "``": ("''", "”"),
}
_SINGLE = {"‘": "’", "‚": "‘’", "'": "'"}
_SIGN = pattern(r"``|''|[\"“”„‟«»‹›「」『』‘‚']")
_BEFORE_OPENING = frozenset("([{<—–―-/:“‘«‹\"'„…")
_MISTYPED = frozenset((("“", '"'), ("„", '"'), ('"', "”")))
_GLUED = frozenset("“„")
_ALSO_OPENS = frozenset('"“')
"""Marks that close some quotations and open others."""
_FREE = frozenset("«»‹›「」『』")
"""Marks with spaces on their inner side in some languages."""
_NO_QUOTATION = pattern(r"'(?:tis|twas|til|em|cause|n|round|bout)\b")
_APOSTROPHES = pattern(r"[‘‚’']")
_FOLLOWING = 6
"""The number of further paragraphs to search for the end of an unclosed quotation."""
_MOST_PARAGRAPHS = 200
_DEEPEST = 4
"""The maximum nesting depth of quotations; marks nested deeper count as unclosed."""
_MOST_UNCLOSED = 12
"""The maximum number of unclosed marks in a paragraph; the rest of the paragraph is skipped."""
_LONGEST_SINGLE = 6000
"""The maximum number of characters between single marks, most of which are apostrophes."""
_AROUND = " \n\t\"“”„«»‹›‘’'"


class BlockSpan(NamedTuple):
    """The part of a block that belongs to a quotation."""

    block: int
    start: int
    end: int


class Quotation(NamedTuple):
    """A passage that a draft marks as quoted."""

    pieces: tuple[BlockSpan, ...]
    """The quoted part of each paragraph."""
    is_closed: bool = True
    """Whether the quotation has a closing mark."""
    is_apart: bool = False
    """Whether the quotation is a block quotation."""

    @property
    def is_too_long(self) -> bool:
        """Whether the quotation is too long to search for."""
        return sum(end - start for _, start, end in self.pieces) > LONGEST

    def text(self, blocks: Sequence[TextBlock]) -> str:
        """Return the words of the quotation, with an empty line between paragraphs."""
        return "\n\n".join(
            blocks[number].text[start:end].strip() for number, start, end in self.pieces
        )


def quotations(blocks: Sequence[TextBlock]) -> tuple[Quotation, ...]:
    """Return all quotations with enough words, in order."""
    long = (
        quotation
        for quotation in _all(blocks)
        if len([*islice(words(quotation.text(blocks)), FEWEST)]) == FEWEST
    )
    return tuple(sorted(long, key=lambda quotation: quotation.pieces[0]))


def _all(blocks: Sequence[TextBlock]) -> Iterator[Quotation]:
    for number, block in enumerate(blocks):
        if not block.is_quotation:
            yield from (Quotation((BlockSpan(number, *span),)) for span in block.quoted)
    number, start = 0, 0
    unclosed = _Unclosed()
    while number < len(blocks):
        block = blocks[number]
        if block.is_quotation and not start:
            last = number
            while last + 1 < len(blocks) and blocks[last + 1].is_quotation:
                last += 1
            yield _apart(blocks, number, last)
            number = last + 1
            continue
        number, start = yield from _marked(blocks, number, start, unclosed)


def _apart(blocks: Sequence[TextBlock], first: int, last: int) -> Quotation:
    """Join consecutive block quotations, without quotation marks around a whole block."""
    pieces = []
    for index in range(first, last + 1):
        text = blocks[index].text
        start = len(text) - len(text.lstrip(_AROUND))
        opening = start and text[start - 1 : start]
        end = len(text.rstrip(_AROUND))
        inner = text[start:end]
        # Marks of a quotation within it stay.
        is_whole = bool(opening) and not any(mark in inner for mark in '"“”«»')
        pieces.append(
            BlockSpan(index, start, end)
            if is_whole and start < end
            else BlockSpan(index, 0, len(text))
        )
    return Quotation(tuple(pieces), is_apart=True)


class _Unclosed:
    """The positions of marks that are never closed, recorded to avoid rescanning text."""

    def __init__(self) -> None:
        self.following: dict[str, int] = {}
        """For each opening mark, the block before which the search for a closing mark failed."""
        self.in_block: Counter[int] = Counter()
        """The number of unclosed quotations in each block."""


def _marked(
    blocks: Sequence[TextBlock], number: int, start: int, unclosed: _Unclosed
) -> Generator[Quotation, None, tuple[int, int]]:
    """Yield the quotations in a block after an offset; return the next block and offset."""
    block = blocks[number]
    scan = _Scan(block.text, start, block.quoted)
    for quoted_span in scan.spans():
        yield Quotation((BlockSpan(number, *quoted_span),))
    if scan.open_at is None:
        return number + 1, 0
    opened, mark = scan.open_at
    pieces = [BlockSpan(number, opened, len(block.text))]
    resumed = None
    if number >= unclosed.following.get(mark, 0):
        resumed = _continued(blocks, number, mark, pieces)
        if resumed is None:
            # Paragraphs that repeat the mark gave nothing, and would not for the next of them.
            unclosed.following[mark] = number + max(len(pieces) - 1, 0)
    if resumed is not None:
        yield Quotation(tuple(pieces))
        return resumed
    # It is never closed: until the next one opens, or the paragraph ends.
    unclosed.in_block[number] += 1
    is_given_up = unclosed.in_block[number] > _MOST_UNCLOSED
    end = None if is_given_up else scan.next_opening(opened, mark)
    yield Quotation((BlockSpan(number, opened, end or len(block.text)),), is_closed=False)
    return (number, end) if end else (number + 1, 0)


def _continued(
    blocks: Sequence[TextBlock], first: int, mark: str, pieces: list[BlockSpan]
) -> tuple[int, int] | None:
    """Return the end of a quotation that continues over several paragraphs, or None."""
    note = blocks[first].note
    repeats = False
    for number in range(first + 1, min(first + _MOST_PARAGRAPHS, len(blocks))):
        block = blocks[number]
        if block.note != note or block.is_heading or block.is_quotation:
            return None
        text = block.text
        # In French the closing mark may come before each paragraph.
        possible = (mark, *(closer for closer in _CLOSERS[mark] if closer not in _ALSO_OPENS))
        leading = next((closer for closer in possible if text.startswith(closer)), "")
        has_mark = bool(leading)
        goes_on = has_mark if repeats else has_mark == (number == first + 1) or not has_mark
        if not goes_on or (not has_mark and number - first > _FOLLOWING):
            return None
        repeats = repeats or has_mark
        length = len(leading)
        scan = _Scan(text, length, block.quoted, inside=mark)
        closing = scan.first_closing()
        if closing is None and not has_mark and scan.next_opening(0, mark) is not None:
            return None
        pieces.append(BlockSpan(number, length, closing if closing is not None else len(text)))
        if closing is not None:
            return number, closing + 1
    return None


class _Scan:
    """One scan of the quotation marks of a text, from left to right."""

    def __init__(self, text: str, start: int, skipped: Sequence[Span], inside: str = "") -> None:
        self._text = text
        self._start = start
        self._skipped = skipped
        self._starts = [begin for begin, _ in skipped]
        self._inside = inside
        self._next_right: dict[str, tuple[int, int, bool]] = {}
        """For each opening mark, a span of the text and whether the usual closing mark is absent
        there.
        """
        self._barren: dict[str, int] = {}
        """For each single mark, the offset before which no closing mark follows."""
        self.open_at: tuple[int, str] | None = None
        """The position and mark of a quotation that is not closed in this block."""

    def spans(self) -> Iterator[Span]:
        """Yield the spans of text between marks; nested marks are not yielded separately."""
        marks: list[tuple[int, str]] = []
        position = self._start
        while match := _SIGN.search(self._text, position):
            mark, at = match[0], match.start()
            position = match.end()
            if self._is_skipped(at):
                continue
            if marks and (depth := self._closes(mark, at, marks)) is not None:
                opened = marks[depth][0]
                del marks[depth:]
                if not marks:
                    yield opened, at
            elif mark in _SINGLE:
                if not marks and (closing := self._single(mark, at)):
                    yield at + 1, closing
                    position = closing + 1
            elif mark in _CLOSERS and (
                self._opens(at, mark) or (not marks and self._is_glued(at, mark))
            ):
                marks.append((position, mark))
                if len(marks) > _DEEPEST:
                    break
        if marks:
            self.open_at = marks[0]

    def first_closing(self) -> int | None:
        """Return the closing position of the quotation that the text begins in, or None."""
        marks: list[tuple[int, str]] = [(self._start, self._inside)]
        for match in _SIGN.finditer(self._text, self._start):
            mark, at = match[0], match.start()
            if mark in _SINGLE or self._is_skipped(at):
                continue
            if (depth := self._closes(mark, at, marks)) is not None:
                del marks[depth:]
                if not marks:
                    return at
            elif mark in _CLOSERS and self._opens(at, mark):
                marks.append((at, mark))
        return None

    def next_opening(self, start: int, mark: str) -> int | None:
        """Return the position where the same mark opens another quotation, or None."""
        for match in _SIGN.finditer(self._text, start):
            if match[0] == mark and self._opens(match.start(), mark):
                return match.start()
        return None

    def _is_skipped(self, offset: int) -> bool:
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._skipped[index][1]

    def _opens(self, offset: int, mark: str) -> bool:
        before = self._text[offset - 1 : offset]
        after = self._text[offset + len(mark) : offset + len(mark) + 1]
        if mark in _FREE:
            return bool(after)
        at_start = not before or before.isspace() or before in _BEFORE_OPENING
        return at_start and bool(after) and not after.isspace()

    def _opens_again(self, offset: int, mark: str) -> bool:
        """Return whether a mark that may close a quotation opens another one."""
        if mark in _FREE:  # `»so» they write in Finland`
            after = self._text[offset + len(mark) : offset + len(mark) + 1]
            return after.isalnum()
        return self._opens(offset, mark)

    def _is_glued(self, offset: int, mark: str) -> bool:
        """Return whether a mark without a space before it can only open: `he said,“no`."""
        return mark in _GLUED and self._text[offset + 1 : offset + 2].isalnum()

    def _is_mistyped(self, offset: int, opening: str) -> bool:
        """Return whether a wrong mark closes a quotation because the usual mark is missing.

        The usual mark is missing if it does not follow before the next opening mark. In `“a 5"
        pipe”` it follows, so `"` does not close the quotation.
        """
        start, end, is_missing = self._next_right.get(opening, (0, 0, True))
        if not start <= offset < end:
            usual = _CLOSERS[opening][0]
            start, end, is_missing = offset, len(self._text) + 1, True
            for match in _SIGN.finditer(self._text, offset + 1):
                if match[0] in (opening, usual):
                    end = match.start()
                    is_missing = match[0] != usual or self._opens(end, usual)
                    break
            self._next_right[opening] = start, end, is_missing
        return is_missing

    def _closes(self, mark: str, offset: int, marks: Sequence[tuple[int, str]]) -> int | None:
        """Return the depth of the innermost open mark that `mark` closes, or None."""
        before = self._text[offset - 1 : offset]
        for depth in range(len(marks) - 1, max(len(marks) - 4, -1), -1):
            opening = marks[depth][1]
            if mark in _CLOSERS[opening]:
                if mark == opening and (not before or before.isspace()):
                    return None
                # The same sign opens and closes: after a dash and before a letter it opens.
                is_either = mark == opening or mark in _ALSO_OPENS
                is_after_dash = bool(before) and before in "—–-"
                if is_either and not is_after_dash and self._opens_again(offset, mark):
                    return None
                if (opening, mark) in _MISTYPED and not self._is_mistyped(offset, opening):
                    continue
                return depth
        return None

    def _single(self, mark: str, offset: int) -> int:
        """Return the end of a quotation in single marks, or 0 if the mark is an apostrophe."""
        after = self._text[offset + 1 : offset + 2]
        if not self._opens(offset, mark) or not after.isalpha():
            return 0
        if mark == "'" and _NO_QUOTATION.match(self._text, offset):
            return 0
        last = 0
        end = offset + _LONGEST_SINGLE
        start = max(offset + 1, self._barren.get(mark, 0))
        for match in _APOSTROPHES.finditer(self._text, start, end):
            at = match.start()
            if match[0] in _SINGLE and match[0] not in _SINGLE[mark] and self._opens(at, match[0]):
                break
            if match[0] not in _SINGLE[mark] or self._text[at - 1].isspace():
                continue
            characters_after = self._text[at + 1 : at + 3]
            if characters_after[:1].isalnum():
                continue
            last = at
            is_possessive = (
                self._text[at - 1] in "sS"
                and characters_after[:1] == " "
                and characters_after[1:].islower()
            )
            if not is_possessive:
                return last
        else:
            if not last:
                self._barren[mark] = end
        return last


GapKind = Literal["ellipsis", "bracket"]

_ELLIPSIS = (
    r"\[\s?(?:(?:\.\s?){2,5}|…)\s?\]|\(\s?(?:(?:\.\s?){3,5}|…)\s?\)|(?:\.\s?){2,5}\.|…|\*{3,20}"
)
_BRACKET = r"\[[^\[\]]{0,300}\]"
_WITHIN = r"\w{0,40}\[\w{0,12}\]\w{1,40}|\w{1,40}\[\w{0,12}\]"
"""A letter or an ending in brackets added by the author: `[h]e`, `report[ed]`."""
_MOST_GAPS = 200
"""The maximum number of gaps at which a quotation is divided, because each segment needs a separate
search.
"""
_PARAGRAPH_END = pattern(r"\n\n")
_GAPS = pattern(_ELLIPSIS)
_GAPS_AND_BRACKETS = pattern(rf"(?P<ellipsis>{_ELLIPSIS})|(?P<within>{_WITHIN})|{_BRACKET}")
_OF_THE_AUTHOR = pattern(
    r"\[\s?(?:sic!?|!|\?|(?:my |our |added |original )?(?:emphasis|italics)[^\[\]]{0,60}"
    r"|(?:author|translat|trans\.)[^\[\]]{0,60})\s?\]"
)


class SegmentGap(NamedTuple):
    """The gap between two segments of a quotation."""

    kind: GapKind
    text: str
    parts_paragraphs: bool
    """Whether the quotation begins a new paragraph at the gap."""


class Passage(NamedTuple):
    """A quotation in segments that the cable must contain unchanged."""

    text: str
    segments: tuple[TokenRow, ...]
    gaps: tuple[SegmentGap, ...]
    """The gaps, one between each two neighboring segments."""

    @property
    def size(self) -> int:
        """The number of words in all segments."""
        return sum(len(segment.tokens) for segment in self.segments)


def passages(text: str) -> tuple[Passage, ...]:
    """Return the readings of a quotation, because its author or the cable may have the brackets."""
    text = repaired(text)
    text = _OF_THE_AUTHOR.sub(lambda match: " " * len(match[0]), text)
    tokens: list[Token] = []
    last_end = 0
    starts = [match.end() for match in _PARAGRAPH_END.finditer(text)]
    for token in tokens_of(text, skipped_in_quotation(text), starts):
        tokens.append(token._replace(begins="\n\n" in text[last_end : token.start]))
        last_end = token.end
    first = _parted(text, tokens, [("ellipsis", *match.span()) for match in _GAPS.finditer(text)])
    if "[" not in text:
        return (first,)
    both: list[tuple[GapKind, int, int]] = [
        ("ellipsis" if match["ellipsis"] else "bracket", *match.span())
        for match in _GAPS_AND_BRACKETS.finditer(text)
    ]
    second = _parted(text, tokens, both)
    return (first, second) if second.segments else (first,)


def _parted(
    text: str, tokens: Sequence[Token], gaps: Sequence[tuple[GapKind, int, int]]
) -> Passage:
    segments: list[TokenRow] = []
    parted: list[SegmentGap] = []
    first = 0
    waiting: list[tuple[GapKind, int, int]] = []
    if len(gaps) > _MOST_GAPS:
        gaps = ()
    for kind, start, end in (*gaps, ("ellipsis", len(text), len(text))):
        stop = first
        while stop < len(tokens) and tokens[stop].end <= start:
            stop += 1
        if stop > first:
            if segments:
                parted.append(_gap(text, waiting))
            segments.append(TokenRow(tokens[first:stop], text))
            waiting = []
        waiting.append((kind, start, end))
        first = stop
        while first < len(tokens) and tokens[first].start < end:
            first += 1
    return Passage(text, tuple(segments), tuple(parted))


def _gap(text: str, gaps: Sequence[tuple[GapKind, int, int]]) -> SegmentGap:
    """Join several consecutive gaps into one.

    An ellipsis takes precedence, because it permits most.
    """
    start, end = gaps[0][1], gaps[-1][2]
    kinds = {kind for kind, _, _ in gaps}
    around = text[max(start - 2, 0) : end + 2]
    return SegmentGap(
        "ellipsis" if "ellipsis" in kinds else "bracket", text[start:end], "\n\n" in around
    )
