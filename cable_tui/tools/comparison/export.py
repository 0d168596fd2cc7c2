"""A comparison as lines of text for a screen or a file, as sentences, and as JSON.

Words in only one text are in `[-...-]` in the first text and in `{+...+}` in the second, so that
they are visible without color. Names that were removed from one record are hidden unless requested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from cable_tui.base.value import Value, picked
from cable_tui.text import clean_line, width, wrap
from cable_tui.text.numbers import counted
from cable_tui.tools.comparison.rows import (
    Comparison,
    ComparisonRow,
    Counts,
    RowPiece,
    Version,
    Versions,
)

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled, Only, OrNull, Positive
    from cable_tui.reports.page_of_rows import PageOfRows

WIDE = 120
"""The minimum width, in cells, for showing two texts side by side; otherwise one is below the
other.
"""
WARNING = (
    "Names removed from one version are shown. They may have been removed to protect someone: "
    "check before you publish."
)
HIDDEN_HOW = "hidden; --reveal shows them"
GAP = "[gap]"
"""The text in place of a gap that the other text fills."""
_BETWEEN = " │ "
_BETWEEN_ASCII = " | "

_IN_BRACKETS = ("[-first-]", "{+second+}")

Spans = tuple[tuple[str, str], ...]


class ComparedLine(NamedTuple):
    """One line: its text in pieces, each with a style."""

    spans: Spans
    row: int = -1
    """The index of the comparison row that the line belongs to, or -1."""
    head: bool = False
    """Whether the line is the first line of a row that differs."""


def titles(versions: Versions) -> tuple[str, str]:
    """Return a line for each of the compared texts."""
    return _title(versions.left), _title(versions.right)


def _title(version: Version) -> str:
    which_record = f", version {version.record} of {version.records}" if version.records > 1 else ""
    return clean_line(f"{version.reference_id}{which_record}: {version.path} ({version.format})")


def summary(versions: Versions, how: str = "", *, brackets: bool = True) -> Iterator[str]:
    """Yield sentences on the differences of two texts; `how` explains how to show hidden names.

    With `brackets`, the sentences explain the brackets around the words.
    """
    difference_counts = versions.comparison.counts
    if not difference_counts.changes:
        yield "Nothing differs: the words are the same."
    else:
        yield _differences(difference_counts, _IN_BRACKETS if brackets else ("first", "second"))
    yield from _redactions(difference_counts, one_cable=versions.one_cable)
    if difference_counts.hidden:
        yield (
            f"In {counted(difference_counts.hidden, 'difference')}, words found in only one text "
            "may be a name "
            f"({how or 'they are shown'})."
        )


def _differences(counts: Counts, side_names: tuple[str, str] = _IN_BRACKETS) -> str:
    counted_sides = zip(counts.words, side_names, strict=True)
    side_phrases = [
        f"{word_count:,} only in the {side_name}"
        for word_count, side_name in counted_sides
        if word_count
    ]
    phrases = [f"words: {', '.join(side_phrases)}"] if side_phrases else []
    phrases += [f"{counted(counts.moved, 'paragraph')} moved"] if counts.moved else []
    return f"{counted(counts.changes, 'difference')}{'; ' * bool(phrases)}{'; '.join(phrases)}."


def _redactions(counts: Counts, *, one_cable: bool) -> Iterator[str]:
    """Yield sentences on redactions, which only another record of the same cable can fill."""
    side_names = (("first", "second"), ("second", "first"))
    for gap_count, filled_redactions, (own_side, other_side) in zip(
        counts.redactions, counts.filled, side_names, strict=True
    ):
        if gap_count:
            redaction_words = f"{counted(gap_count, 'redaction')} in the {own_side}"
            if one_cable:
                filled_words = f"{filled_redactions or 'none'} filled by the {other_side}"
                yield f"{redaction_words}; {filled_words}."
            else:
                filled_note = (
                    f"; the {other_side} shows words in place of {filled_redactions:,}"
                    if filled_redactions
                    else ""
                )
                yield f"{redaction_words}{filled_note}."
    for gap_count, (own_side, other_side) in zip(counts.blanks, side_names, strict=True):
        if gap_count and one_cable:
            yield f"{counted(gap_count, 'gap')} in the {own_side} filled by the {other_side}."


def variant_line(versions: Versions) -> str:
    """Return `09RABAT27, version 2 of 2: a.html (html-page): 3 differences: ...`."""
    difference_counts = versions.comparison.counts
    difference_words = " ".join(
        (_differences(difference_counts), *_redactions(difference_counts, one_cable=True))
    )
    return f"{_title(versions.right)}: {difference_words}"


class SidesCount(Value):
    """A number for each of the two texts."""

    left: Count
    right: Count


class ComparedCounts(Value):
    """The numbers of differences."""

    changes: Count
    """The number of differences; a moved paragraph counts as one, plus the differences within it.
    """
    words: SidesCount
    """The numbers of words in only one text, without the words next to a redaction or a gap."""
    redactions: SidesCount
    """The numbers of redactions: runs of at least three X, or words such as [name not
    declassified].
    """
    filled: SidesCount
    """The numbers of redactions that the other text fills."""
    blanks: SidesCount
    """The numbers of gaps that the other text fills."""
    moved: Count
    """The number of paragraphs with a different position in the other text."""
    hidden: Count
    """The number of differences with words that are hidden unless --reveal is given."""


class ComparedVersion(Value):
    """One of two texts."""

    reference_id: Filled
    """The reference ID of the cable."""
    record: Positive
    """The number of the record among the records of its cable; 1 is the record that `show`
    displays.
    """
    records: Positive
    """The number of records of the cable."""
    path: str
    """The path of the file, relative to the archive's folder."""
    format: Filled


class ComparedRecord(ComparedVersion):
    """A record whose words differ from the displayed record of its cable."""

    counts: ComparedCounts


class CompareRecordsAnswer(Value):
    """The output of `compare PATH --json` without a cable: records whose words differ.

    The records are compared with the displayed record of their cable.
    """

    count: Count
    """The number of records."""
    records: tuple[ComparedRecord, ...]
    """The records, newest cable first; in the counts, left is the displayed record."""
    page: Only[PageOfRows | None] = None


class ComparedPiece(Value):
    """Words of a paragraph."""

    kind: Literal["same", "deleted", "inserted", "replaced", "redaction", "blank"]
    side: OrNull[Literal["left", "right"]]
    """The text that contains the redaction or the gap."""
    left: str
    """The words of the left text on one line; `[hidden]` in place of hidden words."""
    right: str
    hidden: bool


class ComparedParagraph(Value):
    """A paragraph of one or both texts."""

    kind: Literal["same", "changed", "deleted", "inserted", "moved", "moved-here"]
    """How the paragraph differs. deleted: it is only in the left text; moved-here: the position of
    a moved paragraph in the right text.
    """
    left: str | None
    """The paragraph in the left text: `header`, `top`, `end`, `¶` with a number, or only `¶`; null
    if the left text has no such paragraph.
    """
    right: str | None
    """The paragraph in the right text: `header`, `top`, `end`, `¶` with a number, or only `¶`; null
    if the right text has no such paragraph.
    """
    pieces: tuple[ComparedPiece, ...]


class CompareAnswer(Value):
    """The output of `compare --json`: two texts, and the differences of their words."""

    left: ComparedVersion
    right: ComparedVersion
    same: bool
    """Whether all words are the same."""
    summary: tuple[str, ...]
    """The differences, in sentences."""
    counts: ComparedCounts
    names_shown: bool
    """Whether --reveal was given."""
    paragraphs: tuple[ComparedParagraph, ...]
    """All paragraphs of both texts, in order."""


def compared_record(versions: Versions) -> ComparedRecord:
    """Return the JSON of a compared record; left is the first record, the displayed one."""
    return picked(ComparedRecord, versions.right, counts=_counts(versions.comparison.counts))


class PageLayout(NamedTuple):
    """The layout of a comparison."""

    cells: int
    full: bool = False
    """Whether to include equal paragraphs."""
    reveal: bool = False
    """Whether to show names that were removed from one record."""
    ascii_only: bool = False
    beside: bool = False
    """Whether to show the two texts side by side."""
    brackets: bool = True
    """Whether brackets mark the words of only one text, in addition to their style."""


def lines(comparison: Comparison, layout: PageLayout) -> Iterator[ComparedLine]:
    """Yield the differing paragraphs, side by side if there is room, otherwise below each other."""
    same_rows: list[int] = []
    for row_number, row in enumerate(comparison.rows):
        if row.kind == "same" and not layout.full:
            same_rows.append(row_number)
            continue
        yield from _folded(comparison.rows, same_rows, layout)
        same_rows = []
        heading = _heading(row)
        for index, (start, end) in enumerate(wrap(heading, layout.cells)):
            spans = ((heading[start:end], "heading"),)
            yield ComparedLine(spans, row_number, head=row.kind != "same" and not index)
        if row.kind != "moved-here":
            side_lines = _beside if layout.beside else _below
            yield from (ComparedLine(spans, row_number) for spans in side_lines(row, layout))
        yield ComparedLine((), row_number)
    yield from _folded(comparison.rows, same_rows, layout)


def _folded(
    rows: Sequence[ComparisonRow], same_rows: Sequence[int], layout: PageLayout
) -> Iterator[ComparedLine]:
    if not same_rows:
        return
    first_row, last_row = rows[same_rows[0]], rows[same_rows[-1]]
    row_names = (
        _name(first_row) if len(same_rows) == 1 else f"{_name(first_row)} to {_name(last_row)}"
    )
    folded_text = f"= {row_names}: the same"
    for start, end in wrap(folded_text, layout.cells):
        yield ComparedLine(((folded_text[start:end], "same"),), same_rows[0])
    yield ComparedLine((), same_rows[0])


def _name(row: ComparisonRow) -> str:
    text_part = row.left or row.right
    return _called(text_part.name) if text_part else ""


def _called(name: str) -> str:
    return "an unnumbered paragraph" if name == "¶" else name


def _heading(row: ComparisonRow) -> str:
    left_title = _called(row.left.name) if row.left else ""
    right_title = _called(row.right.name) if row.right else ""
    match row.kind:
        case "deleted":
            return f"{left_title}: only in the first text"
        case "inserted":
            return f"{right_title}: only in the second text"
        case "moved":
            return f"{left_title}: moved to {right_title} of the second text"
        case "moved-here":
            return f"{right_title} of the second text: moved from {left_title} of the first"
        case _:
            return (
                left_title
                if left_title == right_title or not right_title
                else f"{left_title or 'before'} | {right_title}"
            )


def _beside(row: ComparisonRow, layout: PageLayout) -> Iterator[Spans]:
    separator = _BETWEEN_ASCII if layout.ascii_only else _BETWEEN
    cells = (layout.cells - len(separator)) // 2
    left_lines, right_lines = (
        list(_wrapped(row, side, cells, layout)) for side in ("left", "right")
    )
    for line_number in range(max(len(left_lines), len(right_lines))):
        left_line = left_lines[line_number] if line_number < len(left_lines) else ()
        right_line = right_lines[line_number] if line_number < len(right_lines) else ()
        cells_left = cells - sum(width(text) for text, _ in left_line)
        yield (*left_line, (" " * cells_left, "same"), (separator, "rule"), *right_line)


def _below(row: ComparisonRow, layout: PageLayout) -> Iterator[Spans]:
    if row.kind == "same":
        yield from _wrapped(row, "left", layout.cells, layout)
        return
    for side_marker, side in (("1 ", "left"), ("2 ", "right")):
        for spans in _wrapped(row, side, layout.cells - len(side_marker), layout):
            yield ((side_marker, side), *spans)


def _wrapped(row: ComparisonRow, side: str, cells: int, layout: PageLayout) -> Iterator[Spans]:
    """Yield one side of a row in lines that are at most `cells` wide."""
    shown_pieces = list(filter(None, (_shown(piece, side, layout) for piece in row.pieces)))
    side_text = " ".join(piece_text for piece_text, _ in shown_pieces)
    if not side_text:
        return
    for start, end in wrap(side_text, max(cells, 1)):
        yield tuple(_cut(shown_pieces, start, end))


def _cut(pieces: Iterable[tuple[str, str]], start: int, end: int) -> Iterator[tuple[str, str]]:
    offset = 0
    for text, style in pieces:
        cut_start, cut_end = max(start - offset, 0), min(end - offset, len(text))
        if offset > start and offset <= end:
            yield " ", "same"
        if cut_start < cut_end:
            yield text[cut_start:cut_end], style
        offset += len(text) + 1


def _shown(piece: RowPiece, side: str, layout: PageLayout) -> tuple[str, str] | None:
    """Return the words of one side in their brackets, with their style, or None."""
    side_text = _text(piece, side, reveal=layout.reveal)
    if piece.kind == "same":
        return (side_text, "same") if side_text else None
    if piece.side == side:
        return (side_text or GAP, piece.kind) if side_text or piece.kind == "blank" else None
    if not side_text:
        return None
    style = "hidden" if piece.hidden and not layout.reveal else side
    if not layout.brackets:
        return side_text, style
    return (f"[-{side_text}-]" if side == "left" else f"{{+{side_text}+}}"), style


def _text(piece: RowPiece, side: str, *, reveal: bool) -> str:
    if side == "left":
        return clean_line(piece.full_left if reveal and piece.hidden else piece.left)
    return clean_line(piece.full_right if reveal and piece.hidden else piece.right)


def answer(versions: Versions, *, reveal: bool) -> CompareAnswer:
    """Return the JSON answer for the comparison; hidden names are included only with `reveal`."""
    comparison = versions.comparison
    return CompareAnswer(
        picked(ComparedVersion, versions.left),
        picked(ComparedVersion, versions.right),
        comparison.same,
        tuple(summary(versions, "" if reveal else HIDDEN_HOW)),
        _counts(comparison.counts),
        reveal,
        tuple(_paragraph(row, reveal=reveal) for row in comparison.rows),
    )


def _counts(counts: Counts) -> ComparedCounts:
    paired_names = ("words", "redactions", "filled", "blanks")
    counts_by_name = {
        count_name: SidesCount(*getattr(counts, count_name)) for count_name in paired_names
    }
    return picked(ComparedCounts, counts, **counts_by_name)


def _paragraph(row: ComparisonRow, *, reveal: bool) -> ComparedParagraph:
    return picked(
        ComparedParagraph,
        row,
        left=row.left.name if row.left else None,
        right=row.right.name if row.right else None,
        pieces=tuple(
            picked(
                ComparedPiece,
                piece,
                left=_text(piece, "left", reveal=reveal),
                right=_text(piece, "right", reveal=reveal),
                hidden=piece.hidden and not reveal,
            )
            for piece in row.pieces
        ),
    )
