"""The links in notes in the context pane: notes on the open cable, and notes that mention it."""

from __future__ import annotations

from collections.abc import Sequence

from cable_tui.session.feature_state import Citing, LinkedNotes
from cable_tui.session.features.bookmarks import LibraryChanged
from cable_tui.session.features.context import ContextPauseOver, NotesLinked
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect
from cable_tui.text.numbers import counted
from cable_tui.tools.notes.links import NoteLink, links


class ReadLinks(Effect):
    """Read the links in notes from and to a cable; answered by `NotesLinked`."""

    latest = "note links"

    id: int
    canonical_id: str


def watch(_: Session, action: Action, after: Session, wanted: tuple[Effect, ...]) -> Result:
    """Read the links when the context of the open cable is read, and when notes have changed."""
    opened = after.opened
    if opened is None or after.context.id != opened.id:
        return after, wanted
    if isinstance(action, ContextPauseOver | LibraryChanged):
        return after, (*wanted, ReadLinks(opened.id, opened.cable.canonical_id))
    return after, wanted


def _read_links(services: Services, effect: ReadLinks, _: Cancelled) -> Actions:
    all_links = links(services.library.marks())
    to_it = [link for link in all_links if link.named.canonical_id == effect.canonical_id]
    from_it = [link for link in all_links if link.mark.canonical_id == effect.canonical_id]
    other_ids = [link.mark.canonical_id for link in to_it]
    other_ids += [link.named.canonical_id for link in from_it]
    number_by_id = services.archive.ids(other_ids)
    rows = services.rows(list(number_by_id.values()))

    def entry(canonical_id: str, paragraph: str | None, note: str) -> Citing:
        row = rows.get(number_by_id.get(canonical_id, -1))
        facts = (row.created, row.subject) if row else ("", "")
        return Citing(canonical_id, *facts, paragraph=paragraph, sentence=" ".join(note.split()))

    entries = [
        *(entry(link.mark.canonical_id, link.mark.paragraph, link.mark.note) for link in to_it),
        *(
            entry(link.named.canonical_id, link.named.paragraph, f"named here: {link.mark.note}")
            for link in from_it
        ),
    ]
    yield NotesLinked(effect.id, LinkedNotes(heading(to_it, from_it), tuple(entries)))


def heading(to_it: Sequence[NoteLink], from_it: Sequence[NoteLink]) -> str:
    """Return the heading, such as `Noted in 2 notes, its notes mention 1 cable`."""
    noting = f"Noted in {counted(len({link.mark.id for link in to_it}), 'note')}" if to_it else ""
    cable_count = len({link.named.canonical_id for link in from_it})
    naming = f"its notes mention {counted(cable_count, 'cable')}" if from_it else ""
    words = ", ".join(filter(None, (noting, naming)))
    return f"{words[:1].upper()}{words[1:]}"


PERFORMERS: Performers = {ReadLinks: _read_links}
