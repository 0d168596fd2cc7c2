"""The results of a check for each quotation, attribution and citation of a draft."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from cable_tui.base.cable import Span
from cable_tui.base.value import Value
from cable_tui.formats.office.blocks import TextDocument
from cable_tui.tools.drafts.claims import Speaker
from cable_tui.tools.drafts.comparing import Difference
from cable_tui.tools.drafts.quotations import BlockSpan
from cable_tui.tools.voices.speaker import Voice

Verdict = Literal[
    "exact", "altered", "elsewhere", "protected", "unfound", "unplaced", "misattributed"
]
"""Exact: it is there word for word, or the cited cable is there. Altered: words differ. Elsewhere:
in another paragraph or cable than the one cited. Protected: it is exact, and a name near it asks
for protection. Unfound: not in this archive. Unplaced: its end is unknown. Misattributed: somebody
else speaks in the cable."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Kind = Literal["quotation", "attribution", "citation"]
"""An attribution is a sentence that gives a quotation to another speaker than the cable."""


class QuotedSource(Value):
    """Where in the archive a quotation is, or the cable that a citation means."""

    id: int
    """The id of the cable in its archive."""
    reference_id: str
    labels: tuple[str, ...]
    """The numbered paragraphs."""
    citation: str
    """The citation for pasting: `09CASABLANCA27 ¶3`."""
    paragraphs: tuple[int, ...] = ()
    """Indexes in `Body.paragraphs`."""
    passage: str = ""
    """The text around it, from the cable."""
    marked: tuple[Span, ...] = ()
    """Positions of the quotation in that text."""
    offset: int | None = None
    """Offset in `Body.text`; None if it is in the header."""
    record: int = 1
    """The number of the record that has it."""
    voice: Voice | None = None
    """Who speaks there; None if nothing says so."""
    sentence: str = ""
    """The sentence that says so of a source."""
    author: str = "author"
    """The word for who wrote the cable: `embassy`, `consulate`."""


class Finding(Value):
    """A quotation, an attribution or a citation of a draft, and the one verdict on it."""

    kind: Kind
    verdict: Verdict
    pieces: tuple[BlockSpan, ...]
    """Its position in the blocks of the draft."""
    place: str
    """Place: `line 12`, `paragraph 3 (note 2)`."""
    heading: str
    text: str
    """Text as in the draft."""
    cited: tuple[str, ...] = ()
    """The citation that it is attributed to, as the draft writes it."""
    found: QuotedSource | None = None
    differences: tuple[Difference, ...] = ()
    claimed: Speaker | None = None
    """The speaker of a quotation by the draft's own sentence; None if it leaves that open."""
    remarks: tuple[str, ...] = ()
    """Further remarks, one sentence each."""

    @property
    def is_fault(self) -> bool:
        """Whether the writer must look at it."""
        return self.verdict != "exact"


def looked_at(findings: Iterable[Finding]) -> int:
    """Return how many quotations and citations some findings are about."""
    return sum(finding.kind != "attribution" for finding in findings)


class CheckedDraft(Value):
    """A draft that was checked."""

    draft: TextDocument
    findings: tuple[Finding, ...]
    """Findings in the order of the draft."""
    stopped: bool = False
    """Whether the check was stopped before its end."""
    total: int = 0
    """Quotations and citations of the draft, checked or not."""
