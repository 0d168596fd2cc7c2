"""What a query lacks: the part that finds nothing, and the spellings of its names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from cable_tui.query import Group, Query, Word
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.session.model import Session

    Result = tuple[Session, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of a query without which it would find something."""

    part: str
    without: Query
    count: int


@dataclass(frozen=True, slots=True)
class ReasonsFound(Action):
    """Why a question finds nothing: its parts, those first that matter most."""

    ticket: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class DropPart(Action):
    """Leave out the part that finds nothing, or choose which."""

    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Spell(Action):
    """How else a word of the query is written: the last name in it, or one."""

    word: str = ""


@dataclass(frozen=True, slots=True)
class Spelled(Action):
    """Spellings of a word, with their numbers of cables."""

    word: str
    spellings: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class TakeSpellings(Action):
    """These spellings in the place of a word."""

    word: str
    taken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindReasons(Effect):
    """Find what of a query finds nothing; answered by `ReasonsFound`."""

    latest: ClassVar[str] = "reasons"

    ticket: int
    query: Query


@dataclass(frozen=True, slots=True)
class AskPart(Effect):
    """Let the reader say which part goes; answered by `DropPart`."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class FindSpellings(Effect):
    """Find spellings; answered by `Spelled`."""

    brings = True
    latest: ClassVar[str] = "spellings"

    word: str


@dataclass(frozen=True, slots=True)
class AskSpellings(Effect):
    """Let the reader tick some; answered by `TakeSpellings`."""

    word: str
    spellings: tuple[tuple[str, int], ...]


def found_nothing(session: Session) -> tuple[Effect, ...]:
    """What to ask once a whole answer has no cable."""
    hits = session.hits
    if hits.count or hits.partial or len(session.query.terms) < 2:
        return ()
    return (FindReasons(session.ticket, session.query),)


def reasons_found(session: Session, action: ReasonsFound) -> Result:
    """Unless the question is another one by now."""
    if action.ticket != session.ticket:
        return session, ()
    return replace(session, reasons=action.reasons), ()


def drop_part(session: Session, action: DropPart) -> Result:
    """One part is left out at once; of several the reader says which."""
    from cable_tui.session.searching import written

    reason = action.reason
    if reason is None:
        if not session.reasons or session.hits.count:
            return session, (effects.Notify("No part of this query stands in the way."),)
        if len(session.reasons) > 1:
            return session, (AskPart(session.reasons),)
        reason = session.reasons[0]
    return written(session, reason.without)


def spell(session: Session, action: Spell) -> Result:
    """Of the word written `name~`, else of the last one."""
    words = [term for term in session.query.terms if isinstance(term, Word) and not term.negated]
    marked = [term for term in words if term.fuzzy]
    chosen = action.word or (marked or words or [Word("")])[-1].text
    if not chosen:
        return session, (effects.Notify("Write a name into the query first: / edits it."),)
    return session, (FindSpellings(chosen),)


def spelled(session: Session, action: Spelled) -> Result:
    """To be ticked; none is said."""
    if len(action.spellings) < 2:
        return session, (effects.Notify(f"No other spelling of {action.word} is here."),)
    return session, (AskSpellings(action.word, action.spellings),)


def take_spellings(session: Session, action: TakeSpellings) -> Result:
    """`gaddafi~` becomes `(gaddafi or qadhafi)` in the bar."""
    from cable_tui.session.searching import written

    if not action.taken:
        return session, ()
    words = tuple((Word(each, exact=True),) for each in action.taken)
    query = session.query
    for term in query.terms:
        if isinstance(term, Word) and term.text.casefold() == action.word.casefold():
            other = words[0][0] if len(words) == 1 else Group(words)
            query = query.instead(term, replace(other, negated=term.negated))
    return written(session, query)


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    ReasonsFound: reasons_found,
    DropPart: drop_part,
    Spell: spell,
    Spelled: spelled,
    TakeSpellings: take_spellings,
}
