"""A comparison as rows, one for each paragraph, with its counts and the names that it hides.

Moved paragraphs are searched for among the paragraphs that are in only one text.

A name may have been removed from a record to protect a person. Such names are hidden until the
reader asks for them. Text that fills a redaction or a gap is hidden entirely. If words are merely
missing or replaced, names are identified by their capitals; in a text of capitals only, short
changes count as names. The comparison hides too much rather than too little.
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
"""The minimum length, in words, of a paragraph that is not treated as a rewording of the paragraph
at its position.
"""


class RowPiece(NamedTuple):
    """Words of the same kind, as each side spells them, on one line."""

    kind: Kind
    left: str
    right: str
    side: Side = ""
    """The side, as in `Change`."""
    hidden: bool = False
    """Whether `left` and `right` have placeholders for names that were removed from the other
    record.
    """
    full_left: str = ""
    """The left text with the removed names; empty if nothing is masked."""
    full_right: str = ""


class ComparisonRow(NamedTuple):
    """A paragraph, or the words that replace it."""

    kind: RowKind
    left: TextPart | None
    right: TextPart | None
    pieces: tuple[RowPiece, ...]


class Counts(NamedTuple):
    """The numbers of differences between two texts; pairs are for the first text and the second."""

    changes: int
    """The number of differences; a moved paragraph counts as one, plus the differences within it.
    """
    words: tuple[int, int]
    """The numbers of words in only one text, without the words next to a redaction or a gap."""
    redactions: tuple[int, int]
    filled: tuple[int, int]
    """The numbers of redactions that the other text fills."""
    blanks: tuple[int, int]
    """The numbers of gaps that the other text fills; an unfilled gap cannot be recognized."""
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
    """The part of the left text that the row shows."""
    right: int | None


def compare(left_text: ComparedText, right_text: ComparedText, *, one_cable: bool) -> Comparison:
    """Return a comparison of two texts by their words.

    If both are records of `one_cable`, words that are in only one may have been removed from the
    other, so names are hidden.
    """
    all_changes, moved_paragraphs = changes(left_text, right_text)
    grouped_cuts = list(
        _with_moved(
            left_text,
            right_text,
            _grouped(_cuts(left_text, right_text, all_changes)),
            moved_paragraphs,
        )
    )
    hidden_names = HiddenNames(left_text, right_text, one_cable=one_cable)
    for row_kind, cuts in grouped_cuts:
        if row_kind in ("changed", "moved"):
            hidden_names.learn(cut.change for cut in cuts)
    rows = tuple(
        _row(left_text, right_text, hidden_names, *row_group) for row_group in grouped_cuts
    )
    return Comparison(rows, _counts(left_text, right_text, grouped_cuts, rows))


def _cuts(
    left_text: ComparedText, right_text: ComparedText, all_changes: Sequence[Change]
) -> Iterator[_Cut]:
    """Yield the changes, divided where a paragraph ends."""
    left_part: int | None = None
    for change in all_changes:
        change_kind, (left_start, left_end), (right_start, _), _ = change
        right_part = _part(right_text, change.right)
        if change_kind == "moved":
            yield _Cut(change, _part(left_text, change.left), right_part)
        elif change_kind == "same" and change.sizes[0] == change.sizes[1]:
            for part_start, part_end in _by_part(left_text, change.left):
                left_part = left_text.part_of[part_start]
                right_begin = right_start + part_start - left_start
                part_change = Change(
                    "same",
                    (part_start, part_end),
                    (right_begin, right_begin + part_end - part_start),
                )
                yield _Cut(part_change, left_part, right_text.part_of[right_begin])
        elif change_kind in ("same", "redaction", "blank") or _in_place(
            left_text, right_text, change
        ):
            left_part = (
                left_text.part_of[left_start]
                if left_start < left_end
                else _beside(left_text, right_text, change, left_part)
            )
            yield _Cut(change, left_part, right_part)
        else:
            for divided_cut in _divided(left_text, right_text, change, left_part):
                yield divided_cut
                left_part = left_part if divided_cut.left is None else divided_cut.left


def _divided(
    left_text: ComparedText, right_text: ComparedText, change: Change, previous_part: int | None
) -> Iterator[_Cut]:
    """Yield the parts of a change across paragraphs: the end of one, whole ones, a beginning."""
    (left_start, left_end), (right_start, right_end) = change.left, change.right
    left_ranges, right_ranges = (
        list(_by_part(left_text, change.left)),
        list(_by_part(right_text, change.right)),
    )
    end_ranges = (
        _take(left_ranges, 0, wanted=_goes_on(left_text, left_start)),
        _take(right_ranges, 0, wanted=_goes_on(right_text, right_start)),
    )
    begin_ranges = (
        _take(left_ranges, -1, wanted=_goes_on(left_text, left_end)),
        _take(right_ranges, -1, wanted=_goes_on(right_text, right_end)),
    )
    next_part = left_text.part_of[left_end] if left_end < len(left_text.part_of) else previous_part
    if any(end_ranges):
        yield _both(
            right_text,
            end_ranges,
            (left_start, right_start),
            next_part if previous_part is None else previous_part,
        )
    for range_start, range_end in left_ranges:
        yield _Cut(
            Change("deleted", (range_start, range_end), (right_start, right_start)),
            left_text.part_of[range_start],
            None,
        )
    for range_start, range_end in right_ranges:
        yield _Cut(
            Change("inserted", (left_end, left_end), (range_start, range_end)),
            None,
            right_text.part_of[range_start],
        )
    if any(begin_ranges):
        yield _both(right_text, begin_ranges, (left_end, right_end), next_part)


def _take(ranges: list[Span], index: int, *, wanted: bool) -> Span | None:
    return ranges.pop(index) if wanted and ranges else None


def _goes_on(text: ComparedText, index: int) -> bool:
    """Return whether a paragraph continues across a position."""
    return 0 < index < len(text.part_of) and text.part_of[index - 1] == text.part_of[index]


def _both(
    right_text: ComparedText,
    ranges: tuple[Span | None, Span | None],
    empty_positions: Span,
    left_part: int | None,
) -> _Cut:
    left_range, right_range = ranges
    change_kind: Kind = (
        "replaced" if left_range and right_range else "deleted" if left_range else "inserted"
    )
    change = Change(
        change_kind,
        left_range or (empty_positions[0], empty_positions[0]),
        right_range or (empty_positions[1], empty_positions[1]),
    )
    return _Cut(change, left_part, _part(right_text, change.right))


def _in_place(left_text: ComparedText, right_text: ComparedText, change: Change) -> bool:
    """Return whether words were replaced within one paragraph."""
    if change.kind != "replaced":
        return False
    (left_start, left_end), (right_start, right_end) = change.left, change.right
    if (
        left_text.part_of[left_start] != left_text.part_of[left_end - 1]
        or right_text.part_of[right_start] != right_text.part_of[right_end - 1]
    ):
        return False
    return not (
        _is_long_paragraph(left_text, left_text.part_of[left_start], left_end - left_start)
        or _is_long_paragraph(right_text, right_text.part_of[right_start], right_end - right_start)
    )


def _is_long_paragraph(text: ComparedText, part_index: int, word_count: int) -> bool:
    """Return whether `word_count` words are the whole of a part, and enough for a separate row."""
    token_count = bisect_right(text.part_of, part_index) - bisect_left(text.part_of, part_index)
    return token_count == word_count >= _WHOLE


def _beside(
    left_text: ComparedText, right_text: ComparedText, change: Change, previous_part: int | None
) -> int | None:
    """Return the paragraph before a position, or the next one if the words belong to its start."""
    (_, left_end), (right_start, right_end) = change.left, change.right
    if left_end >= len(left_text.part_of):
        return previous_part
    next_part = left_text.part_of[left_end]
    begins_paragraph = (
        right_end < len(right_text.part_of)
        and right_text.part_of[right_end] == right_text.part_of[right_end - 1]
    )
    continues_paragraph = (
        right_start > 0 and right_text.part_of[right_start - 1] == right_text.part_of[right_start]
    )
    return (
        next_part
        if previous_part is None or (begins_paragraph and not continues_paragraph)
        else previous_part
    )


def _part(text: ComparedText, span: Span) -> int | None:
    return text.part_of[span[0]] if size_of(span) else None


def _by_part(text: ComparedText, span: Span) -> Iterator[Span]:
    span_start, span_end = span
    part_start = span_start
    for index in range(span_start + 1, span_end + 1):
        if index == span_end or text.part_of[index] != text.part_of[part_start]:
            yield part_start, index
            part_start = index


_Group = tuple[RowKind, list[_Cut]]


def _grouped(cuts: Iterator[_Cut]) -> Iterator[_Group]:
    """Yield the rows: the cuts of a paragraph in the first text, or of one only in the second."""
    row_cuts: list[_Cut] = []
    for cut in cuts:
        ends_row = bool(row_cuts) and "moved" in (cut.change.kind, row_cuts[0].change.kind)
        if row_cuts and (
            ends_row
            or cut.left != row_cuts[0].left
            or (cut.left is None and cut.right != row_cuts[0].right)
        ):
            yield _kind(row_cuts), row_cuts
            row_cuts = []
        row_cuts.append(cut)
    if row_cuts:
        yield _kind(row_cuts), row_cuts


def _kind(row_cuts: Sequence[_Cut]) -> RowKind:
    change_kinds = {cut.change.kind for cut in row_cuts}
    if change_kinds == {"same"}:
        return "same"
    if change_kinds == {"deleted"}:
        return "deleted"
    if change_kinds == {"inserted"} and row_cuts[0].left is None:
        return "inserted"
    return "changed"


def _with_moved(
    left_text: ComparedText,
    right_text: ComparedText,
    grouped_cuts: Iterator[_Group],
    all_moves: Sequence[Move],
) -> Iterator[_Group]:
    """Yield the rows.

    Differences within a moved paragraph are placed where the first text has it.
    """
    moves_by_left = {move.left[0]: move for move in all_moves}
    moves_by_right = {move.right[0]: move for move in all_moves}
    for row_kind, row_cuts in grouped_cuts:
        change = row_cuts[0].change
        if change.kind != "moved":
            yield row_kind, row_cuts
        elif row_cuts[0].left is not None:
            yield "moved", list(_inner(left_text, right_text, moves_by_left[change.left[0]]))
        else:
            left_part = left_text.part_of[moves_by_right[change.right[0]].left[0]]
            yield (
                "moved-here",
                [_Cut(change._replace(kind="inserted"), left_part, row_cuts[0].right)],
            )


def _inner(left_text: ComparedText, right_text: ComparedText, move: Move) -> Iterator[_Cut]:
    """Yield the differences within a moved paragraph."""
    left_part, right_part = left_text.part_of[move.left[0]], right_text.part_of[move.right[0]]
    return (
        _Cut(change, left_part, right_part)
        for change in changes_inside(left_text, right_text, move)
    )


def _row(
    left_text: ComparedText,
    right_text: ComparedText,
    hidden_names: HiddenNames,
    row_kind: RowKind,
    cuts: Sequence[_Cut],
) -> ComparisonRow:
    left_part = next((cut.left for cut in cuts if cut.left is not None), None)
    right_part = next((cut.right for cut in cuts if cut.right is not None), None)
    return ComparisonRow(
        row_kind,
        None if left_part is None else left_text.parts[left_part],
        None if right_part is None else right_text.parts[right_part],
        tuple(_piece(left_text, right_text, hidden_names, cut.change) for cut in cuts),
    )


def _piece(
    left_text: ComparedText, right_text: ComparedText, hidden_names: HiddenNames, change: Change
) -> RowPiece:
    full_texts = left_text.shown(*change.left), right_text.shown(*change.right)
    if change.kind == "same":
        return RowPiece(change.kind, *full_texts)
    shown_texts = (hidden_names.shown(change, 0), hidden_names.shown(change, 1))
    if shown_texts == full_texts:
        return RowPiece(change.kind, *full_texts, side=change.side)
    return RowPiece(change.kind, *shown_texts, change.side, True, *full_texts)


def _counts(
    left_text: ComparedText,
    right_text: ComparedText,
    grouped_cuts: Sequence[_Group],
    rows: Sequence[ComparisonRow],
) -> Counts:
    moved_groups = sum(row_kind == "moved" for row_kind, _ in grouped_cuts)
    differing_changes = [
        cut.change
        for row_kind, cuts in grouped_cuts
        if row_kind != "moved-here"
        for cut in cuts
        if cut.change.kind != "same"
    ]
    side_counts = (
        _of_side(left_text, 0, differing_changes),
        _of_side(right_text, 1, differing_changes),
    )
    word_counts, redaction_counts, filled_counts, blank_counts = zip(*side_counts, strict=True)
    hidden_pieces = sum(piece.hidden for row in rows for piece in row.pieces)
    return Counts(
        len(differing_changes) + moved_groups,
        word_counts,
        redaction_counts,
        filled_counts,
        blank_counts,
        moved_groups,
        hidden_pieces,
    )


def _of_side(
    text: ComparedText, text_number: int, all_changes: Sequence[Change]
) -> tuple[int, int, int, int]:
    """Return the counts for one text: own words, redactions, filled redactions, filled gaps."""
    own_changes = [
        change for change in all_changes if change.side == ("left", "right")[text_number]
    ]
    return (
        sum(
            change.sizes[text_number]
            for change in all_changes
            if change.kind not in ("redaction", "blank")
        ),
        count_redactions(text, (0, len(text.places))),
        sum(
            count_redactions(text, _span(change, text_number))
            for change in own_changes
            if change.sizes[1 - text_number]
        ),
        sum(change.kind == "blank" for change in own_changes),
    )


_NO_NAMES = word_lists("name_words")["CAPITALIZED"]
"""Words that begin with a capital even in mixed-case text, but are not names."""
_OFFICIAL = ("header", "top")
"""The parts that contain names of posts, offices and officers."""
_SHORT = 4
"""The maximum number of words in a change in capitals that may be a name."""
_SAME_NAME = 0.75
"""The minimum similarity of two spellings of the same name."""


class HiddenNames:
    """The names that are hidden in a comparison of two texts."""

    def __init__(
        self, left_text: ComparedText, right_text: ComparedText, *, one_cable: bool
    ) -> None:
        self._texts = left_text, right_text
        self._known = frozenset(left_text.keys), frozenset(right_text.keys)
        self._capitals = tuple(_is_of_capitals(text.text) for text in (left_text, right_text))
        self._one_cable = one_cable
        self._removed: set[str] = set()

    def learn(self, all_changes: Iterable[Change]) -> None:
        """Learn from changes within paragraphs: names removed there are hidden everywhere."""
        for change in all_changes:
            for text_number in (0, 1):
                self._removed.update(
                    self._texts[text_number].key(index)
                    for index in self._names(change, text_number)
                )

    def shown(self, change: Change, text_number: int) -> str:
        """Return the words of a change in text 0 or 1, with `HIDDEN` in place of names."""
        change_start, change_end = _span(change, text_number)
        text = self._texts[text_number]
        if change.kind == "same":
            return text.shown(change_start, change_end)
        if self._fills(change, text_number):
            return HIDDEN if change_start < change_end else ""
        hidden_tokens = set(self._names(change, text_number))
        hidden_tokens.update(
            index for index in range(change_start, change_end) if text.key(index) in self._removed
        )
        return text.shown(change_start, change_end, hidden_tokens)

    def _fills(self, change: Change, text_number: int) -> bool:
        """Return whether the words of a text fill a redaction or a gap of the other text."""
        own_side = ("left", "right")[text_number]
        return change.kind in ("redaction", "blank") and change.side != own_side

    def _names(self, change: Change, text_number: int) -> Iterator[int]:
        """Yield the indexes of names in a change that are not in the other text."""
        if change.kind == "same":
            return
        change_start, change_end = _span(change, text_number)
        text, other_keys = self._texts[text_number], self._known[1 - text_number]
        fills_gap = self._fills(change, text_number)
        if not fills_gap and (not self._one_cable or change.kind == "redaction"):
            return
        if (
            not fills_gap
            and change_start < change_end
            and text.parts[text.part_of[change_start]].name in _OFFICIAL
        ):
            return
        for token_index in range(change_start, change_end):
            word_key = text.key(token_index)
            if word_key in other_keys or not self._is_name(
                text_number, token_index, change_end - change_start
            ):
                continue
            if fills_gap or not self._spelt_otherwise(word_key, change, 1 - text_number):
                yield token_index

    def _is_name(self, text_number: int, token_index: int, change_size: int) -> bool:
        compared_text = self._texts[text_number]
        word = compared_text.words[compared_text.places[token_index]]
        if len(word.key) < 2 or word.key in _NO_NAMES or not word.key.isalpha():
            return False
        if self._capitals[text_number]:
            return change_size <= _SHORT
        return compared_text.text[word.start].isupper()

    def _spelt_otherwise(self, word_key: str, change: Change, text_number: int) -> bool:
        """Return whether the other text has nearly the same word at this position."""
        from rapidfuzz.distance import Indel  # only if texts differ

        change_start, change_end = _span(change, text_number)
        other_text = self._texts[text_number]
        return any(
            Indel.normalized_similarity(word_key, other_text.key(index)) >= _SAME_NAME
            for index in range(change_start, change_end)
        )


def _span(change: Change, text_number: int) -> Span:
    return change.right if text_number else change.left


def _is_of_capitals(text: str) -> bool:
    """Return whether a text is almost entirely in capitals."""
    small_letters = len(re.findall("[a-z]", text))
    return small_letters * 10 < len(re.findall("[A-Z]", text))


class Version(Value):
    """One of two compared texts."""

    reference_id: str
    canonical_id: str
    record: int
    """The number of the record among the records of its cable, from 1, which is the displayed
    record.
    """
    records: int
    """The number of records of the cable."""
    path: str
    format: str
    labels: tuple[str, ...] = ()
    """The labels of the text's paragraphs."""


class Versions(Value):
    """Two texts, and their comparison."""

    left: Version
    right: Version
    comparison: Comparison

    @property
    def one_cable(self) -> bool:
        """Whether both texts are records of the same cable."""
        return self.left.canonical_id == self.right.canonical_id
