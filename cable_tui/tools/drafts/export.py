"""A checked draft in words and as JSON: for the command line and for the page of the room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from cable_tui.base.value import Value, picked
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

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled, OrNull, Positive

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


class QuotationCounts(Value):
    """How many quotations have each verdict."""

    exact: Count
    altered: Count
    elsewhere: Count
    protected: Count
    unfound: Count
    unplaced: Count


class AttributionCounts(Value):
    """How many attributions could be compared with the cable, and how many are wrong."""

    compared: Count
    misattributed: Count


class CitationCounts(Value):
    """How many citations have each verdict."""

    exact: Count
    altered: Count
    unfound: Count


class FoundPlace(Value):
    """Where a quotation stands in the archive."""

    reference_id: Filled
    paragraphs: tuple[Filled, ...]
    citation: Filled
    """Ready to be pasted: `09CASABLANCA27 ¶3`."""
    record: Positive
    """The number of the record that it stands in; 1 is the one shown."""
    voice: Literal["source", "comment", "both"] | None
    """Who speaks there: a source that the cable reports, the author's comment, or both; null if
    nothing in the cable says so."""


class DraftDifference(Value):
    """Where a quotation differs from the cable."""

    kind: Literal["words", "ellipsis", "bracket", "order", "paragraphs"]
    draft: str
    """Words of the draft; may be empty."""
    cable: str
    """Words of the cable; may be empty."""
    fault: bool
    """Not allowed to whoever quotes."""
    note: OrNull[str]


class DraftFinding(Value):
    """A quotation, an attribution or a citation."""

    kind: Literal["quotation", "attribution", "citation"]
    """An attribution is a sentence of the draft that gives a quotation to another speaker than the
    cable."""
    verdict: Verdict
    """A citation is exact if its cable and its paragraphs are here, else unfound; altered if the
    cable has another day, sender, addressee or classification than the draft states, or if its
    link leads elsewhere than its words say."""
    place: Annotated[str, ("pattern", "^(line|paragraph) [0-9]+")]
    heading: OrNull[str]
    """The last one above it."""
    text: str
    """As the draft has it, without its marks."""
    cited: tuple[str, ...]
    """What a quotation is attributed to, as the draft writes it."""
    attributed_to: Literal["embassy", "source"] | None
    """The speaker of a quotation by the draft's own sentence; null if it leaves that open."""
    found: FoundPlace | None
    """Where it stands in the archive; null where it does not."""
    differences: tuple[DraftDifference, ...]
    remarks: tuple[Filled, ...]


class CheckAnswer(Value):
    """The answer of `check --json`: the quotations and citations of a draft."""

    draft: Filled
    """The file, as it was given."""
    format: Literal["Markdown", "text", "HTML", "Word", "LibreOffice"]
    stopped: bool
    """Whether the check was stopped before its end: the findings are not all."""
    checked: Count
    """How many quotations and citations were checked."""
    total: Count
    """How many the draft has, of those that are checked; words that may be no citation count
    too."""
    quotations: QuotationCounts
    """How many have each verdict."""
    attributions: AttributionCounts
    """Quotations whose speaker is known both from the draft and from the cable, and how many of
    them the draft gives to another speaker."""
    citations: CitationCounts
    left_out: tuple[Filled, ...]
    """What of the draft was not looked at, such as blocks of code."""
    findings: tuple[DraftFinding, ...]
    """In the order of the draft; with `--faults` only those that are not exact."""


def answer(checked: CheckedDraft, path: str, *, only_faults: bool = False) -> CheckAnswer:
    """Return the answer of the whole check."""

    def verdicts(kind: str, names: Iterable[str]) -> dict[str, int]:
        found = Counter(finding.verdict for finding in checked.findings if finding.kind == kind)
        return {name: found[name] for name in names}  # type: ignore[index]

    return picked(
        CheckAnswer,
        checked,
        draft=path,
        format=checked.draft.format,
        checked=looked_at(checked.findings),
        quotations=QuotationCounts(**verdicts("quotation", QuotationCounts._names)),
        attributions=_attributions(checked.findings),
        citations=CitationCounts(**verdicts("citation", CitationCounts._names)),
        left_out=checked.draft.left_out,
        findings=tuple(
            _finding(finding) for finding in checked.findings if finding.is_fault or not only_faults
        ),
    )


def _attributions(findings: Iterable[Finding]) -> AttributionCounts:
    """Return how many attributions could be compared with the cable, and how many are wrong."""
    compared_quotations = wrong_attributions = 0
    for finding in findings:
        has_both_speakers = finding.found and finding.found.voice and finding.claimed
        compared_quotations += bool(has_both_speakers) and finding.kind == "quotation"
        wrong_attributions += finding.kind == "attribution"
    return AttributionCounts(compared_quotations, wrong_attributions)


def _finding(finding: Finding) -> DraftFinding:
    source = finding.found
    return picked(
        DraftFinding,
        finding,
        attributed_to=finding.claimed,
        found=source and picked(FoundPlace, source, paragraphs=source.labels),
        differences=tuple(
            picked(DraftDifference, difference, fault=difference.is_fault)
            for difference in finding.differences
        ),
    )
