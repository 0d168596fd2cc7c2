"""Receipts: codes in a draft that prove the wording of the quotation before them.

`[cable:08SANTORIEL27#4:q2k5vw3xn7ta]` names a cable and a paragraph. Its code is a digest of both,
of the cable's text and of the quotation's words, so it fits no other words, paragraph or version.
It is not a signature: anyone with the same cable can compute the code, and it does not show who
wrote a draft.
"""

from __future__ import annotations

from base64 import b32encode
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from cable_tui.base.cable import Cable
from cable_tui.base.pattern import pattern
from cable_tui.formats.office.blocks import TextDocument
from cable_tui.tools.drafts.findings import Finding, QuotedSource
from cable_tui.tools.drafts.quotations import BlockSpan, Quotation
from cable_tui.tools.drafts.tokens import skipped_in_quotation, tokens_of

_RECEIPT = pattern(r"\[cable:([^\s\[\]#:]{1,80})(?:#([0-9A-Za-z.-]{1,12}))?:([0-9A-Za-z]{1,40})\]")
_VERSION = "cable-tui receipt 1"
_CODE_LENGTH = 12
"""The number of characters in a code, of 5 bits each."""


class Receipt(NamedTuple):
    """A receipt in a draft."""

    at: BlockSpan
    reference: str
    label: str
    """The label of the paragraph, or an empty string if the receipt names no paragraph."""
    code: str


class Receipts:
    """The receipts in a draft, each with the quotation before it or in the block above."""

    def __init__(self, draft: TextDocument, quotations: Sequence[Quotation]) -> None:
        self._draft = draft
        self._of: dict[Quotation, list[Receipt]] = {}
        self._alone: list[Receipt] = []
        ends = sorted((*each.pieces[-1][::2], number) for number, each in enumerate(quotations))
        for receipt in _receipts_in(draft):
            block, start, _ = receipt.at
            before = bisect_left(ends, (block, start + 1)) - 1
            if before >= 0 and ends[before][0] >= block - 1:
                self._of.setdefault(quotations[ends[before][2]], []).append(receipt)
            else:
                self._alone.append(receipt)

    def remarks(self, quotation: Quotation) -> Iterator[str]:
        """Yield a remark on a quotation without a receipt, if the draft has any receipts."""
        if (self._of or self._alone) and quotation not in self._of:
            yield "it has no receipt"

    def findings(
        self, quotation: Quotation, verdict: Finding, cable_of: Callable[[QuotedSource], Cable]
    ) -> Iterator[Finding]:
        """Yield a finding for each receipt of a quotation.

        `verdict` is the verdict on its words.
        """
        receipts = self._of.get(quotation, ())
        fitting = _fitting(verdict, cable_of) if receipts else None
        for receipt in receipts:
            yield self._finding(receipt, _refusal(receipt, fitting), verdict.found)

    def alone(self) -> Iterator[Finding]:
        """Yield a finding for each receipt without a quotation before it."""
        for receipt in self._alone:
            yield self._finding(receipt, "there is no quotation before it", None)

    def _finding(self, receipt: Receipt, refusal: str, found: QuotedSource | None) -> Finding:
        block, start, end = receipt.at
        return Finding(
            "receipt",
            "altered" if refusal else "exact",
            (receipt.at,),
            self._draft.place(block, start),
            self._draft.blocks[block].heading,
            self._draft.blocks[block].text[start:end],
            found=found,
            remarks=(refusal,) if refusal else (),
        )


def receipt_for(cable: Cable, label: str, quotation: str) -> str:
    """Return the receipt for an exact quotation from a paragraph of a cable."""
    place = f"{cable.reference_id}#{label}" if label else cable.reference_id
    return f"[cable:{place}:{_code(cable, label, quotation)}]"


def counted_receipts(findings: Sequence[Finding]) -> Mapping[str, int]:
    """Return how many receipts are confirmed and refused, and how many quotations have none."""
    receipts = [finding.is_fault for finding in findings if finding.kind == "receipt"]
    quotations = (finding for finding in findings if finding.kind == "quotation")
    without = sum("it has no receipt" in finding.remarks for finding in quotations)
    refused = sum(receipts)
    return {"confirmed": len(receipts) - refused, "refused": refused, "without": without}


def _receipts_in(draft: TextDocument) -> Iterator[Receipt]:
    for number, block in enumerate(draft.blocks):
        for match in _RECEIPT.finditer(block.text):
            yield Receipt(
                BlockSpan(number, *match.span()), match[1], match[2] or "", match[3].lower()
            )


def _fitting(
    verdict: Finding, cable_of: Callable[[QuotedSource], Cable]
) -> tuple[QuotedSource, str] | None:
    """Return the position and receipt of an exact quotation, or None if it is not exact."""
    if verdict.found is None or verdict.verdict not in ("exact", "protected", "elsewhere"):
        return None
    label = first_label(verdict.found)
    return verdict.found, receipt_for(cable_of(verdict.found), label, verdict.text)


def _refusal(receipt: Receipt, fitting: tuple[QuotedSource, str] | None) -> str:
    """Return why a receipt does not fit the quotation before it, or an empty string if it fits."""
    if fitting is None:
        return "the quotation before it is not exact"
    found, fitting_receipt = fitting
    if receipt.reference.casefold() != found.reference_id.casefold():
        return f"the quotation before it is in {found.reference_id}"
    if receipt.label.casefold() != first_label(found).casefold():
        return f"the quotation before it is in {found.citation}"
    if not fitting_receipt.endswith(f":{receipt.code}]"):
        return "its code belongs to different words, or to another version of the cable"
    return ""


def first_label(found: QuotedSource) -> str:
    """Return the label of a quotation's first paragraph, or an empty string if it has no number."""
    return found.labels[0] if found.labels else ""


def _code(cable: Cable, label: str, quotation: str) -> str:
    keys = (token.key for token in tokens_of(quotation, skipped_in_quotation(quotation)))
    version = sha256(cable.body.text.encode("utf-8", "replace")).hexdigest()
    content = "\n".join((_VERSION, cable.canonical_id, label.casefold(), version, " ".join(keys)))
    digest = b32encode(sha256(content.encode("utf-8", "replace")).digest()).decode("ascii")
    return digest[:_CODE_LENGTH].lower()
