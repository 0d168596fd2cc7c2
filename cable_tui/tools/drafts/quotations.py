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
            blocks[block_number].text[start:end].strip() for block_number, start, end in self.pieces
        )


class Quotations(NamedTuple):
    """The quotations of a draft, in order."""

    long_enough: tuple[Quotation, ...]
    """The quotations with at least `FEWEST` words."""
    short: tuple[Quotation, ...]
    """The quotations with fewer than `FEWEST` words."""


def quotations(blocks: Sequence[TextBlock]) -> Quotations:
    """Return all quotations, in order."""
    long_enough: list[Quotation] = []
    short: list[Quotation] = []
    for quotation in sorted(_all(blocks), key=lambda quotation: quotation.pieces[0]):
        word_count = len([*islice(words(quotation.text(blocks)), FEWEST)])
        if word_count:
            (long_enough if word_count == FEWEST else short).append(quotation)
    return Quotations(tuple(long_enough), tuple(short))


def _all(blocks: Sequence[TextBlock]) -> Iterator[Quotation]:
    for block_number, block in enumerate(blocks):
        if not block.is_quotation:
            yield from (Quotation((BlockSpan(block_number, *span),)) for span in block.quoted)
    block_number, start_offset = 0, 0
    unclosed_marks = _Unclosed()
    while block_number < len(blocks):
        block = blocks[block_number]
        if block.is_quotation and not start_offset:
            last_index = block_number
            while last_index + 1 < len(blocks) and blocks[last_index + 1].is_quotation:
                last_index += 1
            yield _apart(blocks, block_number, last_index)
            block_number = last_index + 1
            continue
        block_number, start_offset = yield from _marked(
            blocks, block_number, start_offset, unclosed_marks
        )


def _apart(blocks: Sequence[TextBlock], first_block: int, last_block: int) -> Quotation:
    """Join consecutive block quotations, without quotation marks around a whole block."""
    quoted_pieces = []
    for block_index in range(first_block, last_block + 1):
        block_text = blocks[block_index].text
        text_start = len(block_text) - len(block_text.lstrip(_AROUND))
        opening_mark = text_start and block_text[text_start - 1 : text_start]
        text_end = len(block_text.rstrip(_AROUND))
        inner_text = block_text[text_start:text_end]
        # Marks of a quotation within it stay.
        is_whole_quotation = bool(opening_mark) and not any(mark in inner_text for mark in '"“”«»')
        quoted_pieces.append(
            BlockSpan(block_index, text_start, text_end)
            if is_whole_quotation and text_start < text_end
            else BlockSpan(block_index, 0, len(block_text))
        )
    return Quotation(tuple(quoted_pieces), is_apart=True)


class _Unclosed:
    """The positions of marks that are never closed, recorded to avoid rescanning text."""

    def __init__(self) -> None:
        self.following: dict[str, int] = {}
        """For each opening mark, the block before which the search for a closing mark failed."""
        self.in_block: Counter[int] = Counter()
        """The number of unclosed quotations in each block."""


def _marked(
    blocks: Sequence[TextBlock], block_number: int, start_offset: int, unclosed_marks: _Unclosed
) -> Generator[Quotation, None, tuple[int, int]]:
    """Yield the quotations in a block after an offset; return the next block and offset."""
    block = blocks[block_number]
    scan = _Scan(block.text, start_offset, block.quoted)
    for quoted_span in scan.spans():
        yield Quotation((BlockSpan(block_number, *quoted_span),))
    if scan.open_at is None:
        return block_number + 1, 0
    open_offset, quote_mark = scan.open_at
    quoted_pieces = [BlockSpan(block_number, open_offset, len(block.text))]
    resume_position = None
    if block_number >= unclosed_marks.following.get(quote_mark, 0):
        resume_position = _continued(blocks, block_number, quote_mark, quoted_pieces)
        if resume_position is None:
            # Paragraphs that repeat the mark gave nothing, and would not for the next of them.
            unclosed_marks.following[quote_mark] = block_number + max(len(quoted_pieces) - 1, 0)
    if resume_position is not None:
        yield Quotation(tuple(quoted_pieces))
        return resume_position
    # It is never closed: until the next one opens, or the paragraph ends.
    unclosed_marks.in_block[block_number] += 1
    is_given_up = unclosed_marks.in_block[block_number] > _MOST_UNCLOSED
    quotation_end = None if is_given_up else scan.next_opening(open_offset, quote_mark)
    yield Quotation(
        (BlockSpan(block_number, open_offset, quotation_end or len(block.text)),), is_closed=False
    )
    return (block_number, quotation_end) if quotation_end else (block_number + 1, 0)


def _continued(
    blocks: Sequence[TextBlock], first_number: int, mark: str, quoted_pieces: list[BlockSpan]
) -> tuple[int, int] | None:
    """Return the end of a quotation that continues over several paragraphs, or None."""
    note_name = blocks[first_number].note
    repeats_mark = False
    for block_number in range(first_number + 1, min(first_number + _MOST_PARAGRAPHS, len(blocks))):
        block = blocks[block_number]
        if block.note != note_name or block.is_heading or block.is_quotation:
            return None
        block_text = block.text
        # In French the closing mark may come before each paragraph.
        possible_marks = (mark, *(closer for closer in _CLOSERS[mark] if closer not in _ALSO_OPENS))
        leading_mark = next(
            (closer for closer in possible_marks if block_text.startswith(closer)), ""
        )
        has_mark = bool(leading_mark)
        quotation_goes_on = (
            has_mark
            if repeats_mark
            else has_mark == (block_number == first_number + 1) or not has_mark
        )
        if not quotation_goes_on or (not has_mark and block_number - first_number > _FOLLOWING):
            return None
        repeats_mark = repeats_mark or has_mark
        mark_length = len(leading_mark)
        scan = _Scan(block_text, mark_length, block.quoted, inside=mark)
        closing_offset = scan.first_closing()
        if closing_offset is None and not has_mark and scan.next_opening(0, mark) is not None:
            return None
        quoted_pieces.append(
            BlockSpan(
                block_number,
                mark_length,
                closing_offset if closing_offset is not None else len(block_text),
            )
        )
        if closing_offset is not None:
            return block_number, closing_offset + 1
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
        open_marks: list[tuple[int, str]] = []
        text_offset = self._start
        while match := _SIGN.search(self._text, text_offset):
            mark, mark_offset = match[0], match.start()
            text_offset = match.end()
            if self._is_skipped(mark_offset):
                continue
            if open_marks and (depth := self._closes(mark, mark_offset, open_marks)) is not None:
                open_offset = open_marks[depth][0]
                del open_marks[depth:]
                if not open_marks:
                    yield open_offset, mark_offset
            elif mark in _SINGLE:
                if not open_marks and (closing_offset := self._single(mark, mark_offset)):
                    yield mark_offset + 1, closing_offset
                    text_offset = closing_offset + 1
            elif mark in _CLOSERS and (
                self._opens(mark_offset, mark)
                or (not open_marks and self._is_glued(mark_offset, mark))
            ):
                open_marks.append((text_offset, mark))
                if len(open_marks) > _DEEPEST:
                    break
        if open_marks:
            self.open_at = open_marks[0]

    def first_closing(self) -> int | None:
        """Return the closing position of the quotation that the text begins in, or None."""
        open_marks: list[tuple[int, str]] = [(self._start, self._inside)]
        for match in _SIGN.finditer(self._text, self._start):
            quotation_mark, mark_offset = match[0], match.start()
            if quotation_mark in _SINGLE or self._is_skipped(mark_offset):
                continue
            if (depth := self._closes(quotation_mark, mark_offset, open_marks)) is not None:
                del open_marks[depth:]
                if not open_marks:
                    return mark_offset
            elif quotation_mark in _CLOSERS and self._opens(mark_offset, quotation_mark):
                open_marks.append((mark_offset, quotation_mark))
        return None

    def next_opening(self, start: int, mark: str) -> int | None:
        """Return the position where the same mark opens another quotation, or None."""
        for match in _SIGN.finditer(self._text, start):
            if match[0] == mark and self._opens(match.start(), mark):
                return match.start()
        return None

    def _is_skipped(self, offset: int) -> bool:
        skipped_index = bisect_right(self._starts, offset) - 1
        return skipped_index >= 0 and offset < self._skipped[skipped_index][1]

    def _opens(self, offset: int, mark: str) -> bool:
        character_before = self._text[offset - 1 : offset]
        character_after = self._text[offset + len(mark) : offset + len(mark) + 1]
        if mark in _FREE:
            return bool(character_after)
        at_start = (
            not character_before
            or character_before.isspace()
            or character_before in _BEFORE_OPENING
        )
        return at_start and bool(character_after) and not character_after.isspace()

    def _opens_again(self, offset: int, mark: str) -> bool:
        """Return whether a mark that may close a quotation opens another one."""
        if mark in _FREE:  # `»so» they write in Finland`
            character_after = self._text[offset + len(mark) : offset + len(mark) + 1]
            return character_after.isalnum()
        return self._opens(offset, mark)

    def _is_glued(self, offset: int, mark: str) -> bool:
        """Return whether a mark without a space before it can only open: `he said,“no`."""
        return mark in _GLUED and self._text[offset + 1 : offset + 2].isalnum()

    def _is_mistyped(self, offset: int, opening_mark: str) -> bool:
        """Return whether a wrong mark closes a quotation because the usual mark is missing.

        The usual mark is missing if it does not follow before the next opening mark. In `“a 5"
        pipe”` it follows, so `"` does not close the quotation.
        """
        known_start, known_end, is_missing = self._next_right.get(opening_mark, (0, 0, True))
        if not known_start <= offset < known_end:
            usual_mark = _CLOSERS[opening_mark][0]
            known_start, known_end, is_missing = offset, len(self._text) + 1, True
            for match in _SIGN.finditer(self._text, offset + 1):
                if match[0] in (opening_mark, usual_mark):
                    known_end = match.start()
                    is_missing = match[0] != usual_mark or self._opens(known_end, usual_mark)
                    break
            self._next_right[opening_mark] = known_start, known_end, is_missing
        return is_missing

    def _closes(self, mark: str, offset: int, open_marks: Sequence[tuple[int, str]]) -> int | None:
        """Return the depth of the innermost open mark that `mark` closes, or None."""
        character_before = self._text[offset - 1 : offset]
        for depth in range(len(open_marks) - 1, max(len(open_marks) - 4, -1), -1):
            opening_mark = open_marks[depth][1]
            if mark in _CLOSERS[opening_mark]:
                if mark == opening_mark and (not character_before or character_before.isspace()):
                    return None
                # The same sign opens and closes: after a dash and before a letter it opens.
                opens_or_closes = mark == opening_mark or mark in _ALSO_OPENS
                follows_dash = bool(character_before) and character_before in "—–-"
                if opens_or_closes and not follows_dash and self._opens_again(offset, mark):
                    return None
                if (opening_mark, mark) in _MISTYPED and not self._is_mistyped(
                    offset, opening_mark
                ):
                    continue
                return depth
        return None

    def _single(self, mark: str, offset: int) -> int:
        """Return the end of a quotation in single marks, or 0 if the mark is an apostrophe."""
        character_after = self._text[offset + 1 : offset + 2]
        if not self._opens(offset, mark) or not character_after.isalpha():
            return 0
        if mark == "'" and _NO_QUOTATION.match(self._text, offset):
            return 0
        last_offset = 0
        end_offset = offset + _LONGEST_SINGLE
        search_start = max(offset + 1, self._barren.get(mark, 0))
        for match in _APOSTROPHES.finditer(self._text, search_start, end_offset):
            mark_offset = match.start()
            if (
                match[0] in _SINGLE
                and match[0] not in _SINGLE[mark]
                and self._opens(mark_offset, match[0])
            ):
                break
            if match[0] not in _SINGLE[mark] or self._text[mark_offset - 1].isspace():
                continue
            characters_after = self._text[mark_offset + 1 : mark_offset + 3]
            if characters_after[:1].isalnum():
                continue
            last_offset = mark_offset
            is_possessive = (
                self._text[mark_offset - 1] in "sS"
                and characters_after[:1] == " "
                and characters_after[1:].islower()
            )
            if not is_possessive:
                return last_offset
        else:
            if not last_offset:
                self._barren[mark] = end_offset
        return last_offset


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
    r"|(?:author|translat|trans\.)[^\[\]]{0,60})\s?\]",
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
    quotation_tokens: list[Token] = []
    last_token_end = 0
    paragraph_starts = [match.end() for match in _PARAGRAPH_END.finditer(text)]
    for token in tokens_of(text, skipped_in_quotation(text), paragraph_starts):
        quotation_tokens.append(token._replace(begins="\n\n" in text[last_token_end : token.start]))
        last_token_end = token.end
    first_passage = _parted(
        text, quotation_tokens, [("ellipsis", *match.span()) for match in _GAPS.finditer(text)]
    )
    if "[" not in text:
        return (first_passage,)
    gaps_and_brackets: list[tuple[GapKind, int, int]] = [
        ("ellipsis" if match["ellipsis"] else "bracket", *match.span())
        for match in _GAPS_AND_BRACKETS.finditer(text)
    ]
    second_passage = _parted(text, quotation_tokens, gaps_and_brackets)
    return (first_passage, second_passage) if second_passage.segments else (first_passage,)


def _parted(
    text: str, tokens: Sequence[Token], gaps: Sequence[tuple[GapKind, int, int]]
) -> Passage:
    segments: list[TokenRow] = []
    segment_gaps: list[SegmentGap] = []
    first_token = 0
    waiting_gaps: list[tuple[GapKind, int, int]] = []
    if len(gaps) > _MOST_GAPS:
        gaps = ()
    for gap_kind, gap_start, gap_end in (*gaps, ("ellipsis", len(text), len(text))):
        end_token = first_token
        while end_token < len(tokens) and tokens[end_token].end <= gap_start:
            end_token += 1
        if end_token > first_token:
            if segments:
                segment_gaps.append(_gap(text, waiting_gaps))
            segments.append(TokenRow(tokens[first_token:end_token], text))
            waiting_gaps = []
        waiting_gaps.append((gap_kind, gap_start, gap_end))
        first_token = end_token
        while first_token < len(tokens) and tokens[first_token].start < gap_end:
            first_token += 1
    return Passage(text, tuple(segments), tuple(segment_gaps))


def _gap(text: str, gaps: Sequence[tuple[GapKind, int, int]]) -> SegmentGap:
    """Join several consecutive gaps into one.

    An ellipsis takes precedence, because it permits most.
    """
    gap_start, gap_end = gaps[0][1], gaps[-1][2]
    gap_kinds = {gap_kind for gap_kind, _, _ in gaps}
    text_around = text[max(gap_start - 2, 0) : gap_end + 2]
    return SegmentGap(
        "ellipsis" if "ellipsis" in gap_kinds else "bracket",
        text[gap_start:gap_end],
        "\n\n" in text_around,
    )
