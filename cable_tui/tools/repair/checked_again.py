"""Check a draft again after a save; only new parts are compared with the archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cable_tui.archive.archive import Archive
from cable_tui.base.value import replace
from cable_tui.formats.office.blocks import TextDocument
from cable_tui.tools.drafts.attribution import Attributed, Read
from cable_tui.tools.drafts.check import Check, in_order
from cable_tui.tools.drafts.citations import Cited
from cable_tui.tools.drafts.findings import Finding
from cable_tui.tools.protection.answers import Answers

_RECEIPT = "[cable:"
_AROUND = 1
"""The number of blocks before and after a quotation in which its speaker may be named."""


class _Known(NamedTuple):
    """Findings with the block to which their positions are relative."""

    block: int
    findings: tuple[Finding, ...]


class CheckedAgain:
    """Successive checks of the same draft."""

    def __init__(self, archive: Archive, answers: Answers) -> None:
        self._archive = archive
        self._answers = answers
        self._known: dict[object, _Known] = {}

    def findings(self, read: Read) -> tuple[Finding, ...]:
        """Return all findings of a draft in order; earlier findings are reused if valid."""
        draft = read.draft
        if any(_RECEIPT in block.text for block in draft.blocks):
            # A receipt belongs to one of all quotations before it.
            return in_order(list(Check(self._archive, read, self._answers).findings()))
        quoted = [(_quotation_key(each, draft), each) for each in read.quotations]
        cited = [((draft.blocks[block].text, each), block, each) for block, each in read.citations]
        part = replace(
            read,
            quotations=tuple(each for key, each in quoted if key not in self._known),
            citations=tuple((block, each) for key, block, each in cited if key not in self._known),
        )
        new = _in_groups(part, list(Check(self._archive, part, self._answers).findings()))
        known: dict[object, _Known] = {}
        found: list[Finding] = []
        for key, first_block in [
            *((key, each.quotation.pieces[0].block) for key, each in quoted),
            *((key, block) for key, block, _ in cited),
        ]:
            group = (
                self._known.get(key) or new.get((first_block, key[-1])) or _Known(first_block, ())
            )
            moved = tuple(_moved(each, first_block - group.block, draft) for each in group.findings)
            known[key] = _Known(first_block, moved)
            found += moved
        self._known = known
        return in_order(found)


def _quotation_key(attributed: Attributed, draft: TextDocument) -> tuple[object, ...]:
    """Return everything on which the verdict on a quotation depends."""
    pieces = attributed.quotation.pieces
    first, last = pieces[0].block, pieces[-1].block
    around = draft.blocks[max(first - _AROUND, 0) : last + 1 + _AROUND]
    relative = tuple(piece._replace(block=piece.block - first) for piece in pieces)
    return tuple(block.text for block in around), attributed.cited, relative, pieces[0].start


def _in_groups(read: Read, findings: Sequence[Finding]) -> dict[object, _Known]:
    """Return the findings, grouped by block and by the start or citation that they concern."""
    groups: dict[object, _Known] = {}
    citations = {(block, cited.start, cited.end): cited for block, cited in read.citations}
    key: tuple[int, int | Cited] = (0, 0)
    for finding in findings:
        piece = finding.pieces[0]
        if finding.kind == "quotation":
            key = (piece.block, piece.start)
        elif finding.kind == "citation":
            key = (piece.block, citations[piece.block, piece.start, piece.end])
        block = key[0]
        before = groups[key].findings if key in groups else ()
        groups[key] = _Known(block, (*before, finding))
    return groups


def _moved(finding: Finding, by: int, draft: TextDocument) -> Finding:
    """Return a finding with its position in the changed draft."""
    pieces = tuple(piece._replace(block=piece.block + by) for piece in finding.pieces)
    first = pieces[0]
    return replace(
        finding,
        pieces=pieces,
        place=draft.place(first.block, first.start),
        heading=draft.blocks[first.block].heading,
    )
