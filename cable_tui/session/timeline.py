"""The timeline: it follows the counts; a brush over it writes a range of dates into the query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from cable_tui.query import Query, Range, days_of
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.session.model import Session
    from cable_tui.session.values import Count, Counts, Pane

    Result = tuple[Session, tuple[Effect, ...]]

FACET = "date"
CHOICE = "timeline"
"""Name under which it is kept whether the timeline is shown."""


class Data(Protocol):
    """Cables in their time; `archive.Timeline` is one."""

    @property
    def unit(self) -> str:
        """`month` or `day`."""

    @property
    def starts(self) -> tuple[str, ...]:
        """`2009-02`, or `2009-02-13`."""

    @property
    def hits(self) -> tuple[int, ...]:
        """Cables of the query, without its own range of dates."""

    @property
    def whole(self) -> tuple[int, ...]:
        """Cables of the archive."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Before anything is known, or without a cable that has a date."""

    unit: str = "month"
    starts: tuple[str, ...] = ()
    hits: tuple[int, ...] = ()
    whole: tuple[int, ...] = ()


Brush = tuple[int, int]
"""Where it began and where it ends now, as places in the timeline; either may be the later."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the line above the panes shows."""

    shown: bool | None = None
    """What the reader chose; None is as the size of the terminal has it."""
    data: Data = field(default_factory=Nothing)
    brush: Brush | None = None
    """While the keys or the mouse are here."""
    behind: Pane = "list"
    """The pane that gets the keys back."""


@dataclass(frozen=True, slots=True)
class Reach(Action):
    """T: to the timeline, which is shown if it was not; from there, away with it."""


@dataclass(frozen=True, slots=True)
class Sweep(Action):
    """Move the brush by so many months or days, or only its end."""

    by: int
    extend: bool = False


@dataclass(frozen=True, slots=True)
class Press(Action):
    """Put the brush from one place to another: the mouse."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Write(Action):
    """The time under the brush into the query."""


@dataclass(frozen=True, slots=True)
class Leave(Action):
    """Back to where the keys were."""


@dataclass(frozen=True, slots=True)
class Drawn(Action):
    """The timeline of a question."""

    ticket: int
    data: Data


@dataclass(frozen=True, slots=True)
class Draw(Effect):
    """Count by month or day; answered by `Drawn`."""

    latest: ClassVar[str] = "timeline"

    ticket: int
    query: Query
    dates: Sequence[Count]


def drawing(ticket: int, query: Query, counts: Counts) -> tuple[Effect, ...]:
    """What to ask for when a question has been counted."""
    return (Draw(ticket, query, counts[FACET]),) if FACET in counts else ()


def drawn(session: Session, action: Drawn) -> Result:
    """The timeline of the newest question; the brush stays on its dates."""
    if action.ticket != session.ticket:
        return session, ()
    timeline = session.timeline
    brush = timeline.brush
    if brush is not None:
        brush = _moved(brush, timeline.data.starts, action.data.starts)
    return replace(session, timeline=replace(timeline, data=action.data, brush=brush)), ()


def _moved(brush: Brush, old: tuple[str, ...], new: tuple[str, ...]) -> Brush | None:
    """The same dates, if they are there."""
    if old == new:
        return brush
    ends = [old[place] for place in brush if place < len(old)]
    if len(ends) == 2 and all(end in new for end in ends):
        return new.index(ends[0]), new.index(ends[1])
    return (len(new) - 1, len(new) - 1) if new else None


def reach(session: Session, action: Reach) -> Result:
    """Where there is none yet, or no date, it says so."""
    del action
    if session.pane == "timeline":
        session, _ = leave(session, Leave())
        session = replace(session, timeline=replace(session.timeline, shown=False))
        said = "The timeline is hidden; T shows it."
        return session, (effects.Remember(CHOICE, False), effects.Notify(said))
    if not session.timeline.data.starts:
        return session, (effects.Notify("There is no timeline yet: no date has been read."),)
    kept = () if session.timeline.shown else (effects.Remember(CHOICE, True),)
    session = _entered(session)
    return replace(session, timeline=replace(session.timeline, shown=True)), kept


def _entered(session: Session) -> Session:
    """The keys go to the timeline, and come back to where they are."""
    behind = session.pane if session.pane in ("list", "library") or session.in_cable else "list"
    timeline = replace(session.timeline, brush=_first(session), behind=behind)
    return replace(session, pane="timeline", zoomed=False, timeline=timeline)


def _first(session: Session) -> Brush:
    """Where the brush begins: over the query's own range, else at the newest cables."""
    data = session.timeline.data
    if chosen := chosen_in(session.query, data):
        return chosen
    hits = [place for place, count in enumerate(data.hits) if count]
    last = hits[-1] if hits else len(data.starts) - 1
    return last, last


def chosen_in(query: Query, data: Data) -> Brush | None:
    """The places that the query's own ranges of dates cover."""
    ranges = [
        days
        for term in query.of_facet(FACET)
        if isinstance(term, Range) and not term.negated and (days := days_of(term.start, term.end))
    ]
    if not ranges:
        return None
    first, last = min(start for start, _ in ranges), max(end for _, end in ranges)
    inside = [
        place
        for place, start in enumerate(data.starts)
        if first[: len(start)] <= start <= last[: len(start)]
    ]
    return (inside[0], inside[-1]) if inside else None


def sweep(session: Session, action: Sweep) -> Result:
    """Within the timeline."""
    timeline = session.timeline
    if timeline.brush is None:
        return session, ()
    start, end = timeline.brush
    end = max(0, min(end + action.by, len(timeline.data.starts) - 1))
    brush = (start if action.extend else end, end)
    return replace(session, timeline=replace(timeline, brush=brush)), ()


def press(session: Session, action: Press) -> Result:
    """The keys go to the timeline."""
    last = len(session.timeline.data.starts) - 1
    if last < 0:
        return session, ()
    if session.pane != "timeline":
        session = _entered(session)
    brush = (max(0, min(action.start, last)), max(0, min(action.end, last)))
    return replace(session, timeline=replace(session.timeline, brush=brush)), ()


def write(session: Session, action: Write) -> Result:
    """In place of the query's own ranges; the list has the keys then."""
    from cable_tui.session.searching import written  # which asks for the timeline itself

    del action
    if session.timeline.brush is None:
        return session, ()
    first, last = sorted(session.timeline.brush)
    starts = session.timeline.data.starts
    query = session.query.without_facet(FACET).plus(Range(FACET, starts[first], starts[last]))
    session, wanted = written(session, query)
    timeline = replace(session.timeline, brush=None)
    return replace(session, pane="list", reading=False, timeline=timeline), wanted


def leave(session: Session, action: Leave) -> Result:
    """The timeline stays where it is."""
    del action
    behind = session.timeline.behind
    timeline = replace(session.timeline, brush=None)
    return replace(session, pane=behind, timeline=timeline), ()


def told(session: Session) -> str:
    """What is under the brush: `2009-02..2009-05 · 12 cables of 340`."""
    timeline = session.timeline
    if timeline.brush is None:
        return ""
    first, last = sorted(timeline.brush)
    starts = timeline.data.starts
    named = starts[first] if first == last else f"{starts[first]}..{starts[last]}"
    hits, whole = (
        sum(each[first : last + 1]) for each in (timeline.data.hits, timeline.data.whole)
    )
    if not whole:
        return f"{named} · the archive has no cables of this time"
    return f"{named} · {hits:,} of {whole:,} cable{'' if whole == 1 else 's'}"


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    Reach: reach,
    Sweep: sweep,
    Press: press,
    Write: write,
    Leave: leave,
    Drawn: drawn,
}
