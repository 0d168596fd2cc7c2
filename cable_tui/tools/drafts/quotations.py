"""The quotations of a draft: between marks, by mark-up, or set apart; and each in its segments.

An ellipsis or a bracket of the author's parts a quotation into segments, which must be in the cable
as they are.
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
"""The most characters of a quotation that is searched for. Few cables have as many."""
FEWEST = 5
"""The least words of a quotation that is searched for: shorter ones may occur anywhere."""
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
"""Marks that have spaces on their inner side in some languages."""
_NO_QUOTATION = pattern(r"'(?:tis|twas|til|em|cause|n|round|bout)\b")
_APOSTROPHES = pattern(r"[‘‚’']")
_FOLLOWING = 6
"""Number of further paragraphs that are searched for the end of an unclosed quotation."""
_MOST_PARAGRAPHS = 200
_DEEPEST = 4
"""The deepest nesting of quotations; deeper marks are unclosed ones."""
_MOST_UNCLOSED = 12
"""The most unclosed marks of one paragraph: after them it is not read on."""
_LONGEST_SINGLE = 6000
"""The most characters between single marks, which are mostly apostrophes."""
_AROUND = " \n\t\"“”„«»‹›‘’'"


class BlockSpan(NamedTuple):
    """The part of a block that belongs to a quotation."""

    block: int
    start: int
    end: int


class Quotation(NamedTuple):
    """Words that a draft marks as quoted."""

    pieces: tuple[BlockSpan, ...]
    """One for each of its paragraphs."""
    is_closed: bool = True
    """Whether its closing mark was found."""
    is_apart: bool = False
    """Whether it is a block set apart."""

    @property
    def is_too_long(self) -> bool:
        """Whether it is too long to be searched for."""
        return sum(end - start for _, start, end in self.pieces) > LONGEST

    def text(self, blocks: Sequence[TextBlock]) -> str:
        """Return its words, with an empty line between paragraphs."""
        return "\n\n".join(
            blocks[number].text[start:end].strip() for number, start, end in self.pieces
        )


def quotations(blocks: Sequence[TextBlock]) -> tuple[Quotation, ...]:
    """Return all quotations with enough words, in order."""
    long_enough = (
        quotation
        for quotation in _all(blocks)
        if len([*islice(words(quotation.text(blocks)), FEWEST)]) == FEWEST
    )
    return tuple(sorted(long_enough, key=lambda quotation: quotation.pieces[0]))


def _all(blocks: Sequence[TextBlock]) -> Iterator[Quotation]:
    for block_index, block in enumerate(blocks):
        if not block.is_quotation:
            yield from (Quotation((BlockSpan(block_index, *span),)) for span in block.quoted)
    block_index, start = 0, 0
    unclosed_signs = _Unclosed()
    while block_index < len(blocks):
        block = blocks[block_index]
        if block.is_quotation and not start:
            last_index = block_index
            while last_index + 1 < len(blocks) and blocks[last_index + 1].is_quotation:
                last_index += 1
            yield _apart(blocks, block_index, last_index)
            block_index = last_index + 1
            continue
        block_index, start = yield from _marked(blocks, block_index, start, unclosed_signs)


def _apart(blocks: Sequence[TextBlock], first: int, last: int) -> Quotation:
    """Return blocks set apart; quotation marks around a whole block are left out."""
    quoted_pieces = []
    for block_index in range(first, last + 1):
        block_text = blocks[block_index].text
        start = len(block_text) - len(block_text.lstrip(_AROUND))
        opening_sign = start and block_text[start - 1 : start]
        end = len(block_text.rstrip(_AROUND))
        inner_text = block_text[start:end]
        # Marks of a quotation within it stay.
        is_whole_quotation = bool(opening_sign) and not any(sign in inner_text for sign in '"“”«»')
        quoted_pieces.append(
            BlockSpan(block_index, start, end)
            if is_whole_quotation and start < end
            else BlockSpan(block_index, 0, len(block_text))
        )
    return Quotation(tuple(quoted_pieces), is_apart=True)


class _Unclosed:
    """Positions of marks that are never closed, so that no text is read too often."""

    def __init__(self) -> None:
        self.following: dict[str, int] = {}
        """Block up to which no later mark closes a quotation, by its mark."""
        self.in_block: Counter[int] = Counter()
        """Number of unclosed quotations in each block."""


def _marked(
    blocks: Sequence[TextBlock], index: int, start: int, unclosed: _Unclosed
) -> Generator[Quotation, None, tuple[int, int]]:
    """Yield the quotations in a block's marks from an offset on; return where to go on."""
    block = blocks[index]
    scan = _Scan(block.text, start, block.quoted)
    for span in scan.spans():
        yield Quotation((BlockSpan(index, *span),))
    if scan.open_at is None:
        return index + 1, 0
    begin, quote_mark = scan.open_at
    quoted_pieces = [BlockSpan(index, begin, len(block.text))]
    following_parts = None
    if index >= unclosed.following.get(quote_mark, 0):
        following_parts = _continued(blocks, index, quote_mark, quoted_pieces)
        if following_parts is None:
            # Paragraphs that repeat the mark gave nothing, and would not for the next of them.
            unclosed.following[quote_mark] = index + max(len(quoted_pieces) - 1, 0)
    if following_parts is not None:
        yield Quotation(tuple(quoted_pieces))
        return following_parts
    # It is never closed: until the next one opens, or the paragraph ends.
    unclosed.in_block[index] += 1
    is_given_up = unclosed.in_block[index] > _MOST_UNCLOSED
    end = None if is_given_up else scan.next_opening(begin, quote_mark)
    yield Quotation((BlockSpan(index, begin, end or len(block.text)),), is_closed=False)
    return (index, end) if end else (index + 1, 0)


def _continued(
    blocks: Sequence[TextBlock], index: int, mark: str, pieces: list[BlockSpan]
) -> tuple[int, int] | None:
    """Return where a quotation ends that runs over paragraphs; None if it does not."""
    note = blocks[index].note
    repeats = False
    for next_at in range(index + 1, min(index + _MOST_PARAGRAPHS, len(blocks))):
        block = blocks[next_at]
        if block.note != note or block.is_heading or block.is_quotation:
            return None
        text = block.text
        # In French the closing mark may come before each paragraph.
        marks = (mark, *(closer for closer in _CLOSERS[mark] if closer not in _ALSO_OPENS))
        sign = next((closer for closer in marks if text.startswith(closer)), "")
        has_sign = bool(sign)
        quotation_goes_on = (
            has_sign if repeats else has_sign == (next_at == index + 1) or not has_sign
        )
        if not quotation_goes_on or (not has_sign and next_at - index > _FOLLOWING):
            return None
        repeats = repeats or has_sign
        sign_length = len(sign)
        scan = _Scan(text, sign_length, block.quoted, inside=mark)
        closing_place = scan.first_closing()
        if closing_place is None and not has_sign and scan.next_opening(0, mark) is not None:
            return None
        pieces.append(
            BlockSpan(
                next_at, sign_length, closing_place if closing_place is not None else len(text)
            )
        )
        if closing_place is not None:
            return next_at, closing_place + 1
    return None


class _Scan:
    """One reading of the marks of a text, from left to right."""

    def __init__(self, text: str, start: int, skipped: Sequence[Span], inside: str = "") -> None:
        self._text = text
        self._start = start
        self._skipped = skipped
        self._starts = [begin for begin, _ in skipped]
        self._inside = inside
        self._next_right: dict[str, tuple[int, int, bool]] = {}
        """Span for which it is known whether the right mark follows, by sign."""
        self._barren: dict[str, int] = {}
        """Position up to which no single mark closes, by sign."""
        self.open_at: tuple[int, str] | None = None
        """Position and mark of a quotation that is not closed in this block."""

    def spans(self) -> Iterator[Span]:
        """Yield text between marks; marks inside it are not read separately."""
        open_marks: list[tuple[int, str]] = []
        text_offset = self._start
        while match := _SIGN.search(self._text, text_offset):
            sign, place = match[0], match.start()
            text_offset = match.end()
            if self._is_skipped(place):
                continue
            if open_marks and (depth := self._closes(sign, place, open_marks)) is not None:
                begin = open_marks[depth][0]
                del open_marks[depth:]
                if not open_marks:
                    yield begin, place
            elif sign in _SINGLE:
                if not open_marks and (end := self._single(sign, place)):
                    yield place + 1, end
                    text_offset = end + 1
            elif sign in _CLOSERS and (
                self._opens(place, sign) or (not open_marks and self._is_glued(place, sign))
            ):
                open_marks.append((text_offset, sign))
                if len(open_marks) > _DEEPEST:
                    break
        if open_marks:
            self.open_at = open_marks[0]

    def first_closing(self) -> int | None:
        """Return where the quotation that the text begins in is closed."""
        stack: list[tuple[int, str]] = [(self._start, self._inside)]
        for match in _SIGN.finditer(self._text, self._start):
            quotation_mark, mark_place = match[0], match.start()
            if quotation_mark in _SINGLE or self._is_skipped(mark_place):
                continue
            if (depth := self._closes(quotation_mark, mark_place, stack)) is not None:
                del stack[depth:]
                if not stack:
                    return mark_place
            elif quotation_mark in _CLOSERS and self._opens(mark_place, quotation_mark):
                stack.append((mark_place, quotation_mark))
        return None

    def next_opening(self, start: int, mark: str) -> int | None:
        """Return where the same mark opens again."""
        for match in _SIGN.finditer(self._text, start):
            if match[0] == mark and self._opens(match.start(), mark):
                return match.start()
        return None

    def _is_skipped(self, place: int) -> bool:
        skipped_index = bisect_right(self._starts, place) - 1
        return skipped_index >= 0 and place < self._skipped[skipped_index][1]

    def _opens(self, place: int, sign: str) -> bool:
        sign_before = self._text[place - 1 : place]
        sign_after = self._text[place + len(sign) : place + len(sign) + 1]
        if sign in _FREE:
            return bool(sign_after)
        at_start = not sign_before or sign_before.isspace() or sign_before in _BEFORE_OPENING
        return at_start and bool(sign_after) and not sign_after.isspace()

    def _opens_again(self, place: int, sign: str) -> bool:
        """Return whether a mark that may also close opens another quotation."""
        if sign in _FREE:  # `»so» they write in Finland`
            sign_after = self._text[place + len(sign) : place + len(sign) + 1]
            return sign_after.isalnum()
        return self._opens(place, sign)

    def _is_glued(self, place: int, sign: str) -> bool:
        """Return whether a mark without a space before it can only open: `he said,“no`."""
        return sign in _GLUED and self._text[place + 1 : place + 2].isalnum()

    def _is_mistyped(self, place: int, opening: str) -> bool:
        """Return whether a wrong mark closes a quotation, as no right one comes before the next.

        `“a 5" pipe”` has the right one.
        """
        known_from, known_to, answer = self._next_right.get(opening, (0, 0, True))
        if not known_from <= place < known_to:
            right_sign = _CLOSERS[opening][0]
            known_from, known_to, answer = place, len(self._text) + 1, True
            for match in _SIGN.finditer(self._text, place + 1):
                if match[0] in (opening, right_sign):
                    known_to = match.start()
                    answer = match[0] != right_sign or self._opens(known_to, right_sign)
                    break
            self._next_right[opening] = known_from, known_to, answer
        return answer

    def _closes(self, sign: str, place: int, stack: Sequence[tuple[int, str]]) -> int | None:
        """Return which open mark a sign closes: the innermost possible one."""
        sign_before = self._text[place - 1 : place]
        for depth in range(len(stack) - 1, max(len(stack) - 4, -1), -1):
            opening = stack[depth][1]
            if sign in _CLOSERS[opening]:
                if sign == opening and (not sign_before or sign_before.isspace()):
                    return None
                # The same sign opens and closes: after a dash and before a letter it opens.
                opens_or_closes = sign == opening or sign in _ALSO_OPENS
                follows_dash = bool(sign_before) and sign_before in "—–-"
                if opens_or_closes and not follows_dash and self._opens_again(place, sign):
                    return None
                if (opening, sign) in _MISTYPED and not self._is_mistyped(place, opening):
                    continue
                return depth
        return None

    def _single(self, sign: str, place: int) -> int:
        """Return where a quotation in single marks ends; 0 if the sign is an apostrophe."""
        sign_after = self._text[place + 1 : place + 2]
        if not self._opens(place, sign) or not sign_after.isalpha():
            return 0
        if sign == "'" and _NO_QUOTATION.match(self._text, place):
            return 0
        last_place = 0
        limit = place + _LONGEST_SINGLE
        search_start = max(place + 1, self._barren.get(sign, 0))
        for match in _APOSTROPHES.finditer(self._text, search_start, limit):
            mark_offset = match.start()
            if (
                match[0] in _SINGLE
                and match[0] not in _SINGLE[sign]
                and self._opens(mark_offset, match[0])
            ):
                break
            if match[0] not in _SINGLE[sign] or self._text[mark_offset - 1].isspace():
                continue
            signs_after = self._text[mark_offset + 1 : mark_offset + 3]
            if signs_after[:1].isalnum():
                continue
            last_place = mark_offset
            is_possessive = (
                self._text[mark_offset - 1] in "sS"
                and signs_after[:1] == " "
                and signs_after[1:].islower()
            )
            if not is_possessive:
                return last_place
        else:
            if not last_place:
                self._barren[sign] = limit
        return last_place


GapKind = Literal["ellipsis", "bracket"]

_ELLIPSIS = (
    r"\[\s?(?:(?:\.\s?){2,5}|…)\s?\]|\(\s?(?:(?:\.\s?){3,5}|…)\s?\)|(?:\.\s?){2,5}\.|…|\*{3,20}"
)
_BRACKET = r"\[[^\[\]]{0,300}\]"
_WITHIN = r"\w{0,40}\[\w{0,12}\]\w{1,40}|\w{1,40}\[\w{0,12}\]"
"""A letter or an ending in the author's brackets: `[h]e`, `report[ed]`."""
_MOST_GAPS = 200
"""The most gaps of a quotation that is cut at them: each part is a new search."""
_PARAGRAPH_END = pattern(r"\n\n")
_GAPS = pattern(_ELLIPSIS)
_GAPS_AND_BRACKETS = pattern(rf"(?P<ellipsis>{_ELLIPSIS})|(?P<within>{_WITHIN})|{_BRACKET}")
_OF_THE_AUTHOR = pattern(
    r"\[\s?(?:sic!?|!|\?|(?:my |our |added |original )?(?:emphasis|italics)[^\[\]]{0,60}"
    r"|(?:author|translat|trans\.)[^\[\]]{0,60})\s?\]",
)


class SegmentGap(NamedTuple):
    """The gap between two segments."""

    kind: GapKind
    text: str
    parts_paragraphs: bool
    """Whether the quotation begins a new paragraph there."""


class Passage(NamedTuple):
    """A quotation in segments that the cable must have unchanged."""

    text: str
    segments: tuple[TokenRow, ...]
    gaps: tuple[SegmentGap, ...]
    """One between every two segments."""

    @property
    def size(self) -> int:
        """The number of words of all segments."""
        return sum(len(segment.tokens) for segment in self.segments)


def passages(text: str) -> tuple[Passage, ...]:
    """Return the readings of a quotation: its brackets are the cable's, or its author's."""
    text = repaired(text)
    text = _OF_THE_AUTHOR.sub(lambda match: " " * len(match[0]), text)
    quotation_tokens: list[Token] = []
    last_token_end = 0
    begins = [match.end() for match in _PARAGRAPH_END.finditer(text)]
    for token in tokens_of(text, skipped_in_quotation(text), begins):
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
    for kind, start, end in (*gaps, ("ellipsis", len(text), len(text))):
        gap_token = first_token
        while gap_token < len(tokens) and tokens[gap_token].end <= start:
            gap_token += 1
        if gap_token > first_token:
            if segments:
                segment_gaps.append(_gap(text, waiting_gaps))
            segments.append(TokenRow(tokens[first_token:gap_token], text))
            waiting_gaps = []
        waiting_gaps.append((kind, start, end))
        first_token = gap_token
        while first_token < len(tokens) and tokens[first_token].start < end:
            first_token += 1
    return Passage(text, tuple(segments), tuple(segment_gaps))


def _gap(text: str, gaps: Sequence[tuple[GapKind, int, int]]) -> SegmentGap:
    """Join several gaps in a row: an ellipsis allows most."""
    gap_start, gap_end = gaps[0][1], gaps[-1][2]
    kinds = {kind for kind, _, _ in gaps}
    text_around = text[max(gap_start - 2, 0) : gap_end + 2]
    return SegmentGap(
        "ellipsis" if "ellipsis" in kinds else "bracket",
        text[gap_start:gap_end],
        "\n\n" in text_around,
    )
