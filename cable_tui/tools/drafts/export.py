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
    said = SAID[finding.verdict]
    if finding.kind == "attribution":
        return said
    if finding.kind == "quotation":
        voice = voice_of(finding.found) if finding.found else ""
        return f"{said}, {voice}" if voice else said
    return _CITED.get(finding.verdict, "cited, but not here")


def lines(checked: CheckedDraft, *, only_faults: bool = False) -> Iterator[str]:
    """Yield the report: one line for an exact finding, and some for each fault."""
    heading = ""
    begun = False
    for each in checked.findings:
        if each.kind == "citation" and not each.is_fault:
            continue
        if only_faults and not each.is_fault:
            continue
        if each.heading != heading:
            heading = each.heading
            yield from ("",) if begun else ()
            yield from (f"# {clean_line(heading)}",) if heading else ()
        begun = True
        yield from finding_lines(each)


def finding_lines(finding: Finding) -> Iterator[str]:
    """Yield one finding in lines."""
    words = clean_line(" ".join(finding.text.split()))
    where = f" · {finding.found.citation}" if finding.found else ""
    head = f"{SIGNS[finding.verdict]} {finding.place}: {name_of(finding)}{where}"
    details = list(details_of(finding))
    if not finding.is_fault and not details:
        yield f"{head} · {_quoted(crop(words, _SHOWN))}"
        return
    yield head
    shown = crop(words, _LONGEST)
    yield f"    {_quoted(shown) if finding.kind == 'quotation' else shown}"
    yield from (f"    {line}" for line in details)


def details_of(finding: Finding) -> Iterator[str]:
    """Yield the differences, the citation and further remarks, a line each."""
    if finding.kind == "attribution":
        yield from _attributed(finding)
    yield from (clean_line(_difference(each)) for each in finding.differences)
    yield from (clean_line(f"{each[0].upper()}{each[1:]}.") for each in finding.remarks)
    if finding.cited and finding.verdict in ("elsewhere", "unfound", "unplaced"):
        yield clean_line(f"Cited: {'; '.join(finding.cited)}")


def _difference(each: Difference) -> str:
    draft, cable = crop(each.draft, _LONGEST), crop(each.cable, _LONGEST)
    if each.kind == "words":
        if not cable:
            return f"{_quoted(draft)} is not in the cable"
        if not draft:
            return f"{_quoted(cable)} is left out"
        return f"{_quoted(draft)} where the cable has {_quoted(cable)}"
    if each.kind == "paragraphs":
        return f"It {each.note}"
    if each.kind == "order":
        return f"At {draft} {each.note}"
    stands = f"{draft} stands for {_quoted(cable)}" if cable else f"{draft} is the author's"
    if not each.is_fault and (each.kind == "bracket" or not each.note):
        return stands
    return f"{stands}: it {each.note}"


def voice_of(found: QuotedSource) -> str:
    """Return who speaks in the cable: `a source's words`; empty if nothing says so."""
    comment = f"the {found.author}'s comment"
    if found.voice is None:
        return ""
    source = "a source's words"
    return {"source": source, "comment": comment, "both": f"{source} and {comment}"}[found.voice]


def _attributed(finding: Finding) -> Iterator[str]:
    """Yield the two speakers of an attribution, and the sentence of the cable that says so."""
    found = finding.found
    if found is None:
        return
    if finding.claimed == "embassy":
        yield "The draft gives the quotation to the author of the cable, the cable to a source:"
        yield _quoted(crop(clean_line(" ".join(found.sentence.split())), _LONGEST))
    else:
        yield f"The draft gives the quotation to a source; it is the {found.author}'s comment."


def _quoted(words: str) -> str:
    return f"“{words}”"


def summary(findings: Iterable[Finding]) -> str:
    """Return `60 quotations: 40 exact, 20 altered; 12 citations: 11 here, 1 not`."""
    every = list(findings)
    quoted = Counter(each.verdict for each in every if each.kind == "quotation")
    cited = Counter(each.verdict for each in every if each.kind == "citation")
    parts = ", ".join(f"{quoted[each]:,} {SAID[each]}" for each in VERDICTS if quoted[each])
    said = counted(sum(quoted.values()), "quotation") + (f": {parts}" if parts else "")
    otherwise = sum(each.kind == "attribution" for each in every)
    said += f"; {counted(otherwise, 'attribution')} to another speaker" if otherwise else ""
    said += f"; {counted(sum(cited.values()), 'citation')}"
    if cited:
        others = {"with other facts": cited["altered"], "not": cited["unfound"]}
        more = (f", {count:,} {what}" for what, count in others.items() if count)
        said += f": {cited['exact']:,} here{''.join(more)}"
    return said


def as_json(checked: CheckedDraft, path: str, *, only_faults: bool = False) -> dict[str, Any]:
    """Return the JSON of the whole check."""
    quoted = Counter(each.verdict for each in checked.findings if each.kind == "quotation")
    cited = Counter(each.verdict for each in checked.findings if each.kind == "citation")
    return {
        "draft": path,
        "format": checked.draft.format,
        "stopped": checked.stopped,
        "checked": looked_at(checked.findings),
        "total": checked.total,
        "quotations": {each: quoted[each] for each in VERDICTS if each != "misattributed"},
        "attributions": _attributions(checked.findings),
        "citations": {each: cited[each] for each in ("exact", "altered", "unfound")},
        "left_out": list(checked.draft.left_out),
        "findings": [
            _finding(each) for each in checked.findings if each.is_fault or not only_faults
        ],
    }


def _attributions(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many attributions could be compared with the cable, and how many are wrong."""
    compared = wrong = 0
    for each in findings:
        known = each.found and each.found.voice and each.claimed
        compared += bool(known) and each.kind == "quotation"
        wrong += each.kind == "attribution"
    return {"compared": compared, "misattributed": wrong}


def _finding(each: Finding) -> dict[str, Any]:
    found = each.found
    return {
        "kind": each.kind,
        "verdict": each.verdict,
        "place": each.place,
        "heading": each.heading or None,
        "text": each.text,
        "cited": list(each.cited),
        "attributed_to": each.claimed,
        "found": None
        if found is None
        else {
            "reference_id": found.reference_id,
            "paragraphs": list(found.labels),
            "citation": found.citation,
            "record": found.record,
            "voice": found.voice,
        },
        "differences": [
            {
                "kind": one.kind,
                "draft": one.draft,
                "cable": one.cable,
                "fault": one.is_fault,
                "note": one.note or None,
            }
            for one in each.differences
        ],
        "remarks": list(each.remarks),
    }
