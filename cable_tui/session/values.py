"""The values of a session. All are frozen; none knows a terminal, a file or a database."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from cable_tui.base.cable import Cable, Span
from cable_tui.base.value import Value

Pane = Literal["bar", "timeline", "filters", "list", "top", "header", "body", "context"]
"""The pane with the keys; each but `top` takes the focus."""
Phase = Literal["choosing", "empty", "ready"]
"""The phases: no folder yet; a folder without cables; an archive, which may still grow."""
Edge = Literal["first", "last", "first in a paragraph"]
Answered = Literal["unasked", "never", "before", "now"]
"""The question that an answer belongs to: none was asked, none was answered yet, an older one, or
the present one."""

READING: tuple[Pane, ...] = ("top", "header", "body", "context")
"""The panes of the cable."""
HISTORY = 500
"""The most positions that are kept on either side of the current one."""


class FoldedCopies(Value):
    """The way in which the list shows near-copies."""

    folded: bool = True
    """Whether each group has one row."""
    opened: frozenset[int] = frozenset()
    """The cables of groups that the reader opened, including those of other lists."""


class Landing(Value):
    """How a cable is shown when it opens: the place in it, the first line, the highlights."""

    paragraph: str | None = None
    """A label, as in `#par3`."""
    index: int | None = None
    """The index in `Body.paragraphs`, if a position is returned to."""
    scroll: int | None = None
    """The first line shown, if a position is returned to."""
    stop: int | None = None
    """The stop of the cursor, if a position is returned to: REF lines are not paragraphs."""
    hit: Edge | None = None
    """The first or the last match, when hits roll over into the next cable; in a preview the first
    one below the lines that the list shows, if there is one."""
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


class HistoryEntry(Value):
    """Where the reader was: the query, the line of the list, and the line in a cable."""

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
