"""The session: the whole state of the reading room as an immutable value."""

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
    """The whole state of the reading room as one value; `step` returns the next session."""

    phase: values.Phase = "ready"
    failure: str = ""
    """The error message if there is nothing to read, or else an empty string."""
    text: str = ""
    """The text in the search bar."""
    query: Query = answers.EVERYTHING
    committed_text: str = ""
    """The text in the search bar before it was edited, which Esc restores."""
    committed_at: int = 0
    """The line of the list's cursor before the search bar was edited, which is restored with the
    text.
    """
    answered: values.Answered = "unasked"
    """Which query `hits` answers: the current one, an earlier one, or none."""
    hits: answers.Hits = field(default_factory=answers.Hits)
    counts: answers.Counts = field(default_factory=dict)
    totals: answers.Counts = field(default_factory=dict)
    """The facet counts of the whole archive, once they are known."""
    counted: bool = True
    """Whether `counts` belong to the query; older counts are displayed as unknown so far."""
    wide_sections: frozenset[str] = frozenset()
    """The sections in the filters that show all of their values."""
    jumps: tuple[answers.Jump, ...] = ()
    looking_up: bool = False
    """Whether jumps for the text in the bar are being looked up."""
    choice: int | None = None
    """The index of the jump that Enter would take, or None for the query itself."""
    enter_waits: bool = False
    """Whether Enter was pressed before the jumps were known."""
    at: int = 0
    """The index of the line under the list's cursor."""
    keep: int | None = None
    """The id of the cable on which the cursor stays when the next hits arrive, or None."""
    pending_reference: tuple[str, str | None] | None = None
    """The reference ID and paragraph from the command line, kept until the index contains the
    cable.
    """
    opening: int | None = None
    """The id of the cable that is being fetched; any other cable that arrives is dropped."""
    landing: values.Landing = values.TOP
    """The position in the fetched cable to show first."""
    opened: values.OpenedCable | None = None
    paragraph: int | None = None
    """The index of the paragraph under the cursor, or None above the first paragraph."""
    scroll: int = 0
    """The first visible line of the body."""
    stop: int = 0
    """The cursor stop in the body, which is more precise than `paragraph`; used for the history."""
    body: feature_state.BodyPane = field(default_factory=feature_state.BodyPane)
    """The lines, matches and stops of the body."""
    preview: feature_state.Preview = field(default_factory=feature_state.Preview)
    """The state of the preview, which shows the cable under the list's cursor."""
    pane: values.Pane = "list"
    reading: bool = False
    """Whether the reader is in the cable; if so, a small terminal shows the cable instead of the
    list.
    """
    filters_open: bool = False
    """Whether a small terminal shows the filters over the list."""
    return_pane: values.Pane = "list"
    """The pane to which the focus returns from the filters."""
    zoomed: bool = False
    """Whether one pane fills the screen."""
    unfolded: bool = False
    """Whether the header box shows the whole header."""
    repaired: bool = False
    """Whether quotation marks that telegrams could not transmit are repaired; copies are not
    affected.
    """
    text_options: feature_state.TextOptions = field(default_factory=feature_state.TextOptions)
    """The reader's settings for the display of cables."""
    find: feature_state.WordsToFind = field(default_factory=feature_state.WordsToFind)
    """The words to find in the open cable."""
    context: feature_state.Context = field(default_factory=feature_state.Context)
    """The cables that the open cable cites, and the cables that cite it."""
    copies: values.FoldedCopies = field(default_factory=values.FoldedCopies)
    """Whether and where the list folds near-duplicates."""
    page: feature_state.Page | None = None
    """The page of a report, or None if no page is open."""
    left: Mapping[str, feature_state.Page] = field(default_factory=dict)
    """The last page of each report, as the reader left it, keyed by report name."""
    selected_from: int | None = None
    """The index of the paragraph where a selection of paragraphs starts, or None."""
    sentence: Span | None = None
    """The span of the sentence under the cursor, or None if the cursor moves by paragraphs."""
    sentence_from: Span | None = None
    """The span of the sentence where a selection of sentences starts, or None."""
    notebook: feature_state.Notebook = field(default_factory=feature_state.Notebook)
    """The bookmarks, notes, lists and saved searches, and the cables that were read."""
    discarded: tuple[feature_state.NoteDraft, str] | None = None
    """The note that the reader discarded last, with the typed text, or None."""
    last_list: str = ""
    """The list to which the reader last added something, or an empty string if no list was chosen
    yet.
    """
    synced: str = ""
    """A text that says when bookmarks were last synchronized, or an empty string if nothing is
    shared.
    """
    bookmarks_view: feature_state.BookmarksView | None = None
    """The bookmarks screen, or None if it is not open."""
    passages: feature_state.Passages = field(default_factory=feature_state.Passages)
    """The passages below the subjects in the list."""
    selection: feature_state.Selection = field(default_factory=feature_state.Selection)
    """The selected cables in the list."""
    timeline: feature_state.TimelineView = field(default_factory=feature_state.TimelineView)
    """The timeline above the panes."""
    texts_to_read: feature_state.TextsToRead = field(default_factory=feature_state.TextsToRead)
    """The progress of reading texts for the answer to the query."""
    recalled: int = 0
    """How far back in the history the query in the bar is; 0 for a new query."""
    reasons: tuple[answers.Reason, ...] = ()
    """For a query without results, its parts, each with the number of cables found without it."""
    sidebar: feature_state.SidebarView = field(default_factory=feature_state.SidebarView)
    """The reader's settings and lists in the filters."""
    filter_lines: sidebar_lines.FilterLines = field(default_factory=sidebar_lines.FilterLines)
    """The lines and the cursor of the filters."""
    export_job: feature_state.ExportJob | None = None
    """The running export, or None."""
    own_command: str = ""
    """The name of the running command of the reader's own, or an empty string."""
    private: bool = False
    """Whether the session is private, so that nothing is marked as read and no history is stored.
    """
    quit_warned: bool = False
    """Whether the reader was warned that quitting would lose bookmarks."""
    style: str = "reference"
    """The name of the format that was last used for copying."""
    past: tuple[values.HistoryEntry, ...] = ()
    future: tuple[values.HistoryEntry, ...] = ()
    summary: Summary | None = None
    building: Progress | None = None
    """The progress of indexing, or None when the index is complete."""
    checked: bool = False
    """Whether the folder was compared with the index, so that no further changes are expected."""
    stalled: str = ""
    """The reason why the index could not be completed, or an empty string if it could."""
    index_status: values.IndexStatus = field(default_factory=values.IndexStatus)
    """The state of the program that updates the index."""
    new_cables: feature_state.NewCables = field(default_factory=feature_state.NewCables)
    """The cables added since the reader last looked at new ones."""
    resumed_at: object = None
    """The state immediately after a query was restored; see `restore.offers_all_cables`."""
    of_tools: Mapping[type[Value], Value] = field(default_factory=dict)
    """The state of each tool, by class; `of_tool` and `with_tool` read and write it."""

    def of_tool(self, state_class: type[_ToolState]) -> _ToolState:
        """Return the state of a tool, or a new one with defaults if there is none."""
        tool_state = self.of_tools.get(state_class)
        return tool_state if isinstance(tool_state, state_class) else state_class()

    def with_tool(self, state: Value) -> Session:
        """Return the session with a new state for a tool."""
        return replace(self, of_tools={**self.of_tools, type(state): state})

    @property
    def current(self) -> int | None:
        """The id of the cable under the list's cursor, or None."""
        return self.hits.ids[self.at] if self.at < len(self.hits.ids) else None

    @property
    def cable_here(self) -> int | None:
        """The id of the cable that commands act on: the focused open cable, or else `current`."""
        return self.opened.id if self.in_cable and self.opened else self.current

    @property
    def counting(self) -> bool:
        """Whether the number of cables that match the query is not known yet."""
        if self.hits.count or self.checked:
            return False
        return not self.has_answer or not self.text.strip()

    @property
    def has_answer(self) -> bool:
        """Whether `hits` answers the current query or an earlier one."""
        return self.answered in ("before", "now")

    @property
    def is_waiting(self) -> bool:
        """Whether the answer to the query has not arrived yet."""
        return self.answered in ("never", "before")

    @property
    def reads_texts(self) -> bool:
        """Whether texts are being read for the answer, which may take a minute."""
        return self.is_waiting and self.texts_to_read.total > 0

    @property
    def cable(self) -> Cable | None:
        """The open cable, or None."""
        return self.opened.cable if self.opened else None

    @property
    def here(self) -> Paragraph | None:
        """The paragraph under the cursor in the body, or None."""
        if self.opened is None or self.paragraph is None:
            return None
        body_paragraphs = self.opened.cable.body.paragraphs
        return body_paragraphs[self.paragraph] if self.paragraph < len(body_paragraphs) else None

    @property
    def in_cable(self) -> bool:
        """Whether the focus is in the cable."""
        return self.pane in values.READING and self.opened is not None

    @property
    def left_behind(self) -> bool:
        """Whether the focus is in the list and the cursor has left the open cable.

        This is False until the cursor has paused, because moving the cursor changes only the list.
        """
        if self.opened is None or self.opening is not None or self.pane in values.READING:
            return False
        is_pausing = self.preview.resting is not None or self.preview.wanted is not None
        return self.opened.id != self.current and (self.preview.stale or not is_pausing)

    def history_entry(self) -> values.HistoryEntry:
        """Return the current position as an entry in the history."""
        if self.in_cable and self.opened:
            cable_position = (self.opened.id, self.paragraph, self.scroll, self.stop)
            return values.HistoryEntry(self.text, self.at, *cable_position)
        return values.HistoryEntry(self.text, self.at, None)

    def with_past(self, history_entry: values.HistoryEntry) -> Session:
        """Return the session with one more entry to go back to, and no entry to go forward to."""
        if self.past and self.past[-1] == history_entry:
            return replace(self, future=())
        return replace(self, past=(*self.past, history_entry)[-values.HISTORY :], future=())

    def with_page(self, page: values.Action) -> Session:
        """Return the session with an action that opens a page in its last history entry."""
        last_entry = replace(self.past[-1], page=page)
        return replace(self, past=(*self.past[:-1], last_entry))
