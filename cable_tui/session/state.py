"""Everything that the room shows, as one frozen value."""

from __future__ import annotations

from dataclasses import field, replace

from cable_tui.cable import Cable, Paragraph
from cable_tui.query import Query
from cable_tui.session.base import Value
from cable_tui.session.feature_state import (
    BookmarksView,
    Context,
    ExportJob,
    Finding,
    IndexStatus,
    Notebook,
    Passages,
    Reason,
    Selection,
    SidebarView,
    TextOptions,
    Timeline,
)
from cable_tui.session.values import (
    EVERYTHING,
    HISTORY,
    READING,
    TOP,
    Counts,
    Hits,
    IndexProgress,
    Jump,
    Landing,
    OpenedCable,
    Pane,
    Phase,
    Position,
    Summary,
)


class Session(Value):
    """Everything that the room shows, as one value; `step` makes the next one of it."""

    phase: Phase = "ready"
    failure: str = ""
    """Why there is nothing to read, in the words of the error."""
    text: str = ""
    """The text of the bar."""
    query: Query = EVERYTHING
    committed_text: str = ""
    """The text of the bar before it was edited: Esc gives it back."""
    ticket: int = 0
    """Number of the newest question; answers to older ones are dropped."""
    answered: int = 0
    """Number of the question that `hits` answers."""
    hits: Hits = field(default_factory=Hits)
    counts: Counts = field(default_factory=dict)
    totals: Counts = field(default_factory=dict)
    """The counts of the whole archive, once they were asked."""
    counted: int = 0
    """Number of the question that `counts` answers; older counts are shown as not yet known."""
    wide_sections: frozenset[str] = frozenset()
    """Sections of the library that show all their values."""
    jumps: tuple[Jump, ...] = ()
    jumps_ticket: int = 0
    """Number of the question whose text `jumps` are for."""
    choice: int | None = None
    """Which of `jumps` Enter would take; None is the query itself."""
    enter_ticket: int = 0
    """Number of the question whose Enter came before its jumps were known."""
    at: int = 0
    """Place in the list."""
    keep: int | None = None
    """The cable that the cursor stays on when the next hits arrive."""
    pending_reference: tuple[str, str | None] | None = None
    """Id and paragraph that the command line named, while the index may still come to it."""
    opening: int | None = None
    """The cable that is being fetched; another one that arrives late is dropped."""
    landing: Landing = TOP
    """Where in it the reader will arrive."""
    opened: OpenedCable | None = None
    paragraph: int | None = None
    """Under the cursor, in `Body.paragraphs`; None at the top matter."""
    scroll: int = 0
    """First line of the body that is shown."""
    stop: int = 0
    """Of the body's cursor: finer than `paragraph`, for the way back."""
    pane: Pane = "list"
    reading: bool = False
    """Where one thing is shown at a time: the cable, not the list."""
    library_open: bool = False
    """Where one thing is shown at a time: the library over the list."""
    return_pane: Pane = "list"
    """The pane that gets the keys back from the library."""
    zoomed: bool = False
    """One pane has the whole screen."""
    unfolded: bool = False
    """The header box shows the whole header."""
    repaired: bool = False
    """Texts are shown with the quotes that the telegraph had no signs for; copies never are."""
    text_options: TextOptions = field(default_factory=TextOptions)
    """How the text of cables is painted."""
    find: Finding = field(default_factory=Finding)
    """What is looked for in the cable that is shown."""
    context: Context = field(default_factory=Context)
    """What it cites and who cites it."""
    selected_from: int | None = None
    """Paragraph from which on whole paragraphs are selected; None while none is."""
    notebook: Notebook = field(default_factory=Notebook)
    """Bookmarks, notes, lists, saved searches, and what was read."""
    bookmarks_view: BookmarksView | None = None
    """What the bookmarks screen shows; None while it is not there."""
    passages: Passages = field(default_factory=Passages)
    """What stands under the subjects of the list."""
    selection: Selection = field(default_factory=Selection)
    """Cables of the list that a command of many is of."""
    timeline: Timeline = field(default_factory=Timeline)
    """The line above the panes."""
    recalled: int = 0
    """How many queries ago the text of the bar was asked; 0 is a new one."""
    reasons: tuple[Reason, ...] = ()
    """The parts of a query that finds nothing, with what it would find without each."""
    sidebar: SidebarView = field(default_factory=SidebarView)
    """How the library is looked at."""
    export_job: ExportJob | None = None
    """A file that is being written."""
    private: bool = False
    """Nothing is kept of what is read: no sign of reading, no history on the disk."""
    quit_warned: bool = False
    """The reader was told that leaving would lose them."""
    source: str = ""
    """Format of the records that citations name where a cable has one; empty is the one read."""
    style: str = "reference"
    """Name of the export that was copied last."""
    past: tuple[Position, ...] = ()
    future: tuple[Position, ...] = ()
    summary: Summary = field(default_factory=Summary)
    building: IndexProgress | None = None
    """None when the index is complete."""
    checked: bool = False
    """The folder has been compared with the index: what is not there now does not come."""
    stalled: str = ""
    """Why the index could not be completed; empty where it could."""
    index_status: IndexStatus = field(default_factory=IndexStatus)
    """Who brings the index up to date."""
    resumed_at: object = None
    """What `resuming` remembers of the moment when the room came back to a query."""

    @property
    def current(self) -> int | None:
        """The cable under the cursor of the list."""
        return self.hits.ids[self.at] if self.at < len(self.hits.ids) else None

    @property
    def counting(self) -> bool:
        """Whether it is still open how many cables there are for this query."""
        if self.hits.count or self.checked:
            return False
        return self.answered == 0 or not self.text.strip()

    @property
    def cable(self) -> Cable | None:
        """The cable that is shown."""
        return self.opened.cable if self.opened else None

    @property
    def here(self) -> Paragraph | None:
        """The paragraph under the cursor of the body."""
        if self.opened is None or self.paragraph is None:
            return None
        paragraphs = self.opened.cable.body.paragraphs
        return paragraphs[self.paragraph] if self.paragraph < len(paragraphs) else None

    @property
    def in_cable(self) -> bool:
        """Whether the keys go to the cable."""
        return self.pane in READING and self.opened is not None

    def position(self) -> Position:
        """Where the reader is now."""
        if self.in_cable and self.opened:
            place = (self.opened.id, self.paragraph, self.scroll, self.stop)
            return Position(self.text, self.at, *place)
        return Position(self.text, self.at, None)

    def with_past(self, place: Position) -> Session:
        """The session with a place to come back to, and nothing ahead."""
        if self.past and self.past[-1] == place:
            return replace(self, future=())
        return replace(self, past=(*self.past, place)[-HISTORY:], future=())
