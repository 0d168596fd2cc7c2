from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.body_labels import read
from tests.cases import case
from tests.telegram.cables import BODY


def test_the_labels_stand_in_their_order_and_the_top_ends_at_paragraph_one() -> None:
    top = read(BODY)

    assert [label.kind for label in top.labels] == [
        "order",
        "tags",
        "subject",
        "refs",
        "classified",
    ]
    assert BODY[top.end :].startswith("1. (C) The keepers")
    assert top.numbered


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        case("8.9", "E.O. 12958: DECL: 1/4/2020 TAGS: PREL SUBJECT: X", "order tags subject"),
        case("prose", "TAGS: PREL\nSUBJECT: X\n\nThe keepers\nREF says no", "tags subject"),
        case("behind-one", "TAGS PREL, MO\nSUBJECT: X\n1.(C) Y\nREF: Z", "tags subject"),
        case("un", "SUBJECT: X\n\n(S/NF) Summary: the keepers met on Monday.\nREF: Z", "subject"),
        case("all", "SUBJECT: X\nREF: A\nCLASSIFIED BY: Y 1.4 (b)", "subject refs classified"),
        case("written-line-break", "TAGS: PREL\\nSUBJECT: X", "tags subject"),
        case("written-line-break-first", "\\nClassified By: X", "classified"),
        case("glued-subject", "the portSUBJECT: X", "subject"),
        case("label-behind-the-letter", "A. REF RABAT 12\nB. TUNIS 13", "refs"),
        case("tags-in-prose", "SUBJECT: X\ntags were sewn on\n", "subject"),
        case("letter-lost", "DECL: 08/22/2017 AGS: PREL, MO", "tags"),
        case("letter-lost-by", "SUBJECT: X\nClassiied By: Y", "subject classified"),
        # Issue 13, section 6: labels that lost their colon, or the line break before them.
        case("tags-comma", "TAGS, ASEC, PTER, MO\nSUBJECT: X", "tags subject"),
        case("tags-full-stop", "TAGS. PREL MO\nSUBJECT: X", "tags subject"),
        case("ref-full-stop", "SUBJECT: X\n\nREF. RABAT 90", "subject refs"),
        case("one-tag", "E.O. 12958: N/A\nTAGS, OTRA\nSUBJECT: X", "order tags subject"),
        case("tags-full-stop", "TAGS. PINT: PGOV: BL\nSUBJECT: X", "tags subject"),
        case("short-words-of-a-post", "SUBJECT: X\nREF. LA LUZ 90", "subject refs"),
        case("post-in-small", "SUBJECT: X\nREF. Santa Oriel 90", "subject refs"),
        case("airgram", "SUBJECT: X\nREF. A-62; RABAT 9", "subject refs"),
        case("refs-below", "SUBJECT: X\nREFS.\n(A) RABAT 90", "subject refs"),
        case("ref-in-prose", "SUBJECT: X\n\nREF. Yes, it was late.", "subject"),
        case("ref-full-stops", "SUBJECT: X\nREF...08 RABAT 90", "subject refs"),
        case("ref-in-prose", "SUBJECT: X\nRef. A speaks for it.", "subject"),
        case("ref-above", "TAGS: PREL\nREF RABAT 90\n\nSUBJECT: X", "tags refs subject"),
        case("ref-no-serial", "TAGS: PREL\nREF says no\nSUBJECT: X", "tags subject"),
        case(
            "no-line-breaks",
            "RABAT 000012SIPDISE.O. 12958: DECL: 08/16/2015TAGS: PREL MOSUBJECT: A PORT",
            "order tags subject",
        ),
        case("glued-ref", "SUBJECT: THE WAY TO RABATREF: TUNIS 4", "subject refs"),
        case("glued-by", "SUBJECT: X IN RABATClassified By: Y", "subject classified"),
        case("glued-by-plain", "SUBJECT: X IN RABATClassified By Y", "subject classified"),
        case("unclassified-by", "SUBJECT: X\nUNCLASSIFIED BY: Y", "subject"),
        case(
            "quotes-of-a-pasted-row",
            'SIPDIS E.O. 12958: DECL: 1/4/2020 "TAGS: PREL\nSUBJECT: X ,,""REF: RABAT 1 ,,"',
            "order tags subject refs",
        ),
    ],
)
def test_labels_are_found_where_they_are_labels(body: str, kinds: str) -> None:
    assert " ".join(mark.kind for mark in read(body).labels) == kinds


@pytest.mark.parametrize(
    ("body", "paragraph"),
    [
        case("rule-before-it", "SUBJECT: X\n\n------1. (C) Y", "1. (C) Y"),
        case("numbered-twice", "SUBJECT: X\n\n1. 1. Summary: Y", "1. 1. Summary"),
        case("joined", "REF: 08 STATE 7 RABAT 00000073 001.2 OF 003 1.The following is Y", "1.The"),
        case("joined-to-a-reference", "REF: Rabat 386 1. Summary: Y", "1. Summary"),
        case("joined-reasons", "Classified By: Z, reason 1.4 (b) 1. The lamp", "1. The"),
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
    starts = [label.start for label in top.labels]

    assert starts == sorted(starts)
    assert 0 <= top.end <= len(body)
    assert all(label.start <= label.content <= len(body) for label in top.labels)
