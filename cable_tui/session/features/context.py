"""The context of a cable: what it cites, and who cites it, with the sentence."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING

from cable_tui.base.cable import Cable, Reference
from cable_tui.base.errors import CableTuiError
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.feature_state import CitedCable, Citing, Context
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services, rows_by_id
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.query.answers import CableRow

PAUSE = 0.25
"""Seconds that a cable is shown before its context is read: holding J down reads none."""


class WantContext(Action):
    """The context pane is visible: read it for the open cable."""

    def step(self, session: Session) -> Result:
        """Read the context after a pause, once for each cable."""
        opened_cable = session.opened
        if opened_cable is None or session.context.id == opened_cable.id:
            return session, ()
        session = replace(session, context=Context(opened_cable.id))
        return session, (effects.DispatchLater(PAUSE, ContextPauseOver(opened_cable.id)),)


class ContextPauseOver(Action):
    """The pause before a context is read is over."""

    id: int

    def step(self, session: Session) -> Result:
        """Read the context, if the same cable is still shown."""
        if session.opened is None or session.opened.id != self.id:
            return session, ()
        return session, (ReadContext(self.id, session.opened.cable),)


class ContextRead(Action):
    """A part of a context was read."""

    context: Context

    def step(self, session: Session) -> Result:
        """Show it, unless it belongs to another cable."""
        if self.context.id != session.context.id:
            return session, ()
        return replace(session, context=replace(self.context, at=session.context.at)), ()


class MoveInContext(Action):
    """Move the cursor of the context by cables."""

    by: int

    def step(self, session: Session) -> Result:
        """Move the cursor, stopping at the ends."""
        context = session.context
        last_line = len(context.cited) + len(context.citing) - 1
        context_row = max(0, min(context.at + self.by, last_line))
        return replace(session, context=replace(context, at=context_row)), ()


class OpenFromContext(Action):
    """Open the cable under the cursor of the context, or the one that was clicked."""

    at: int | None = None

    def step(self, session: Session) -> Result:
        """Go to the cable, at the paragraph that mentions the one that is read."""
        if self.at is not None:
            session = replace(session, context=replace(session.context, at=self.at))
        entry = session.context.here
        if entry is None:
            return session, ()
        paragraph = entry.paragraph if isinstance(entry, Citing) else None
        return session, (effects.GoToCable(entry.reference_id, paragraph),)


class ReadContext(Effect):
    """Read what a cable cites and who cites it; `ContextRead` answers, later with sentences."""

    id: int
    cable: Cable
    latest = "context"


MOST_CITING = 200
"""The most citing cables that are listed."""
_AT_ONCE = 8
"""Sentences that are read between two reports."""
_PAUSE = 0.005
"""Seconds of pause between two cables, to handle keys."""


def _read_context(services: Services, effect: ReadContext, cancelled: Cancelled) -> Actions:
    """Report the lists at once, then the sentences as they are read."""
    cable = effect.cable
    cited_by_cable = cited_cables(services.archive, cable)
    ids = [id_ for id_ in services.archive.cited_by(cable.canonical_id) if id_ != effect.id]
    rows = services.rows(ids[:MOST_CITING])
    listed_ids = [id_ for id_ in ids[:MOST_CITING] if id_ in rows]
    known_rows = (rows[id_] for id_ in listed_ids)
    citing_here = [Citing(row.reference_id, row.created, row.subject) for row in known_rows]
    further_citing = len(ids) - len(listed_ids)
    context = Context(
        effect.id,
        cited_by_cable,
        tuple(citing_here),
        further_citing,
        listed=True,
        complete=not citing_here,
    )
    yield ContextRead(context)
    for index, id_ in enumerate(listed_ids):
        if cancelled():
            return
        sleep(_PAUSE)
        citing_here[index] = with_sentence(
            services.archive, id_, citing_here[index], cable.canonical_id
        )
        is_last = index == len(listed_ids) - 1
        if is_last or index % _AT_ONCE == _AT_ONCE - 1:
            yield ContextRead(replace(context, citing=tuple(citing_here), complete=is_last))


def cited_cables(archive: Archive, cable: Cable) -> tuple[CitedCable, ...]:
    """Return the cables that one cites, each once, with facts from the archive."""
    cited_references: dict[str, Reference] = {}
    for reference in cable.references:
        if reference.kind == "cable" and reference.reference_id:
            cited_references.setdefault(reference.reference_id, reference)
    ids = {name: archive.find(name) for name in cited_references}
    rows = rows_by_id(archive, [id_ for id_ in ids.values() if id_ is not None])
    return tuple(
        _state(reference, None if (id_ := ids[name]) is None else rows.get(id_))
        for name, reference in cited_references.items()
    )


def _state(reference: Reference, row: CableRow | None) -> CitedCable:
    name_and_label = (reference.reference_id or "", reference.label)
    entry = CitedCable(
        *name_and_label, row is not None, reference.year_inferred, source=reference.source
    )
    return entry if row is None else replace(entry, created=row.created, subject=row.subject)


def with_sentence(archive: Archive, id_: int, citing: Citing, canonical: str) -> Citing:
    """Return the entry with the sentence that cites a cable, if its file can be read."""
    from cable_tui.telegram.references.mentions import citing_sentences

    try:
        cable = archive.cable(id_)
    except CableTuiError:
        return citing
    sentences = citing_sentences(cable).get(canonical, ())
    shown_sentence = next(
        (sentence for sentence in sentences if sentence.paragraph),
        sentences[0] if sentences else None,
    )
    if shown_sentence is None:
        return citing
    return replace(citing, paragraph=shown_sentence.paragraph, sentence=shown_sentence.text)


PERFORMERS: Performers = {
    ReadContext: _read_context,
}
