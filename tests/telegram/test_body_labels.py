from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.body_labels import read
from tests.telegram.cables import BODY


def test_the_labels_stand_in_their_order_and_the_top_ends_at_paragraph_one() -> None:
    top = read(BODY)

    assert [mark.kind for mark in top.marks] == ["order", "tags", "subject", "refs", "classified"]
    assert BODY[top.end :].startswith("1. (C) The keepers")
    assert top.numbered


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        pytest.param(
            "E.O. 12958: DECL: 1/4/2020 TAGS: PREL SUBJECT: X", "order tags subject", id="8.9"
        ),
        pytest.param(
            "TAGS: PREL\nSUBJECT: X\n\nThe keepers\nREF says no", "tags subject", id="prose"
        ),
        pytest.param("TAGS PREL, MO\nSUBJECT: X\n1.(C) Y\nREF: Z", "tags subject", id="behind-one"),
        pytest.param(
            "SUBJECT: X\n\n(S/NF) Summary: the keepers met on Monday.\nREF: Z", "subject", id="un"
        ),
        pytest.param(
            "SUBJECT: X\nREF: A\nCLASSIFIED BY: Y 1.4 (b)", "subject refs classified", id="all"
        ),
        pytest.param("TAGS: PREL\\nSUBJECT: X", "tags subject", id="written-line-end"),
        pytest.param("\\nClassified By: X", "classified", id="written-line-end-first"),
        pytest.param("the portSUBJECT: X", "subject", id="glued-subject"),
        pytest.param("A. REF RABAT 12\nB. TUNIS 13", "refs", id="label-behind-the-letter"),
        pytest.param("SUBJECT: X\ntags were sewn on\n", "subject", id="tags-in-prose"),
        pytest.param("DECL: 08/22/2017 AGS: PREL, MO", "tags", id="letter-lost"),
        pytest.param("SUBJECT: X\nClassiied By: Y", "subject classified", id="letter-lost-by"),
        # Issue 13, section 6: labels that lost their colon, or the line end before them.
        pytest.param("TAGS, ASEC, PTER, MO\nSUBJECT: X", "tags subject", id="tags-comma"),
        pytest.param("TAGS. PREL MO\nSUBJECT: X", "tags subject", id="tags-full-stop"),
        pytest.param("SUBJECT: X\n\nREF. RABAT 90", "subject refs", id="ref-full-stop"),
        pytest.param("E.O. 12958: N/A\nTAGS, OTRA\nSUBJECT: X", "order tags subject", id="one-tag"),
        pytest.param("TAGS. PINT: PGOV: BL\nSUBJECT: X", "tags subject", id="tags-full-stop"),
        pytest.param("SUBJECT: X\nREF. LA LUZ 90", "subject refs", id="short-words-of-a-post"),
        pytest.param("SUBJECT: X\nREF. Santa Oriel 90", "subject refs", id="post-in-small"),
        pytest.param("SUBJECT: X\nREF. A-62; RABAT 9", "subject refs", id="airgram"),
        pytest.param("SUBJECT: X\nREFS.\n(A) RABAT 90", "subject refs", id="refs-below"),
        pytest.param("SUBJECT: X\n\nREF. Yes, it was late.", "subject", id="ref-in-prose"),
        pytest.param("SUBJECT: X\nREF...08 RABAT 90", "subject refs", id="ref-full-stops"),
        pytest.param("SUBJECT: X\nRef. A speaks for it.", "subject", id="ref-in-prose"),
        pytest.param("TAGS: PREL\nREF RABAT 90\n\nSUBJECT: X", "tags refs subject", id="ref-above"),
        pytest.param("TAGS: PREL\nREF says no\nSUBJECT: X", "tags subject", id="ref-no-serial"),
        pytest.param(
            "RABAT 000012SIPDISE.O. 12958: DECL: 08/16/2015TAGS: PREL MOSUBJECT: A PORT",
            "order tags subject",
            id="no-line-ends",
        ),
        pytest.param("SUBJECT: THE WAY TO RABATREF: TUNIS 4", "subject refs", id="glued-ref"),
        pytest.param("SUBJECT: X IN RABATClassified By: Y", "subject classified", id="glued-by"),
        pytest.param(
            "SUBJECT: X IN RABATClassified By Y", "subject classified", id="glued-by-plain"
        ),
        pytest.param("SUBJECT: X\nUNCLASSIFIED BY: Y", "subject", id="unclassified-by"),
        pytest.param(
            'SIPDIS E.O. 12958: DECL: 1/4/2020 "TAGS: PREL\nSUBJECT: X ,,""REF: RABAT 1 ,,"',
            "order tags subject refs",
            id="quotes-of-a-pasted-row",
        ),
    ],
)
def test_labels_are_found_where_they_are_labels(body: str, kinds: str) -> None:
    assert " ".join(mark.kind for mark in read(body).marks) == kinds


@pytest.mark.parametrize(
    ("body", "paragraph"),
    [
        pytest.param("SUBJECT: X\n\n------1. (C) Y", "1. (C) Y", id="rule-before-it"),
        pytest.param("SUBJECT: X\n\n1. 1. Summary: Y", "1. 1. Summary", id="numbered-twice"),
        pytest.param(
            "REF: 08 STATE 7 RABAT 00000073 001.2 OF 003 1.The following is Y", "1.The", id="joined"
        ),
        pytest.param("REF: Rabat 386 1. Summary: Y", "1. Summary", id="joined-to-a-reference"),
        pytest.param("Classified By: Z, reason 1.4 (b) 1. The lamp", "1. The", id="joined-reasons"),
    ],
)
def test_the_top_ends_where_the_first_paragraph_begins(body: str, paragraph: str) -> None:
    top = read(body)

    assert top.numbered
    assert body[top.end :].startswith(paragraph)


@pytest.mark.parametrize("text", ["SUBJECT: PART 1. The lamp", "SUBJECT: X\nREF: 1. Paris 33"])
def test_a_number_within_the_top_is_no_paragraph(text: str) -> None:
    assert not read(text).numbered


@given(st.text(max_size=400))
def test_marks_lie_in_the_text_in_their_order(body: str) -> None:
    top = read(body)
    starts = [mark.start for mark in top.marks]

    assert starts == sorted(starts)
    assert 0 <= top.end <= len(body)
    assert all(mark.start <= mark.content <= len(body) for mark in top.marks)
