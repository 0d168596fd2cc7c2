"""The report on a draft: one line for what is right, what differs for the rest."""

from __future__ import annotations

from cable_tui.base.value import as_json, replace
from cable_tui.formats.office.blocks import TextDocument
from cable_tui.tools.drafts.claims import Speaker
from cable_tui.tools.drafts.comparing import Difference
from cable_tui.tools.drafts.export import answer, lines, summary
from cable_tui.tools.drafts.findings import CheckedDraft, Finding, Kind, QuotedSource, Verdict
from cable_tui.tools.drafts.quotations import BlockSpan
from cable_tui.tools.voices.speaker import Voice

PLACE = QuotedSource(1, "09ZENDA1", ("3",), "09ZENDA1 ¶3")


def finding(verdict: Verdict, *differences: Difference, heading: str = "") -> Finding:
    return Finding(
        *("quotation", verdict, (BlockSpan(0, 0, 5),), "line 3", heading, "the old\nlobster pot"),
        cited=("09ZENDA2",),
        found=None if verdict == "unfound" else PLACE,
        differences=differences,
        remarks=("it is so",) if verdict == "elsewhere" else (),
    )


def report(*findings: Finding, only_faults: bool = False) -> list[str]:
    return list(
        lines(CheckedDraft(TextDocument("text", "line", ()), findings), only_faults=only_faults)
    )


def test_what_is_right_is_a_line_and_a_fault_says_what_differs() -> None:
    altered = finding(
        "altered",
        Difference("words", "old", "new", is_fault=True),
        Difference("words", "", "not", is_fault=True),
        Difference("words", "red", "", is_fault=True),
        Difference("ellipsis", "...", "did not", is_fault=True, note="hides “not”"),
        Difference("bracket", "[he]", "the keeper", is_fault=False),
        Difference("paragraphs", "", "", is_fault=True, note="runs ¶1 and ¶2 together"),
    )
    assert report(finding("exact"), altered) == [
        "✓ line 3: exact · 09ZENDA1 ¶3 · “the old lobster pot”",
        "≠ line 3: altered · 09ZENDA1 ¶3",
        "    “the old lobster pot”",
        "    “old” where the cable has “new”",
        "    “not” is left out",
        "    “red” is not in the cable",
        "    ... stands for “did not”: it hides “not”",
        "    [he] stands for “the keeper”",
        "    It runs ¶1 and ¶2 together",
    ]


def spoken(kind: Kind, voice: Voice, claimed: Speaker, text: str = "the old pot") -> Finding:
    place = replace(PLACE, voice=voice, sentence="Tern told\nus so", author="consulate")
    verdict: Verdict = "exact" if kind == "quotation" else "misattributed"
    text = text if kind == "quotation" else "The embassy judged"
    return Finding(
        *(kind, verdict, (BlockSpan(0, 0, 5),), "line 3", "", text),
        found=place,
        claimed=claimed,
    )


def test_who_speaks_is_said_and_another_speaker_is_a_finding_of_its_own() -> None:
    assert report(
        spoken("attribution", "source", "embassy"),
        spoken("quotation", "source", "embassy"),
        spoken("attribution", "comment", "source"),
        spoken("quotation", "comment", "source"),
        spoken("quotation", "both", "source", "a pot"),
    ) == [
        "≠ line 3: another speaker · 09ZENDA1 ¶3",
        "    The embassy judged",
        "    The draft attributes the quotation to the author, the cable to a source:",
        "    “Tern told us so”",
        "✓ line 3: exact, a source's words · 09ZENDA1 ¶3 · “the old pot”",
        "≠ line 3: another speaker · 09ZENDA1 ¶3",
        "    The embassy judged",
        "    The draft attributes the quotation to a source, but it is the consulate's comment.",
        "✓ line 3: exact, the consulate's comment · 09ZENDA1 ¶3 · “the old pot”",
        "✓ line 3: exact, a source's words and the consulate's comment · 09ZENDA1 ¶3 · “a pot”",
    ]


def test_attributions_are_counted() -> None:
    found = (
        spoken("attribution", "source", "embassy"),
        spoken("quotation", "source", "embassy"),
        spoken("quotation", "source", "source"),
        finding("exact"),
    )
    assert summary(found) == "3 quotations: 3 exact; 1 attribution to another speaker; 0 citations"
    value = as_json(answer(CheckedDraft(TextDocument("text", "line", ()), found), "a.md"))
    assert value["attributions"] == {"compared": 2, "misattributed": 1}
    assert [each["attributed_to"] for each in value["findings"]] == [
        "embassy", "embassy", "source", None,
    ]  # fmt: skip
    assert [each["found"]["voice"] for each in value["findings"]] == [
        "source", "source", "source", None,
    ]  # fmt: skip


def test_what_was_cited_is_said_where_it_is_wrong() -> None:
    assert report(finding("elsewhere"))[-2:] == ["    It is so.", "    Cited: 09ZENDA2"]
    assert report(finding("unfound"))[0] == "? line 3: not in this archive"


def test_headings_part_the_report_and_faults_can_stand_alone() -> None:
    """What stands under no heading is parted, too: such as the notes of a book."""
    found = report(finding("exact", heading="One"), finding("exact"))
    assert [line[:8] for line in found] == ["# One", "✓ line 3", "", "✓ line 3"]
    both = (finding("exact", heading="One"), finding("altered", heading="Two"))
    assert [line for line in report(*both) if line.startswith("#")] == ["# One", "# Two"]
    assert [line for line in report(*both, only_faults=True) if line.startswith("#")] == ["# Two"]


def test_the_sum_names_every_verdict_once() -> None:
    found = [finding("exact"), finding("exact"), finding("altered")]
    assert summary(found) == "3 quotations: 2 exact, 1 altered; 0 citations"


def test_json_counts_and_leaves_out_what_is_right_where_that_is_asked() -> None:
    checked = CheckedDraft(TextDocument("text", "line", ()), (finding("exact"), finding("altered")))
    made = as_json(answer(checked, "a.txt", only_faults=True))
    assert made["quotations"]["exact"] == 1
    assert [each["verdict"] for each in made["findings"]] == ["altered"]
