"""Write a plan into a copy of a draft, and reread the copy to verify it.

A change is kept only if the copy reads exactly as planned, and if the corrected quotation or
citation is then confirmed as correct. Otherwise it is listed as not corrected.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from cable_tui.archive.archive import Archive
from cable_tui.base.value import replace
from cable_tui.formats.office.blocks import DocumentError, TextDocument
from cable_tui.tools.drafts.attribution import Read, what_to_check
from cable_tui.tools.drafts.check import Check
from cable_tui.tools.drafts.read import document_in
from cable_tui.tools.protection.answers import Answers
from cable_tui.tools.repair.changes import Change, Doubt, Plan
from cable_tui.tools.repair.libreoffice_file import LibreOfficeFile
from cable_tui.tools.repair.places import block_texts
from cable_tui.tools.repair.quoted_words import Unsure
from cable_tui.tools.repair.text_file import TextFile
from cable_tui.tools.repair.word_file import WordFile

_MOST_TRIES = 10
"""The maximum number of times that a copy is rewritten without the changes that failed."""
_RIGHT = ("exact", "protected")


class Original(NamedTuple):
    """A draft as stored in its file, and as parsed."""

    data: bytes
    path: Path
    read: Read


class Copy(NamedTuple):
    """A repaired copy with the changes in it."""

    data: bytes
    plan: Plan


class Copier:
    """Writes the copies of one draft."""

    def __init__(self, original: Original, archive: Archive, answers: Answers, moment: str) -> None:
        """Prepare to copy `original`; `moment` is the time of its tracked changes."""
        self._data, self._path, self._read = original
        self._archive = archive
        self._answers = answers
        self._moment = moment

    def copy(self, plan: Plan) -> Copy:
        """Return the copy with all changes that can be verified. Raises `DocumentError`."""
        for _ in range(_MOST_TRIES):
            data, plan = self._written(plan)
            document = document_in(self._path, data)
            failed = self._misread(plan, document) or self._still_wrong(plan, document)
            if not failed:
                return Copy(data, plan)
            plan = _without(plan, failed)
        raise DocumentError("the copy could not be verified, so nothing was written")

    def _written(self, plan: Plan) -> tuple[bytes, Plan]:
        """Return the bytes of the copy, and the plan without changes of unclear position."""
        blocks, kind = block_texts(self._read.draft.blocks), self._read.draft.format
        file: TextFile | WordFile | LibreOfficeFile
        if kind in ("Word", "LibreOffice"):
            file = (WordFile if kind == "Word" else LibreOfficeFile)(self._data, self._moment)
        else:
            file = TextFile(self._data, kind)
        reasons: dict[Change, str] = {}
        placed: list[Any] = []
        for change in plan.changes:
            try:
                placed += file.replacements(blocks[change.edit.block], *change.edit[1:])
            except Unsure as error:
                reasons[change] = str(error)
        kept = _without(plan, reasons)
        for doubt in kept.doubts:
            block = blocks[doubt.piece.block]
            start = doubt.piece.start
            while start < len(block.text) - 1 and not block.text[start].isalnum():
                start += 1
            if not block.is_note and not isinstance(file, TextFile):
                with suppress(Unsure):
                    file.comment(block, start, start + 1, doubt.reason)
        return file.written(placed), kept

    def _misread(self, plan: Plan, document: TextDocument) -> dict[Change, str]:
        """Return the changes in blocks that do not read as planned."""
        blocks = [block.text for block in self._read.draft.blocks]
        for change in reversed(plan.changes):
            edit = change.edit
            text = blocks[edit.block]
            blocks[edit.block] = f"{text[: edit.start]}{edit.new}{text[edit.end :]}"
        read_again = [block.text for block in document.blocks]
        if len(blocks) != len(read_again):
            return dict.fromkeys(plan.changes, _UNVERIFIED)
        differing = {
            number
            for number, (text, again) in enumerate(zip(blocks, read_again, strict=True))
            if text.split() != again.split()
        }
        failed = [change for change in plan.changes if change.edit.block in differing]
        is_explained = differing <= {change.edit.block for change in failed}
        return dict.fromkeys(failed if is_explained else plan.changes, _UNVERIFIED)

    def _still_wrong(self, plan: Plan, document: TextDocument) -> dict[Change, str]:
        """Return the changes after which a quotation or citation is still wrong."""
        again = what_to_check(document)
        old = self._read
        if (len(again.quotations), len(again.citations)) != (
            len(old.quotations),
            len(old.citations) + sum(change.kind == "citation" for change in plan.changes),
        ):
            return dict.fromkeys(plan.changes, _UNVERIFIED)
        pieces = {change.piece[:2]: change for change in plan.changes}
        concerned = {
            number: change
            for number, attributed in enumerate(old.quotations)
            if (change := pieces.get(attributed.quotation.pieces[0][:2]))
        }
        # By identity: equal citations in other blocks have equal values.
        cited = {
            id(cited): change
            for block, cited in old.citations
            if (change := pieces.get((block, cited.start)))
        }
        for number, attributed in enumerate(old.quotations):
            for citation in attributed.cited:
                if id(citation) in cited and number not in concerned:
                    concerned[number] = cited[id(citation)]
        quoted = tuple(again.quotations[number] for number in concerned)
        part = replace(again, quotations=quoted, citations=())
        check = Check(self._archive, part, self._answers)
        verdicts = [finding for finding in check.findings() if finding.kind == "quotation"]
        return {
            change: _UNVERIFIED
            for change, finding in zip(concerned.values(), verdicts, strict=True)
            if finding.verdict not in _RIGHT
        }


_UNVERIFIED = "the copy could not be verified"


def _without(plan: Plan, reasons: Mapping[Change, str]) -> Plan:
    """Return the plan with some changes turned into doubts.

    A quotation loses all of its changes.
    """
    pieces = {change.piece: reason for change, reason in reasons.items()}
    failed = [change for change in plan.changes if change.piece in pieces]
    doubts = (
        Doubt(change.piece, change.place, change.before or change.after, pieces[change.piece])
        for change in failed
    )
    kept = tuple(change for change in plan.changes if change.piece not in pieces)
    return Plan(kept, tuple(sorted((*plan.doubts, *doubts), key=lambda doubt: doubt.piece)))
