"""What the room asks of the archive, the library and the clipboard. Runs in threads; no Textual.

Each effect becomes one call and yields the actions that report it. Errors of the program's own
tree become sentences; anything else is a fault and goes up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cable_tui.archive import Archive, Row
from cable_tui.cable import Cable, Paragraph
from cable_tui.clipboard import Clipboard
from cable_tui.errors import CableTuiError
from cable_tui.library import Library
from cable_tui.session import (
    Action,
    Effect,
    Hits,
    Jump,
    Summary,
    actions,
    effects,
    offering,
)
from cable_tui.tui import memory
from cable_tui.tui.absent import absent

if TYPE_CHECKING:
    # The first list on the screen waits neither for this nor for the exports.
    from cable_tui.archive.fuzzy import Jump as Found
    from cable_tui.exports import Ways

Cancelled = Callable[[], bool]

HEAD = 200
"""Lines of a list that are found before the others."""


@dataclass(slots=True)
class Outside:
    """The world of one open archive."""

    archive: Archive
    library: Library
    clipboard: Clipboard
    ways: Ways | None = None
    """None is the program's own way to cite."""
    _read: tuple[int, Cable] | None = None
    """The cable that is shown: its file may go away while it is read."""

    def perform(self, effect: Effect, cancelled: Cancelled) -> Iterator[Action]:
        """Do what an effect asks, and report."""
        try:
            yield from self._perform(effect, cancelled)
        except CableTuiError as error:
            if isinstance(effect, effects.Open):
                row = self.rows([effect.id]).get(effect.id)
                known = None if row is None else absent(row, str(error))
                yield actions.NotShown(effect.id, str(error), known)
            else:
                yield actions.Failed(str(error))

    def _perform(self, effect: Effect, cancelled: Cancelled) -> Iterator[Action]:
        match effect:
            case effects.Search():
                yield from self._search(effect, cancelled)
            case effects.CountFacets():
                yield from self._count(effect, cancelled)
            case effects.LookUp():
                yield actions.Jumped(effect.ticket, self._jumps(effect.text))
            case effects.Open():
                cable = self.archive.cable(effect.id)
                self._read = effect.id, cable
                yield actions.Shown(effect.id, cable)
            case effects.Resolve():
                yield self._resolve(effect)
            case effects.PutOnClipboard():
                yield from self._copy(effect)
            case effects.Summarise():
                yield self._summary()
            case _:
                from cable_tui.tui.performers import PERFORMERS

                yield from PERFORMERS[type(effect)](self, effect, cancelled)

    def _search(self, effect: effects.Search, cancelled: Cancelled) -> Iterator[Action]:
        """The first lines at once, then the whole list, then words that may have been meant."""
        for limit in (None,) if effect.again else (HEAD, None):
            answer = self.archive.search(effect.query, "", limit, cancelled, offering=effect.again)
            if cancelled():
                return
            words = (tuple(answer.corrections), tuple(answer.offers), answer.lit, answer.also)
            hits = Hits(answer.ids, answer.count, answer.partial, *words, answer.complaints)
            more = len(answer.ids) < answer.count and limit is not None
            yield actions.Found(effect.ticket, hits, more)
            if not more:
                break
        if effect.again or cancelled():
            return
        if offers := self.archive.offers(effect.query):
            yield offering.Offered(effect.ticket, tuple(offers))

    def _count(self, effect: effects.CountFacets, cancelled: Cancelled) -> Iterator[Action]:
        counts = self.archive.counts(effect.query, cancelled=cancelled)
        if not cancelled():
            yield actions.Counted(effect.ticket, counts)
            memory.give_back()

    def _jumps(self, text: str) -> tuple[Jump, ...]:
        return tuple(map(_jump, self.archive.jump(text)))

    def _resolve(self, effect: effects.Resolve) -> Action:
        found = self.archive.find(effect.reference)
        return actions.Resolved(effect.reference, found, effect.paragraph)

    def cable(self, id_: int) -> Cable:
        """A whole cable; the one that is shown is not read again. Raises `ArchiveError`."""
        shown = self._read
        return shown[1] if shown and shown[0] == id_ else self.archive.cable(id_)

    def _copy(self, effect: effects.PutOnClipboard) -> Iterator[Action]:
        """The warning comes before the copy, and never instead of it."""
        from cable_tui.exports import EXPORTS, Ways
        from cable_tui.tui import citing

        cable = self.cable(effect.id)
        chosen = _chosen(cable, effect.paragraph, effect.upto)
        ways = replace(self.ways or Ways(), source=effect.source)
        citation = citing.citation(cable, chosen, effect.stop, self.archive.root, ways)
        if effect.span is not None:
            citation = citing.part(citation, effect.span)
        export = EXPORTS[effect.style]
        text = export.function(citation)
        if not text:
            yield actions.Failed(citing.missing(citation, export.label))
            return
        if caution := citing.caution(citation):
            yield actions.Warned(caution)
        yield told(self.clipboard, text, f"{export.label} · {citing.named(citation)}")

    def _summary(self) -> Action:
        found = self.archive.summary()
        years = (found.first_year or None, found.last_year or None)
        return actions.Summarised(Summary(found.cables, *years, found.problems))

    def rows(self, ids: Sequence[int]) -> dict[int, Row]:
        """Lines of the list by id; none where the archive cannot be read now."""
        try:
            return {row.id: row for row in self.archive.rows(ids)}
        except CableTuiError:
            return {}


def _jump(found: Found) -> Jump:
    if found.kind == "cable":
        return Jump(found.label, found.target, found.paragraph, sure=found.sure)
    return Jump(found.label, text=found.target, sure=found.sure)


def told(clipboard: Clipboard, text: str, what: str) -> Action:
    """Copy a text; what came of it as news."""
    copied = clipboard.copy(text, what)
    return actions.Said(copied.sentence) if copied.way else actions.Failed(copied.sentence)


def _chosen(cable: Cable, first: int | None, last: int | None) -> tuple[Paragraph, ...]:
    """One paragraph, or several up to the last one; none is the whole cable."""
    if first is None:
        return ()
    return cable.body.paragraphs[first : (first if last is None else last) + 1]


def paragraph_at(cable: Cable, index: int | None) -> Paragraph | None:
    """A paragraph of a cable by its place; None is the cable."""
    paragraphs = cable.body.paragraphs
    return paragraphs[index] if index is not None and index < len(paragraphs) else None
