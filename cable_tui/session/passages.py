"""Passages under the subjects of the list: asked for the lines in sight, dropped when stale."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from cable_tui.cable import Span
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.session.model import Session
    from cable_tui.session.values import Lit

    Result = tuple[Session, tuple[Effect, ...]]

_KEPT = 400
"""Passages that are remembered before the oldest are dropped."""
CHOICE = "passages"
"""Name under which it is kept whether they are shown."""


class Passage(Protocol):
    """A piece of a cable's text; `archive.Passage` is one."""

    @property
    def id(self) -> int:
        """The cable."""

    @property
    def text(self) -> str:
        """On one line; may be empty."""

    @property
    def places(self) -> tuple[Span, ...]:
        """What matched."""

    @property
    def label(self) -> str | None:
        """Of the paragraph."""


@dataclass(frozen=True, slots=True)
class Passages:
    """What stands under the subjects, where the query has words."""

    shown: bool = True
    """Whether the reader wants them."""
    found: Mapping[int, Passage | None] = field(default_factory=dict)
    """By cable; None where it has none."""
    lit: Lit | None = None
    """What they were looked for; those that answer to something older are not kept."""


@dataclass(frozen=True, slots=True)
class Toggle(Action):
    """p: show them, or no more."""


@dataclass(frozen=True, slots=True)
class Recall(Action):
    """What the reader chose the last time."""

    shown: bool


@dataclass(frozen=True, slots=True)
class Want(Action):
    """These cables are in sight and their passages are not known."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Read(Action):
    """Passages were read."""

    lit: Lit
    ids: tuple[int, ...]
    """All that were asked for."""
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class ReadPassages(Effect):
    """Read the passages of cables; answered by `Read`."""

    latest: ClassVar[str] = "passages"

    ids: tuple[int, ...]
    lit: Lit


def toggle(session: Session, action: Toggle) -> Result:
    """The other way; the choice is kept."""
    del action
    shown = not session.passages.shown
    session = replace(session, passages=replace(session.passages, shown=shown))
    wanted: tuple[Effect, ...] = (effects.Remember(CHOICE, shown),)
    if not shown:
        return session, (*wanted, effects.Notify("Passages are no longer shown; p shows them."))
    if not session.query.has_words:
        said = "Passages stand under the subjects when the query has words."
        return session, (*wanted, effects.Notify(said))
    return session, wanted


def recall(session: Session, action: Recall) -> Result:
    """Silently."""
    return replace(session, passages=replace(session.passages, shown=action.shown)), ()


def want(session: Session, action: Want) -> Result:
    """Those that are not known for what is lit now."""
    known = session.passages.found if session.passages.lit == session.hits.lit else {}
    ids = tuple(id_ for id_ in action.ids if id_ not in known)
    return session, (ReadPassages(ids, session.hits.lit),) if ids else ()


def read(session: Session, action: Read) -> Result:
    """Unless the list is another one by now."""
    if action.lit != session.hits.lit:
        return session, ()
    known = session.passages.found if session.passages.lit == action.lit else {}
    by_id = {passage.id: passage for passage in action.passages}
    found = {**known, **{id_: by_id.get(id_) for id_ in action.ids}}
    found = dict(list(found.items())[-_KEPT:])
    return replace(session, passages=replace(session.passages, found=found, lit=action.lit)), ()


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    Toggle: toggle,
    Recall: recall,
    Want: want,
    Read: read,
}
