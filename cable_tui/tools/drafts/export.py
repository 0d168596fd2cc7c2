"""A checked draft in words and as JSON: for the command line and for the page of the room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from cable_tui.text import clean_line, crop
from cable_tui.text.numbers import counted
from cable_tui.tools.drafts.comparing import Difference
from cable_tui.tools.drafts.findings import (
    VERDICTS,
    CheckedDraft,
    Finding,
    QuotedSource,
    Verdict,
    looked_at,
)

SIGNS: dict[Verdict, str] = {
    "exact": "✓",
    "altered": "≠",
    "elsewhere": "→",
    "protected": "!",
    "unfound": "?",
    "unplaced": "?",
    "misattributed": "≠",
}
"""The sign of each verdict."""
SAID: dict[Verdict, str] = {
    "exact": "exact",
    "altered": "altered",
    "elsewhere": "elsewhere",
    "protected": "protected",
    "unfound": "not in this archive",
    "unplaced": "not placed",
    "misattributed": "another speaker",
}
"""The names of the verdicts."""
_CITED: dict[Verdict, str] = {"exact": "cited, and here", "altered": "cited, but its facts differ"}
_SHOWN = 70
"""Cells to which an exact quotation is cropped."""
_LONGEST = 600
"""The most characters of a quotation in the report, and of the words for an ellipsis."""


def name_of(finding: Finding) -> str:
    """Return the words for a finding: `altered`; for a citation `cited, not in this archive`."""
    words = SAID[finding.verdict]
    if finding.kind == "attribution":
        return words
    if finding.kind == "quotation":
        voice = voice_of(finding.found) if finding.found else ""
        return f"{words}, {voice}" if voice else words
    return _CITED.get(finding.verdict, "cited, but not here")


def lines(checked: CheckedDraft, *, only_faults: bool = False) -> Iterator[str]:
    """Yield the report: one line for an exact finding, and some for each fault."""
    heading = ""
    has_begun = False
    for finding in checked.findings:
        if finding.kind == "citation" and not finding.is_fault:
            continue
        if only_faults and not finding.is_fault:
            continue
        if finding.heading != heading:
            heading = finding.heading
            yield from ("",) if has_begun else ()
            yield from (f"# {clean_line(heading)}",) if heading else ()
        has_begun = True
        yield from finding_lines(finding)


def finding_lines(finding: Finding) -> Iterator[str]:
    """Yield one finding in lines."""
    words = clean_line(" ".join(finding.text.split()))
    found_at = f" · {finding.found.citation}" if finding.found else ""
    head = f"{SIGNS[finding.verdict]} {finding.place}: {name_of(finding)}{found_at}"
    details = list(details_of(finding))
    if not finding.is_fault and not details:
        yield f"{head} · {_quoted(crop(words, _SHOWN))}"
        return
    yield head
    shown_words = crop(words, _LONGEST)
    yield f"    {_quoted(shown_words) if finding.kind == 'quotation' else shown_words}"
    yield from (f"    {line}" for line in details)


def details_of(finding: Finding) -> Iterator[str]:
    """Yield the differences, the citation and further remarks, a line each."""
    if finding.kind == "attribution":
        yield from _attributed(finding)
    yield from (clean_line(_difference(difference)) for difference in finding.differences)
    yield from (clean_line(f"{remark[0].upper()}{remark[1:]}.") for remark in finding.remarks)
    if finding.cited and finding.verdict in ("elsewhere", "unfound", "unplaced"):
        yield clean_line(f"Cited: {'; '.join(finding.cited)}")


def _difference(difference: Difference) -> str:
    draft, cable = crop(difference.draft, _LONGEST), crop(difference.cable, _LONGEST)
    if difference.kind == "words":
        if not cable:
            return f"{_quoted(draft)} is not in the cable"
        if not draft:
            return f"{_quoted(cable)} is left out"
        return f"{_quoted(draft)} where the cable has {_quoted(cable)}"
    if difference.kind == "paragraphs":
        return f"It {difference.note}"
    if difference.kind == "order":
        return f"At {draft} {difference.note}"
    stands = f"{draft} stands for {_quoted(cable)}" if cable else f"{draft} is the author's"
    if not difference.is_fault and (difference.kind == "bracket" or not difference.note):
        return stands
    return f"{stands}: it {difference.note}"


def voice_of(quoted: QuotedSource) -> str:
    """Return who speaks in the cable: `a source's words`; empty if nothing says so."""
    comment = f"the {quoted.author}'s comment"
    if quoted.voice is None:
        return ""
    source = "a source's words"
    return {"source": source, "comment": comment, "both": f"{source} and {comment}"}[quoted.voice]


def _attributed(finding: Finding) -> Iterator[str]:
    """Yield the two speakers of an attribution, and the sentence of the cable that says so."""
    source = finding.found
    if source is None:
        return
    if finding.claimed == "embassy":
        yield "The draft gives the quotation to the author of the cable, the cable to a source:"
        yield _quoted(crop(clean_line(" ".join(source.sentence.split())), _LONGEST))
    else:
        yield f"The draft gives the quotation to a source; it is the {source.author}'s comment."


def _quoted(words: str) -> str:
    return f"“{words}”"


def summary(findings: Iterable[Finding]) -> str:
    """Return `60 quotations: 40 exact, 20 altered; 12 citations: 11 here, 1 not`."""
    all_findings = list(findings)
    quotations = Counter(finding.verdict for finding in all_findings if finding.kind == "quotation")
    citations = Counter(finding.verdict for finding in all_findings if finding.kind == "citation")
    parts = ", ".join(
        f"{quotations[verdict]:,} {SAID[verdict]}" for verdict in VERDICTS if quotations[verdict]
    )
    text = counted(sum(quotations.values()), "quotation") + (f": {parts}" if parts else "")
    other_speakers = sum(finding.kind == "attribution" for finding in all_findings)
    text += (
        f"; {counted(other_speakers, 'attribution')} to another speaker" if other_speakers else ""
    )
    text += f"; {counted(sum(citations.values()), 'citation')}"
    if citations:
        citations_by_result = {
            "with other facts": citations["altered"],
            "not": citations["unfound"],
        }
        further_counts = (
            f", {count:,} {result_name}"
            for result_name, count in citations_by_result.items()
            if count
        )
        text += f": {citations['exact']:,} here{''.join(further_counts)}"
    return text


def as_json(checked: CheckedDraft, path: str, *, only_faults: bool = False) -> dict[str, Any]:
    """Return the JSON of the whole check."""
    quotations = Counter(
        finding.verdict for finding in checked.findings if finding.kind == "quotation"
    )
    citations = Counter(
        finding.verdict for finding in checked.findings if finding.kind == "citation"
    )
    return {
        "draft": path,
        "format": checked.draft.format,
        "stopped": checked.stopped,
        "checked": looked_at(checked.findings),
        "total": checked.total,
        "quotations": {
            verdict: quotations[verdict] for verdict in VERDICTS if verdict != "misattributed"
        },
        "attributions": _attributions(checked.findings),
        "citations": {verdict: citations[verdict] for verdict in ("exact", "altered", "unfound")},
        "left_out": list(checked.draft.left_out),
        "findings": [
            _finding(finding) for finding in checked.findings if finding.is_fault or not only_faults
        ],
    }


def _attributions(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many attributions could be compared with the cable, and how many are wrong."""
    compared_quotations = wrong_attributions = 0
    for finding in findings:
        has_both_speakers = finding.found and finding.found.voice and finding.claimed
        compared_quotations += bool(has_both_speakers) and finding.kind == "quotation"
        wrong_attributions += finding.kind == "attribution"
    return {"compared": compared_quotations, "misattributed": wrong_attributions}


def _finding(finding: Finding) -> dict[str, Any]:
    source = finding.found
    return {
        "kind": finding.kind,
        "verdict": finding.verdict,
        "place": finding.place,
        "heading": finding.heading or None,
        "text": finding.text,
        "cited": list(finding.cited),
        "attributed_to": finding.claimed,
        "found": None
        if source is None
        else {
            "reference_id": source.reference_id,
            "paragraphs": list(source.labels),
            "citation": source.citation,
            "record": source.record,
            "voice": source.voice,
        },
        "differences": [
            {
                "kind": difference.kind,
                "draft": difference.draft,
                "cable": difference.cable,
                "fault": difference.is_fault,
                "note": difference.note or None,
            }
            for difference in finding.differences
        ],
        "remarks": list(finding.remarks),
    }
