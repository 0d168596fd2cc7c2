"""A comparison as lines of text for a screen or a file, as sentences, and as JSON.

Words that only one text has are in `[-...-]` in the first and `{+...+}` in the second: no colour is
needed to see them. Names that one record has removed are hidden unless they are asked for.
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
    from cable_tui.base.kinds import Count, Filled, OrNull, Positive

WIDE = 120
"""Number of cells for two texts side by side; with fewer, one is below the other."""
WARNING = (
    "Names removed from one version are shown. They may have been removed to protect someone: "
    "check before you publish."
)
HIDDEN_HOW = "hidden; --reveal shows them"
GAP = "[gap]"
"""Text in place of a gap that the other text fills."""
_BETWEEN = " │ "
_BETWEEN_ASCII = " | "

_IN_BRACKETS = ("[-first-]", "{+second+}")

Spans = tuple[tuple[str, str], ...]


class ComparedLine(NamedTuple):
    """One line: its text in pieces, each with its look."""

    spans: Spans
    row: int = -1
    """The row of the comparison that it belongs to; -1 for none."""
    head: bool = False
    """Whether it is the first line of a row that differs."""


def titles(versions: Versions) -> tuple[str, str]:
    """Return the compared texts, one line each."""
    return _title(versions.left), _title(versions.right)


def _title(version: Version) -> str:
    which_record = f", version {version.record} of {version.records}" if version.records > 1 else ""
    return clean_line(f"{version.reference_id}{which_record}: {version.path} ({version.format})")


def summary(versions: Versions, how: str = "", *, brackets: bool = True) -> Iterator[str]:
    """Yield the differences of two texts in sentences; `how` says what shows hidden names.

    They explain the brackets, if the words are in these.
    """
    counts = versions.comparison.counts
    if not counts.changes:
        yield "Nothing differs: the words are the same."
    else:
        yield _differences(counts, _IN_BRACKETS if brackets else ("first", "second"))
    yield from _redactions(counts, one_cable=versions.one_cable)
    if counts.hidden:
        yield (
            f"In {counted(counts.hidden, 'difference')}, words found in only one text may be a "
            f"name: {how or 'they are shown'}."
        )


def _differences(counts: Counts, sides: tuple[str, str] = _IN_BRACKETS) -> str:
    words = zip(counts.words, sides, strict=True)
    words_of_one_side = [f"{number:,} only in the {name}" for number, name in words if number]
    parts = [f"words: {', '.join(words_of_one_side)}"] if words_of_one_side else []
    parts += [f"{counted(counts.moved, 'paragraph')} moved"] if counts.moved else []
    return f"{counted(counts.changes, 'difference')}{'; ' * bool(parts)}{'; '.join(parts)}."


def _redactions(counts: Counts, *, one_cable: bool) -> Iterator[str]:
    """Yield the redactions: only another record of the same cable fills them."""
    names = (("first", "second"), ("second", "first"))
    for number, filled_redactions, (name, other_side) in zip(
        counts.redactions, counts.filled, names, strict=True
    ):
        if number:
            blacked = f"{counted(number, 'redaction')} in the {name}"
            if one_cable:
                yield f"{blacked}; {filled_redactions or 'none'} filled by the {other_side}."
            else:
                filled_note = (
                    f"; the {other_side} shows words in place of {filled_redactions:,}"
                    if filled_redactions
                    else ""
                )
                yield f"{blacked}{filled_note}."
    for number, (name, other_side) in zip(counts.blanks, names, strict=True):
        if number and one_cable:
            yield f"{counted(number, 'gap')} in the {name} filled by the {other_side}."


def variant_line(versions: Versions) -> str:
    """Return `09RABAT27, record 2 of 2: a.html (html-page): 3 differences: ...`."""
    counts = versions.comparison.counts
    words = " ".join((_differences(counts), *_redactions(counts, one_cable=True)))
    return f"{_title(versions.right)}: {words}"


class SidesCount(Value):
    """A number of each text."""

    left: Count
    right: Count


class ComparedCounts(Value):
    """How much differs."""

    changes: Count
    """Places that differ; a moved paragraph is one, and what differs in it more."""
    words: SidesCount
    """Words that only one has, without those beside a redaction or a gap."""
    redactions: SidesCount
    """Runs of three or more X, or words such as [name not declassified]."""
    filled: SidesCount
    """Those of them that the other text fills."""
    blanks: SidesCount
    """Gaps that the other text fills."""
    moved: Count
    """Paragraphs that stand elsewhere in the other text."""
    hidden: Count
    """Places with words that are hidden unless --reveal is given."""


class ComparedVersion(Value):
    """One of two texts."""

    reference_id: Filled
    """As given."""
    record: Positive
    """Its number among the records of its cable; 1 is the one that `show` shows."""
    records: Positive
    """How many records of the cable there are."""
    path: str
    """Of its file, below the archive's folder."""
    format: Filled


class ComparedRecord(ComparedVersion):
    """A record whose words differ."""

    counts: ComparedCounts


class CompareRecordsAnswer(Value):
    """The answer of `compare PATH --json` without a cable: records whose words differ.

    They are compared with the record that is shown.
    """

    count: Count
    """How many records."""
    records: tuple[ComparedRecord, ...]
    """The newest cable first; in its counts, left is the record that is shown."""


class ComparedPiece(Value):
    """Words of a paragraph."""

    kind: Literal["same", "deleted", "inserted", "replaced", "redaction", "blank"]
    side: OrNull[Literal["left", "right"]]
    """Which text has the redaction or the gap."""
    left: str
    """Its words on one line; `[hidden]` for those that are."""
    right: str
    hidden: bool


class ComparedParagraph(Value):
    """A paragraph of one or both texts."""

    kind: Literal["same", "changed", "deleted", "inserted", "moved", "moved-here"]
    """Deleted: only in the left text; moved-here: where a moved one stands in the right text."""
    left: str | None
    """`header`, `top`, `end`, `¶` and its number, or `¶` alone; null where this text has no such
    paragraph."""
    right: str | None
    """`header`, `top`, `end`, `¶` and its number, or `¶` alone; null where this text has no such
    paragraph."""
    pieces: tuple[ComparedPiece, ...]


class CompareAnswer(Value):
    """The answer of `compare --json`: two texts, and how their words differ."""

    left: ComparedVersion
    right: ComparedVersion
    same: bool
    """All words are the same."""
    summary: tuple[str, ...]
    """How they differ, in sentences."""
    counts: ComparedCounts
    names_shown: bool
    """--reveal was given."""
    paragraphs: tuple[ComparedParagraph, ...]
    """All of both texts, in order."""


def compared_record(versions: Versions) -> ComparedRecord:
    """Return the answer of the same; left is the first record, the shown one."""
    return picked(ComparedRecord, versions.right, counts=_counts(versions.comparison.counts))


class PageLayout(NamedTuple):
    """The layout of a comparison."""

    cells: int
    full: bool = False
    """Whether to show equal paragraphs too."""
    reveal: bool = False
    """Whether to show also names that one record has removed."""
    ascii_only: bool = False
    beside: bool = False
    """Whether to show the two texts side by side."""
    brackets: bool = True
    """Whether brackets tell the words that one text has; else only their looks do."""


def lines(comparison: Comparison, layout: PageLayout) -> Iterator[ComparedLine]:
    """Yield the paragraphs that differ, side by side if there is room, else below each other."""
    same_rows: list[int] = []
    for number, row in enumerate(comparison.rows):
        if row.kind == "same" and not layout.full:
            same_rows.append(number)
            continue
        yield from _folded(comparison.rows, same_rows, layout)
        same_rows = []
        heading = _heading(row)
        for index, (start, end) in enumerate(wrap(heading, layout.cells)):
            spans = ((heading[start:end], "heading"),)
            yield ComparedLine(spans, number, head=row.kind != "same" and not index)
        if row.kind != "moved-here":
            sides = _beside if layout.beside else _below
            yield from (ComparedLine(spans, number) for spans in sides(row, layout))
        yield ComparedLine((), number)
    yield from _folded(comparison.rows, same_rows, layout)


def _folded(
    rows: Sequence[ComparisonRow], same: Sequence[int], layout: PageLayout
) -> Iterator[ComparedLine]:
    if not same:
        return
    first_row, last_row = rows[same[0]], rows[same[-1]]
    names = _name(first_row) if len(same) == 1 else f"{_name(first_row)} to {_name(last_row)}"
    text = f"= {names}: the same"
    for start, end in wrap(text, layout.cells):
        yield ComparedLine(((text[start:end], "same"),), same[0])
    yield ComparedLine((), same[0])


def _name(row: ComparisonRow) -> str:
    part = row.left or row.right
    return _called(part.name) if part else ""


def _called(name: str) -> str:
    return "an unnumbered paragraph" if name == "¶" else name


def _heading(row: ComparisonRow) -> str:
    left_title = _called(row.left.name) if row.left else ""
    right_title = _called(row.right.name) if row.right else ""
    match row.kind:
        case "deleted":
            return f"{left_title}: only in the first"
        case "inserted":
            return f"{right_title}: only in the second"
        case "moved":
            return f"{left_title}: moved, {right_title} of the second"
        case "moved-here":
            return f"{right_title} of the second: moved, {left_title} of the first"
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
    for sign, side in (("1 ", "left"), ("2 ", "right")):
        for spans in _wrapped(row, side, layout.cells - len(sign), layout):
            yield ((sign, side), *spans)


def _wrapped(row: ComparisonRow, side: str, cells: int, layout: PageLayout) -> Iterator[Spans]:
    """Yield one side of a row in lines of at most `cells` cells."""
    pieces = list(filter(None, (_shown(piece, side, layout) for piece in row.pieces)))
    text = " ".join(text for text, _ in pieces)
    if not text:
        return
    for start, end in wrap(text, max(cells, 1)):
        yield tuple(_cut(pieces, start, end))


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
    """Return the words of one side with their signs, and how they look."""
    text = _text(piece, side, reveal=layout.reveal)
    if piece.kind == "same":
        return (text, "same") if text else None
    if piece.side == side:
        return (text or GAP, piece.kind) if text or piece.kind == "blank" else None
    if not text:
        return None
    style = "hidden" if piece.hidden and not layout.reveal else side
    if not layout.brackets:
        return text, style
    return (f"[-{text}-]" if side == "left" else f"{{+{text}+}}"), style


def _text(piece: RowPiece, side: str, *, reveal: bool) -> str:
    if side == "left":
        return clean_line(piece.full_left if reveal and piece.hidden else piece.left)
    return clean_line(piece.full_right if reveal and piece.hidden else piece.right)


def answer(versions: Versions, *, reveal: bool) -> CompareAnswer:
    """Return the answer of the comparison; hidden names only with `reveal`."""
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
    of_sides = ("words", "redactions", "filled", "blanks")
    sides = {name: SidesCount(*getattr(counts, name)) for name in of_sides}
    return picked(ComparedCounts, counts, **sides)


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
