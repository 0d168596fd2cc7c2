"""Handlers that read what a cable cites and who cites it. No Textual."""

from __future__ import annotations

from time import sleep

from cable_tui.archive.archive import Archive
from cable_tui.archive.catalogue.rows import Row
from cable_tui.cable import Cable, Reference
from cable_tui.effects.services import Services, rows_by_id
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import CableTuiError
from cable_tui.session.feature_state import Cited, Citing, Context
from cable_tui.session.features.reading import context
from cable_tui.telegram.references.mentions import citing_sentences
from cable_tui.value import replace

MOST_CITING = 200
"""Citing cables that are listed."""
_AT_ONCE = 8
"""Sentences that are read between two reports."""
_PAUSE = 0.005
"""Seconds between two cables that are read, to let keys be answered."""


@performs(context.ReadContext)
def _read_context(services: Services, effect: context.ReadContext, cancelled: Cancelled) -> Actions:
    """Report the lists at once, then the sentences as they are read."""
    cable = effect.cable
    cited = cited_cables(services.archive, cable)
    ids = [id_ for id_ in services.archive.cited_by(cable.canonical_id) if id_ != effect.id]
    rows = services.rows(ids[:MOST_CITING])
    listed = [id_ for id_ in ids[:MOST_CITING] if id_ in rows]
    citing = [_row(rows[id_]) for id_ in listed]
    more = len(ids) - len(listed)
    found = Context(effect.id, cited, tuple(citing), more, listed=True, complete=not citing)
    yield context.ContextRead(found)
    for at, id_ in enumerate(listed):
        if cancelled():
            return
        sleep(_PAUSE)
        citing[at] = with_sentence(services.archive, id_, citing[at], cable.canonical_id)
        last = at == len(listed) - 1
        if last or at % _AT_ONCE == _AT_ONCE - 1:
            yield context.ContextRead(replace(found, citing=tuple(citing), complete=last))


def cited_cables(archive: Archive, cable: Cable) -> tuple[Cited, ...]:
    """The cables that one cites, each once, with what the archive knows of them."""
    named: dict[str, Reference] = {}
    for reference in cable.references:
        if reference.kind == "cable" and reference.reference_id:
            named.setdefault(reference.reference_id, reference)
    found = {name: archive.find(name) for name in named}
    rows = rows_by_id(archive, [id_ for id_ in found.values() if id_ is not None])
    return tuple(
        _state(reference, None if (id_ := found[name]) is None else rows.get(id_))
        for name, reference in named.items()
    )


def _state(reference: Reference, row: Row | None) -> Cited:
    made = Cited(
        reference.reference_id or "",
        reference.label,
        row is not None,
        reference.year_inferred,
        source=reference.source,
    )
    return made if row is None else replace(made, created=row.created, subject=row.subject)


def _row(row: Row) -> Citing:
    return Citing(row.reference_id, row.created, row.subject)


def with_sentence(archive: Archive, id_: int, citing: Citing, canonical: str) -> Citing:
    """The entry with the sentence that cites a cable; unchanged if its file cannot be read."""
    try:
        cable = archive.cable(id_)
    except CableTuiError:
        return citing
    said = citing_sentences(cable).get(canonical, ())
    shown = next((each for each in said if each.paragraph), said[0] if said else None)
    if shown is None:
        return citing
    return replace(citing, paragraph=shown.paragraph, sentence=shown.text)
