"""A comparison as rows, one for each paragraph, with what it counts and the names that it hides.

Paragraphs that are elsewhere in the other text are found among those that are in one text only.

Whoever prepared a record may have removed a name to protect somebody: such names are hidden until
they are asked for. What fills a redaction or a gap is hidden as a whole. If the words are merely
missing, or others were put for them, names are known by their capitals; in a text of capitals only,
short changes are taken for names. Too much is hidden rather than too little.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from cable_tui.base.cable import Span
from cable_tui.base.value import Value
from cable_tui.glossary.tables import word_lists
from cable_tui.telegram.comparison.alignment import Move, size_of
from cable_tui.telegram.comparison.changes import (
    Change,
    Kind,
    Side,
    changes,
    changes_inside,
    count_redactions,
)
from cable_tui.telegram.comparison.words import (
    HIDDEN,
    ComparedText,
    TextPart,
)

RowKind = Literal["same", "changed", "deleted", "inserted", "moved", "moved-here"]
_WHOLE = 8
"""A paragraph of at least this many words is not a rewording of the one at its position."""


class RowPiece(NamedTuple):
    """Words of one kind, with each side's own spelling, on one line."""

    kind: Kind
    left: str
    right: str
    side: Side = ""
    """The side as in `Change`."""
    hidden: bool = False
    """Whether `left` and `right` have signs for names that are removed from the other record."""
    full_left: str = ""
    """Text with the removed names; empty if nothing is masked."""
    full_right: str = ""


class ComparisonRow(NamedTuple):
    """One paragraph, or its replacement."""

    kind: RowKind
    left: TextPart | None
    right: TextPart | None
    pieces: tuple[RowPiece, ...]


class Counts(NamedTuple):
    """The differences of two texts in numbers; pairs are of the first text and of the second."""

    changes: int
    """The number of differences; a moved paragraph counts as one, plus those inside it."""
    words: tuple[int, int]
    """Words that only one has, without those next to a redaction or a blank."""
    redactions: tuple[int, int]
    filled: tuple[int, int]
    """The number of redactions that the other text fills."""
    blanks: tuple[int, int]
    """The number of gaps that the other text fills; an unfilled gap cannot be recognised."""
    moved: int
    hidden: int
    """The number of differences with a hidden name."""


class Comparison(NamedTuple):
    """Two texts side by side."""

    rows: tuple[ComparisonRow, ...]
    counts: Counts

    @property
    def same(self) -> bool:
        """Whether all words are the same."""
        return not self.counts.changes


class _Cut(NamedTuple):
    """A change within one row."""

    change: Change
    left: int | None
    """The part of either text that the row shows."""
    right: int | None


def compare(left: ComparedText, right: ComparedText, *, one_cable: bool) -> Comparison:
    """Return two texts compared by their words; `one_cable`: they are records of the same cable.

    Then words of one alone may have been removed from the other, and names are hidden.
    """
    all_changes, moved_paragraphs = changes(left, right)
    grouped_cuts = list(
        _with_moved(left, right, _grouped(_cuts(left, right, all_changes)), moved_paragraphs)
    )
    names = HiddenNames(left, right, one_cable=one_cable)
    for kind, cuts in grouped_cuts:
        if kind in ("changed", "moved"):
            names.learn(cut.change for cut in cuts)
    rows = tuple(_row(left, right, names, *row_group) for row_group in grouped_cuts)
    return Comparison(rows, _counts(left, right, grouped_cuts, rows))


def _cuts(left: ComparedText, right: ComparedText, all_changes: Sequence[Change]) -> Iterator[_Cut]:
    """Yield the changes, cut where a paragraph ends."""
    part: int | None = None
    for change in all_changes:
        kind, (start, end), (right_start, _), _ = change
        right_part = _part(right, change.right)
        if kind == "moved":
            yield _Cut(change, _part(left, change.left), right_part)
        elif kind == "same" and change.sizes[0] == change.sizes[1]:
            for part_start, part_end in _by_part(left, change.left):
                part = left.part_of[part_start]
                begin = right_start + part_start - start
                part_change = Change(
                    "same", (part_start, part_end), (begin, begin + part_end - part_start)
                )
                yield _Cut(part_change, part, right.part_of[begin])
        elif kind in ("same", "redaction", "blank") or _in_place(left, right, change):
            part = left.part_of[start] if start < end else _beside(left, right, change, part)
            yield _Cut(change, part, right_part)
        else:
            for divided_cut in _divided(left, right, change, part):
                yield divided_cut
                part = part if divided_cut.left is None else divided_cut.left


def _divided(
    left: ComparedText, right: ComparedText, change: Change, part: int | None
) -> Iterator[_Cut]:
    """Yield a change over several paragraphs: the end of one, whole ones, a beginning."""
    (left_start, left_end), (right_start, right_end) = change.left, change.right
    left_ranges, right_ranges = (
        list(_by_part(left, change.left)),
        list(_by_part(right, change.right)),
    )
    ends = (
        _take(left_ranges, 0, wanted=_goes_on(left, left_start)),
        _take(right_ranges, 0, wanted=_goes_on(right, right_start)),
    )
    begins = (
        _take(left_ranges, -1, wanted=_goes_on(left, left_end)),
        _take(right_ranges, -1, wanted=_goes_on(right, right_end)),
    )
    next_part = left.part_of[left_end] if left_end < len(left.part_of) else part
    if any(ends):
        yield _both(right, ends, (left_start, right_start), next_part if part is None else part)
    for first, last in left_ranges:
        yield _Cut(
            Change("deleted", (first, last), (right_start, right_start)), left.part_of[first], None
        )
    for first, last in right_ranges:
        yield _Cut(
            Change("inserted", (left_end, left_end), (first, last)), None, right.part_of[first]
        )
    if any(begins):
        yield _both(right, begins, (left_end, right_end), next_part)


def _take(ranges: list[Span], index: int, *, wanted: bool) -> Span | None:
    return ranges.pop(index) if wanted and ranges else None


def _goes_on(text: ComparedText, index: int) -> bool:
    """Return whether a paragraph continues before a position."""
    return 0 < index < len(text.part_of) and text.part_of[index - 1] == text.part_of[index]


def _both(
    right: ComparedText, ranges: tuple[Span | None, Span | None], span: Span, part: int | None
) -> _Cut:
    left_range, right_range = ranges
    kind: Kind = (
        "replaced" if left_range and right_range else "deleted" if left_range else "inserted"
    )
    change = Change(kind, left_range or (span[0], span[0]), right_range or (span[1], span[1]))
    return _Cut(change, part, _part(right, change.right))


def _in_place(left: ComparedText, right: ComparedText, change: Change) -> bool:
    """Return whether words were replaced within one paragraph."""
    if change.kind != "replaced":
        return False
    (left_start, left_end), (right_start, right_end) = change.left, change.right
    if (
        left.part_of[left_start] != left.part_of[left_end - 1]
        or right.part_of[right_start] != right.part_of[right_end - 1]
    ):
        return False
    return not (
        _is_long_paragraph(left, left.part_of[left_start], left_end - left_start)
        or _is_long_paragraph(right, right.part_of[right_start], right_end - right_start)
    )


def _is_long_paragraph(text: ComparedText, part: int, words: int) -> bool:
    """Return whether `words` words of a part are all of it, and enough to stand alone."""
    token_count = bisect_right(text.part_of, part) - bisect_left(text.part_of, part)
    return token_count == words >= _WHOLE


def _beside(
    left: ComparedText, right: ComparedText, change: Change, part: int | None
) -> int | None:
    """Return the paragraph before a position, or after it if the words begin that one."""
    (_, left_end), (right_start, right_end) = change.left, change.right
    if left_end >= len(left.part_of):
        return part
    next_part = left.part_of[left_end]
    begins = (
        right_end < len(right.part_of) and right.part_of[right_end] == right.part_of[right_end - 1]
    )
    right_goes_on = right_start > 0 and right.part_of[right_start - 1] == right.part_of[right_start]
    return next_part if part is None or (begins and not right_goes_on) else part


def _part(text: ComparedText, span: Span) -> int | None:
    return text.part_of[span[0]] if size_of(span) else None


def _by_part(text: ComparedText, span: Span) -> Iterator[Span]:
    first_token, token_end = span
    first_place = first_token
    for index in range(first_token + 1, token_end + 1):
        if index == token_end or text.part_of[index] != text.part_of[first_place]:
            yield first_place, index
            first_place = index


_Group = tuple[RowKind, list[_Cut]]


def _grouped(cuts: Iterator[_Cut]) -> Iterator[_Group]:
    """Yield the rows: cuts of a paragraph of the first text, or of one only in the second."""
    row: list[_Cut] = []
    for cut in cuts:
        ends = bool(row) and "moved" in (cut.change.kind, row[0].change.kind)
        if row and (
            ends or cut.left != row[0].left or (cut.left is None and cut.right != row[0].right)
        ):
            yield _kind(row), row
            row = []
        row.append(cut)
    if row:
        yield _kind(row), row


def _kind(row: Sequence[_Cut]) -> RowKind:
    kinds = {cut.change.kind for cut in row}
    if kinds == {"same"}:
        return "same"
    if kinds == {"deleted"}:
        return "deleted"
    if kinds == {"inserted"} and row[0].left is None:
        return "inserted"
    return "changed"


def _with_moved(
    left: ComparedText, right: ComparedText, groups: Iterator[_Group], moved: Sequence[Move]
) -> Iterator[_Group]:
    """Yield the rows, with the differences within a moved paragraph where the first text has it."""
    moves_by_left = {move.left[0]: move for move in moved}
    moves_by_right = {move.right[0]: move for move in moved}
    for row_kind, row in groups:
        change = row[0].change
        if change.kind != "moved":
            yield row_kind, row
        elif row[0].left is not None:
            yield "moved", list(_inner(left, right, moves_by_left[change.left[0]]))
        else:
            part = left.part_of[moves_by_right[change.right[0]].left[0]]
            yield "moved-here", [_Cut(change._replace(kind="inserted"), part, row[0].right)]


def _inner(left: ComparedText, right: ComparedText, move: Move) -> Iterator[_Cut]:
    """Yield the differences within a moved paragraph."""
    left_part, right_part = left.part_of[move.left[0]], right.part_of[move.right[0]]
    return (_Cut(change, left_part, right_part) for change in changes_inside(left, right, move))


def _row(
    left: ComparedText, right: ComparedText, names: HiddenNames, kind: RowKind, cuts: Sequence[_Cut]
) -> ComparisonRow:
    left_part = next((cut.left for cut in cuts if cut.left is not None), None)
    right_part = next((cut.right for cut in cuts if cut.right is not None), None)
    return ComparisonRow(
        kind,
        None if left_part is None else left.parts[left_part],
        None if right_part is None else right.parts[right_part],
        tuple(_piece(left, right, names, cut.change) for cut in cuts),
    )


def _piece(left: ComparedText, right: ComparedText, names: HiddenNames, change: Change) -> RowPiece:
    full_texts = left.shown(*change.left), right.shown(*change.right)
    if change.kind == "same":
        return RowPiece(change.kind, *full_texts)
    shown_texts = (names.shown(change, 0), names.shown(change, 1))
    if shown_texts == full_texts:
        return RowPiece(change.kind, *full_texts, side=change.side)
    return RowPiece(change.kind, *shown_texts, change.side, True, *full_texts)


def _counts(
    left: ComparedText, right: ComparedText, groups: Sequence[_Group], rows: Sequence[ComparisonRow]
) -> Counts:
    moved_groups = sum(kind == "moved" for kind, _ in groups)
    differing_changes = [
        cut.change
        for kind, cuts in groups
        if kind != "moved-here"
        for cut in cuts
        if cut.change.kind != "same"
    ]
    counts_of_sides = (_of_side(left, 0, differing_changes), _of_side(right, 1, differing_changes))
    words, redactions, filled_redactions, blanks = zip(*counts_of_sides, strict=True)
    hidden_pieces = sum(piece.hidden for row in rows for piece in row.pieces)
    return Counts(
        len(differing_changes) + moved_groups,
        words,
        redactions,
        filled_redactions,
        blanks,
        moved_groups,
        hidden_pieces,
    )


def _of_side(
    text: ComparedText, number: int, all_changes: Sequence[Change]
) -> tuple[int, int, int, int]:
    """Count in one text: its own words, all redactions, those filled, the gaps filled."""
    own_changes = [change for change in all_changes if change.side == ("left", "right")[number]]
    return (
        sum(
            change.sizes[number]
            for change in all_changes
            if change.kind not in ("redaction", "blank")
        ),
        count_redactions(text, (0, len(text.places))),
        sum(
            count_redactions(text, _span(change, number))
            for change in own_changes
            if change.sizes[1 - number]
        ),
        sum(change.kind == "blank" for change in own_changes),
    )


_NO_NAMES = word_lists("name_words")["CAPITALIZED"]
"""Words in small letters that begin with a capital and are not names."""
_OFFICIAL = ("header", "top")
"""Parts with names of posts, offices and officers."""
_SHORT = 4
"""The most words of a change, in a text of capitals, that may be a name."""
_SAME_NAME = 0.75
"""Likeness of two spellings of one name."""


class HiddenNames:
    """The names that are hidden in a comparison of two texts."""

    def __init__(self, left: ComparedText, right: ComparedText, *, one_cable: bool) -> None:
        self._texts = left, right
        self._known = frozenset(left.keys), frozenset(right.keys)
        self._capitals = tuple(_is_of_capitals(text.text) for text in (left, right))
        self._one_cable = one_cable
        self._removed: set[str] = set()

    def learn(self, all_changes: Iterable[Change]) -> None:
        """Take in the changes within paragraphs: names removed there are hidden everywhere."""
        for change in all_changes:
            for text_number in (0, 1):
                self._removed.update(
                    self._texts[text_number].key(index)
                    for index in self._names(change, text_number)
                )

    def shown(self, change: Change, number: int) -> str:
        """Return the words of a change in one of the texts, 0 or 1, with `HIDDEN` for names."""
        change_start, change_end = _span(change, number)
        text = self._texts[number]
        if change.kind == "same":
            return text.shown(change_start, change_end)
        if self._fills(change, number):
            return HIDDEN if change_start < change_end else ""
        hidden_tokens = set(self._names(change, number))
        hidden_tokens.update(
            index for index in range(change_start, change_end) if text.key(index) in self._removed
        )
        return text.shown(change_start, change_end, hidden_tokens)

    def _fills(self, change: Change, number: int) -> bool:
        """Return whether the words of a text fill a redaction or a blank of the other."""
        own_side = ("left", "right")[number]
        return change.kind in ("redaction", "blank") and change.side != own_side

    def _names(self, change: Change, number: int) -> Iterator[int]:
        """Yield the words of a change that are names, and are not in the other text."""
        if change.kind == "same":
            return
        start, change_end = _span(change, number)
        text, other_names = self._texts[number], self._known[1 - number]
        fills = self._fills(change, number)
        if not fills and (not self._one_cable or change.kind == "redaction"):
            return
        if not fills and start < change_end and text.parts[text.part_of[start]].name in _OFFICIAL:
            return
        for token_index in range(start, change_end):
            key = text.key(token_index)
            if key in other_names or not self._is_name(number, token_index, change_end - start):
                continue
            if fills or not self._spelt_otherwise(key, change, 1 - number):
                yield token_index

    def _is_name(self, number: int, index: int, size: int) -> bool:
        compared_text = self._texts[number]
        word = compared_text.words[compared_text.places[index]]
        if len(word.key) < 2 or word.key in _NO_NAMES or not word.key.isalpha():
            return False
        if self._capitals[number]:
            return size <= _SHORT
        return compared_text.text[word.start].isupper()

    def _spelt_otherwise(self, key: str, change: Change, number: int) -> bool:
        """Return whether the other text has nearly the same word at that position."""
        from rapidfuzz.distance import Indel  # only if texts differ

        change_start, change_end = _span(change, number)
        other_text = self._texts[number]
        return any(
            Indel.normalized_similarity(key, other_text.key(index)) >= _SAME_NAME
            for index in range(change_start, change_end)
        )


def _span(change: Change, number: int) -> Span:
    return change.right if number else change.left


def _is_of_capitals(text: str) -> bool:
    """Return whether a text is almost entirely in capitals."""
    small_letters = len(re.findall("[a-z]", text))
    return small_letters * 10 < len(re.findall("[A-Z]", text))


class Version(Value):
    """One of two texts that are compared."""

    reference_id: str
    canonical_id: str
    record: int
    """Its number among the records of its cable, from 1: the shown one first."""
    records: int
    """Number of records."""
    path: str
    format: str
    labels: tuple[str, ...] = ()
    """The labels of its paragraphs."""


class Versions(Value):
    """Two texts, and their comparison."""

    left: Version
    right: Version
    comparison: Comparison

    @property
    def one_cable(self) -> bool:
        """Whether both are records of the same cable."""
        return self.left.canonical_id == self.right.canonical_id
