"""What the room knows of the draft that is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.base.value import Value
from cable_tui.text import fold

if TYPE_CHECKING:  # few sessions check a draft
    from cable_tui.formats.office.blocks import TextDocument
    from cable_tui.tools.drafts.findings import Finding

Stamp = tuple[int, int]
"""Size and time of a file, for noticing changes."""


class DraftView(Value):
    """The state of this tool in the session: a draft, and the findings on what it quotes."""

    path: str = ""
    draft: TextDocument | None = None
    stamp: Stamp | None = None
    findings: tuple[Finding, ...] = ()
    """Findings, in the order of the draft once all were checked."""
    total: int = 0
    """Quotations and citations of the draft."""
    whole: bool = False
    """Whether all of them were checked."""
    note: str = ""
    """A further remark."""
    reading: bool = False
    shown: bool = False
    """Whether its page is over the room."""
    only_faults: bool = False
    typed: str = ""
    """The filter: words that a line must contain."""
    at: int = 0
    """The line of the cursor, when the page was left."""

    @property
    def looked_at(self) -> int:
        """The number of quotations and citations that were checked."""
        return sum(finding.kind != "attribution" for finding in self.findings)

    @property
    def listed(self) -> tuple[Finding, ...]:
        """The lines of the page: every quotation, and citations that lead nowhere."""
        words = fold(self.typed).split()
        return tuple(
            finding
            for finding in self.findings
            if (finding.is_fault or (finding.kind == "quotation" and not self.only_faults))
            and all(word in _text_of(finding) for word in words)
        )


def _text_of(finding: Finding) -> str:
    """Return the text that a filter searches: where the quotation is, and its words."""
    citation = finding.found.citation if finding.found else ""
    return fold(f"{finding.place} {citation} {finding.text}")
