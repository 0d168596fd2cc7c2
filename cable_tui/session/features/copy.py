"""Copying what is under the cursor or selected, and which record of a cable is cited."""

from __future__ import annotations

from cable_tui.cable import Source
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect, Request
from cable_tui.session.features.selection import (
    selected_cables,
    selected_paragraphs,
    selected_span,
    target,
    without_selection,
)
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
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
    source: str
    """As `Session.source`."""


@handles(CopySentenceAt)
def copy_sentence_at(session: Session, action: CopySentenceAt) -> Result:
    """From the record that the reader cites."""
    return session, (CopySentence(action.id, action.offset, session.source),)


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
    what = effects.CopyCable(session.style, *where, source=session.source)
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


class ChooseCitedRecord(Action):
    """Choose which record of the cable is cited."""


class CiteFrom(Action):
    """Cite records of this format, wherever a cable has one."""

    format: str


class AskCitedRecord(Effect):
    """Let the reader choose a record; answered by `CiteFrom`."""

    sources: tuple[Source, ...]
    now: str


@handles(ChooseCitedRecord)
def choose_cited_record(session: Session, _: ChooseCitedRecord) -> Result:
    """Ask, if the open cable has records of several formats."""
    sources = session.cable.sources if session.cable else ()
    if len({each.format for each in sources}) < 2:
        return session, (effects.Notify("This cable was found in one form only."),)
    return session, (AskCitedRecord(sources, cited_format(session)),)


def cited_format(session: Session) -> str:
    """The format of the record that a citation of the open cable names."""
    sources = session.cable.sources if session.cable else ()
    known = [each.format for each in sources]
    return session.source if session.source in known else known[0] if known else ""


@handles(CiteFrom)
def cite_from(session: Session, action: CiteFrom) -> Result:
    """Keep the choice for all cables, and go on with the copy menu."""
    return replace(session, source=action.format), (effects.ShowMenu("copy"),)
