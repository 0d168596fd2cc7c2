"""The session: everything that the reading room shows, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from cable_tui.base.cable import Cable, Paragraph, Span
from cable_tui.base.index_state import Progress, Summary
from cable_tui.base.value import Value, field, replace
from cable_tui.query import Query, answers
from cable_tui.session import feature_state, sidebar_lines, values

_ToolState = TypeVar("_ToolState", bound=Value)


class Session(Value):
    """Everything that the reading room shows, as one value; `step` makes the next one."""

    phase: values.Phase = "ready"
    failure: str = ""
    """Reason why there is nothing to read, in the words of the error."""
    text: str = ""
    """The text of the bar."""
    query: Query = answers.EVERYTHING
    committed_text: str = ""
    """The text of the bar before it was edited: Esc restores it."""
    committed_at: int = 0
    """The line of the cursor then, which is restored with it."""
    answered: values.Answered = "unasked"
    """The query that `hits` answers."""
    hits: answers.Hits = field(default_factory=answers.Hits)
    counts: answers.Counts = field(default_factory=dict)
    totals: answers.Counts = field(default_factory=dict)
    """The counts of the whole archive, once they are known."""
    counted: bool = True
    """Whether `counts` are those of the query; older ones are shown as not yet known."""
    wide_sections: frozenset[str] = frozenset()
    """Sections of the library that show all values."""
    jumps: tuple[answers.Jump, ...] = ()
    looking_up: bool = False
    """Whether the jumps for the text of the bar are being looked up."""
    choice: int | None = None
    """The jump that Enter would take, by its index; None is the query itself."""
    enter_waits: bool = False
    """Whether Enter came before the jumps were known."""
    at: int = 0
    """Line of the cursor in the list."""
    keep: int | None = None
    """The cable that the cursor stays on when the next hits arrive."""
    pending_reference: tuple[str, str | None] | None = None
    """Id and paragraph from the command line, until the index has the cable."""
    opening: int | None = None
    """The cable that is being fetched; another one that arrives late is dropped."""
    landing: values.Landing = values.TOP
    """The position at which the reader arrives in the opened cable."""
    opened: values.OpenedCable | None = None
    paragraph: int | None = None
    """Index of the paragraph under the cursor; None at the top matter."""
    scroll: int = 0
    """First line of the body that is shown."""
    stop: int = 0
    """Stop of the body's cursor: finer than `paragraph`, for the history."""
    body: feature_state.BodyPane = field(default_factory=feature_state.BodyPane)
    """The lines, hits and stops of the body."""
    preview: feature_state.Preview = field(default_factory=feature_state.Preview)
    """The preview in the open cable, if it follows the list's row."""
    pane: values.Pane = "list"
    reading: bool = False
    """Whether the cable is being read: in a small terminal it is shown, not the list."""
    filters_open: bool = False
    """Whether the library is shown over the list, in a small terminal."""
    return_pane: values.Pane = "list"
    """The pane that gets the keys back from the library."""
    zoomed: bool = False
    """Whether one pane has the whole screen."""
    unfolded: bool = False
    """Whether the header box shows the whole header."""
    repaired: bool = False
    """Whether texts have the quotes that telegraphs could not send; copies stay as filed."""
    text_options: feature_state.TextOptions = field(default_factory=feature_state.TextOptions)
    """The reader's choices of how texts of cables are shown."""
    find: feature_state.WordsToFind = field(default_factory=feature_state.WordsToFind)
    """The words to find in the open cable."""
    context: feature_state.Context = field(default_factory=feature_state.Context)
    """The cables that the open cable cites, and those that cite it."""
    copies: values.FoldedCopies = field(default_factory=values.FoldedCopies)
    """The way in which the list shows near-copies."""
    page: feature_state.Page | None = None
    """The page of a report; None if none is open."""
    left: Mapping[str, feature_state.Page] = field(default_factory=dict)
    """The last page of each report, as it was left."""
    selected_from: int | None = None
    """Paragraph at which a selection of whole paragraphs starts; None if there is no selection."""
    sentence: Span | None = None
    """The sentence of the body under the cursor; None if it moves by paragraphs."""
    sentence_from: Span | None = None
    """Sentence at which a selection of sentences starts; None if there is no selection."""
    notebook: feature_state.Notebook = field(default_factory=feature_state.Notebook)
    """Bookmarks, notes, lists, saved searches, and what was read."""
    discarded: tuple[feature_state.NoteDraft, str] | None = None
    """A note that the reader threw away, and what was written of it."""
    last_list: str = ""
    """The list into which something was put last; empty if none was chosen yet."""
    synced: str = ""
    """Text on when bookmarks were last exchanged; empty if nothing is shared."""
    bookmarks_view: feature_state.BookmarksView | None = None
    """The bookmarks screen; None if it is not open."""
    passages: feature_state.Passages = field(default_factory=feature_state.Passages)
    """Passages under the subjects of the list."""
    selection: feature_state.Selection = field(default_factory=feature_state.Selection)
    """The selected cables of the list."""
    timeline: feature_state.TimelineView = field(default_factory=feature_state.TimelineView)
    """The line above the panes."""
    texts_to_read: feature_state.TextsToRead = field(default_factory=feature_state.TextsToRead)
    """The texts that are read for the answer to the query."""
    recalled: int = 0
    """Number of queries back to the one in the bar; 0 is a new one."""
    reasons: tuple[answers.Reason, ...] = ()
    """Parts of a query that finds nothing, with the number of cables without each."""
    sidebar: feature_state.SidebarView = field(default_factory=feature_state.SidebarView)
    """The view of the library pane."""
    filter_lines: sidebar_lines.FilterLines = field(default_factory=sidebar_lines.FilterLines)
    """The lines of that pane, and its cursor."""
    export_job: feature_state.ExportJob | None = None
    """The export that is running."""
    private: bool = False
    """Whether the session is private: no read marks, and no history on the disk."""
    quit_warned: bool = False
    """Whether the reader was warned that quitting would lose bookmarks."""
    style: str = "reference"
    """Name of the export that was copied last."""
    past: tuple[values.HistoryEntry, ...] = ()
    future: tuple[values.HistoryEntry, ...] = ()
    summary: Summary | None = None
    building: Progress | None = None
    """The progress of indexing; None when the index is complete."""
    checked: bool = False
    """Whether the folder was compared with the index: nothing more will come."""
    stalled: str = ""
    """Reason why the index could not be completed; empty if it could."""
    index_status: values.IndexStatus = field(default_factory=values.IndexStatus)
    """The program that updates the index."""
    new_cables: feature_state.NewCables = field(default_factory=feature_state.NewCables)
    """The cables added since the reader last looked at new ones."""
    resumed_at: object = None
    """The state right after a query was resumed; see `restore.offers_all_cables`."""
    of_tools: Mapping[type[Value], Value] = field(default_factory=dict)
    """The state of each tool, by its class; `of_tool` and `with_tool` read and write it."""

    def of_tool(self, kind: type[_ToolState]) -> _ToolState:
        """Return the state that a tool has left here, or one with defaults if it has left none."""
        state = self.of_tools.get(kind)
        return state if isinstance(state, kind) else kind()

    def with_tool(self, state: Value) -> Session:
        """Return the session with the new state of a tool."""
        return replace(self, of_tools={**self.of_tools, type(state): state})

    @property
    def current(self) -> int | None:
        """The cable under the cursor of the list."""
        return self.hits.ids[self.at] if self.at < len(self.hits.ids) else None

    @property
    def cable_here(self) -> int | None:
        """The cable for commands: the open one while it is read, else `current`."""
        return self.opened.id if self.in_cable and self.opened else self.current

    @property
    def counting(self) -> bool:
        """Whether the number of cables of this query is unknown."""
        if self.hits.count or self.checked:
            return False
        return not self.has_answer or not self.text.strip()

    @property
    def has_answer(self) -> bool:
        """Whether `hits` answers a query, this one or an older one."""
        return self.answered in ("before", "now")

    @property
    def is_waiting(self) -> bool:
        """Whether the answer to the query is still missing."""
        return self.answered in ("never", "before")

    @property
    def reads_texts(self) -> bool:
        """Whether texts are being read for that answer, which may take a minute."""
        return self.is_waiting and self.texts_to_read.total > 0

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
        return self.pane in values.READING and self.opened is not None

    @property
    def left_behind(self) -> bool:
        """Whether the keys are in the list and its cursor has left the open cable.

        It has not before the cursor has rested: moving it changes only the list.
        """
        if self.opened is None or self.opening is not None or self.pane in values.READING:
            return False
        pausing = self.preview.resting is not None or self.preview.wanted is not None
        return self.opened.id != self.current and (self.preview.stale or not pausing)

    def history_entry(self) -> values.HistoryEntry:
        """Return the current position, for the history."""
        if self.in_cable and self.opened:
            place = (self.opened.id, self.paragraph, self.scroll, self.stop)
            return values.HistoryEntry(self.text, self.at, *place)
        return values.HistoryEntry(self.text, self.at, None)

    def with_past(self, place: values.HistoryEntry) -> Session:
        """Return the session with a position to go back to, and none to go forward to."""
        if self.past and self.past[-1] == place:
            return replace(self, future=())
        return replace(self, past=(*self.past, place)[-values.HISTORY :], future=())

    def with_page(self, page: values.Action) -> Session:
        """Return the session whose last position in the history has a page, which `page` opens."""
        last_entry = replace(self.past[-1], page=page)
        return replace(self, past=(*self.past[:-1], last_entry))
