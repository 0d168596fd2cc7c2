"""The values a session is made of. All frozen; none knows a terminal, a file or a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from cable_tui.cable import Cable, Paragraph, Span
from cable_tui.query import Complaint, Query
from cable_tui.session.context import Context
from cable_tui.session.exporting import Job
from cable_tui.session.finding import Finding
from cable_tui.session.marking import Marking
from cable_tui.session.mending import Reason
from cable_tui.session.notebook import Notebook
from cable_tui.session.passages import Passages
from cable_tui.session.shelf import Shelf
from cable_tui.session.shelving import Shelving
from cable_tui.session.timeline import Timeline
from cable_tui.session.upkeep import Upkeep
from cable_tui.session.viewing import Viewing

Pane = Literal["bar", "timeline", "library", "list", "top", "header", "body", "context"]
"""Where the keys go; each but `top` takes the focus."""
Sort = Literal["-created", "created"]
"""Newest first, or oldest first."""
Phase = Literal["choosing", "empty", "ready"]
"""No folder yet; a folder without a cable; an archive that can be read, perhaps still growing."""
Edge = Literal["first", "last"]

READING: tuple[Pane, ...] = ("top", "header", "body", "context")
"""The panes of the cable."""
EVERYTHING = Query()
"""The query without terms."""
HISTORY = 500
"""Places that are kept on either side of the current one."""


class Lit(Protocol):
    """What matched: finds in any text the places to highlight."""

    def spans(self, text: str) -> list[Span]:
        """Ranges of characters that matched, in order."""


class Correction(Protocol):
    """A word the archive lacks and the words used instead, each with its number of cables."""

    @property
    def word(self) -> str:
        """As typed."""

    @property
    def used(self) -> tuple[tuple[str, int], ...]:
        """Best first; empty where nothing is near."""


class Offer(Protocol):
    """A word that is here and has near neighbours which are much more frequent."""

    @property
    def word(self) -> str:
        """As typed."""

    @property
    def count(self) -> int:
        """Cables that hold it."""

    @property
    def also(self) -> tuple[tuple[str, int], ...]:
        """The neighbours, most frequent first."""


class Also(Protocol):
    """A word, and others that were looked for beside it: its forms, other spellings of a name."""

    @property
    def word(self) -> str:
        """As typed."""

    @property
    def also(self) -> tuple[tuple[str, int], ...]:
        """With their numbers of cables, the most frequent first."""


class Count(Protocol):
    """One value of a facet and its number of cables."""

    @property
    def value(self) -> str:
        """As filed."""

    @property
    def title(self) -> str:
        """What the value means, or empty."""

    @property
    def count(self) -> int:
        """Cables of the query without the facet's own filter."""


Counts = Mapping[str, Sequence[Count]]
"""For each facet its values with counts."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The `Lit` of a query without words."""

    def spans(self, text: str) -> list[Span]:
        """No place in any text."""
        del text
        return []


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer to a query."""

    ids: Sequence[int] = ()
    """In the order of the list."""
    count: int = 0
    partial: bool = False
    """The text of the archive is not yet read to its end."""
    corrections: tuple[Correction, ...] = ()
    offers: tuple[Offer, ...] = ()
    lit: Lit = field(default_factory=Nothing)
    also: tuple[Also, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    """Lists and saved searches that the query names and the reader has not."""


@dataclass(frozen=True, slots=True)
class Jump:
    """Something the text of the bar may name: Enter goes there instead of searching."""

    label: str
    reference: str = ""
    """A cable to open, or empty."""
    paragraph: str | None = None
    text: str = ""
    """A query to write into the bar, where it is no cable."""
    completes: bool = False
    """It completes the text, which then waits for more."""
    sure: bool = False
    """The text can hardly mean anything else: Enter takes it without being asked twice."""


@dataclass(frozen=True, slots=True)
class Landing:
    """Where in a cable its reader arrives."""

    paragraph: str | None = None
    """A label, as in `#par3`."""
    index: int | None = None
    """In `Body.paragraphs`, where a place is come back to."""
    scroll: int | None = None
    """First line shown, where a place is come back to."""
    stop: int | None = None
    """Where its cursor was, where a place is come back to: REF lines are no paragraphs."""
    hit: Edge | None = None
    """The first or the last place that matched, when hits roll over into the next cable."""


TOP = Landing()
"""The beginning of a cable."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The cable that is shown."""

    id: int
    cable: Cable


@dataclass(frozen=True, slots=True)
class Place:
    """What history brings back."""

    text: str
    sort: Sort
    at: int
    """In the list."""
    id: int | None
    """The cable that was read, or None where the list had the reader's eye."""
    index: int | None = None
    scroll: int = 0
    stop: int = 0


@dataclass(frozen=True, slots=True)
class Building:
    """How far the index is."""

    stage: str
    done: int
    total: int
    cables: int = 0
    rate: float = 0.0
    """Records a second."""
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What the archive holds."""

    cables: int | None = None
    """None while it is not known."""
    first_year: int | None = None
    last_year: int | None = None
    problems: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that the room shows, as one value; `step` makes the next one of it."""

    phase: Phase = "ready"
    trouble: str = ""
    """Why there is nothing to read, in the words of the error."""
    text: str = ""
    """The text of the bar."""
    query: Query = EVERYTHING
    sort: Sort = "-created"
    earlier: str = ""
    """The text of the bar before it was edited: Esc gives it back."""
    ticket: int = 0
    """Number of the newest question; answers to older ones are dropped."""
    answered: int = 0
    """Number of the question that `hits` answers."""
    hits: Hits = Hits()
    counts: Counts = field(default_factory=dict)
    totals: Counts = field(default_factory=dict)
    """The counts of the whole archive, once they were asked."""
    counted: int = 0
    """Number of the question that `counts` answers; older counts are shown as not yet known."""
    wide: frozenset[str] = frozenset()
    """Sections of the library that show all their values."""
    jumps: tuple[Jump, ...] = ()
    looked: int = 0
    """Number of the question whose text `jumps` are for."""
    choice: int | None = None
    """Which of `jumps` Enter would take; None is the query itself."""
    eager: int = 0
    """Number of the question whose Enter came before its jumps were known."""
    at: int = 0
    """Place in the list."""
    keep: int | None = None
    """The cable that the cursor stays on when the next hits arrive."""
    awaited: tuple[str, str | None] | None = None
    """Id and paragraph that the command line named, while the index may still come to it."""
    opening: int | None = None
    """The cable that is being fetched; another one that arrives late is dropped."""
    landing: Landing = TOP
    """Where in it the reader will arrive."""
    opened: Opened | None = None
    paragraph: int | None = None
    """Under the cursor, in `Body.paragraphs`; None at the top matter."""
    scroll: int = 0
    """First line of the body that is shown."""
    stop: int = 0
    """Of the body's cursor: finer than `paragraph`, for the way back."""
    pane: Pane = "list"
    reading: bool = False
    """Where one thing is shown at a time: the cable, not the list."""
    drawer: bool = False
    """Where one thing is shown at a time: the library over the list."""
    behind: Pane = "list"
    """The pane that gets the keys back from the library."""
    zoomed: bool = False
    """One pane has the whole screen."""
    unfolded: bool = False
    """The header box shows the whole header."""
    repaired: bool = False
    """Texts are shown with the quotes that the telegraph had no signs for; copies never are."""
    viewing: Viewing = field(default_factory=Viewing)
    """How the text of cables is painted."""
    finding: Finding = field(default_factory=Finding)
    """What is looked for in the cable that is shown."""
    context: Context = field(default_factory=Context)
    """What it cites and who cites it."""
    picked: int | None = None
    """Paragraph from which on whole paragraphs are selected; None while none is."""
    notebook: Notebook = field(default_factory=Notebook)
    """Bookmarks, notes, lists, saved searches, and what was read."""
    shelf: Shelf | None = None
    """What the bookmarks screen shows; None while it is not there."""
    passages: Passages = field(default_factory=Passages)
    """What stands under the subjects of the list."""
    marking: Marking = field(default_factory=Marking)
    """Cables of the list that a command of many is of."""
    timeline: Timeline = field(default_factory=Timeline)
    """The line above the panes."""
    recalled: int = 0
    """How many queries ago the text of the bar was asked; 0 is a new one."""
    reasons: tuple[Reason, ...] = ()
    """The parts of a query that finds nothing, with what it would find without each."""
    shelving: Shelving = field(default_factory=Shelving)
    """How the library is looked at."""
    job: Job | None = None
    """A file that is being written."""
    private: bool = False
    """Nothing is kept of what is read: no sign of reading, no history on the disk."""
    leaving: bool = False
    """The reader was told that leaving would lose them."""
    source: str = ""
    """Format of the records that citations name where a cable has one; empty is the one read."""
    style: str = "reference"
    """Name of the export that was copied last."""
    past: tuple[Place, ...] = ()
    future: tuple[Place, ...] = ()
    summary: Summary = Summary()
    building: Building | None = None
    """None when the index is complete."""
    checked: bool = False
    """The folder has been compared with the index: what is not there now does not come."""
    stalled: str = ""
    """Why the index could not be completed; empty where it could."""
    upkeep: Upkeep = field(default_factory=Upkeep)
    """Who brings the index up to date."""
    resumed: object = None
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
    def order(self) -> str:
        """How the list is sorted: as the query says, else as the reader left it."""
        return self.query.sort or self.sort

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

    def place(self) -> Place:
        """Where the reader is now."""
        if self.in_cable and self.opened:
            place = (self.opened.id, self.paragraph, self.scroll, self.stop)
            return Place(self.text, self.sort, self.at, *place)
        return Place(self.text, self.sort, self.at, None)

    def remembering(self, place: Place) -> Session:
        """The session with a place to come back to, and nothing ahead."""
        if self.past and self.past[-1] == place:
            return replace(self, future=())
        return replace(self, past=(*self.past, place)[-HISTORY:], future=())
