"""The room's state for the draft that is being checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.base.value import Value
from cable_tui.text import fold

if TYPE_CHECKING:  # few sessions check a draft
    from cable_tui.formats.office.blocks import TextDocument
    from cable_tui.tools.drafts.findings import Finding

Stamp = tuple[int, ...]
"""The `version` of a file, used to notice changes."""


class DraftView(Value):
    """The session state of this tool: a draft, and the findings about its quotations."""

    path: str = ""
    draft: TextDocument | None = None
    stamp: Stamp | None = None
    findings: tuple[Finding, ...] = ()
    """The findings, in the order of the draft once the check is complete."""
    total: int = 0
    """The number of quotations and citations in the draft."""
    whole: bool = False
    """Whether the check is complete."""
    note: str = ""
    """An additional remark."""
    reading: bool = False
    shown: bool = False
    """Whether the page of the draft is displayed over the room."""
    only_faults: bool = False
    typed: str = ""
    """The filter text: words that a line must contain."""
    at: int = 0
    """The cursor line at the time the page was left."""
    earlier: frozenset[object] | None = None
    """The findings before the last save, by `identity`, or None before the first save."""
    followed: Finding | None = None
    """The finding whose cable the reader opened last."""

    @property
    def looked_at(self) -> int:
        """The number of quotations and citations checked so far."""
        return sum(finding.kind in ("quotation", "citation") for finding in self.findings)

    def is_changed(self, finding: Finding) -> bool:
        """Return whether a finding is new or has changed since the last save."""
        return self.earlier is not None and identity(finding) not in self.earlier

    @property
    def listed(self) -> tuple[Finding, ...]:
        """The lines on the page: all quotations, and the citations with faults."""
        filter_words = fold(self.typed).split()
        return tuple(
            finding
            for finding in self.findings
            if (finding.is_fault or (finding.kind == "quotation" and not self.only_faults))
            and all(word in _text_of(finding) for word in filter_words)
        )


def identity(finding: Finding) -> object:
    """Return what a save changes in a finding if the finding itself changes, not its position."""
    return finding.kind, finding.verdict, finding.text, finding.cited


def _text_of(finding: Finding) -> str:
    """Return the text that a filter searches: the position, the citation and the quotation."""
    citation = finding.found.citation if finding.found else ""
    return fold(f"{finding.place} {citation} {finding.text}")
