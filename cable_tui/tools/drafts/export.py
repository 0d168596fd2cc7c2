"""A checked draft as text lines and as JSON, for the command line and for the room's page."""

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
from cable_tui.tools.drafts.receipts import counted_receipts

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled, Only, OrNull, Positive
    from cable_tui.reports.page_of_rows import PageOfRows

SIGNS: dict[Verdict, str] = {
    "exact": "✓",
    "altered": "≠",
    "elsewhere": "→",
    "protected": "!",
    "unfound": "?",
    "unplaced": "?",
    "misattributed": "≠",
}
"""The symbol for each verdict."""
SAID: dict[Verdict, str] = {
    "exact": "exact",
    "altered": "altered",
    "elsewhere": "elsewhere",
    "protected": "protected",
    "unfound": "not in this archive",
    "unplaced": "not placed",
    "misattributed": "another speaker",
}
"""The displayed name of each verdict."""
_CITED: dict[Verdict, str] = {
    "exact": "cable in this archive",
    "altered": "cited, but its facts differ",
}
_SHOWN = 70
"""The width, in cells, to which an exact quotation is cropped."""
_LONGEST = 600
"""The maximum number of characters shown of a quotation in the report, and of the words that an
ellipsis replaces.
"""


def name_of(finding: Finding) -> str:
    """Return the name of a finding, such as `altered` or `cable not in this archive`."""
    verdict_words = SAID[finding.verdict]
    if finding.kind == "attribution":
        return verdict_words
    if finding.kind == "receipt":
        return "receipt refused" if finding.is_fault else "receipt confirmed"
    if finding.kind == "quotation":
        speaker_words = voice_of(finding.found) if finding.found else ""
        return f"{verdict_words}, {speaker_words}" if speaker_words else verdict_words
    return _CITED.get(finding.verdict, "cable not in this archive")


def lines(checked: CheckedDraft, *, only_faults: bool = False) -> Iterator[str]:
    """Yield the lines of the report: one for an exact finding, several for others."""
    last_heading = ""
    has_begun = False
    for finding in checked.findings:
        if finding.kind in ("citation", "receipt") and not finding.is_fault:
            continue
        if only_faults and not finding.is_fault:
            continue
        if finding.heading != last_heading:
            last_heading = finding.heading
            yield from ("",) if has_begun else ()
            yield from (f"# {clean_line(last_heading)}",) if last_heading else ()
        has_begun = True
        yield from finding_lines(finding)


def finding_lines(finding: Finding) -> Iterator[str]:
    """Yield the lines of one finding."""
    quoted_words = clean_line(" ".join(finding.text.split()))
    found_at = f" · {finding.found.citation}" if finding.found else ""
    first_line = f"{SIGNS[finding.verdict]} {finding.place}: {name_of(finding)}{found_at}"
    detail_lines = list(details_of(finding))
    if not finding.is_fault and not detail_lines:
        yield f"{first_line} · {_quoted(crop(quoted_words, _SHOWN))}"
        return
    yield first_line
    shown_words = crop(quoted_words, _LONGEST)
    yield f"    {_quoted(shown_words) if finding.kind == 'quotation' else shown_words}"
    yield from (f"    {detail_line}" for detail_line in detail_lines)


def details_of(finding: Finding) -> Iterator[str]:
    """Yield one line for each difference, each remark, and the citation."""
    if finding.kind == "attribution":
        yield from _attributed(finding)
    yield from (clean_line(_difference(difference)) for difference in finding.differences)
    yield from (clean_line(f"{remark[0].upper()}{remark[1:]}.") for remark in finding.remarks)
    if finding.cited and finding.verdict in ("elsewhere", "unfound", "unplaced"):
        yield clean_line(f"Cited: {'; '.join(finding.cited)}")


def _difference(difference: Difference) -> str:
    draft_words, cable_words = crop(difference.draft, _LONGEST), crop(difference.cable, _LONGEST)
    if difference.kind == "words":
        if not cable_words:
            return f"{_quoted(draft_words)} is not in the cable"
        if not draft_words:
            return f"{_quoted(cable_words)} is left out"
        return f"{_quoted(draft_words)} where the cable has {_quoted(cable_words)}"
    if difference.kind == "paragraphs":
        return f"It {difference.note}"
    if difference.kind == "order":
        return f"At {draft_words} {difference.note}"
    replacement_words = (
        f"{draft_words} stands for {_quoted(cable_words)}"
        if cable_words
        else f"{draft_words} is the author's"
    )
    if not difference.is_fault and (difference.kind == "bracket" or not difference.note):
        return replacement_words
    return f"{replacement_words}: it {difference.note}"


def voice_of(quoted: QuotedSource) -> str:
    """Return the speaker in the cable, such as `a source's words`; an empty string if unknown."""
    comment_words = f"the {quoted.author}'s comment"
    if quoted.voice is None:
        return ""
    source_words = "a source's words"
    return {
        "source": source_words,
        "comment": comment_words,
        "both": f"{source_words} and {comment_words}",
    }[quoted.voice]


def _attributed(finding: Finding) -> Iterator[str]:
    """Yield the two speakers of an attribution, and the cable's sentence as evidence."""
    source = finding.found
    if source is None:
        return
    if finding.claimed == "embassy":
        yield "The draft attributes the quotation to the author, the cable to a source:"
        yield _quoted(crop(clean_line(" ".join(source.sentence.split())), _LONGEST))
    else:
        yield (
            f"The draft attributes the quotation to a source, but it is the {source.author}'s "
            "comment."
        )


def _quoted(words: str) -> str:
    return f"“{words}”"


def summary(findings: Iterable[Finding]) -> str:
    """Return a summary: `60 quotations: 40 exact, 20 altered; 12 citations: 11 here, 1 not`."""
    all_findings = list(findings)
    quotation_counts = Counter(
        finding.verdict for finding in all_findings if finding.kind == "quotation"
    )
    citation_counts = Counter(
        finding.verdict for finding in all_findings if finding.kind == "citation"
    )
    verdict_counts = ", ".join(
        f"{quotation_counts[verdict]:,} {SAID[verdict]}"
        for verdict in VERDICTS
        if quotation_counts[verdict]
    )
    summary_text = counted(sum(quotation_counts.values()), "quotation") + (
        f": {verdict_counts}" if verdict_counts else ""
    )
    misattributed_count = sum(finding.kind == "attribution" for finding in all_findings)
    summary_text += (
        f"; {counted(misattributed_count, 'attribution')} to another speaker"
        if misattributed_count
        else ""
    )
    summary_text += f"; {counted(sum(citation_counts.values()), 'citation')}"
    if citation_counts:
        citations_by_result = {
            "with other facts": citation_counts["altered"],
            "not": citation_counts["unfound"],
        }
        further_counts = (
            f", {count:,} {result_name}"
            for result_name, count in citations_by_result.items()
            if count
        )
        summary_text += f": {citation_counts['exact']:,} here{''.join(further_counts)}"
    receipts = counted_receipts(all_findings)
    if receipts["confirmed"] or receipts["refused"]:
        counts = ", ".join(f"{receipts[name]:,} {name}" for name in ("confirmed", "refused"))
        summary_text += f"; receipts: {counts}, {counted(receipts['without'], 'quotation')} without"
    return summary_text


class QuotationCounts(Value):
    """The number of quotations with each verdict."""

    exact: Count
    altered: Count
    elsewhere: Count
    protected: Count
    unfound: Count
    unplaced: Count


class AttributionCounts(Value):
    """The number of attributions compared with the cable, and the number of wrong ones."""

    compared: Count
    misattributed: Count


class CitationCounts(Value):
    """The number of citations with each verdict."""

    exact: Count
    altered: Count
    unfound: Count


class FoundPlace(Value):
    """The position of a quotation in the archive."""

    reference_id: Filled
    paragraphs: tuple[Filled, ...]
    citation: Filled
    """The citation, ready for pasting: `09CASABLANCA27 ¶3`."""
    record: Positive
    """The number of the record that contains the quotation; 1 is the displayed record."""
    voice: Literal["source", "comment", "both"] | None
    """The speaker in the cable: a source that the cable reports, the author in a comment, or both;
    null if the cable does not name a speaker.
    """


class DraftDifference(Value):
    """A difference between a quotation and the cable."""

    kind: Literal["words", "ellipsis", "bracket", "order", "paragraphs"]
    draft: str
    """The words in the draft; may be empty."""
    cable: str
    """The words in the cable; may be empty."""
    fault: bool
    """Whether the difference is not permitted in a quotation."""
    note: OrNull[str]


class DraftFinding(Value):
    """A quotation, an attribution or a citation."""

    kind: Literal["quotation", "attribution", "citation", "receipt"]
    """The type of finding. An attribution is a sentence in the draft that attributes a quotation to
    a different speaker than the cable does. A receipt is a code after a quotation.
    """
    verdict: Verdict
    """The verdict. A citation is exact if its cable and its paragraphs are in the archive, else
    unfound. It is altered if the draft states a date, sender, addressee or classification that
    differs from the cable, or if its link leads to a different cable or paragraph than its words
    name. A receipt is exact if it belongs to the quotation before it, else altered.
    """
    place: Annotated[str, ("pattern", "^(line|paragraph) [0-9]+")]
    heading: OrNull[str]
    """The last heading above the finding."""
    text: str
    """The text as written in the draft, without quotation marks."""
    cited: tuple[str, ...]
    """The citations to which a quotation is attributed, as written in the draft."""
    attributed_to: Literal["embassy", "source"] | None
    """The speaker of a quotation according to the draft's own sentence; null if the sentence leaves
    this open.
    """
    found: FoundPlace | None
    """The position of the text in the archive; null if it is not in the archive."""
    differences: tuple[DraftDifference, ...]
    remarks: tuple[Filled, ...]


class CheckAnswer(Value):
    """The output of `check --json`: the quotations and citations in a draft."""

    draft: Filled
    """The file name as entered."""
    format: Literal["Markdown", "text", "HTML", "Word", "LibreOffice"]
    stopped: bool
    """Whether the check was stopped before its end, with incomplete findings."""
    checked: Count
    """The number of quotations and citations that were checked."""
    total: Count
    """The number of quotations and citations to check, including words that may not be
    a citation.
    """
    quotations: QuotationCounts
    """The number of quotations with each verdict."""
    attributions: AttributionCounts
    """The number of quotations whose speaker is known in both the draft and the cable, and how many
    of these the draft attributes to a different speaker.
    """
    citations: CitationCounts
    left_out: tuple[Filled, ...]
    """The parts of the draft that were not checked, such as blocks of code."""
    findings: tuple[DraftFinding, ...]
    """The findings, in the order of the draft; with `--faults`, only findings that are not exact.
    """
    page: Only[PageOfRows | None] = None


def answer(checked: CheckedDraft, path: str, *, only_faults: bool = False) -> CheckAnswer:
    """Return the JSON answer for a whole check."""

    def verdicts(kind: str, verdict_names: Iterable[str]) -> dict[str, int]:
        count_by_verdict = Counter(
            finding.verdict for finding in checked.findings if finding.kind == kind
        )
        return {verdict_name: count_by_verdict[verdict_name] for verdict_name in verdict_names}  # type: ignore[index]

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
    """Return the number of attributions compared with the cable, and of wrong ones."""
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
