"""Stand-ins for the archive: cables without a file, answers without an index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from cable_tui.base.cable import Body, Cable, Facts, Header, Paragraph, Reference, Span
from cable_tui.base.value import replace
from cable_tui.query import parse
from cable_tui.query.answers import Hits
from cable_tui.session import effects
from cable_tui.session.features import opened_cable, results
from cable_tui.session.features.selection import by_sentences
from cable_tui.session.registry import Result, Services
from cable_tui.session.state import Session
from cable_tui.session.step import perform, step
from cable_tui.session.values import Action, Effect

Kind = TypeVar("Kind")


def cable(number: int, *labels: str | None) -> Cable:
    """A fictional cable, `09ZENDA3` for 3, with a paragraph for each label."""
    name = f"09ZENDA{number}"
    facts = Facts(name, name, "2009-02-13", "page", "", "SECRET", "Embassy Zenda")
    paragraphs = tuple(
        Paragraph(label, f"par{label}" if label else None, None, None, f"Text {label}.", (1, 1))
        for label in labels
    )
    body = Body("\n", paragraphs=paragraphs)
    return Cable(facts, f"Subject {number}", None, (), (), (), Header(""), body)


def reference(name: str | None, text: str = "") -> Reference:
    """One item of a REF line."""
    return Reference(None, "cable" if name else "email", name, False, text or name or "")


class BodyAt(Action):
    """Puts the cursor of the body and its first line somewhere."""

    paragraph: int | None
    scroll: int = 0
    stop: int = 0
    sentence: Span | None = None

    def step(self, session: Session) -> Result:
        session = by_sentences(session, self.paragraph, self.sentence)
        session = replace(session, paragraph=self.paragraph, stop=self.stop)
        return replace(session, scroll=self.scroll), ()


def ready(text: str = "", ids: Sequence[int] = (10, 20, 30, 40), at: int = 0) -> Session:
    """A room with an answered query and its cursor on a line of the list."""
    session = Session(text=text, committed_text=text, query=parse(text), answered="now")
    return replace(session, hits=Hits(ids, len(ids)), at=at)


def reading_session(
    number: int = 10, *labels: str | None, session: Session | None = None
) -> Session:
    """A room that shows cable `number`, opened from its list."""
    session = session or ready()
    session, _ = step(session, results.MoveCursorTo(list(session.hits.ids).index(number)))
    session, _ = step(session, opened_cable.OpenCable())
    session, _ = step(
        session, opened_cable.CableShown(number, cable(number, *(labels or ("1", "2", "3"))))
    )
    return session


def walk(session: Session, *steps: Action) -> Session:
    """The session after several actions."""
    for action in steps:
        session, _ = step(session, action)
    return session


def kinds(wanted: Sequence[Effect]) -> list[type[Effect]]:
    """What was asked for, without the particulars."""
    return [type(effect) for effect in wanted]


def menu(wanted: Sequence[Action | Effect]) -> effects.AskMenu:
    """The menu that is asked for."""
    (asked,) = (each for each in wanted if isinstance(each, effects.AskMenu))
    return asked


def does(asked: effects.AskMenu, key: str) -> Any:
    """What the line of a key does."""
    (found,) = (each.does for each in asked.items if each.key == key)
    return found


def done(services: Services, effect: Effect) -> list[Action]:
    """What is reported of an effect that is performed."""
    return list(perform(services, effect, lambda: False))


def the(kind: type[Kind], given: Iterable[object]) -> Kind:
    """The only one that is given, which is of this kind."""
    (found,) = given
    assert isinstance(found, kind)
    return found


def said(wanted: Iterable[object]) -> str:
    """The notices among effects, joined."""
    return " ".join(each.sentence for each in wanted if isinstance(each, effects.Notify))
