"""The list of cables: a virtual list of ids, painted line by line.

If there is enough height, a cable takes several lines: in a narrow list the other columns go below
the subject, and the best passage goes below those if the query has words. The space is reserved
before the passages are known, so that nothing moves.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from textual import events
from textual.message import Message
from textual.strip import Strip

from cable_tui.base.cable import Span, class_short
from cable_tui.base.value import Value
from cable_tui.text import ELLIPSIS, crop, printable, width
from cable_tui.tui.widgets.classification_level import Level, level
from cable_tui.tui.widgets.host import ActionPosted
from cable_tui.tui.widgets.line_list import CachedLineList, ComponentStyles

if TYPE_CHECKING:
    # The first list on the screen waits for neither.
    from cable_tui.archive.search.passages import FoundPassage
    from cable_tui.query.answers import CableRow, Highlighting

_KEPT = 1000
"""The number of rows to keep; rows far from the visible ones are dropped."""
_AHEAD = 40
"""The number of additional cables, before and after the visible ones, whose rows are read."""
_TALL = 30
"""The minimum height of a terminal, in lines, at which passages are shown."""
_ROOMY = 8
"""The minimum height, in lines, of a list with passages; a lower list would show too few cables."""
_NARROW = 50, 76
"""The widths, in cells, below which subjects have separate lines: in a low and a tall terminal."""


_NONE: Mapping[int, Any] = {}


class Results(ComponentStyles, CachedLineList, can_focus=True):
    """The list of cables in order: the cursor `▌`, symbols, columns, and possibly a passage.

    `★` marks a bookmark, `✎` a bookmark with a note, `●` a selected cable, `+` a new one, and `✓`
    one that was read. `+2 copies` at the end of a row means that it represents two more cables.
    """

    BORDER_TITLE = " 2 Cables "
    ALLOW_SELECT = False
    PREFIX = "results"
    LOOKS = (
        "cursor bar reference date subject sign read unclassified restricted confidential secret "
        "passage label hit"
    ).split()

    @dataclass
    class Wanted(Message):
        """The rows of the cables from `start` to `end` are needed and not known yet."""

        start: int
        end: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._ids: Sequence[int] = ()
        self._rows: dict[int, CableRow] = {}
        self._older: dict[int, CableRow] = {}
        """The rows known before the last `show`, which may be outdated if the archive has grown."""
        self._folded: Mapping[int, tuple[int, ...]] = {}
        self._below: frozenset[int] = frozenset()
        self._signs = NO_SYMBOLS
        self._at = 0
        self._asked: tuple[int, int] | None = None
        self._reference = REFERENCE[0]
        self._class = 1
        """The width of the classification column in the known rows, in cells."""
        self._lines = 1
        """The number of lines per cable."""
        self._stacked = False
        """Whether the other columns are below the subject."""
        self._preview = False
        self._passages: Mapping[int, FoundPassage | None] = {}
        self._stale = False
        """Whether the passages belong to an earlier query."""
        self._sought: tuple[int, ...] = ()

    def show(
        self,
        ids: Sequence[int],
        cursor: int = 0,
        folded: Mapping[int, tuple[int, ...]] = _NONE,
        below: frozenset[int] = frozenset(),
        rows: Mapping[int, CableRow] = _NONE,
    ) -> None:
        """Show another list with its first `rows`; older rows are painted until the rest is read.

        The rows in `folded` also represent near-duplicates; the rows in `below` are near-duplicates
        of a row above them. The cable under the cursor stays on its screen line, even if rows
        appear or disappear above it during indexing.
        """
        cursor_id = self._ids[self._at] if self._at < len(self._ids) else None
        cursor_stays = 0 < cursor < len(ids) and ids[cursor] == cursor_id
        scrolled_lines = (cursor - self._at) * self._lines if cursor_stays else 0
        self._ids = ids
        self._folded, self._below = folded, below
        self._older = {**self._older, **self._rows} if len(self._older) < _KEPT else self._rows
        self._rows = dict(rows)
        self._reference = reference_cells(rows.values(), self._reference)
        self._class = class_cells(rows.values(), 1) if rows else self._class
        self._asked = None
        self._sought = ()
        self.resized(len(ids) * self._lines)
        if scrolled_lines:
            self.scroll_to(y=self.scroll_offset.y + scrolled_lines, animate=False)
        self._at = 0
        self.move_to(cursor)
        self.repaint()

    def fill(self, rows: Mapping[int, CableRow]) -> None:
        """Add rows by their ids, in answer to `Wanted`."""
        self._rows.update(rows)
        self._reference = reference_cells(rows.values(), self._reference)
        self._class = class_cells(rows.values(), self._class)
        if len(self._rows) > _KEPT:
            window_start, window_end = self._window()
            nearby_ids = self._ids[max(window_start - _KEPT // 4, 0) : window_end + _KEPT // 4]
            self._rows = {id_: self._rows[id_] for id_ in nearby_ids if id_ in self._rows}
        self._asked = None
        self.repaint()

    def sign(self, signs: RowSymbols) -> None:
        """Set the symbols of the rows, and the highlights."""
        self._signs = signs
        self.repaint()

    def preview(
        self, on: bool, passages: Mapping[int, FoundPassage | None], *, stale: bool = False
    ) -> None:
        """Show passages below the subjects, or hide them.

        Passages from an earlier list are shown with the current highlights until the new ones are
        known, because most of them are the same.
        """
        self._preview, self._passages, self._stale = on, passages, stale
        self._sought = ()
        self._fit()
        self.repaint()

    @property
    def cursor(self) -> int:
        """The index of the cable under the cursor, from 0."""
        return self._at

    @property
    def cursor_row(self) -> int:
        """The row of the cursor in the pane, as in `WithCursor`."""
        return (self._at + 1) * self._lines - 1 - self.scroll_offset.y

    @property
    def page_rows(self) -> int:
        """The number of cables per page."""
        return max(self.size.height // self._lines, 1)

    def move_to(self, index: int) -> None:
        """Move the cursor to a cable without posting a message."""
        self._at = min(max(index, 0), max(len(self._ids) - 1, 0))
        self._reveal()
        self.repaint()

    def move_by(self, cables: int) -> None:
        """Move the cursor, and report it to the session."""
        self.move_to(self._at + cables)
        self._post_cursor(self._at)

    def _post_cursor(self, index: int) -> None:
        # Late, as below: the first paint waits for no feature of the session.
        from cable_tui.session.features.results import MoveCursorTo

        self.post_message(ActionPosted(MoveCursorTo(index)))

    def _line(self, y: int) -> tuple[int, Literal["row", "subject", "facts", "passage"]]:
        """Return the index of the cable on a line, and which part of the cable the line shows."""
        row_index, line_in_row = divmod(y + self.scroll_offset.y, self._lines)
        if line_in_row > self._stacked:
            return row_index, "passage"
        return row_index, "facts" if line_in_row else "subject" if self._stacked else "row"

    def line_key(self, y: int) -> Hashable:
        """Return a key for painting a line, from its cable and symbols; request an unknown row."""
        line_width = self.scrollable_content_region.width
        row_index, line_kind = self._line(y)
        if row_index >= len(self._ids):
            return line_width
        is_cursor_row, cable_id = row_index == self._at, self._ids[row_index]
        if cable_id not in self._rows:
            self._want()
        cable_row = self._rows.get(cable_id) or self._older.get(cable_id)
        if line_kind == "passage":
            if cable_id not in self._passages or self._stale:
                self._seek()
            return (
                line_width,
                is_cursor_row,
                self._passages.get(cable_id),
                self._stale and self._signs.highlights,
            )
        line_state = line_width, line_kind, is_cursor_row, cable_row, self._reference, self._class
        if line_kind == "facts":
            return line_state
        is_selected = self._is_selected(row_index, cable_id)
        row_symbols = cable_row and self._signs.of(cable_row.canonical_id)
        copies = self._copies_of(cable_id)
        return *line_state, is_selected, row_symbols, copies, self._signs.highlights

    def render_list_line(self, y: int) -> Strip:
        """Return a line of a cable, or an empty line if its row is unknown."""
        line_width = self.scrollable_content_region.width
        (row_index, line_kind), base_style = self._line(y), self.base_style
        if row_index >= len(self._ids):
            return Strip.blank(line_width, base_style)
        is_cursor_row = row_index == self._at
        if is_cursor_row:
            base_style += self.component_style("results--cursor")
        cable_id = self._ids[row_index]
        cable_row = self._rows.get(cable_id) or self._older.get(cable_id)
        if line_kind == "passage":
            pieces: Sequence[tuple[str, str]] = self._passage(cable_id, line_width)
        elif line_kind == "facts":
            pieces = facts_spans(cable_row, line_width, self._reference, self._class)
        else:
            pieces = render_row(
                cable_row,
                line_width,
                None if self._stacked else self._reference,
                signs=self._signs,
                here=is_cursor_row,
                selected=self._is_selected(row_index, cable_id),
                copies=self._copies_of(cable_id),
                classification=self._class,
            )
        if is_cursor_row:
            pieces = [("▌", "bar"), (pieces[0][0][1:], pieces[0][1]), *pieces[1:]]
        return self.strip_of(pieces, line_width, base_style)

    def _copies_of(self, id_: int) -> int | None:
        """Return the number of near-duplicates that a row represents, as `row_spans` expects it."""
        return len(self._folded[id_]) if id_ in self._folded else 0 if id_ in self._below else None

    def _is_selected(self, index: int, id_: int) -> bool:
        """Return whether any cable that a row represents is selected."""
        represented_ids = (id_, *self._folded.get(id_, ()))
        return any(self._signs.is_selected(index, cable) for cable in represented_ids)

    def _passage(self, id_: int, cells: int) -> list[tuple[str, str]]:
        """Return the line with the passage below a subject, empty until the passage is known."""
        passage = self._passages.get(id_)
        if passage is None:
            return [(" " * cells, "passage")]
        highlights = self._signs.highlights
        match_spans = passage.places
        if self._stale:
            match_spans = tuple(highlights.spans(passage.text)) if highlights else ()
        return passage_spans(passage, cells, match_spans)

    def on_resize(self) -> None:
        """Adapt the lines to the new size, and keep the cursor visible."""
        super().on_resize()
        self._fit()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the clicked cable; a double click or a second click opens it."""
        row_index = self.line_at(event) // self._lines
        if not 0 <= row_index < len(self._ids):
            return
        if event.ctrl or event.meta:
            from cable_tui.session.features.selection import SelectAt

            self.post_message(ActionPosted(SelectAt(row_index)))
        elif row_index == self._at or event.chain == 2:
            from cable_tui.session.features.opened_cable import OpenCable

            self._post_cursor(row_index)
            self.post_message(ActionPosted(OpenCable()))
        else:
            self.move_by(row_index - self._at)

    def _fit(self) -> None:
        """Adapt the number of lines per cable; the cursor stays on its screen line."""
        list_height, list_width = self.size.height, self.scrollable_content_region.width
        is_tall = self.app.size.height >= _TALL
        self._stacked = list_width < _NARROW[is_tall]
        lines_per_cable = 1 + self._stacked + (self._preview and is_tall and list_height >= _ROOMY)
        if lines_per_cable == self._lines:
            return
        cursor_line = self._at * self._lines - self.scroll_offset.y
        self._lines = lines_per_cable
        self.resized(len(self._ids) * lines_per_cable)
        self.scroll_to(
            y=max(self._at - cursor_line // lines_per_cable, 0) * lines_per_cable, animate=False
        )
        self._reveal()
        self.repaint()

    def _reveal(self) -> None:
        """Scroll as little as necessary to show all lines of the cable under the cursor."""
        first_line, list_height, lines_per_cable = (
            self.scroll_offset.y,
            self.size.height,
            self._lines,
        )
        if list_height and self._at * lines_per_cable < first_line:
            self.scroll_to(y=self._at * lines_per_cable, animate=False)
        elif list_height and (self._at + 1) * lines_per_cable > first_line + list_height:
            # a whole cable at the top, though the last lines of the pane be half of one
            self.scroll_to(
                y=(self._at + 1 - list_height // lines_per_cable) * lines_per_cable, animate=False
            )

    def _window(self) -> tuple[int, int]:
        """Return the range of cables that are visible or nearly visible."""
        first_row, sight_end = self._sight()
        return max(first_row - _AHEAD, 0), min(sight_end + _AHEAD, len(self._ids))

    def _sight(self) -> tuple[int, int]:
        first_line = self.scroll_offset.y
        return first_line // self._lines, -(-(first_line + self.size.height) // self._lines)

    def _want(self) -> None:
        """Request the missing rows in the visible range, once."""
        window = self._window()
        if window != self._asked:
            self._asked = window
            # a message that is made while the screen paints would be the screen's own
            self.call_later(lambda: self.post_message(self.Wanted(*window)))

    def _seek(self) -> None:
        """Request the passages for the visible cables, once."""
        first_row, sight_end = self._sight()
        visible_ids = tuple(self._ids[first_row:sight_end])
        if visible_ids != self._sought:
            self._sought = visible_ids
            self.call_later(self._ask, visible_ids)

    def _ask(self, ids: tuple[int, ...]) -> None:
        from cable_tui.session.features.list_passages import WantPassages

        self.post_message(ActionPosted(WantPassages(ids)))


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

    def of(self, canonical: str) -> tuple[bool, bool, bool]:
        """Return whether a cable has a note, whether it has a bookmark, and whether it was read."""
        return canonical in self.noted, canonical in self.bookmarked, canonical in self.read

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
    row: CableRow, room: RowColumns, copies: int | None = None
) -> list[tuple[str, Level | str]]:
    """Return the columns of a row, each with its style; together they are as wide as `room`.

    Between the columns, `=` marks several records, `≠` marks that only a hidden record contains the
    words in the query, and `▒` marks blacked-out words. A row that represents near-duplicates ends
    with their number; a near-duplicate below its row, for which `copies` is 0, has `└` before its
    subject.
    """
    return [*_facts(row, room), *_subject(row, room.subject, copies)]


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


def _subject(row: CableRow, cells: int, copies: int | None) -> Iterator[tuple[str, str]]:
    subject_text = row.subject or ("(no subject)" if row.parsed else "…")
    if copies == 0:
        subject_text = f"└ {subject_text}"
    copies_label = _copies_label(copies, cells) if copies else ""
    yield cell(subject_text, cells - width(copies_label)), "subject"
    if copies_label:
        yield copies_label, "sign"


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
    has_note, has_bookmark, is_read = signs.of(row.canonical_id)
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
    for column_text, column_style in row_spans(row, row_columns, copies):
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
