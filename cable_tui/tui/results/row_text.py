"""The text of a row of the list: its columns, and the passage under its subject. No Textual."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from cable_tui.cable import Span
from cable_tui.classification import class_short
from cable_tui.session.feature_state import Passage
from cable_tui.text import ELLIPSIS, crop, printable, width
from cable_tui.tui.widgets.classification_level import Level, level
from cable_tui.value import Value

_LEAST_SUBJECT = 12
"""Cells of the subject below which other columns give way."""
_ROOM_FOR_WORDS = 40
"""Cells of the subject from which on the number of copies is followed by a word."""
MARK_SIGNS = 4
"""Cells of the signs at the left: the cursor, bookmark or note, new or read, and marked."""
REFERENCE = 15, 20
"""Cells of the reference column, and what it grows to when it must."""


class HighlightsLike(Protocol):
    """What the query matched."""

    def spans(self, text: str) -> list[Span]:
        """Ranges of characters, in order."""


class Row(Protocol):
    """What a line shows; `archive.Row` is one."""

    @property
    def reference_id(self) -> str:
        """As the archive gives it."""

    @property
    def canonical_id(self) -> str:
        """The id that bookmarks go by."""

    @property
    def created(self) -> str:
        """ISO 8601."""

    @property
    def classification(self) -> str:
        """In full."""

    @property
    def subject(self) -> str:
        """On one line; may be empty."""

    @property
    def parsed(self) -> bool:
        """Whether an empty subject is known to be none."""

    @property
    def new(self) -> bool:
        """It came with the last addition to the archive."""

    @property
    def versions(self) -> bool:
        """The archive has several records of it."""

    @property
    def redacted(self) -> bool:
        """Words of it are blacked out."""

    @property
    def record(self) -> int:
        """The number of the record that has what was searched for; 0 for the shown one."""


class RowMarks(Value):
    """The signs of rows: the canonical ids that have each, the list's own ids of the marked."""

    bookmarked: frozenset[str] = frozenset()
    noted: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    marked: frozenset[int] = frozenset()
    span: tuple[int, int] | None = None
    """First and last place of the range that is being marked."""
    highlights: HighlightsLike | None = None
    """What matched in the subjects; None where the query has no words."""

    def of(self, canonical: str) -> tuple[bool, bool, bool]:
        """Whether a cable has a note, a bookmark, and was read."""
        return canonical in self.noted, canonical in self.bookmarked, canonical in self.read

    def is_marked(self, index: int, id_: int) -> bool:
        """Whether the cable at a place is marked, or about to be."""
        return id_ in self.marked or (
            self.span is not None and self.span[0] <= index <= self.span[1]
        )


NO_MARKS = RowMarks()


class Columns(Value):
    """Cells of each column; 0 where it has given way."""

    reference: int
    date: int
    classification: int
    subject: int


def columns(cells: int, reference: int) -> Columns:
    """How so many cells, without the signs at the left, are shared.

    The day of the date gives way first, then the date (the id has the year), then the
    classification, so that subjects can still be told apart.
    """
    for date, classification in ((10, 7), (7, 7), (0, 7), (0, 0)):
        subject = cells - reference - sum(each + 1 for each in (date, classification) if each) - 1
        if subject >= _LEAST_SUBJECT:
            return Columns(reference, date, classification, subject)
    return Columns(reference, 0, 0, max(cells - reference - 1, 0))


def cell(text: str, cells: int) -> str:
    """A text cropped or filled to exactly so many cells."""
    cut = crop(printable(text), cells)
    return cut + " " * (cells - width(cut))


def reference_cells(rows: Iterable[Row], least: int = REFERENCE[0]) -> int:
    """Cells of the reference column for these rows, where it already has `least`."""
    longest = max((width(row.reference_id) for row in rows), default=0)
    return min(max(least, longest), REFERENCE[1])


def row_spans(row: Row, room: Columns, copies: int | None = None) -> list[tuple[str, Level | str]]:
    """The columns of a line, each with its look; together exactly as wide as the columns are.

    In the blanks between them `=` says that there are several records, `≠` that only another than
    the shown one has what was searched for, `▒` that words are blacked out. A row that stands for
    `copies` too ends with their number; before the subject of a copy below its row, for which
    `copies` is 0, there is `└`.
    """
    short = class_short(row.classification)
    found: list[tuple[str, Level | str]] = [
        (cell(row.reference_id, room.reference), "reference"),
        ("≠" if row.record else "=" if row.versions else " ", "sign"),
    ]
    if room.date:
        found.append((cell(row.created[: room.date], room.date) + " ", "date"))
    if room.classification:
        found.append((cell(short, room.classification), level(row.classification)))
        found.append(("▒" if row.redacted else " ", "sign"))
    subject = row.subject or ("(no subject)" if row.parsed else "…")
    if copies == 0:
        subject = f"└ {subject}"
    said = _copies_label(copies, room.subject) if copies else ""
    found.append((cell(subject, room.subject - width(said)), "subject"))
    return [*found, (said, "sign")] if said else found


def _copies_label(copies: int, cells: int) -> str:
    """` +2 copies`, or ` +2` where there is little room."""
    if cells < _ROOM_FOR_WORDS:
        return f" +{copies}"
    return f" +{copies} cop{'y' if copies == 1 else 'ies'}"


def highlight_spans(text: str, places: Sequence[Span], look: str) -> list[tuple[str, str]]:
    """A text in pieces: what matched, and what stands between."""
    pieces = []
    at = 0
    for start, end in places:
        if start >= len(text):
            break
        pieces += [(text[at:start], look), (text[start:end], "hit")]
        at = min(end, len(text))
    return [piece for piece in (*pieces, (text[at:], look)) if piece[0]]


def render_row(  # noqa: PLR0913 - options by name
    row: Row | None,
    cells: int,
    reference: int,
    *,
    signs: RowMarks = NO_MARKS,
    marked: bool = False,
    copies: int | None = None,
) -> list[tuple[str, Level | str]]:
    """The whole line of a cable; without the cursor, which takes the place of its first cell.

    A row that is not known yet is blank but for its mark. `copies` as in `row_spans`.
    """
    if row is None:
        return [
            ("   ●" if marked else " " * MARK_SIGNS, "bar"),
            (" " * (cells - MARK_SIGNS), "subject"),
        ]
    canonical = row.canonical_id
    star = "✎" if canonical in signs.noted else "★" if canonical in signs.bookmarked else " "
    read = canonical in signs.read
    state = "+" if row.new and not read else "✓" if read else " "
    mark = "●" if marked else " "
    found = [(f" {star}", "bar"), (state, "sign"), (mark, "bar")]
    for text, look in row_spans(row, columns(cells - MARK_SIGNS, reference), copies):
        if look == "subject":
            places = signs.highlights.spans(text) if signs.highlights else ()
            found += highlight_spans(text, places, _LOOKS[read])
        else:
            found.append((text, "read" if read and look in _DIMMED else look))
    return found


_DIMMED = ("reference",)
"""Columns of a cable that was read stand back, and its subject."""
_LOOKS = {True: "read", False: "subject"}


def passage_label(passage: Passage) -> str:
    """`¶3 `, unless the passage begins with its number; `record 2 ¶3 ` in another record."""
    label = passage.label
    record = f"record {passage.record} " if passage.record > 1 else ""
    return f"{record}¶{label} " if label and not passage.text.startswith(f"{label}.") else record


def passage_spans(passage: Passage, cells: int, places: Sequence[Span]) -> list[tuple[str, str]]:
    """The pieces of the line with their looks, exactly as wide as the cells."""
    label = passage_label(passage)
    room = cells - MARK_SIGNS - width(label)
    if room < 1:
        return [(" " * cells, "passage")]
    text, places = _shifted(printable(passage.text), places, room)
    cut = crop(text, room)
    reach = len(cut) - (cut != text)
    return [
        (" " * MARK_SIGNS, "passage"),
        *([(label, "label")] if label else []),
        *highlight_spans(cut[:reach], places, "passage"),
        (cut[reach:] + " " * (room - width(cut)), "passage"),
    ]


def _shifted(text: str, places: Sequence[Span], room: int) -> tuple[str, Sequence[Span]]:
    """The text from the first word from which the places fit, if it is too long."""
    if not places or width(text) <= room or width(text[: places[-1][1]]) < room:
        return text, places
    first, last = places[0][0], places[-1][1]
    # What matched stands in the middle; where it is wider than the room its beginning is shown.
    start = max(first - max(room - (last - first), room // 2) // 2, 0)
    if width(text) == len(text):  # the end of a text fills the room too
        start = min(start, max(len(text) - room + len(ELLIPSIS), 0))
    start = min(text.find(" ", max(start - 1, 0)) + 1 or first, first)
    moved = start - len(ELLIPSIS)
    shifted = [(begin - moved, end - moved) for begin, end in places]
    return f"{ELLIPSIS}{text[start:]}", shifted
