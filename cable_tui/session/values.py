"""The values of a session. All are frozen; none knows a terminal, a file or a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

from cable_tui.base.cable import Cable, Span
from cable_tui.base.value import Value, field
from cable_tui.query import Complaint, Query

if TYPE_CHECKING:
    # The first list on the screen waits for none of these.
    from cable_tui.archive.columns.columns import Count
    from cable_tui.archive.source_criticism.copies import Copies
    from cable_tui.archive.spelling.correct import Correction, Offer, Variants

Pane = Literal["bar", "timeline", "library", "list", "top", "header", "body", "context"]
"""The pane with the keys; each but `top` takes the focus."""
Phase = Literal["choosing", "empty", "ready"]
"""The phases: no folder yet; a folder without cables; an archive, which may still grow."""
Edge = Literal["first", "last"]
Answered = Literal["unasked", "never", "before", "now"]
"""The question that an answer belongs to: none was asked, none was answered yet, an older one, or
the present one."""

READING: tuple[Pane, ...] = ("top", "header", "body", "context")
"""The panes of the cable."""
EVERYTHING = Query()
"""The query without terms."""
HISTORY = 500
"""The most positions that are kept on either side of the current one."""


class Highlighting(Protocol):
    """The highlights: finds in any text the matches to highlight."""

    def spans(self, text: str) -> list[Span]:
        """Return ranges of characters that matched, in order."""

    def places(self, body: str) -> list[Span]:
        """Return the matches in a whole body, where it matters who says a word."""


Counts = Mapping[str, "Sequence[Count]"]
"""Values with counts, by facet."""


class NoHighlights(Value):
    """The `Highlighting` of a query without words."""

    def spans(self, _: str) -> list[Span]:
        """Return no positions."""
        return []

    places = spans


class NoCopies(Value):
    """An answer without near-copies, or in which they were not looked for."""

    under: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    places: Sequence[int] = ()


class FoldedCopies(Value):
    """The way in which the list shows near-copies."""

    folded: bool = True
    """Whether each group has one row."""
    opened: frozenset[int] = frozenset()
    """The cables of groups that the reader opened, including those of other lists."""


class FoundHits(Value):
    """The answer to a query."""

    ids: Sequence[int] = ()
    """The rows of the list, in their order."""
    count: int = 0
    partial: bool = False
    """Whether the texts of the archive are not completely indexed."""
    corrections: tuple[Correction, ...] = ()
    offers: tuple[Offer, ...] = ()
    highlights: Highlighting = field(default_factory=NoHighlights)
    also: tuple[Variants, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    """Lists and saved searches that the query names and the reader does not have."""
    remarks: tuple[str, ...] = ()
    """Remarks on how the query was read, if it may not be what the reader meant."""
    absent: tuple[str, ...] = ()
    """Sentences on parts of the query that no cable has, found when it is typed to its end."""
    copies: Copies | NoCopies = field(default_factory=NoCopies)
    unfolded: Sequence[int] | None = None
    """All cables in their order, if rows represent near-copies too; None if `ids` are all."""
    folded: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """The rows that represent near-copies, with these near-copies."""
    below: frozenset[int] = frozenset()
    """Near-copies that are listed below their row."""

    @property
    def every(self) -> Sequence[int]:
        """All cables that were found, including folded ones."""
        return self.ids if self.unfolded is None else self.unfolded

    @property
    def hidden(self) -> int:
        """Number of cables that are folded."""
        return len(self.every) - len(self.ids)


class Jump(Value):
    """Something the text of the bar may name: Enter goes there instead of searching."""

    label: str
    reference: str = ""
    """A cable to open, or empty."""
    paragraph: str | None = None
    text: str = ""
    """A query to write into the bar, if it is not a cable."""
    completes: bool = False
    """Whether it completes the text, which then waits for more."""
    sure: bool = False
    """Whether the text can hardly mean anything else: Enter takes it at once."""


class Landing(Value):
    """The position at which a reader arrives in a cable."""

    paragraph: str | None = None
    """A label, as in `#par3`."""
    index: int | None = None
    """The index in `Body.paragraphs`, if a position is returned to."""
    scroll: int | None = None
    """The first line shown, if a position is returned to."""
    stop: int | None = None
    """The stop of the cursor, if a position is returned to: REF lines are not paragraphs."""
    hit: Edge | None = None
    """The first or the last place that matched, when hits roll over into the next cable."""
    offset: int | None = None
    """A place in `Body.text`, in characters."""
    words: str = ""
    """Words to highlight there, as if they had been searched for."""


TOP = Landing()
"""The beginning of a cable."""


class OpenedCable(Value):
    """The cable that is shown."""

    id: int
    cable: Cable
    perhaps: tuple[Span, ...] = ()
    """Names that are perhaps protected: proposed for a request that has no answer."""


class Position(Value):
    """A position that history brings back."""

    text: str
    at: int
    """Position in the list."""
    id: int | None
    """The cable that was read, or None if it was the list."""
    index: int | None = None
    scroll: int = 0
    stop: int = 0
    page: Action | None = None
    """Opens the page that was over the room; it is not kept between sessions."""

    @property
    def landing(self) -> Landing:
        """The position in the cable at which a returning reader arrives."""
        return Landing(index=self.index, scroll=self.scroll, stop=self.stop)


class IndexStatus(Value):
    """The program that updates the index, and whether the reader asked for it."""

    readonly: bool = False
    """Whether the cache is another user's, or on a disk that cannot be written to."""
    asked: bool = False
    """Whether the reader asked for changes in the folder."""
    again: bool = False
    """Whether the reader asked while the indexer was running: it starts again after that."""
    is_new: bool = False
    """Whether the archive is opened for the first time, and has not been introduced yet."""


class IndexProgress(Value):
    """The progress of the index."""

    stage: str
    done: int
    total: int
    cables: int = 0
    rate: float = 0.0
    """Records a second."""
    seconds_left: float | None = None
    outdated: bool = False
    """Whether the index was made by another version of the program: it is made again."""

    @property
    def is_read(self) -> bool:
        """All that can be searched is indexed: sentences are compared last."""
        return self.stage == "echoes"


class ArchiveSummary(Value):
    """The summary of the archive."""

    cables: int | None = None
    """Number of cables; None while it is not known."""
    first_year: int | None = None
    last_year: int | None = None
    problems: int = 0


class Action(Value):
    """Something that a reader does or a worker reports."""

    def step(self, session: Any) -> tuple[Any, tuple[Effect, ...]]:
        """Return the next session, and the effects to perform: a `registry.Result`. Pure."""
        raise NotImplementedError


class Effect(Value):
    """A request of `step` to threads or the screen."""

    latest: ClassVar[str] = ""
    """Group in which only the newest effect matters: it cancels the older ones."""
    ends: ClassVar[tuple[str, ...]] = ()
    """Groups with follow-up questions of older ones: it cancels these too."""
    opens_dialog: ClassVar[bool] = False
    """Whether its answer opens a dialog: keys pressed meanwhile wait for it."""


class Request(Action, Effect):
    """An action that goes out unchanged, as its own effect."""

    def step(self, session: Any) -> tuple[Any, tuple[Effect, ...]]:
        """Return it as its own effect."""
        return session, (self,)


class LibraryWrite(Effect):
    """An effect on the library: done in order, one at a time, and before the program ends."""
