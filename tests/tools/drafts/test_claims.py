"""The speaker to whom a sentence of a draft gives a quotation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.tools.drafts import markdown
from cable_tui.tools.drafts.attribution import what_to_check
from cable_tui.tools.drafts.claims import claim_of
from tests.tools.drafts.speaker_cases import CASES, QUOTED, Case

WORDS = "the lamps went out because nobody paid for them"
MISSED = {"Zellou, the embassy thought, was wrong: “{q}” (09RABAT21)."}
"""Sentences whose claim no rule reads: they are left open."""


def claimed(draft: str, words: str = WORDS) -> tuple[str, str]:
    """Who speaks by a draft with one quotation, and the words that say so."""
    read = what_to_check(markdown.read(draft.replace("{q}", words)))
    (quoted,) = read.quotations
    claim = claim_of(quoted.quotation, read.draft.blocks, ("GRAY",))
    if claim is None:
        return "", ""
    return claim.speaker, read.draft.blocks[claim.block].text[claim.start : claim.end]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.draft[:60])
def test_the_claim_is_that_of_a_careful_reader(case: Case) -> None:
    wanted = "" if case.draft in MISSED else case.claim
    assert claimed(case.draft, QUOTED[case.voice])[0] == wanted


@pytest.mark.parametrize(
    ("draft", "speaker"),
    [
        # Written after the rule, in the manner of newspapers.
        ("A senior official in the finance ministry told the embassy that “{q}.”", "source"),
        (
            "American diplomats were skeptical that it would end there: “{q},” they noted.",
            "embassy",
        ),
        ("“{q},” the American Embassy in Rabat noted in a cable to Washington.", "embassy"),
        ("The cable, signed by Ambassador Gray, notes that “{q}.”", ""),
        ("Asked about the lamps, the businessman replied, “{q}.”", "source"),
        ("Officials feared that “{q}.”", ""),
        ("Privately, officials concluded that “{q}.”", ""),
        ("U.S. officials privately concluded that “{q}.”", "embassy"),
        ("Traders with ties to the embassy believed, the cable says, that “{q}.”", "source"),
        ("The king's adviser complained to the consul general that “{q}.”", "source"),
        ("“{q}.” The embassy was not convinced.", ""),
        ("“{q}.” The embassy judged otherwise.", ""),
        ("Zellou, speaking to the embassy, said: “{q}.”", "source"),
        ("The embassy, citing Zellou, said that “{q}.”", "embassy"),
        ("Zellou's wife thought that “{q}.”", "source"),
        ("Two years earlier a lawyer had warned the embassy that “{q}.”", "source"),
        ("The embassy's economic section judged that “{q}.”", "embassy"),
        ("Embassy Rabat judged that “{q}.”", "embassy"),
        ("A diplomat said that “{q}.”", ""),
        ("A Spanish diplomat said that “{q}.”", "source"),
        ("The Egyptian ambassador told Gray that “{q}.”", "source"),
        ("Ambassador Riley told Zellou that “{q}.”", ""),
        ("The comment reads: “{q}.”", ""),
        ("Whether “{q}” is true, the embassy did not say.", ""),
        ("The embassy reported rumors that “{q}.”", ""),
        ("The minister assured the embassy that it was not true that “{q}.”", ""),
        ("Zellou made no secret of his anger. “{q},” he told the embassy.", "source"),
        ("“{q},” in the words of one judge.", "source"),
        ("Die Botschaft meinte, dass “{q}”.", ""),
        ("Cables show that “{q}”", ""),
        ("The cables suggest the embassy was told “{q}”", "source"),
        ("“{q}”", ""),
    ],
)
def test_sentences_of_newspapers(draft: str, speaker: str) -> None:
    found = claimed(draft)[0]
    # What is open to the rule accuses nobody; what it reads must be right.
    assert found in ("", speaker)


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        ("So the embassy judged that “{q}”.", "So the embassy judged that"),
        ("“{q},” the trader said at last.", "the trader said at last"),
        ("A minister told us it rained. He said “{q}”.", "He said"),
        ("The embassy's verdict:\n\n> {q}", "The embassy's verdict"),
    ],
)
def test_the_words_that_make_the_claim_are_found(draft: str, said: str) -> None:
    assert claimed(draft)[1] == said


@given(st.text(alphabet="Th embassy said“”,.:;'\n-()", max_size=80))
def test_any_draft_has_its_claims_in_its_text(text: str) -> None:
    read = what_to_check(markdown.read(f"{text} “{WORDS}” {text}"))
    for each in read.quotations:
        claim = claim_of(each.quotation, read.draft.blocks)
        if claim is not None:
            assert 0 <= claim.start < claim.end <= len(read.draft.blocks[claim.block].text)
