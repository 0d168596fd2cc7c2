"""The value classes of a session.

They are immutable and independent of terminal, files and database.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from cable_tui.base.cable import Cable, Span
from cable_tui.base.value import Value

Pane = Literal["bar", "timeline", "filters", "list", "top", "header", "body", "context"]
"""The pane that has the focus; any pane except `top` can have it."""
Phase = Literal["choosing", "empty", "ready"]
"""The phases of the room: no folder is chosen, the folder has no cables, or an archive is open."""
Edge = Literal["first", "last", "first in a paragraph"]
Answered = Literal["unasked", "never", "before", "now"]
"""Which query the answer belongs to: no query was sent yet, none was answered yet, an earlier
query, or the current one.
"""

READING: tuple[Pane, ...] = ("top", "header", "body", "context")
"""The panes that show the open cable."""
HISTORY = 500
"""The maximum number of history entries on either side of the current position."""


class FoldedCopies(Value):
    """Whether and where the list folds near-duplicates."""

    folded: bool = True
    """Whether near-duplicates are folded into one row for each group."""
    opened: frozenset[int] = frozenset()
    """The ids of cables in groups that the reader opened, including groups in other lists."""


class Landing(Value):
    """The position at which a cable opens: its paragraph, its first line and its highlights."""

    paragraph: str | None = None
    """The label of the paragraph, such as `3` for `#par3`, or None."""
    index: int | None = None
    """The index in `Body.paragraphs` when the reader returns to a position, or else None."""
    scroll: int | None = None
    """The first visible line when the reader returns to a position, or else None."""
    stop: int | None = None
    """The index of the cursor stop to restore when the reader returns to a position, or else None.
    REF lines are also stops.
    """
    hit: Edge | None = None
    """The match to start at, the first or the last, when the reader steps to the next cable by
    matches. In a preview, the first match below the lines shown by the list, if any.
    """
    offset: int | None = None
    """An offset in `Body.text`, in characters, or None."""
    words: str = ""
    """Words to highlight in the cable, as if the reader had searched for them."""


TOP = Landing()
"""The top of a cable."""


class OpenedCable(Value):
    """The cable shown in the reading pane."""

    id: int
    cable: Cable
    perhaps: tuple[Span, ...] = ()
    """The spans of names that may be protected, because a protection request does not list names.
    """


class HistoryEntry(Value):
    """A position of the reader: the query, the line of the list, and the position in a cable."""

    text: str
    at: int
    """The index of the line in the list."""
    id: int | None
    """The id of the cable that was open, or None if the reader was in the list."""
    index: int | None = None
    scroll: int = 0
    stop: int = 0
    page: Action | None = None
    """The action that reopens the page that covered the room; it is not stored between sessions."""

    @property
    def landing(self) -> Landing:
        """The position in the cable for a returning reader."""
        return Landing(index=self.index, scroll=self.scroll, stop=self.stop)


class IndexStatus(Value):
    """The state of the program that updates the index, and whether the reader started it."""

    readonly: bool = False
    """Whether the cache belongs to another user, or is on a disk that cannot be written to."""
    asked: bool = False
    """Whether the reader asked to check the folder for changes."""
    again: bool = False
    """Whether the reader asked while the indexer was running, so the indexer must run again."""
    is_new: bool = False
    """Whether the archive is open for the first time and has not been introduced yet."""


class Action(Value):
    """An event: something that the reader does or that a worker reports."""

    def step(self, session: Any) -> tuple[Any, tuple[Effect, ...]]:
        """Return the next session, and the effects to perform: a `registry.Result`. Pure."""
        raise NotImplementedError


class Effect(Value):
    """A request from `step` to a thread or to the screen."""

    latest: ClassVar[str] = ""
    """The group of effects of which only the newest matters; a new effect cancels the older ones.
    """
    ends: ClassVar[tuple[str, ...]] = ()
    """The groups that depend on older effects of this class, which the effect also cancels."""
    opens_dialog: ClassVar[bool] = False
    """Whether the answer opens a dialog, so that keys are held back until it is open."""


class Request(Action, Effect):
    """An action that becomes an effect itself, without changing the session."""

    def step(self, session: Any) -> tuple[Any, tuple[Effect, ...]]:
        """Return the session unchanged, with the action itself as the effect."""
        return session, (self,)


class LibraryWrite(Effect):
    """An effect on the library.

    These effects run in order, one at a time, and before the program ends.
    """
