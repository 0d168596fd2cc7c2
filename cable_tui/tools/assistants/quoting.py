"""The verdict on a quotation that an assistant wants to use, and its receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value
from cable_tui.formats.office.blocks import TextBlock, TextDocument
from cable_tui.text import words
from cable_tui.tools.drafts.attribution import Attributed, Read
from cable_tui.tools.drafts.check import Check
from cable_tui.tools.drafts.citations import cited_in
from cable_tui.tools.drafts.claims import OTHERWISE, Speaker
from cable_tui.tools.drafts.export import details_of, voice_of
from cable_tui.tools.drafts.findings import Verdict
from cable_tui.tools.drafts.quotations import FEWEST, BlockSpan, Quotation
from cable_tui.tools.drafts.receipts import first_label, receipt_for
from cable_tui.tools.protection import answers

if TYPE_CHECKING:
    from cable_tui.api.public_archive import Archive
    from cable_tui.base.cable import Cable

SPEAKERS: tuple[Speaker, ...] = ("embassy", "source")
_MARKS = ' \t\n"“”„«»'
_LONGEST = 8_000
"""The maximum number of characters of a quotation."""


class QuotationVerdict(Value):
    """The verdict on a quotation."""

    verdict: Verdict
    reference: str | None
    """The paragraph that contains the quotation, as `REF#N`, or None if it is not in the archive.
    """
    speaks: str
    receipt: str | None
    """The text that follows the quotation in a draft, or None if the quotation must not be used."""
    remarks: tuple[str, ...]


def check_quotation(
    archive: Archive, quotation: str, reference: str, speaker: Literal["", "embassy", "source"]
) -> tuple[QuotationVerdict, Cable | None]:
    """Return the verdict on a quotation, and the cable that contains it.

    `reference` is the cited `REF#N`, and `speaker` is the speaker according to the draft; both may
    be empty. Raises `UsageError` if the quotation is too short or too long to be checked.
    """
    text = " ".join(quotation.split()).strip(_MARKS)
    if sum(1 for _ in words(text)) < FEWEST:
        raise UsageError(f"the quotation is too short: quote at least {FEWEST} words")
    if len(text) > _LONGEST:
        raise UsageError(f"the quotation has more than {_LONGEST:,} characters: check its parts")
    blocks = (TextBlock(text, 1, is_quotation=True), TextBlock(reference, 3))
    quoted = Quotation((BlockSpan(0, 0, len(text)),), is_apart=True)
    read = Read(
        TextDocument("text", "line", blocks), (Attributed(quoted, cited_in(blocks[1])),), ()
    )
    check = Check(archive.inner, read, answers.read(answers.file_beside(archive.library_file)))
    finding = next(check.findings())
    found = finding.found
    verdict, remarks = finding.verdict, list(details_of(finding))
    if found is None:
        return QuotationVerdict(verdict, None, "not known", None, tuple(remarks)), None
    cable = check.cable_of(found)
    if speaker and (speaker, found.voice) in OTHERWISE:
        verdict = "misattributed"
        remarks.append(f"These are {voice_of(found)}, not the words of the {speaker}.")
    elif speaker and found.voice is None:
        remarks.append(f"It is unknown whether the {speaker} says this; read the whole paragraph.")
    label = first_label(found)
    is_exact = verdict in ("exact", "protected")
    return (
        QuotationVerdict(
            verdict,
            f"{cable.reference_id}#{label}" if label else cable.reference_id,
            voice_of(found) or "not known",
            receipt_for(cable, label, text) if is_exact else None,
            tuple(remarks),
        ),
        cable,
    )
