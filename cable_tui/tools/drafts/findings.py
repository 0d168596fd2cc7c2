"""The results of a check for each quotation, attribution and citation in a draft."""

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
"""The result of checking a quotation, an attribution or a citation. Exact: the quotation matches
word for word, or the cited cable is in the archive. Altered: words differ. Elsewhere: the quotation
is in a different paragraph or cable than the cited one. Protected: the quotation is exact, and the
cable asks to protect a name near it. Unfound: it is not in this archive. Unplaced: its end is
unknown. Misattributed: the cable has a different speaker.
"""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Kind = Literal["quotation", "attribution", "citation", "receipt"]
"""The subject of a finding. An attribution is a sentence that attributes a quotation to a different
speaker than the cable does. A receipt is a code after a quotation (`receipts`).
"""


class QuotedSource(Value):
    """The position of a quotation in the archive, or the cable that a citation refers to."""

    id: int
    """The cable's row ID in its archive."""
    reference_id: str
    labels: tuple[str, ...]
    """The labels of the numbered paragraphs."""
    citation: str
    """A citation ready for pasting, such as `09CASABLANCA27 ¶3`."""
    paragraphs: tuple[int, ...] = ()
    """The indexes of the paragraphs in `Body.paragraphs`."""
    passage: str = ""
    """The text of the cable around the quotation."""
    marked: tuple[Span, ...] = ()
    """The spans of the quotation in `passage`."""
    offset: int | None = None
    """The offset of the quotation in `Body.text`, or None if the quotation is in the header."""
    record: int = 1
    """The number of the record that contains the quotation."""
    voice: Voice | None = None
    """The speaker in the cable, or None if the cable does not name a speaker."""
    sentence: str = ""
    """The sentence that identifies a source as the speaker."""
    author: str = "author"
    """The word for the cable's author, such as `embassy` or `consulate`."""


class Finding(Value):
    """A quotation, an attribution or a citation in a draft, with one verdict on it."""

    kind: Kind
    verdict: Verdict
    pieces: tuple[BlockSpan, ...]
    """The spans of the finding in the blocks of the draft."""
    place: str
    """The position in the draft, such as `line 12` or `paragraph 3 (note 2)`."""
    heading: str
    text: str
    """The text as written in the draft."""
    cited: tuple[str, ...] = ()
    """The citations to which a quotation is attributed, as written in the draft."""
    found: QuotedSource | None = None
    differences: tuple[Difference, ...] = ()
    claimed: Speaker | None = None
    """The speaker according to the draft's own sentence, or None if the sentence leaves it open."""
    remarks: tuple[str, ...] = ()
    """Additional remarks, one sentence each."""

    @property
    def is_fault(self) -> bool:
        """Whether the writer needs to look at the finding."""
        return self.verdict != "exact"


def looked_at(findings: Iterable[Finding]) -> int:
    """Return the number of quotations and citations that the findings cover."""
    return sum(finding.kind in ("quotation", "citation") for finding in findings)


class CheckedDraft(Value):
    """A draft with the results of its check."""

    draft: TextDocument
    findings: tuple[Finding, ...]
    """The findings in the order of the draft."""
    stopped: bool = False
    """Whether the check was stopped before its end."""
    total: int = 0
    """The number of quotations and citations in the draft, whether checked or not."""
