"""The state that each feature keeps in the session. Values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """A cable that this one cites."""

    reference_id: str
    label: str | None
    """Letter of its REF line."""
    here: bool
    inferred: bool
    """Whether its year is not printed; it was taken from the cable."""
    created: str = ""
    subject: str = ""
    """Subject and date, only if it is here."""
    source: ReferenceSource = "REF line"
    """The part of the citing cable in which its number is printed."""


class Citing(Value):
    """A cable that cites this one."""

    reference_id: Filled
    created: OrNull[Filled]
    subject: str
    paragraph: Filled | None = None
    """Label of the paragraph that speaks of it; None if only a REF line does."""
    sentence: OrNull[Filled] = ""
    """The sentence there; empty until it is read, and if only a REF line names it."""


class Context(Value):
    """The known part of the context of one cable."""

    id: int | None = None
    """The cable, or None before any was asked for."""
    cited: tuple[CitedCable, ...] = ()
    citing: tuple[Citing, ...] = ()
    more: int = 0
    """The number of citing cables that are not listed."""
    listed: bool = False
    """Whether the lists were read: empty ones are really empty."""
    complete: bool = False
    """Whether every sentence is read."""
    at: int = 0
    """The cable under the cursor: `cited`, then `citing`, are counted."""

    @property
    def here(self) -> CitedCable | Citing | None:
        """The cable under the cursor."""
        cables: tuple[CitedCable | Citing, ...] = (*self.cited, *self.citing)
        return cables[self.at] if self.at < len(cables) else None


class NewCables(Value):
    """The cables added since the reader last looked at new ones."""

    looked_at: float = 0
    """When the reader last looked, or first closed the archive, as Unix time; 0 if unknown."""
    counted_at: float = 0
    """When they were counted."""
    count: int = 0
    since: str = ""
    """The day of `looked_at` in words: `since Tuesday`."""
    query: str = ""
    """The query that finds them."""


class ExportJob(Value):
    """A file that is being written."""

    label: str
    done: int = 0
    total: int = 0
    doing: str = "Writing"


class WordsToFind(Value):
    """The words to find in one cable."""

    open: bool = False
    """Whether the line to type them has the keys."""
    text: str = ""

    @property
    def active(self) -> bool:
        """Whether n and N go to its matches instead of the query's."""
        return self.open or bool(self.text)


class CursorStop(Value):
    """A stop of the cursor in the body."""

    span: Span
    paragraph: int | None
    """Index in `Body.paragraphs`; None in the top matter."""


class BodyPane(Value):
    """The body of the open cable: its painted lines, its matches, and where its cursor stops."""

    layout: TextLayout | None = None
    """The painted lines; None before there is a width to lay them out for."""
    height: int = 0
    """Lines of the pane."""
    hits: tuple[Span, ...] = ()
    """Where the text has the words of the query, or the words to find."""
    hit: int | None = None
    """The hit that the cursor was put on last."""
    stops: tuple[CursorStop, ...] = ()


class Preview(Value):
    """The content of the reading pane while the list has the keys."""

    shown: bool = False
    """Whether the open cable is only the row under the cursor: the reader did not ask for it."""
    resting: int | None = None
    """The cable under the cursor when the running pause began; None if no pause runs."""
    wanted: int | None = None
    """The cable that is being read for a preview."""
    stale: bool = False
    """Whether the list had left the open cable before the pause began."""
    left: HistoryEntry | None = None
    """The position at which the reader left the last opened cable."""


class TextsToRead(Value):
    """The progress of reading texts for an answer."""

    done: int = 0
    total: int = 0


class Selection(Value):
    """The selected cables."""

    ids: frozenset[int] = frozenset()
    """Cables, also those that are not in the current list."""
    start: tuple[int, int] | None = None
    """Start of a range: the line of the list, and its cable then."""


class Notebook(Value):
    """The part of the library that the screen shows."""

    marks: frozenset[tuple[str, str | None]] = frozenset()
    """Bookmarks: canonical id and paragraph label."""
    noted: frozenset[tuple[str, str | None]] = frozenset()
    """Bookmarks that have a note."""
    pending: int = 0
    """Bookmarks that are in memory only: the disk is full, or the file cannot be written."""
    seen: frozenset[str] = frozenset()
    """Canonical ids of the cables that were read."""
    recent: tuple[str, ...] = ()
    """Canonical ids of the cables read last, the newest first."""
    lists: tuple[tuple[str, int], ...] = ()
    """Names of lists in the reader's order, with their numbers of bookmarks."""
    searches: tuple[tuple[str, str], ...] = ()
    """Saved searches in the reader's order: names and queries."""


class NoteDraft(Value):
    """A note that the reader is writing."""

    mark: Mark
    """The bookmark that has it, with its present note; it may be a new one."""
    others: tuple[tuple[str, str], ...] = ()
    """Notes of others on this location, with their authors."""

    @property
    def title(self) -> str:
        """Title of the box to write it in."""
        cable_or_paragraph = "cable" if self.mark.paragraph is None else "paragraph"
        return f"Note on this {cable_or_paragraph}: {self.mark.name}"


class Passages(Value):
    """Passages under the subjects of the list, if the query has words."""

    shown: bool = True
    """Whether the reader wants them."""
    found: Mapping[int, FoundPassage | None] = field(default_factory=dict)
    """Passages by cable; None for a cable without one."""
    highlights: Highlighting | None = None
    """The highlights they were read for; older passages are dropped."""


class BookmarkEntry(Value):
    """One line of the bookmarks screen."""

    mark: Mark
    author: str = ""
    """The author's name; empty if it is the reader's own."""
    subject: str = ""
    line: str = ""
    """Beginning of the bookmarked text."""
    here: bool | None = None
    """Whether the cable is in this archive; None if that is unknown."""
    changed: str = ""
    """Text on how the bookmarked text has changed; empty if it has not."""


class BookmarksView(Value):
    """The content of the bookmarks screen."""

    list: str = ""
    """The name of a list; empty is all bookmarks, the newest first."""
    lists: tuple[tuple[str, int], ...] = ()
    """All lists with their numbers of bookmarks."""
    total: int = 0
    """Bookmarks in all."""
    entries: tuple[BookmarkEntry, ...] = ()
    private: frozenset[str] = frozenset()
    """The private lists."""
    at: int = 0
    """The bookmark of the cursor when the page was left, by its id."""


class OriginNote(Value):
    """What a tool knows of an origin: for the library pane, and in full for the status line."""

    short: tuple[str, ...]
    """Notes beside its number, the widest first: one of them is shown if it fits."""
    label: str


class SidebarView(Value):
    """The reader's view of the library."""

    turned: frozenset[str] = frozenset()
    """Sections in reversed order."""
    saved: tuple[tuple[str, int], ...] = ()
    """Saved searches with their numbers of cables, as far as counted."""
    recent: tuple[tuple[str, str, str], ...] = ()
    """Cables read last: canonical id, reference ID, subject."""
    notes: Mapping[str, OriginNote] = field(default_factory=dict)
    """What tools know of origins, once that was computed."""
    noted: int = 0
    """The number of cables in the archive at that time."""


Brush = tuple[int, int]
"""The first and the last position in the timeline; either may be the later one."""


class TimelineView(Value):
    """The timeline above the panes."""

    shown: bool | None = None
    """Whether the reader wants it; None leaves it to the size of the terminal."""
    data: Timeline = field(default_factory=Timeline)
    brush: Brush | None = None
    """The brush, while the timeline has the keys or the mouse."""
    return_pane: Pane = "list"
    """The pane that gets the keys back."""
    zoomed_out: Query | None = None
    """The query for which the reader wants to see the whole time span, not only that of its
    hits."""


class TextOptions(Value):
    """The reader's choices of how cables are shown."""

    joined: bool = False
    """Whether hard-wrapped lines are joined, page breaks left out; copies stay as filed."""
    decoded: bool = False
    """Whether the transmission header is shown in words."""


class ExportSelection(Value):
    """The cables or locations that an export writes."""

    title: str
    """Title of the file, also used for its name."""
    label: str
    """Label: `3 selected cables`, `the list harbour`."""
    ids: Sequence[int] = ()
    """Cables; empty for a list of bookmarks."""
    list: str | None = None
    """A list of bookmarks, empty for all bookmarks; None for cables."""
    file_title: str = ""
    """The source of the file's name, if it is not the title: its names are masked."""


class NamedReport(Protocol):
    """A row of the table of reports, imported when it is used."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def report(self) -> Any:
        """The report; `session.features.pages.AskedReport` is what the session asks of it."""


def _no_tally() -> Tally:
    from cable_tui.text.tally import Tally

    return Tally()


class Page(Value):
    """The content of a page."""

    of: NamedReport
    ask: Any
    """The question, a value of the report's own kind."""
    rows: Sequence[Any] = ()
    answer: Any = None
    """The answer as in `Rows`."""
    tally: Tally = field(default_factory=_no_tally)
    note: str = ""
    """Reason why the reading ended early, or the result of a key of the page."""
    reading: bool = True
    whole: bool = False
    """Whether it was read to its end."""
    cables: int | None = 0
    """Cables of the list when it was opened; None once the archive has grown since."""
    is_above: bool = False
    """Whether it was opened from another page, to which closing it returns."""
    at: int = 0
    """The row of the cursor, among the filtered rows."""
    typed: str = ""
    """The filter."""
    signs: Any = None
    """Selected cables and bookmarks, for a report that shows them."""
    chosen: Any = None
    """A row that a key has chosen, to be merged with another."""
    beside: Any = None
    """What was last read of a row for the pane beside the rows."""
