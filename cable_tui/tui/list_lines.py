"""The lines of the list: which columns there is room for, and what stands in them. Pure.

The first picture of the room is painted with this too: nothing heavy is imported here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from cable_tui.classification import class_short
from cable_tui.text import crop, printable, width
from cable_tui.tui.levels import Level, level

Span = tuple[int, int]

_LEAST_SUBJECT = 18
"""Cells of the subject below which other columns give way."""
TALL = 50
"""Lines of the terminal from which on the timeline above the list is three lines high."""
SIGNS = 4
"""Cells of the signs at the left: the cursor, bookmark or note, new or read, and marked."""
REFERENCE = 15, 20
"""Cells of the reference column, and what it grows to when it must."""


class Lit(Protocol):
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


@dataclass(frozen=True, slots=True)
class Signs:
    """What carries a sign: canonical ids, and of the marked the list's own; and what is lit."""

    bookmarked: frozenset[str] = frozenset()
    noted: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    marked: frozenset[int] = frozenset()
    span: tuple[int, int] | None = None
    """First and last place of the range that is being marked."""
    lit: Lit | None = None
    """What matched in the subjects; None where the query has no words."""

    def of(self, canonical: str) -> tuple[bool, bool, bool]:
        """Whether a cable has a note, a bookmark, and was read."""
        return canonical in self.noted, canonical in self.bookmarked, canonical in self.read

    def is_marked(self, index: int, id_: int) -> bool:
        """Whether the cable at a place is marked, or about to be."""
        return id_ in self.marked or (
            self.span is not None and self.span[0] <= index <= self.span[1]
        )


NO_SIGNS = Signs()


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells of each column; 0 where it has given way."""

    reference: int
    date: int
    classification: int
    subject: int


def columns(cells: int, reference: int) -> Columns:
    """How so many cells, without the signs at the left, are shared.

    The day of the date gives way first, then the date (the id has the year), then the
    classification, so that a subject can still be told from another.
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


def painted(row: Row, room: Columns) -> list[tuple[str, Level | str]]:
    """The columns of a line, each with its look; together exactly as wide as the columns are."""
    short = class_short(row.classification)
    found: list[tuple[str, Level | str]] = [
        (cell(row.reference_id, room.reference) + " ", "reference")
    ]
    if room.date:
        found.append((cell(row.created[: room.date], room.date) + " ", "date"))
    if room.classification:
        found.append((cell(short, room.classification) + " ", level(row.classification)))
    subject = row.subject or ("(no subject)" if row.parsed else "…")
    found.append((cell(subject, room.subject), "subject"))
    return found


def lighted(text: str, places: Sequence[Span], look: str) -> list[tuple[str, str]]:
    """A text in pieces: what matched, and what stands between."""
    pieces = []
    at = 0
    for start, end in places:
        if start >= len(text):
            break
        pieces += [(text[at:start], look), (text[start:end], "hit")]
        at = min(end, len(text))
    return [piece for piece in (*pieces, (text[at:], look)) if piece[0]]


def line(
    row: Row | None, cells: int, reference: int, *, signs: Signs = NO_SIGNS, marked: bool = False
) -> list[tuple[str, Level | str]]:
    """The whole line of a cable; without the cursor, which takes the place of its first cell.

    A row that is not known yet is blank but for its mark.
    """
    if row is None:
        return [("   ●" if marked else " " * SIGNS, "bar"), (" " * (cells - SIGNS), "subject")]
    canonical = row.canonical_id
    star = "✎" if canonical in signs.noted else "★" if canonical in signs.bookmarked else " "
    read = canonical in signs.read
    state = "+" if row.new and not read else "✓" if read else " "
    mark = "●" if marked else " "
    found = [(f" {star}", "bar"), (state, "sign"), (mark, "bar")]
    *texts, (subject, _) = painted(row, columns(cells - SIGNS, reference))
    found += [(text, "read" if read and look in _DIMMED else look) for text, look in texts]
    places = signs.lit.spans(subject) if signs.lit else ()
    return [*found, *lighted(subject, places, _LOOKS[read])]


_DIMMED = ("reference", "subject")
"""Columns of a cable that was read stand back."""
_LOOKS = {True: "read", False: "subject"}
