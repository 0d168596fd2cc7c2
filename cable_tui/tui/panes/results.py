"""The list of cables: a virtual list over ids, painted line by line.

If there is height, a cable takes more than one line: in a narrow list the other columns are under
the subject, and if the query has words the best passage is. The lines are drawn before the passages
are known, so that nothing jumps.
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
"""Rows that are remembered before those far from the pane are dropped."""
_AHEAD = 40
"""Cables beyond the pane whose rows are read along with it."""
_TALL = 30
"""Passages are shown if the terminal has at least this many lines."""
_ROOMY = 8
"""Lines of a list with passages; in a shorter one too few cables would be visible."""
_NARROW = 76
"""Cells of a list; in a narrower one of a tall terminal subjects have lines of their own."""


_NONE: Mapping[int, Any] = {}


class Results(ComponentStyles, CachedLineList, can_focus=True):
    """Cables in order: `▌` the cursor, signs, the columns, and maybe a passage below.

    `★` is a bookmark, `✎` one with a note; `●` is selected, `+` new, `✓` read. `+2 copies` ends a
    row that stands for two more cables.
    """

    BORDER_TITLE = "2 Cables"
    ALLOW_SELECT = False
    PREFIX = "results"
    LOOKS = (
        "cursor bar reference date subject sign read unclassified restricted confidential secret "
        "passage label hit"
    ).split()

    @dataclass
    class Wanted(Message):
        """Cables `start` to `end` are on the screen, or near, and their rows are unknown."""

        start: int
        end: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._ids: Sequence[int] = ()
        self._rows: dict[int, CableRow] = {}
        self._older: dict[int, CableRow] = {}
        """Rows from before the last `show`: a growing archive may know more of them by now."""
        self._folded: Mapping[int, tuple[int, ...]] = {}
        self._below: frozenset[int] = frozenset()
        self._signs = NO_SYMBOLS
        self._at = 0
        self._asked: tuple[int, int] | None = None
        self._reference = REFERENCE[0]
        self._lines = 1
        """Lines that a cable takes."""
        self._stacked = False
        """Whether the other columns are under the subject."""
        self._preview = False
        self._passages: Mapping[int, FoundPassage | None] = {}
        self._stale = False
        """Whether the passages belong to an older query."""
        self._sought: tuple[int, ...] = ()

    def show(
        self,
        ids: Sequence[int],
        cursor: int = 0,
        folded: Mapping[int, tuple[int, ...]] = _NONE,
        below: frozenset[int] = frozenset(),
        rows: Mapping[int, CableRow] = _NONE,
    ) -> None:
        """Show another list with its first `rows`; older ones are painted until they are read.

        The rows of `folded` represent near-copies too; those of `below` are near-copies of a row
        above them. The cable under the cursor stays on its line of the screen, even if rows come or
        go above it while an archive is indexed.
        """
        id_here = self._ids[self._at] if self._at < len(self._ids) else None
        cursor_stays = 0 < cursor < len(ids) and ids[cursor] == id_here
        lines_above = (cursor - self._at) * self._lines if cursor_stays else 0
        self._ids = ids
        self._folded, self._below = folded, below
        self._older = {**self._older, **self._rows} if len(self._older) < _KEPT else self._rows
        self._rows = dict(rows)
        self._reference = reference_cells(rows.values(), self._reference)
        self._asked = None
        self._sought = ()
        self.resized(len(ids) * self._lines)
        if lines_above:
            self.scroll_to(y=self.scroll_offset.y + lines_above, animate=False)
        self._at = 0
        self.move_to(cursor)
        self.repaint()

    def fill(self, rows: Mapping[int, CableRow]) -> None:
        """Fill rows by id, in answer to `Wanted`."""
        self._rows.update(rows)
        self._reference = reference_cells(rows.values(), self._reference)
        if len(self._rows) > _KEPT:
            start, window_end = self._window()
            ids_near = self._ids[max(start - _KEPT // 4, 0) : window_end + _KEPT // 4]
            self._rows = {id_: self._rows[id_] for id_ in ids_near if id_ in self._rows}
        self._asked = None
        self.repaint()

    def sign(self, signs: RowSymbols) -> None:
        """Set the signs of the rows, and the highlights."""
        self._signs = signs
        self.repaint()

    def preview(
        self, on: bool, passages: Mapping[int, FoundPassage | None], *, stale: bool = False
    ) -> None:
        """Show passages under the subjects, or none.

        Those of an older list are shown until the new ones are known, with the present highlights:
        mostly they are the same.
        """
        self._preview, self._passages, self._stale = on, passages, stale
        self._sought = ()
        self._fit()
        self.repaint()

    @property
    def cursor(self) -> int:
        """Place of the cursor, from 0."""
        return self._at

    @property
    def cursor_row(self) -> int:
        """As in `WithCursor`."""
        return (self._at + 1) * self._lines - 1 - self.scroll_offset.y

    @property
    def page_rows(self) -> int:
        """Cables that a page holds."""
        return max(self.size.height // self._lines, 1)

    def move_to(self, index: int) -> None:
        """Put the cursor on a cable without a message."""
        self._at = min(max(index, 0), max(len(self._ids) - 1, 0))
        self._reveal()
        self.repaint()

    def move_by(self, cables: int) -> None:
        """Move the cursor, and tell the session."""
        self.move_to(self._at + cables)
        self._post_cursor(self._at)

    def _post_cursor(self, index: int) -> None:
        # Late, as below: the first paint waits for no feature of the session.
        from cable_tui.session.features.results import MoveCursorTo

        self.post_message(ActionPosted(MoveCursorTo(index)))

    def _line(self, y: int) -> tuple[int, Literal["row", "subject", "facts", "passage"]]:
        """Return the place of the cable of a line, and what the line shows of it."""
        index, line_in_row = divmod(y + self.scroll_offset.y, self._lines)
        if line_in_row > self._stacked:
            return index, "passage"
        return index, "facts" if line_in_row else "subject" if self._stacked else "row"

    def line_key(self, y: int) -> Hashable:
        """Return the cable of a line and its signs; a `Wanted` if its row is unknown."""
        cells = self.scrollable_content_region.width
        index, what_line_shows = self._line(y)
        if index >= len(self._ids):
            return cells
        is_cursor_row, cable_id = index == self._at, self._ids[index]
        if cable_id not in self._rows:
            self._want()
        row = self._rows.get(cable_id) or self._older.get(cable_id)
        if what_line_shows == "passage":
            if cable_id not in self._passages or self._stale:
                self._seek()
            return (
                cells,
                is_cursor_row,
                self._passages.get(cable_id),
                self._stale and self._signs.highlights,
            )
        looks = cells, what_line_shows, is_cursor_row, row, self._reference
        if what_line_shows == "facts":
            return looks
        is_selected = self._is_selected(index, cable_id)
        signs = row and self._signs.of(row.canonical_id)
        return *looks, is_selected, signs, self._copies_of(cable_id), self._signs.highlights

    def render_list_line(self, y: int) -> Strip:
        """Return a line of a cable; an empty one if its row is unknown."""
        cells = self.scrollable_content_region.width
        (index, what_line_shows), base_style = self._line(y), self.base_style
        if index >= len(self._ids):
            return Strip.blank(cells, base_style)
        is_cursor_row = index == self._at
        if is_cursor_row:
            base_style += self.component_style("results--cursor")
        cable_id = self._ids[index]
        row = self._rows.get(cable_id) or self._older.get(cable_id)
        if what_line_shows == "passage":
            pieces: Sequence[tuple[str, str]] = self._passage(cable_id, cells)
        elif what_line_shows == "facts":
            pieces = facts_spans(row, cells, self._reference)
        else:
            pieces = render_row(
                row,
                cells,
                None if self._stacked else self._reference,
                signs=self._signs,
                here=is_cursor_row,
                selected=self._is_selected(index, cable_id),
                copies=self._copies_of(cable_id),
            )
        if is_cursor_row:
            pieces = [("▌", "bar"), (pieces[0][0][1:], pieces[0][1]), *pieces[1:]]
        return self.strip_of(pieces, cells, base_style)

    def _copies_of(self, id_: int) -> int | None:
        """Return how many near-copies the row of a cable represents, as in `row_spans`."""
        return len(self._folded[id_]) if id_ in self._folded else 0 if id_ in self._below else None

    def _is_selected(self, index: int, id_: int) -> bool:
        """Return whether a cable of the row is selected."""
        cables = (id_, *self._folded.get(id_, ()))
        return any(self._signs.is_selected(index, cable) for cable in cables)

    def _passage(self, id_: int, cells: int) -> list[tuple[str, str]]:
        """Return the line below a subject; blank until the passage is known."""
        passage = self._passages.get(id_)
        if passage is None:
            return [(" " * cells, "passage")]
        highlights = self._signs.highlights
        places = passage.places
        if self._stale:
            places = tuple(highlights.spans(passage.text)) if highlights else ()
        return passage_spans(passage, cells, places)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        super().on_resize()
        self._fit()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Move to the clicked cable; on the cursor's own, or at a double click, choose it."""
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
        """Give a cable as many lines as there is room for; the cursor stays on its screen line."""
        height, cells = self.size.height, self.scrollable_content_region.width
        is_tall = self.app.size.height >= _TALL
        self._stacked = is_tall and cells < _NARROW
        lines = 1 + self._stacked + (self._preview and is_tall and height >= _ROOMY)
        if lines == self._lines:
            return
        lines_above = self._at * self._lines - self.scroll_offset.y
        self._lines = lines
        self.resized(len(self._ids) * lines)
        self.scroll_to(y=max(self._at - lines_above // lines, 0) * lines, animate=False)
        self._reveal()
        self.repaint()

    def _reveal(self) -> None:
        """Scroll as little as needed to see the whole cable of the cursor."""
        first_line, height, lines = self.scroll_offset.y, self.size.height, self._lines
        if height and self._at * lines < first_line:
            self.scroll_to(y=self._at * lines, animate=False)
        elif height and (self._at + 1) * lines > first_line + height:
            # a whole cable at the top, though the last lines of the pane be half of one
            self.scroll_to(y=(self._at + 1 - height // lines) * lines, animate=False)

    def _window(self) -> tuple[int, int]:
        """Return the cables in sight, and those near."""
        first_row, sight_end = self._sight()
        return max(first_row - _AHEAD, 0), min(sight_end + _AHEAD, len(self._ids))

    def _sight(self) -> tuple[int, int]:
        first_line = self.scroll_offset.y
        return first_line // self._lines, -(-(first_line + self.size.height) // self._lines)

    def _want(self) -> None:
        """Ask once for the missing rows of this window."""
        window = self._window()
        if window != self._asked:
            self._asked = window
            # a message that is made while the screen paints would be the screen's own
            self.call_later(lambda: self.post_message(self.Wanted(*window)))

    def _seek(self) -> None:
        """Ask once for the passages of the visible cables."""
        first_row, sight_end = self._sight()
        ids = tuple(self._ids[first_row:sight_end])
        if ids != self._sought:
            self._sought = ids
            self.call_later(self._ask, ids)

    def _ask(self, ids: tuple[int, ...]) -> None:
        from cable_tui.session.features.list_passages import WantPassages

        self.post_message(ActionPosted(WantPassages(ids)))


_LEAST_SUBJECT = 12
"""The least cells of the subject; before that other columns are left out."""
_ROOM_FOR_WORDS = 40
"""A word follows the number of copies if the subject has at least this many cells."""
SYMBOL_CELLS = 4
"""Cells of the signs at the left: the cursor, bookmark or note, new or read, and selected."""
REFERENCE = 15, 20
"""Cells of the reference column, and its largest width."""


class RowSymbols(Value):
    """The signs of rows: the canonical ids with each sign, and the selected ids of the list."""

    bookmarked: frozenset[str] = frozenset()
    noted: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    selected: frozenset[int] = frozenset()
    span: tuple[int, int] | None = None
    """First and last position of the range that is being selected."""
    highlights: Highlighting | None = None
    """The matches in the subjects; None if the query has no words."""

    def of(self, canonical: str) -> tuple[bool, bool, bool]:
        """Return whether a cable has a note, a bookmark, and was read."""
        return canonical in self.noted, canonical in self.bookmarked, canonical in self.read

    def is_selected(self, index: int, id_: int) -> bool:
        """Return whether the cable at a position is selected, or about to be."""
        return id_ in self.selected or (
            self.span is not None and self.span[0] <= index <= self.span[1]
        )


NO_SYMBOLS = RowSymbols()


class RowColumns(Value):
    """Cells of each column; 0 if it is left out."""

    reference: int
    date: int
    classification: int
    subject: int


def columns(cells: int, reference: int, least: int = _LEAST_SUBJECT) -> RowColumns:
    """Share `cells`, without the signs at the left, among columns; the last has at least `least`.

    The day of the date gives way first, then the date (the id has the year), then the
    classification, so that subjects can still be told apart.
    """
    for date, classification in ((10, 7), (7, 7), (0, 7), (0, 0)):
        other_columns = (size + 1 for size in (reference, date, classification) if size)
        subject = (
            cells - sum(other_columns) - bool(classification)
        )  # whose sign has a cell of its own
        if subject >= least:
            return RowColumns(reference, date, classification, subject)
    return RowColumns(reference, 0, 0, max(cells - reference - 1, 0))


def cell(text: str, cells: int) -> str:
    """Return a text cropped or filled to exactly `cells`."""
    cut_text = crop(printable(text), cells)
    return cut_text + " " * (cells - width(cut_text))


def reference_cells(rows: Iterable[CableRow], least: int = REFERENCE[0]) -> int:
    """Return cells of the reference column for these rows, at least `least`."""
    longest = max((width(row.reference_id) + 1 for row in rows), default=0)
    return min(max(least, longest), REFERENCE[1])


def row_spans(
    row: CableRow, room: RowColumns, copies: int | None = None
) -> list[tuple[str, Level | str]]:
    """Return the columns of a line, each with its look.

    Together they are exactly as wide as the columns.

    Between them `=` means several records, `≠` that only a record that is not shown has the words
    of the query, `▒` that words are blacked out. A row that represents near-copies ends with their
    number; a near-copy below its row, for which `copies` is 0, has `└` before its subject.
    """
    return [*_facts(row, room), *_subject(row, room.subject, copies)]


def _facts(row: CableRow, room: RowColumns) -> Iterator[tuple[str, Level | str]]:
    """Yield the columns before the last one."""
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
    subject = row.subject or ("(no subject)" if row.parsed else "…")
    if copies == 0:
        subject = f"└ {subject}"
    copies_label = _copies_label(copies, cells) if copies else ""
    yield cell(subject, cells - width(copies_label)), "subject"
    if copies_label:
        yield copies_label, "sign"


def facts_spans(row: CableRow | None, cells: int, reference: int) -> list[tuple[str, Level | str]]:
    """Return the line under a subject: id, date, classification, post."""
    if row is None:
        return [(" " * cells, "date")]
    row_columns = columns(cells - SYMBOL_CELLS, reference, least=0)
    styled_facts = [
        (fact_text, "date" if fact_style == "reference" else fact_style)
        for fact_text, fact_style in _facts(row, row_columns)
    ]
    post = row.origin if row_columns.subject >= _LEAST_SUBJECT else ""  # which the id has too
    return [(" " * SYMBOL_CELLS, "date"), *styled_facts, (cell(post, row_columns.subject), "date")]


def _copies_label(copies: int, cells: int) -> str:
    """Return ` +2 copies`, or ` +2` if there is little room."""
    if cells < _ROOM_FOR_WORDS:
        return f" +{copies}"
    return f" +{copies} cop{'y' if copies == 1 else 'ies'}"


def highlight_spans(text: str, places: Sequence[Span], look: str) -> list[tuple[str, str]]:
    """Return a text in pieces: matches, and the text between."""
    pieces = []
    shown_to = 0
    for hit_start, hit_end in places:
        if hit_start >= len(text):
            break
        pieces += [(text[shown_to:hit_start], look), (text[hit_start:hit_end], "hit")]
        shown_to = min(hit_end, len(text))
    return [piece for piece in (*pieces, (text[shown_to:], look)) if piece[0]]


def render_row(  # noqa: PLR0913 - options by name
    row: CableRow | None,
    cells: int,
    reference: int | None,
    *,
    signs: RowSymbols = NO_SYMBOLS,
    here: bool = False,
    selected: bool = False,
    copies: int | None = None,
) -> list[tuple[str, Level | str]]:
    """Return the whole line of a cable, without the cursor, which takes its first cell.

    Without `reference` it is only the subject. A row that is not known yet has only its marker. A
    cable that was read is dimmed, unless it is `here` or selected. `copies` as in `row_spans`.
    """
    if row is None:
        return [
            ("   ●" if selected else " " * SYMBOL_CELLS, "bar"),
            (" " * (cells - SYMBOL_CELLS), "subject"),
        ]
    canonical_id = row.canonical_id
    star = "✎" if canonical_id in signs.noted else "★" if canonical_id in signs.bookmarked else " "
    is_read = canonical_id in signs.read
    row_sign = "+" if row.new and not is_read else "✓" if is_read else " "
    dot = "●" if selected else " "
    spans: list[tuple[str, Level | str]] = [(f" {star}", "bar"), (row_sign, "sign"), (dot, "bar")]
    cells -= SYMBOL_CELLS
    row_columns = RowColumns(0, 0, 0, cells) if reference is None else columns(cells, reference)
    dimmed = ("reference", "subject") if is_read and not (here or selected) else ()
    for text, style in row_spans(row, row_columns, copies):
        shown_style = "read" if style in dimmed else style
        if style == "subject":
            places = signs.highlights.spans(text) if signs.highlights else ()
            spans += highlight_spans(text, places, shown_style)
        else:
            spans.append((text, shown_style))
    return spans


def passage_label(passage: FoundPassage) -> str:
    """Return `¶3 `, unless the passage begins with its number; `record 2 ¶3 ` in another record."""
    label = passage.label
    record = f"version {passage.record} " if passage.record > 1 else ""
    return f"{record}¶{label} " if label and not passage.text.startswith(f"{label}.") else record


def passage_spans(
    passage: FoundPassage, cells: int, places: Sequence[Span]
) -> list[tuple[str, str]]:
    """Return the pieces of the line with their looks, exactly as wide as the cells."""
    label = passage_label(passage)
    cells_left = cells - SYMBOL_CELLS - width(label)
    if cells_left < 1:
        return [(" " * cells, "passage")]
    text, places = _shifted(printable(passage.text), places, cells_left)
    cut_text = crop(text, cells_left)
    cut_length = len(cut_text) - (cut_text != text)
    return [
        (" " * SYMBOL_CELLS, "passage"),
        *([(label, "label")] if label else []),
        *highlight_spans(cut_text[:cut_length], places, "passage"),
        (cut_text[cut_length:] + " " * (cells_left - width(cut_text)), "passage"),
    ]


def _shifted(text: str, places: Sequence[Span], room: int) -> tuple[str, Sequence[Span]]:
    """Return the end of a text from a word on at which the matches fit, if it is too long."""
    if not places or width(text) <= room or width(text[: places[-1][1]]) < room:
        return text, places
    first, last = places[0][0], places[-1][1]
    # What matched is in the middle; if it is wider than the room its beginning is shown.
    start = max(first - max(room - (last - first), room // 2) // 2, 0)
    if width(text) == len(text):  # the end of a text fills the room too
        start = min(start, max(len(text) - room + len(ELLIPSIS), 0))
    start = min(text.find(" ", max(start - 1, 0)) + 1 or first, first)
    offset_moved = start - len(ELLIPSIS)
    shifted = [(begin - offset_moved, end - offset_moved) for begin, end in places]
    return f"{ELLIPSIS}{text[start:]}", shifted
