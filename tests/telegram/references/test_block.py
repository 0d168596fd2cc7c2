from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.body_labels import read
from cable_tui.telegram.references.block import ref_block

HEAD = "TAGS: PREL\nSUBJECT: A PORT\n\n"


@pytest.mark.parametrize(
    ("text", "block"),
    [
        pytest.param("REF: RABAT 90 \n\n1. (C) X", "RABAT 90", id="one"),
        pytest.param(
            "REF: A. RABAT 1 \n\nB. STATE 2\n\n1. (C) X", "A. RABAT 1 \n\nB. STATE 2", id="gap"
        ),
        pytest.param(
            "REFS:\n(A) RABAT 1\n(B) STATE 2\n\nX", "(A) RABAT 1\n(B) STATE 2", id="below"
        ),
        pytest.param("REFTEL: RABAT 1\nClassified By: X", "RABAT 1", id="label"),
        pytest.param("REF.: RABAT 1\n\nX", "RABAT 1", id="stop-and-colon"),
        pytest.param("REF RABAT 01170\n\nX", "RABAT 01170", id="no-colon-no-letter"),
        pytest.param("REF A) 07 Rabat 780\n\nX", "A) 07 Rabat 780", id="letter-and-year"),
        pytest.param(
            "REF: (A) RABAT 1\n(C )SAN JOSE 789\n(D) TUNIS 2\n\nX",
            "(A) RABAT 1\n(C )SAN JOSE 789\n(D) TUNIS 2",
            id="blank-in-a-label",
        ),
        pytest.param(
            "REF A. RABAT 1\nREF B. TUNIS 2\n\nX", "A. RABAT 1\nREF B. TUNIS 2", id="two-refs"
        ),
        pytest.param("REF: RABAT 1 Classified By: X", "RABAT 1", id="glued-end"),
        pytest.param("REF A. RABAT 1\n\n1. (C) X", "A. RABAT 1", id="no-colon"),
        pytest.param(
            "REF: RABAT 1\nSensitive but unclassified - not for the web.", "RABAT 1", id="prose"
        ),
        pytest.param("REF: RABAT 1\n-------\nSUMMARY\n", "RABAT 1", id="rule"),
        pytest.param(
            "REF: A) RABAT 1, B) RIO \n \nDE JANEIRO 12\n\n1. (C) X",
            "A) RABAT 1, B) RIO \n \nDE JANEIRO 12",
            id="station-cut-by-a-blank-line",
        ),
        pytest.param(
            "REF: A) RABAT 1, B) \n\nTUNIS 2\n\n1. (C) X",
            "A) RABAT 1, B) \n\nTUNIS 2",
            id="label-cut-off-by-a-blank-line",
        ),
        pytest.param(
            "REFS: (A) RABAT 1 \n \n-    (B) TUNIS 2\n\nX",
            "(A) RABAT 1 \n \n-    (B) TUNIS 2",
            id="dash-before-the-label",
        ),
        pytest.param("REF: RABAT 1\n\nBy 12 noon all was over.", "RABAT 1", id="prose-behind"),
        pytest.param("Ref(s): A) RABAT 1\n\nX", "A) RABAT 1", id="plural-in-brackets"),
        pytest.param(
            "REF: RABAT 1\n\nRABAT 00000027  001.2 OF 003\n\n\nRABAT 2\n\nX",
            "RABAT 1\n\nRABAT 00000027  001.2 OF 003\n\n\nRABAT 2",
            id="page-break-between-blank-lines-8.13",
        ),
        pytest.param(
            "REF: RABAT 90 As requested in reftel, contacts for the harbor are Ada Pelham and "
            + "the keepers of the lamps, who can be reached by day and by night, " * 3,
            "RABAT 90",
            id="text-on-the-same-line",
        ),
        pytest.param("1. (C) As Ref: said.", None, id="in-a-paragraph"),
    ],
)
def test_the_block_is_located(text: str, block: str | None) -> None:
    body = HEAD + text
    span = ref_block(read(body))

    assert (body[span[0] : span[1]].strip() if span else None) == block


def test_where_a_copy_lost_its_blank_lines_a_sentence_in_capitals_is_no_reference() -> None:
    body = (
        "UNCLAS RABAT 12\nSUBJ: A PORT\nREF: TUNIS 1\nTHE KEEPERS OF THIS PORT MET AGAIN.\nPELHAM"
    )
    span = ref_block(read(body))
    assert span
    assert body[slice(*span)].strip() == "TUNIS 1"


@given(st.text(max_size=300))
def test_any_block_lies_in_its_text(text: str) -> None:
    body = HEAD + "REF: " + text
    span = ref_block(read(body))

    assert span is None or 0 <= span[0] < span[1] <= len(body)
