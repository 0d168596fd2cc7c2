"""The context of a cable: the cables it cites, and the citing cables with their sentences."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING

from cable_tui.base.cable import Cable, Reference
from cable_tui.base.errors import CableTuiError
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.feature_state import CitedCable, Citing, Context, LinkedNotes
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services, rows_by_id
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.query.answers import CableRow

PAUSE = 0.25
"""How long a cable must be shown before its context is read, in seconds, so that nothing is read
while J is held down.
"""


class WantContext(Action):
    """The context pane is visible, and needs the context of the open cable."""

    def step(self, session: Session) -> Result:
        """Schedule the reading of the context after a pause, once for each cable."""
        opened_cable = session.opened
        if opened_cable is None or session.context.id == opened_cable.id:
            return session, ()
        session = replace(session, context=Context(opened_cable.id))
        return session, (effects.DispatchLater(PAUSE, ContextPauseOver(opened_cable.id)),)


class ContextPauseOver(Action):
    """The pause before a context is read is over."""

    id: int

    def step(self, session: Session) -> Result:
        """Read the context if the same cable is still open."""
        if session.opened is None or session.opened.id != self.id:
            return session, ()
        return session, (ReadContext(self.id, session.opened.cable),)


class ContextRead(Action):
    """A part of a context was read."""

    context: Context

    def step(self, session: Session) -> Result:
        """Show the context, unless it belongs to another cable."""
        if self.context.id != session.context.id:
            return session, ()
        present = session.context
        new_context = replace(self.context, at=present.at, linked=present.linked)
        return replace(session, context=new_context), ()


class NotesLinked(Action):
    """A tool has read the notes that link a cable to others."""

    id: int
    linked: LinkedNotes

    def step(self, session: Session) -> Result:
        """Show the notes below the citing cables, unless they belong to another cable."""
        if self.id != session.context.id:
            return session, ()
        return replace(session, context=replace(session.context, linked=self.linked)), ()


class MoveInContext(Action):
    """Move the cursor of the context pane by a number of cables."""

    by: int

    def step(self, session: Session) -> Result:
        """Move the cursor, stopping at the ends."""
        context = session.context
        last_index = len(context.entries) - 1
        cursor_index = max(0, min(context.at + self.by, last_index))
        return replace(session, context=replace(context, at=cursor_index)), ()


class OpenFromContext(Action):
    """Open the cable under the cursor of the context pane, or the cable that was clicked."""

    at: int | None = None

    def step(self, session: Session) -> Result:
        """Go to the cable, at the paragraph that mentions the open one."""
        if self.at is not None:
            session = replace(session, context=replace(session.context, at=self.at))
        context_entry = session.context.here
        if context_entry is None:
            return session, ()
        paragraph = context_entry.paragraph if isinstance(context_entry, Citing) else None
        return session, (effects.GoToCable(context_entry.reference_id, paragraph),)


class ReadContext(Effect):
    """Read the cited and citing cables.

    Answered by `ContextRead`, and again once sentences are read.
    """

    id: int
    cable: Cable
    latest = "context"


MOST_CITING = 200
"""The maximum number of citing cables that the context lists."""
_AT_ONCE = 8
"""The number of sentences read between two reports."""
_PAUSE = 0.005
"""The pause between reading two cables, in seconds, so that keys can be handled."""


def _read_context(services: Services, effect: ReadContext, cancelled: Cancelled) -> Actions:
    """Report the lists immediately, then the sentences as they are read."""
    cable = effect.cable
    cited_entries = cited_cables(services.archive, cable)
    citing_ids = [
        citing_id
        for citing_id in services.archive.cited_by(cable.canonical_id)
        if citing_id != effect.id
    ]
    citing_rows = services.rows(citing_ids[:MOST_CITING])
    listed_ids = [citing_id for citing_id in citing_ids[:MOST_CITING] if citing_id in citing_rows]
    listed_rows = (citing_rows[citing_id] for citing_id in listed_ids)
    citing_entries = [Citing(row.reference_id, row.created, row.subject) for row in listed_rows]
    unlisted_count = len(citing_ids) - len(listed_ids)
    context = Context(
        effect.id,
        cited_entries,
        tuple(citing_entries),
        unlisted_count,
        listed=True,
        complete=not citing_entries,
    )
    yield ContextRead(context)
    for entry_index, citing_id in enumerate(listed_ids):
        if cancelled():
            return
        sleep(_PAUSE)
        citing_entries[entry_index] = with_sentence(
            services.archive, citing_id, citing_entries[entry_index], cable.canonical_id
        )
        is_last = entry_index == len(listed_ids) - 1
        if is_last or entry_index % _AT_ONCE == _AT_ONCE - 1:
            yield ContextRead(replace(context, citing=tuple(citing_entries), complete=is_last))


def cited_cables(archive: Archive, cable: Cable) -> tuple[CitedCable, ...]:
    """Return the cables that a cable cites, each once, with facts from the archive."""
    cited_references: dict[str, Reference] = {}
    for reference in cable.references:
        if reference.kind == "cable" and reference.reference_id:
            cited_references.setdefault(reference.reference_id, reference)
    ids_by_reference = {
        reference_id: archive.find(reference_id) for reference_id in cited_references
    }
    cable_rows = rows_by_id(archive, [id_ for id_ in ids_by_reference.values() if id_ is not None])
    return tuple(
        _state(
            reference,
            None if (id_ := ids_by_reference[reference_id]) is None else cable_rows.get(id_),
        )
        for reference_id, reference in cited_references.items()
    )


def _state(reference: Reference, row: CableRow | None) -> CitedCable:
    name_and_label = (reference.reference_id or "", reference.label)
    cited_cable = CitedCable(
        *name_and_label, row is not None, reference.year_inferred, source=reference.source
    )
    return (
        cited_cable
        if row is None
        else replace(cited_cable, created=row.created, subject=row.subject)
    )


def with_sentence(archive: Archive, id_: int, citing: Citing, canonical: str) -> Citing:
    """Return the entry with the sentence that cites a cable, if the citing cable can be read."""
    from cable_tui.telegram.references.mentions import citing_sentences

    try:
        cable = archive.cable(id_)
    except CableTuiError:
        return citing
    citing_sentence_list = citing_sentences(cable).get(canonical, ())
    shown_sentence = next(
        (sentence for sentence in citing_sentence_list if sentence.paragraph),
        citing_sentence_list[0] if citing_sentence_list else None,
    )
    if shown_sentence is None:
        return citing
    return replace(citing, paragraph=shown_sentence.paragraph, sentence=shown_sentence.text)


PERFORMERS: Performers = {
    ReadContext: _read_context,
}
