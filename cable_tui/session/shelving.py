"""How the library is looked at: its orders, one section in full, and what it has of the reader's.

Beside the facets stand the reader's own lists, saved searches, and the cables read last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from cable_tui.query import parse
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.session.model import Session

    Result = tuple[Session, tuple[Effect, ...]]

How = Literal["toggled", "only", "excluding"]
LISTS, SAVED, RECENT = "list", "saved", "recent"
"""Names of the sections that are no facets."""


@dataclass(frozen=True, slots=True)
class Shelving:
    """The reader's view of the library."""

    turned: frozenset[str] = frozenset()
    """Sections that stand in their other order."""
    saved: tuple[tuple[str, int], ...] = ()
    """Saved searches with their numbers of cables, as far as they are counted."""
    recent: tuple[tuple[str, str, str], ...] = ()
    """Cables read last: canonical id, reference ID, subject."""


@dataclass(frozen=True, slots=True)
class TurnSection(Action):
    """A section by name instead of by number, or back; origins by number instead of by region."""

    section: str


@dataclass(frozen=True, slots=True)
class FilterSection(Action):
    """Look through all values of a section."""

    section: str


@dataclass(frozen=True, slots=True)
class Pick(Action):
    """A value of the library, whichever section it stands in."""

    section: str
    value: str
    how: How = "toggled"


@dataclass(frozen=True, slots=True)
class SavedCounted(Action):
    """How many cables saved searches find."""

    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class RecentRead(Action):
    """What the cables read last are called."""

    cables: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ShowValues(Effect):
    """Show all values of a section, to be filtered; answered by `Pick`."""

    section: str


@dataclass(frozen=True, slots=True)
class CountSaved(Effect):
    """Count what saved searches find; answered by `SavedCounted`, more than once."""

    latest: ClassVar[str] = "saved"

    searches: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReadRecent(Effect):
    """Look up what cables are called; answered by `RecentRead`."""

    latest: ClassVar[str] = "recent"

    canonical_ids: tuple[str, ...]


def turn_section(session: Session, action: TurnSection) -> Result:
    """The other order of a section."""
    turned = session.shelving.turned ^ {action.section}
    return replace(session, shelving=replace(session.shelving, turned=turned)), ()


def filter_section(session: Session, action: FilterSection) -> Result:
    """All its values."""
    return session, (ShowValues(action.section),)


def pick(session: Session, action: Pick) -> Result:
    """A saved search takes the place of the query; a cable is opened; a value narrows."""
    from cable_tui.session import actions
    from cable_tui.session.searching import toggle, written

    if action.section == SAVED:
        query = dict(session.notebook.searches).get(action.value)
        return (session, ()) if query is None else written(session, parse(query))
    if action.section == RECENT:
        return session, (effects.Resolve(action.value),)
    if action.section == LISTS and not action.value:
        return toggle(session, actions.Toggle("is", "bookmarked", action.how))
    return toggle(session, actions.Toggle(action.section, action.value, action.how))


def saved_counted(session: Session, action: SavedCounted) -> Result:
    """For the section of saved searches."""
    return replace(session, shelving=replace(session.shelving, saved=action.counts)), ()


def recent_read(session: Session, action: RecentRead) -> Result:
    """For the section of cables read last."""
    return replace(session, shelving=replace(session.shelving, recent=action.cables)), ()


def follow(before: Session, session: Session) -> tuple[Effect, ...]:
    """What the library must learn after the notebook has changed."""
    old, new = before.notebook, session.notebook
    wanted: tuple[Effect, ...] = ()
    if new.searches != old.searches:
        wanted += (CountSaved(new.searches),)
    if new.recent != old.recent:
        wanted += (ReadRecent(new.recent),)
    return wanted


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    TurnSection: turn_section,
    FilterSection: filter_section,
    Pick: pick,
    SavedCounted: saved_counted,
    RecentRead: recent_read,
}
