"""`archive.check(draft)`: the check of a draft as a method of the Python library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.api.rows_of_values import Record, Verdicts
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.base.value import as_json
from cable_tui.tools.drafts.attribution import what_to_check
from cable_tui.tools.drafts.check import Check, in_order
from cable_tui.tools.drafts.export import answer
from cable_tui.tools.drafts.findings import CheckedDraft
from cable_tui.tools.drafts.read import read_draft
from cable_tui.tools.protection import answers

if TYPE_CHECKING:
    from cable_tui.api.public_archive import Archive


def check(archive: Archive, draft: str | Path) -> Verdicts:
    """Return the verdicts on a draft. Raises `UsageError` if it cannot be read."""
    read = what_to_check(read_draft(Path(draft).expanduser()))
    known_answers = answers.read(answers.file_beside(archive.library_file))
    checking = Check(archive.inner, read, known_answers)
    findings = in_order(list(checking.findings()))
    checked = answer(CheckedDraft(read.draft, findings), str(draft))
    rows = [Record(as_json(finding)) for finding in checked.findings]
    whole = not checking.unread and Snapshot(archive.inner).complete
    return Verdicts(rows, read.draft.left_out, whole=whole)
