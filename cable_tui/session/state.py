"""The session: everything that the reading room shows, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cable_tui.cable import Cable, Paragraph, Span
from cable_tui.query import Query
from cable_tui.session.feature_state import (
    BookmarksView,
    Context,
    DraftView,
    ExportJob,
    Notebook,
    NoteDraft,
    PartInTheWay,
    Passages,
    Preview,
    SearchInSight,
    Selection,
    SidebarView,
    TextOptions,
    TextsToRead,
    TimelineView,
    Tour,
    WordsToFind,
)
from cable_tui.session.values import (
    EVERYTHING,
    HISTORY,
    READING,
    TOP,
    Action,
    Answered,
    ArchiveSummary,
    ComparedPair,
    Counts,
    FoldedCopies,
    FoundHits,
    IndexProgress,
    IndexStatus,
    Jump,
    Landing,
    OpenedCable,
    Pane,
    Phase,
    Position,
)
from cable_tui.value import Value, field, replace

if TYPE_CHECKING:  # the first list on the screen waits for neither
    from cable_tui.session.feature_state import OpenSealing, Page


class Session(Value):
    """Everything that the reading room shows, as one value; `step` makes the next one."""

    phase: Phase = "ready"
    failure: str = ""
    """Why there is nothing to read, in the words of the error."""
    text: str = ""
    """The text of the bar."""
    query: Query = EVERYTHING
    committed_text: str = ""
    """The text of the bar before it was edited: Esc restores it."""
    committed_at: int = 0
    """The line of the cursor then, which is restored with it."""
    answered: Answered = "unasked"
    """Which query `hits` answers."""
    hits: FoundHits = field(default_factory=FoundHits)
    counts: Counts = field(default_factory=dict)
    totals: Counts = field(default_factory=dict)
    """The counts of the whole archive, once they are known."""
    counted: bool = True
    """Whether `counts` are those of the query; older ones are shown as not yet known."""
    wide_sections: frozenset[str] = frozenset()
    """Sections of the library that show all values."""
    jumps: tuple[Jump, ...] = ()
    looking_up: bool = False
    """What the text of the bar may name is being looked up."""
    choice: int | None = None
    """Which of `jumps` Enter would take; None is the query itself."""
    enter_waits: bool = False
    """Enter came before it was known what the text may name."""
    at: int = 0
    """Line of the cursor in the list."""
    keep: int | None = None
    """The cable that the cursor stays on when the next hits arrive."""
    pending_reference: tuple[str, str | None] | None = None
    """Id and paragraph that the command line named, until the index has it."""
    opening: int | None = None
    """The cable that is being fetched; another one that arrives late is dropped."""
    landing: Landing = TOP
    """Where in the opened cable the reader arrives."""
    opened: OpenedCable | None = None
    paragraph: int | None = None
    """Index of the paragraph under the cursor; None at the top matter."""
    scroll: int = 0
    """First line of the body that is shown."""
    stop: int = 0
    """Stop of the body's cursor: finer than `paragraph`, for the history."""
    preview: Preview = field(default_factory=Preview)
    """What of the open cable is a preview of the list's row."""
    pane: Pane = "list"
    reading: bool = False
    """In a small terminal: the cable is shown, not the list."""
    library_open: bool = False
    """In a small terminal: the library is shown over the list."""
    return_pane: Pane = "list"
    """The pane that gets the keys back from the library."""
    zoomed: bool = False
    """One pane has the whole screen."""
    unfolded: bool = False
    """The header box shows the whole header."""
    repaired: bool = False
    """Texts are shown with the quotes that telegraphs could not send; copies stay as filed."""
    text_options: TextOptions = field(default_factory=TextOptions)
    """How the text of cables is shown."""
    find: WordsToFind = field(default_factory=WordsToFind)
    """The words to find in the open cable."""
    context: Context = field(default_factory=Context)
    """What the open cable cites, and who cites it."""
    copies: FoldedCopies = field(default_factory=FoldedCopies)
    """How the list shows cables with nearly the same text."""
    page: Page | None = None
    """The page of a report; None while none is open."""
    left: Mapping[str, Page] = field(default_factory=dict)
    """The last page of each report, as it was left."""
    draft: DraftView = field(default_factory=DraftView)
    """The quotations of a draft, each beside its cable."""
    selected_from: int | None = None
    """Paragraph from which on whole paragraphs are selected; None while none is."""
    sentence: Span | None = None
    """The sentence of the body under the cursor; None where it moves by paragraphs."""
    sentence_from: Span | None = None
    """Sentence from which on sentences are selected; None while none is."""
    notebook: Notebook = field(default_factory=Notebook)
    """Bookmarks, notes, lists, saved searches, and what was read."""
    discarded: tuple[NoteDraft, str] | None = None
    """A note that the reader threw away, and what was written of it."""
    synced: str = ""
    """When other readers were last met, in words; empty where nothing is shared."""
    bookmarks_view: BookmarksView | None = None
    """What the bookmarks screen shows; None while it is not there."""
    passages: Passages = field(default_factory=Passages)
    """Passages under the subjects of the list."""
    selection: Selection = field(default_factory=Selection)
    """The selected cables of the list."""
    timeline: TimelineView = field(default_factory=TimelineView)
    """The line above the panes."""
    tour: Tour = field(default_factory=Tour)
    """The tour of the room, in a line below the panes."""
    texts_to_read: TextsToRead = field(default_factory=TextsToRead)
    """The texts that are read for the answer to the query."""
    recalled: int = 0
    """How many queries back the text of the bar is; 0 is a new one."""
    reasons: tuple[PartInTheWay, ...] = ()
    """Parts of a query that finds nothing, with what it would find without each."""
    sidebar: SidebarView = field(default_factory=SidebarView)
    """The view of the library pane."""
    search_log: SearchInSight = field(default_factory=SearchInSight)
    """Which searches the research log has."""
    export_job: ExportJob | None = None
    """The export that is running."""
    sealing: OpenSealing | None = None
    """The sealed dossier that waits for the reader, who may be reading its open places."""
    private: bool = False
    """Nothing is stored of what is read: no read marks, no history on the disk."""
    quit_warned: bool = False
    """The reader was warned that quitting would lose bookmarks."""
    style: str = "reference"
    """Name of the export that was copied last."""
    compared: ComparedPair | None = None
    """What is compared; None while no comparison is shown."""
    past: tuple[Position, ...] = ()
    future: tuple[Position, ...] = ()
    summary: ArchiveSummary = field(default_factory=ArchiveSummary)
    building: IndexProgress | None = None
    """None when the index is complete."""
    checked: bool = False
    """The folder was compared with the index: nothing more will come."""
    stalled: str = ""
    """Why the index could not be completed; empty where it could."""
    index_status: IndexStatus = field(default_factory=IndexStatus)
    """Who updates the index."""
    resumed_at: object = None
    """The state right after a query was resumed; see `restore.offers_all_cables`."""

    @property
    def current(self) -> int | None:
        """The cable under the cursor of the list."""
        return self.hits.ids[self.at] if self.at < len(self.hits.ids) else None

    @property
    def cable_here(self) -> int | None:
        """The cable that commands are for: the open one while it is read, else `current`."""
        return self.opened.id if self.in_cable and self.opened else self.current

    @property
    def counting(self) -> bool:
        """Whether the number of cables of this query is not yet known."""
        if self.hits.count or self.checked:
            return False
        return not self.has_answer or not self.text.strip()

    @property
    def has_answer(self) -> bool:
        """Whether `hits` answers a query, this one or an older one."""
        return self.answered in ("before", "now")

    @property
    def is_waiting(self) -> bool:
        """Whether the answer to the query is not there yet."""
        return self.answered in ("never", "before")

    @property
    def cable(self) -> Cable | None:
        """The open cable."""
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

    @property
    def left_behind(self) -> bool:
        """Whether the list has the reader's eye, and its cursor has left the open cable.

        Not before the cursor has rested: moving it changes the list and nothing else.
        """
        if self.opened is None or self.opening is not None or self.pane in READING:
            return False
        pausing = self.preview.resting is not None or self.preview.wanted is not None
        return self.opened.id != self.current and (self.preview.stale or not pausing)

    def position(self) -> Position:
        """The current position, for the history."""
        if self.in_cable and self.opened:
            place = (self.opened.id, self.paragraph, self.scroll, self.stop)
            return Position(self.text, self.at, *place)
        return Position(self.text, self.at, None)

    def with_past(self, place: Position) -> Session:
        """The session with a place to go back to, and none to go forward to."""
        if self.past and self.past[-1] == place:
            return replace(self, future=())
        return replace(self, past=(*self.past, place)[-HISTORY:], future=())

    def with_page(self, page: Action) -> Session:
        """The session whose last place in the history has a page over it, which `page` opens."""
        last = replace(self.past[-1], page=page)
        return replace(self, past=(*self.past[:-1], last))
