"""The lines of the list of cables: a row's symbols and columns, its facts, and its passage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cable_tui.base.cable import Span, class_short
from cable_tui.base.value import Value
from cable_tui.text import ELLIPSIS, crop, printable, width
from cable_tui.tui.widgets.classification_level import Level, level

if TYPE_CHECKING:
    # The first list on the screen waits for neither.
    from cable_tui.archive.search.passages import FoundPassage
    from cable_tui.query.answers import CableRow, Highlighting

_LEAST_SUBJECT = 12
"""The minimum width of the subject in cells; other columns are dropped first."""
_ROOM_FOR_WORDS = 40
"""The minimum width of the subject, in cells, for a word after the number of copies."""
SYMBOL_CELLS = 4
"""The width of the symbols on the left: cursor, bookmark or note, new or read, selected."""
REFERENCE = 15, 20
"""The usual and the maximum width of the reference column, in cells."""
CLASSIFICATION = 7
"""The maximum width of the classification, in cells: the width of `U//FOUO`."""


class RowSymbols(Value):
    """The data for the symbols on rows: sets of canonical ids, and the ids selected in the list."""

    bookmarked: frozenset[str] = frozenset()
    noted: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    selected: frozenset[int] = frozenset()
    span: tuple[int, int] | None = None
    """The first and last index of the range being selected, or None."""
    highlights: Highlighting | None = None
    """The highlights for matches in subjects, or None if the query has no words."""
    lists: Mapping[str, str] = {}
    """The symbols of the lists that contain a cable, by canonical id."""

    def of(self, canonical: str) -> tuple[bool, bool, bool, str]:
        """Return whether a cable has a note, has a bookmark, and was read, and its lists' symbols.

        A row is painted again only if this changes.
        """
        return (
            canonical in self.noted,
            canonical in self.bookmarked,
            canonical in self.read,
            self.lists.get(canonical, ""),
        )

    def is_selected(self, index: int, id_: int) -> bool:
        """Return whether the cable at an index is selected, or is in the range being selected."""
        return id_ in self.selected or (
            self.span is not None and self.span[0] <= index <= self.span[1]
        )


NO_SYMBOLS = RowSymbols()


class RowColumns(Value):
    """The width of each column in cells, or 0 if the column is omitted."""

    reference: int
    date: int
    classification: int
    subject: int


def columns(
    cells: int,
    reference: int,
    least: int = _LEAST_SUBJECT,
    classification: int = CLASSIFICATION,
) -> RowColumns:
    """Divide `cells`, excluding the symbols, among the columns; the subject gets at least `least`.

    The day of the date is dropped first, then the date (the ID contains the year), then the
    classification, so that subjects can still be told apart.
    """
    for date_cells, has_class in ((10, True), (7, True), (0, True), (0, False)):
        class_width = classification if has_class else 0
        other_cells = sum(column + 1 for column in (reference, date_cells, class_width) if column)
        subject_cells = cells - other_cells - bool(class_width)  # its sign has a cell of its own
        if subject_cells >= least:
            return RowColumns(reference, date_cells, class_width, subject_cells)
    return RowColumns(reference, 0, 0, max(cells - reference - 1, 0))


def cell(text: str, cells: int) -> str:
    """Return a text cropped or padded to exactly `cells`."""
    cut_text = crop(printable(text), cells)
    return cut_text + " " * (cells - width(cut_text))


def reference_cells(rows: Iterable[CableRow], least: int = REFERENCE[0]) -> int:
    """Return the width, in cells, of the reference column for the given rows, at least `least`."""
    longest_id = max((width(row.reference_id) + 1 for row in rows), default=0)
    return min(max(least, longest_id), REFERENCE[1])


def class_cells(rows: Iterable[CableRow], least: int) -> int:
    """Return the width, in cells, of the classification column for some rows, at least `least`."""
    longest = max((width(class_short(row.classification)) for row in rows), default=0)
    return min(max(least, longest), CLASSIFICATION)


def row_spans(
    row: CableRow, room: RowColumns, copies: int | None = None, lists: str = ""
) -> list[tuple[str, Level | str]]:
    """Return the columns of a row, each with its style; together they are as wide as `room`.

    Between the columns, `=` means several records, `≠` that only a hidden record contains the words
    in the query, and `▒` that words are blacked out. A row that represents near-duplicates ends
    with their number; a near-duplicate below its row, for which `copies` is 0, has `└` before its
    subject. The symbols of the cable's `lists` come last.
    """
    return [*_facts(row, room), *_subject(row, room.subject, copies, lists)]


def _facts(row: CableRow, room: RowColumns) -> Iterator[tuple[str, Level | str]]:
    """Yield the columns before the subject."""
    short_class = class_short(row.classification)
    if room.reference:
        yield cell(row.reference_id, room.reference), "reference"
        yield "≠" if row.record else "=" if row.versions else " ", "sign"
    if room.date:
        yield cell(row.created[: room.date], room.date) + " ", "date"
    if room.classification:
        yield cell(short_class, room.classification), level(row.classification)
        yield "▒ " if row.redacted else "  ", "sign"


def _subject(
    row: CableRow, cells: int, copies: int | None, lists: str
) -> Iterator[tuple[str, str]]:
    subject_text = row.subject or ("(no subject)" if row.parsed else "…")
    if copies == 0:
        subject_text = f"└ {subject_text}"
    end_labels = _copies_label(copies, cells) if copies else ""
    if lists:
        end_labels += f" {lists}"
    end_labels = crop(end_labels, max(cells - _LEAST_SUBJECT, 0))
    yield cell(subject_text, cells - width(end_labels)), "subject"
    if end_labels:
        yield end_labels, "sign"


def facts_spans(
    row: CableRow | None, cells: int, reference: int, classification: int = CLASSIFICATION
) -> list[tuple[str, Level | str]]:
    """Return the line below a subject: reference ID, date, classification, post."""
    if row is None:
        return [(" " * cells, "date")]
    row_columns = columns(cells - SYMBOL_CELLS, reference, 0, classification)
    styled_facts = [
        (fact_text, "date" if fact_style == "reference" else fact_style)
        for fact_text, fact_style in _facts(row, row_columns)
    ]
    post = row.origin if row_columns.subject >= _LEAST_SUBJECT else ""  # which the id has too
    return [(" " * SYMBOL_CELLS, "date"), *styled_facts, (cell(post, row_columns.subject), "date")]


def _copies_label(copies: int, cells: int) -> str:
    """Return ` +2 copies`, or ` +2` if the column is narrow."""
    if cells < _ROOM_FOR_WORDS:
        return f" +{copies}"
    return f" +{copies} cop{'y' if copies == 1 else 'ies'}"


def highlight_spans(text: str, places: Sequence[Span], look: str) -> list[tuple[str, str]]:
    """Return a text divided into matches and the text between them, each with its style."""
    styled_pieces = []
    previous_end = 0
    for hit_start, hit_end in places:
        if hit_start >= len(text):
            break
        styled_pieces += [(text[previous_end:hit_start], look), (text[hit_start:hit_end], "hit")]
        previous_end = min(hit_end, len(text))
    return [piece for piece in (*styled_pieces, (text[previous_end:], look)) if piece[0]]


def render_row(  # noqa: PLR0913 - options by name
    row: CableRow | None,
    cells: int,
    reference: int | None,
    *,
    signs: RowSymbols = NO_SYMBOLS,
    here: bool = False,
    selected: bool = False,
    copies: int | None = None,
    classification: int = CLASSIFICATION,
) -> list[tuple[str, Level | str]]:
    """Return the line for a cable, without the cursor, which later replaces the first cell.

    Without `reference` the line is only the subject. A row that is not known yet shows only its
    selection. A cable that was read is dimmed, unless it is `here` or selected. For `copies` see
    `row_spans`.
    """
    if row is None:
        return [
            ("   ●" if selected else " " * SYMBOL_CELLS, "bar"),
            (" " * (cells - SYMBOL_CELLS), "subject"),
        ]
    has_note, has_bookmark, is_read, lists = signs.of(row.canonical_id)
    bookmark_symbol = "✎" if has_note else "★" if has_bookmark else " "
    read_symbol = "+" if row.new and not is_read else "✓" if is_read else " "
    styled_pieces: list[tuple[str, Level | str]] = [
        (f" {bookmark_symbol}", "bar"),
        (read_symbol, "sign"),
        ("●" if selected else " ", "bar"),
    ]
    cells -= SYMBOL_CELLS
    row_columns = RowColumns(0, 0, 0, cells)
    if reference is not None:
        row_columns = columns(cells, reference, classification=classification)
    dimmed_styles = ("reference", "subject") if is_read and not (here or selected) else ()
    for column_text, column_style in row_spans(row, row_columns, copies, lists):
        shown_style = "read" if column_style in dimmed_styles else column_style
        if column_style == "subject":
            match_spans = signs.highlights.spans(column_text) if signs.highlights else ()
            styled_pieces += highlight_spans(column_text, match_spans, shown_style)
        else:
            styled_pieces.append((column_text, shown_style))
    return styled_pieces


def passage_label(passage: FoundPassage) -> str:
    """Return the label of a passage: `¶3 `, or `version 2 ¶3 ` if it is in another record.

    The paragraph is omitted if the passage begins with its number.
    """
    paragraph_label = passage.label
    version_text = f"version {passage.record} " if passage.record > 1 else ""
    return (
        f"{version_text}¶{paragraph_label} "
        if paragraph_label and not passage.text.startswith(f"{paragraph_label}.")
        else version_text
    )


def passage_spans(
    passage: FoundPassage, cells: int, places: Sequence[Span]
) -> list[tuple[str, str]]:
    """Return the styled pieces of a passage's line, exactly `cells` wide."""
    label_text = passage_label(passage)
    text_width = cells - SYMBOL_CELLS - width(label_text)
    if text_width < 1:
        return [(" " * cells, "passage")]
    passage_text, places = _shifted(printable(passage.text), places, text_width)
    cut_text = crop(passage_text, text_width)
    cut_length = len(cut_text) - (cut_text != passage_text)
    return [
        (" " * SYMBOL_CELLS, "passage"),
        *([(label_text, "label")] if label_text else []),
        *highlight_spans(cut_text[:cut_length], places, "passage"),
        (cut_text[cut_length:] + " " * (text_width - width(cut_text)), "passage"),
    ]


def _shifted(text: str, places: Sequence[Span], room: int) -> tuple[str, Sequence[Span]]:
    """If a text is too long, return its end, from the first word after which all matches fit."""
    if not places or width(text) <= room or width(text[: places[-1][1]]) < room:
        return text, places
    first_match, last_match_end = places[0][0], places[-1][1]
    # What matched is in the middle; if it is wider than the room its beginning is shown.
    text_start = max(first_match - max(room - (last_match_end - first_match), room // 2) // 2, 0)
    if width(text) == len(text):  # the end of a text fills the room too
        text_start = min(text_start, max(len(text) - room + len(ELLIPSIS), 0))
    text_start = min(text.find(" ", max(text_start - 1, 0)) + 1 or first_match, first_match)
    removed = text_start - len(ELLIPSIS)
    shifted_spans = [(start - removed, end - removed) for start, end in places]
    return f"{ELLIPSIS}{text[text_start:]}", shifted_spans
