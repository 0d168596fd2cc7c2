"""Copying what is under the cursor or selected, and which record of a cable is read."""

from __future__ import annotations

from cable_tui.cable import Source
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect, LibraryWrite, Request
from cable_tui.session.features.selection import (
    selected_cables,
    selected_paragraphs,
    selected_span,
    target,
    without_selection,
)
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.session.values import TOP, Landing
from cable_tui.value import replace


class Copy(Action):
    """Copy what is under the cursor in one of the formats; empty is the one used last."""

    style: str = ""
    span: tuple[int, int] | None = None
    """What is selected in the body, as a range of its text: that is copied."""


class CopySentenceAt(Action):
    """Copy the sentence at a place of a cable as a quotation."""

    id: int
    offset: int | None
    """None is the subject."""


class CopySentence(Effect):
    """Copy a sentence as a quotation."""

    id: int
    offset: int | None


@handles(CopySentenceAt)
def copy_sentence_at(session: Session, action: CopySentenceAt) -> Result:
    """From the record that is read."""
    return session, (CopySentence(action.id, action.offset),)


class CopyLink(Request):
    """Copy the link of a cable that is not here."""

    reference: str


@handles(Copy)
def copy(session: Session, action: Copy) -> Result:
    """Copy the selected text, paragraphs or cables, else what is under the cursor."""
    place = target(session)
    if place is None:
        return session, (effects.Notify("There is no cable to copy from."),)
    session = replace(session, style=action.style or session.style)
    if session.pane == "list" and (marked := selected_cables(session)):
        return session, (effects.CopyCables(session.style, marked),)
    stop = session.stop if session.in_cable else 0
    where = (place.id, place.paragraph, stop)
    what = effects.CopyCable(session.style, *where)
    if action.span is not None and session.in_cable:
        return session, (replace(what, span=action.span),)
    if session.in_cable and (part := selected_span(session)) is not None:
        what = replace(what, span=part)
        if session.sentence_from is None:  # the cursor stays where it is
            return session, (what,)
        session, ended = without_selection(session)
        return session, (what, *ended)
    if chosen := selected_paragraphs(session):
        what = replace(what, paragraph=chosen[0], upto=chosen[-1])
    return replace(session, selected_from=None), (what,)


class ChooseRecord(Action):
    """Choose which record of the open cable is read."""


class AskRecord(Effect):
    """Let the reader choose a record; answered by `ReadRecord`."""

    sources: tuple[Source, ...]


class ReadRecord(Action):
    """Read this record of the open cable, now and from now on."""

    number: int


class KeepRecord(LibraryWrite):
    """Keep that a record is read of a cable; answered by `LibraryChanged`."""

    id: int
    number: int


@handles(ChooseRecord)
def choose_record(session: Session, _: ChooseRecord) -> Result:
    """Ask, if the open cable has several records."""
    sources = session.cable.sources if session.cable else ()
    if len(sources) < 2:
        return session, (effects.Notify("This cable has one record here."),)
    return session, (AskRecord(sources),)


@handles(ReadRecord)
def read_record(session: Session, action: ReadRecord) -> Result:
    """Keep the choice, and show the record at the paragraph that is read."""
    if session.opened is None:
        return session, ()
    id_ = session.opened.id
    here = session.here
    landing = Landing(paragraph=here.label) if here and here.label else TOP
    session = replace(session, opening=id_, landing=landing)
    return session, (KeepRecord(id_, action.number), effects.ReadCable(id_, action.number))
