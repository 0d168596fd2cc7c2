"""What a dossier leaves out of a text, and whether a text is the same but for that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import telegram
from cable_tui.base.cable import EditorsName, Paragraph, Reference
from cable_tui.base.value import replace
from cable_tui.formats.sealed_cable import Gap
from cable_tui.tools.dossiers.gaps import matches, not_cited, stayed, with_gaps
from cable_tui.tools.protection.masked_names import LONGEST_NAME, MaskedNames
from tests.telegram.cables import record
from tests.telegram.test_edition import SAID

BODY = """C O N F I D E N T I A L RABAT 000027

SUBJECT: WHAT ADA PELHAM SAID ON THE PIER

1. (C) The harbour has three lamps.

2. (C) Keeper Ada Pelham (strictly protect) counted
four. "It is dark," Pelham said, and PELHAM laughed.
The brown pelham of her boat is no name.

3. (S) Nobody else was there. Brown ropes lay about.
"""
RAW = record(BODY, title="WHAT ADA PELHAM SAID", header="FM AMEMBASSY RABAT")
ADA = MaskedNames(["Ada Pelham"])


def test_without_names_nothing_is_masked() -> None:
    assert with_gaps(RAW, MaskedNames()) == (RAW, {})


def test_names_are_masked_in_all_texts_and_the_gaps_are_known() -> None:
    masked, gaps = with_gaps(RAW, ADA)
    for text in (masked.title, masked.header, masked.body):
        assert "Pelham" not in text
        assert "PELHAM" not in text
    assert "pelham" in masked.body
    assert [masked.body[start:end] for start, end, _ in gaps["body"]] == ["[name masked]"] * 4
    assert masked.title == "WHAT [name masked] SAID"


def test_names_are_masked_in_what_the_container_says_besides() -> None:
    raw = replace(
        RAW,
        tags=("PGOV", "PELHAM, ADA"),
        articles=("https://example.org/ada-pelham-speaks",),
        remarks=(("File", "box 3/pelham.pdf"),),
    )
    masked, _ = with_gaps(raw, ADA)
    assert masked.tags == ("PGOV", "[name masked]")
    assert masked.articles == ("https://example.org/[name masked]-speaks",)
    assert masked.remarks == (("File", "box 3/[name masked].pdf"),)


def test_paragraphs_that_are_not_cited_keep_their_number_and_marking() -> None:
    cable = telegram.parse(RAW)
    cut, gaps = with_gaps(RAW, MaskedNames(), not_cited(cable, ["2"]))
    assert "1. (C) [paragraph left out of this dossier]\n\n2. (C) Keeper Ada" in cut.body
    assert "3. (S) [paragraph left out of this dossier]\n" in cut.body
    assert [kind for _, _, kind in gaps["body"]] == ["left out", "left out"]
    assert stayed(cable, telegram.parse(cut), ["2"], MaskedNames())
    assert [each.label for each in telegram.parse(cut).body.paragraphs] == ["1", "2", "3"]


def test_a_name_that_a_page_line_parts_is_no_other_reading() -> None:
    lines = "Ada\n\nRABAT 00000027  002 OF 003\n\nPelham (strictly"
    raw = replace(RAW, body=BODY.replace("Ada Pelham (strictly", lines))
    cable = telegram.parse(raw)
    cut, _ = with_gaps(raw, ADA, not_cited(cable, ["2"]))
    assert "[name masked]\n\nRABAT 00000027  002 OF 003\n\n[name masked] (strictly" in cut.body
    assert stayed(cable, telegram.parse(cut), ["2"], ADA)


def test_a_paragraph_that_reads_otherwise_is_noticed() -> None:
    cable = telegram.parse(RAW)
    assert not stayed(cable, telegram.parse(replace(RAW, body="")), ["2"], MaskedNames())


def test_the_mark_up_of_an_edition_goes_with_its_text() -> None:
    body = "1. The lamps.\n\n2. Ada Pelham, please protect, counted.\n\n[1] A note on Pelham."
    first = Paragraph("1", None, None, None, "The lamps.", (0, 13))
    second = Paragraph(
        "2", None, None, "Of Pelham", "Ada Pelham, please protect, counted.", (15, 54)
    )
    reference = Reference("note 1", "cable", None, False, "Pelham's note", (56, 76))
    edition = replace(
        SAID,
        heading="Telegram of Ada Pelham",
        subject="Pelham",
        sender="Pelham",
        to=("Pelham",),
        signed_by=("PELHAM",),
        notes=("[1] A note on Pelham.",),
        paragraphs=(first, second),
        references=(reference,),
        people=(EditorsName("Pelham", "frus1955-57v97#p_PA1", "Pelham, Ada", "Spy"),),
    )
    made, _ = with_gaps(replace(RAW, body=body, edition=edition), ADA, [first])
    assert made.edition is not None
    assert "elham" not in repr(made.edition)
    left, kept = made.edition.paragraphs
    assert left.text == "[paragraph left out of this dossier]"
    start, end = left.span
    assert made.body[start:end] == f"1. {left.text}"
    start, end = kept.span
    assert made.body[start:end] == "2. [name masked], please protect, counted."
    start, end = made.edition.references[0].span or (0, 0)
    assert made.body[start:end] == "[1] A note on [name masked]"


MASKED = "said [name] on the pier"
GAP = (Gap(5, 11, "name"),)
LEFT = (Gap(5, 11, "left out"),)


@pytest.mark.parametrize(
    ("gaps", "text", "same"),
    [
        (GAP, "said Ada Pelham on the pier", True),
        (GAP, "said  on the pier", False),
        (GAP, "said Ada Pelham on the quay", False),
        (GAP, "he said Ada Pelham on the pier", False),
        (GAP, "said Ada Pelham on the pier.", False),
        (GAP, f"said {'x' * LONGEST_NAME} on the pier", True),
        (GAP, f"said {'x' * (LONGEST_NAME + 1)} on the pier", False),
        (LEFT, f"said {'x' * 5000} on the pier", True),
        (LEFT, "said on the pier", False),
        ((), "said [name] on the pier", True),
        ((), "said Ada on the pier", False),
    ],
)
def test_a_text_is_the_same_but_for_its_gaps(gaps: tuple[Gap, ...], text: str, same: bool) -> None:
    assert matches(MASKED, gaps, text) is same


def test_blanks_may_be_left_out_of_account() -> None:
    assert not matches(MASKED, GAP, "said\nAda Pelham  on the pier")
    assert matches(MASKED, GAP, "said\nAda Pelham  on the pier", dense=True)


def test_a_name_that_stands_twice_is_followed_from_every_place() -> None:
    # The first `a b` behind the gap is a part of what the second gap stands for.
    assert matches("x ? a b ? c", (Gap(2, 3, "name"), Gap(8, 9, "name")), "x n a b a b n c")


def test_a_text_made_to_be_slow_is_answered() -> None:
    gaps = tuple(Gap(2 * at, 2 * at + 1, "left out") for at in range(500))
    assert not matches("?a" * 500, gaps, "a" * 100_000 + "b")


@given(text=st.text("ab \n", max_size=60), spans=st.lists(st.integers(0, 60), max_size=6))
def test_what_is_cut_out_of_a_text_matches_it(text: str, spans: list[int]) -> None:
    places = sorted({place for place in spans if place <= len(text)})
    sealed, gaps, at = "", [], 0
    for start, end in zip(places[::2], places[1::2], strict=False):
        sealed += text[at:start] + "#"
        gaps.append(Gap(len(sealed) - 1, len(sealed), "left out"))
        at = end
    assert matches(sealed + text[at:], gaps, text)
