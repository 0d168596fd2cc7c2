"""What is not word for word in a cable, or not of its speaker, never gets a receipt."""

from __future__ import annotations

import pytest

import cable_tui as ct
from cable_tui.base.errors import UsageError
from cable_tui.tools.assistants.quoting import QuotationVerdict, check_quotation
from tests.tools.assistants.fiction import COMMENTS, NOUNS, PLACES, SOURCES, TERMS


def verdict(archive: ct.Archive, text: str, cited: str = "", speaker: str = "") -> QuotationVerdict:
    return check_quotation(archive, text, cited, speaker)[0]  # type: ignore[arg-type]


INVENTED = [
    f"nobody in the {place} has seen a single {noun} since the harbor was closed"
    for noun in NOUNS
    for place in PLACES
]
ALTERED = [
    " ".join((*words[:at], "umbrella", *words[at + 1 :]))
    for words in map(str.split, SOURCES)
    for at in (2, 4, 7, 10, 11)
]
NESTED = [each.replace(" glass”", " stone”") for each in TERMS]
WRONG = [(f"09RABAT1#{n}", each, "embassy") for n, each in enumerate(SOURCES, 1)] + [
    (f"09TUNIS2#{n}", each, "source") for n, each in enumerate(COMMENTS, 1)
]


def test_there_are_as_many_wrong_quotations_as_were_asked_for() -> None:
    assert [len(set(each)) for each in (INVENTED, ALTERED, NESTED, WRONG)] == [50, 50, 20, 20]


def test_no_invented_quotation_passes(opened: ct.Archive) -> None:
    for text in INVENTED:
        for cited in ("", "09RABAT1#1"):
            given = verdict(opened, text, cited)
            assert (given.receipt, given.verdict in ("unfound", "altered")) == (None, True), text


@pytest.mark.parametrize("texts", [ALTERED, NESTED], ids=["altered", "nested"])
def test_no_altered_quotation_passes(opened: ct.Archive, texts: list[str]) -> None:
    for text in texts:
        given = verdict(opened, text)
        assert (given.verdict, given.receipt) == ("altered", None), text
        assert given.remarks, text


def test_no_quotation_with_a_wrong_speaker_passes(opened: ct.Archive) -> None:
    for cited, text, speaker in WRONG:
        given = verdict(opened, text, cited, speaker)
        assert (given.verdict, given.receipt, given.reference) == ("misattributed", None, cited)


def test_right_quotations_pass_with_their_paragraph_and_speaker(opened: ct.Archive) -> None:
    for cited, text, wrong in WRONG:
        right = {"embassy": "source", "source": "embassy"}[wrong]
        given = verdict(opened, f"“{text}”", cited, right)
        assert (given.verdict, given.reference) == ("exact", cited)
        assert given.receipt is not None
        assert given.receipt.startswith(f"[cable:{cited}:")
        assert given.speaks == {"source": "a source's words"}.get(right, "the embassy's comment")
    for number, text in enumerate(TERMS, 1):
        assert verdict(opened, text).reference == f"09CAIRO3#{number}"


def test_a_quotation_from_another_paragraph_than_the_cited_one_has_no_receipt(
    opened: ct.Archive,
) -> None:
    given = verdict(opened, SOURCES[2], "09RABAT1#1")
    assert (given.verdict, given.reference, given.receipt) == ("elsewhere", "09RABAT1#3", None)


def test_a_quotation_near_a_protected_name_says_so(opened: ct.Archive) -> None:
    given = verdict(opened, "keeps the keys of the western customs house in a tin", "09DOHA5#1")
    assert given.verdict == "protected"
    assert any("asks for protection" in each for each in given.remarks)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("four words are few", "too short"), ("", "too short"), ("word " * 2000, "more than")],
)
def test_what_cannot_be_checked_is_refused(opened: ct.Archive, text: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        verdict(opened, text)
