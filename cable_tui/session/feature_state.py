"""The state that each feature keeps in the session. This module contains only values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from cable_tui.base.cable import ReferenceSource, Span
from cable_tui.base.value import Value, field
from cable_tui.query import Query
from cable_tui.query.answers import Highlighting, Timeline
from cable_tui.session.values import HistoryEntry, Pane

if TYPE_CHECKING:
    # The first list on the screen waits for none of these.
    from cable_tui.archive.search.passages import FoundPassage
    from cable_tui.base.kinds import Filled, OrNull
    from cable_tui.library import Mark
    from cable_tui.text.painted_lines import TextLayout
    from cable_tui.text.tally import Tally


class CitedCable(Value):
    """A cable that the open cable cites."""

    reference_id: str
    label: str | None
    """The letter of the REF line that cites the cable, or None."""
    here: bool
    inferred: bool
    """Whether the year is not printed in the reference but inferred from the citing cable."""
    created: str = ""
    subject: str = ""
    """The subject of the cited cable; subject and date are empty strings if it is not in this
    archive.
    """
    source: ReferenceSource = "REF line"
    """The part of the citing cable that contains the reference."""


class Citing(Value):
    """A cable that cites the open cable."""

    reference_id: Filled
    created: OrNull[Filled]
    subject: str
    paragraph: Filled | None = None
    """The label of the paragraph that mentions the cited cable, or None if only a REF line cites
    it.
    """
    sentence: OrNull[Filled] = ""
    """The sentence that mentions the cited cable; empty until it is read, or if only a REF line
    cites the cable.
    """


class LinkedNotes(Value):
    """The notes that link the open cable to others, below a heading."""

    heading: str = ""
    entries: tuple[Citing, ...] = ()


class Context(Value):
    """The context of one cable, as far as it is known."""

    id: int | None = None
    """The id of the cable, or None if no context has been requested yet."""
    cited: tuple[CitedCable, ...] = ()
    citing: tuple[Citing, ...] = ()
    more: int = 0
    """The number of citing cables that are not in `citing`."""
    listed: bool = False
    """Whether the lists were read. If so, an empty list means that there are no such cables."""
    complete: bool = False
    """Whether all sentences of the citing cables were read."""
    at: int = 0
    """The index of the entry under the cursor, counting through `cited`, `citing`, then `linked`.
    """
    linked: LinkedNotes = LinkedNotes()

    @property
    def here(self) -> CitedCable | Citing | None:
        """The entry under the cursor, or None if the lists are empty."""
        return self.entries[self.at] if self.at < len(self.entries) else None

    @property
    def entries(self) -> tuple[CitedCable | Citing, ...]:
        """All entries that can be opened, in the order in which the pane shows them."""
        return *self.cited, *self.citing, *self.linked.entries


class NewCables(Value):
    """The cables added since the reader last looked at new ones."""

    looked_at: float = 0
    """The Unix time when the reader last looked, or first closed the archive; 0 if unknown."""
    counted_at: float = 0
    """The Unix time when the new cables were counted."""
    count: int = 0
    since: str = ""
    """The day of `looked_at` in words, such as `since Tuesday`."""
    query: str = ""
    """The query that finds the new cables."""


class ExportJob(Value):
    """The progress of a file that is being written."""

    label: str
    done: int = 0
    total: int = 0
    doing: str = "Writing"


class WordsToFind(Value):
    """The words that the reader searches for within one cable."""

    open: bool = False
    """Whether the reader is typing in the input line for the words."""
    text: str = ""

    @property
    def active(self) -> bool:
        """Whether `n` and `N` go to matches of these words rather than of the query's words."""
        return self.open or bool(self.text)


class CursorStop(Value):
    """A position in the body where the cursor can stop."""

    span: Span
    paragraph: int | None
    """The index of the paragraph in `Body.paragraphs`, or None above the first paragraph."""


class BodyPane(Value):
    """The body of the open cable: its layout, its matches, and the stops of its cursor."""

    layout: TextLayout | None = None
    """The layout of the painted lines, or None until the width of the pane is known."""
    height: int = 0
    """The height of the pane in lines."""
    hits: tuple[Span, ...] = ()
    """The spans that match the words in the query, or the words to find within the cable."""
    hit: int | None = None
    """The index of the match to which the cursor last moved, or None."""
    stops: tuple[CursorStop, ...] = ()


class Preview(Value):
    """The state of the reading pane while the list has the focus."""

    shown: bool = False
    """Whether the open cable is only a preview of the row under the cursor, and so does not count
    as opened by the reader.
    """
    resting: int | None = None
    """The id of the cable under the cursor when the current pause began, or None if no pause is
    running.
    """
    wanted: int | None = None
    """The id of the cable being read for a preview, or None."""
    stale: bool = False
    """Whether the cursor had left the open cable before the pause began."""
    left: HistoryEntry | None = None
    """The position where the reader left the last cable that was not a preview, or None."""


class TextsToRead(Value):
    """The progress of reading the texts that an answer needs."""

    done: int = 0
    total: int = 0


class Selection(Value):
    """The cables that the reader has selected."""

    ids: frozenset[int] = frozenset()
    """The ids of the selected cables, including cables that are not in the current list."""
    start: tuple[int, int] | None = None
    """The start of a range: the line in the list, and the id of the cable on that line at the time.
    """
    filed: frozenset[int] = frozenset()
    """The cables that the last change filed. They are selected again if it is undone."""


MOST_RECENT = 30
"""The maximum number of recently read cables in the filters."""
_NUMBERS = "¹²³⁴⁵⁶⁷⁸⁹"
"""The symbols on the rows of cables that stand for the first lists."""


class Notebook(Value):
    """The parts of the reader's library that the screen shows."""

    marks: frozenset[tuple[str, str | None]] = frozenset()
    """The locations with bookmarks: canonical id and paragraph label."""
    noted: frozenset[tuple[str, str | None]] = frozenset()
    """The locations whose bookmarks have a note."""
    pending: int = 0
    """The number of bookmarks that are only in memory, because the file cannot be written."""
    seen: frozenset[str] = frozenset()
    """The canonical ids of the cables that count as read."""
    recent: tuple[str, ...] = ()
    """The canonical ids of the cables read last, newest first."""
    lists: tuple[tuple[str, int], ...] = ()
    """The lists in the reader's order: names, and numbers of bookmarks."""
    listed: Mapping[str, tuple[str, ...]] = {}
    """The names of the lists of each listed cable or of its paragraphs, by canonical id."""
    searches: tuple[tuple[str, str], ...] = ()
    """The saved searches in the reader's order: names and queries."""
    list_notes: Mapping[str, str] = {}
    """The notes on lists, by name."""


def list_symbols(names: Iterable[str], lists: Sequence[tuple[str, int]]) -> str:
    """Return the numbers of some of the lists, as in the dialog of `a`, and `⁺` for all others."""
    order = [name for name, _ in lists]
    numbers = sorted(order.index(name) for name in names if name in order)
    digits = [_NUMBERS[number] for number in numbers if number < len(_NUMBERS)]
    return "".join(digits) + ("⁺" if len(digits) < len(numbers) else "")


def lists_by_cable(marks: Sequence[Mark]) -> dict[str, tuple[str, ...]]:
    """Return the names of the lists that contain each cable or its paragraphs, by canonical id."""
    names_by_cable: dict[str, dict[str, None]] = {}
    for mark in marks:
        if mark.lists:
            names_by_cable.setdefault(mark.canonical_id, {}).update(dict.fromkeys(mark.lists))
    return {canonical_id: tuple(names) for canonical_id, names in names_by_cable.items()}


class NoteDraft(Value):
    """A note that the reader is writing."""

    mark: Mark
    """The bookmark for the note, including its current note; the bookmark may be new."""
    others: tuple[tuple[str, str], ...] = ()
    """Other people's notes on the same location, as authors and texts."""

    @property
    def title(self) -> str:
        """The title of the text box for the note."""
        cable_or_paragraph = "cable" if self.mark.paragraph is None else "paragraph"
        return f"Note on this {cable_or_paragraph}: {self.mark.name}"


class Passages(Value):
    """The passages below the subjects in the list, if the query has words."""

    shown: bool = True
    """Whether the reader has turned the passages on."""
    found: Mapping[int, FoundPassage | None] = field(default_factory=dict)
    """The passages by cable id, or None for a cable without a passage."""
    highlights: Highlighting | None = None
    """The highlights for which the passages were read; passages for other highlights are dropped.
    """


class BookmarkEntry(Value):
    """One bookmark on the bookmarks screen."""

    mark: Mark
    author: str = ""
    """The author's name, or an empty string if the bookmark is the reader's own."""
    subject: str = ""
    line: str = ""
    """The first words of the bookmarked text."""
    here: bool | None = None
    """Whether the cable is in this archive, or None if unknown so far."""
    changed: str = ""
    """A description of how the bookmarked text has changed, or an empty string if it has not."""


class BookmarksView(Value):
    """The state of the bookmarks screen."""

    list: str = ""
    """The name of the displayed list; an empty string means all bookmarks, newest first."""
    lists: tuple[tuple[str, int], ...] = ()
    """All lists: names, and numbers of bookmarks."""
    total: int = 0
    """The total number of bookmarks."""
    entries: tuple[BookmarkEntry, ...] = ()
    private: frozenset[str] = frozenset()
    """The names of the private lists."""
    at: int = 0
    """The id of the bookmark under the cursor when the page was left, or 0."""
    search_notes: str = ""
    """The tools' notes about saved searches, on one line."""
    list_note: str = ""
    """The note on the displayed list, or an empty string."""


class OriginNote(Value):
    """A tool's note about an origin: short for the filters, and in full for the status line."""

    short: tuple[str, ...]
    """Short forms for the space next to the count, longest first; the first that fits is shown."""
    label: str
    head: str = ""
    """The meaning of these notes, for the heading above all origins."""


class SearchNote(Value):
    """A tool's note about a saved search, and a query for the cables that the note is about."""

    short: str
    """The note next to the search in the filters, or an empty string."""
    label: str
    """The note as used in a sentence or a menu."""
    query: str
    """The query that finds only the cables that the note is about."""


class SidebarView(Value):
    """The reader's settings and lists in the filters."""

    turned: frozenset[str] = frozenset()
    """The names of the sections whose order is reversed."""
    saved: tuple[tuple[str, int], ...] = ()
    """The saved searches counted so far: names, and numbers of cables."""
    search_notes: Mapping[str, SearchNote] = field(default_factory=dict)
    """The tools' notes about saved searches, by name."""
    recent: tuple[tuple[str, str, str], ...] = ()
    """The cables read last: canonical id, reference ID, subject."""
    notes: Mapping[str, OriginNote] = field(default_factory=dict)
    """The tools' notes about origins, by origin; empty until they are computed."""
    noted: int = 0
    """The number of cables in the archive when the notes were computed."""


Brush = tuple[int, int]
"""A selection in the timeline: where it began and where it ends, in either order."""


class TimelineView(Value):
    """The state of the timeline above the panes."""

    shown: bool | None = None
    """Whether the reader switched the timeline on or off; None lets the terminal's size decide."""
    data: Timeline = field(default_factory=Timeline)
    brush: Brush | None = None
    """The selection while the reader is making it with the keys or the mouse, or else None."""
    return_pane: Pane = "list"
    """The pane that receives the focus when the reader leaves the timeline."""
    zoomed_out: Query | None = None
    """The query for which the timeline shows the whole time span instead of only the span of its
    hits.
    """


class TextOptions(Value):
    """The reader's settings for the display of cables."""

    joined: bool = False
    """Whether hard-wrapped lines are joined and page breaks omitted; copies are not affected."""
    decoded: bool = False
    """Whether the transmission header is displayed in words."""


class ExportSelection(Value):
    """The cables or bookmarks that an export will write."""

    title: str
    """The title of the file, from which its name is derived."""
    label: str
    """The description of the selection: `3 selected cables`, `the list harbour`."""
    ids: Sequence[int] = ()
    """The ids of the cables; empty for a list of bookmarks."""
    list: str | None = None
    """The name of a list of bookmarks, an empty string for all bookmarks, or None to export cables.
    """
    file_title: str = ""
    """The text from which to derive the file's name instead of the title, because names in the
    title are masked; an empty string means the title.
    """


class NamedReport(Protocol):
    """A row of the table of reports, which imports the report when it is needed."""

    @property
    def name(self) -> str:
        """The name of the report."""

    @property
    def report(self) -> Any:
        """The report itself, which implements `session.features.pages.AskedReport`."""


def _no_tally() -> Tally:
    from cable_tui.text.tally import Tally

    return Tally()


class Page(Value):
    """The state of a report's page."""

    of: NamedReport
    ask: Any
    """The question, an instance of the report's own class."""
    rows: Sequence[Any] = ()
    answer: Any = None
    """The answer for scripts, as in `Rows`."""
    tally: Tally = field(default_factory=_no_tally)
    note: str = ""
    """The reason why the reading stopped early, or the result of a key on the page, or an empty
    string.
    """
    reading: bool = True
    whole: bool = False
    """Whether the report was read to the end."""
    cables: int | None = 0
    """The number of cables in the list when the page was opened, or None if the archive has grown
    since.
    """
    is_above: bool = False
    """Whether the page was opened from another page, which reappears when this page is closed."""
    at: int = 0
    """The index of the row under the cursor, among the filtered rows."""
    typed: str = ""
    """The text that filters the rows."""
    signs: Any = None
    """The selected cables and the bookmarks, if the report shows them."""
    chosen: Any = None
    """The row that the reader has chosen to merge with another, or None."""
    beside: Any = None
    """The details last read for a row, for the pane next to the rows."""
