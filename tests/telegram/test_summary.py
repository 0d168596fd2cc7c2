from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.summary import summary


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "\n1. (C) Summary: The lamp\nburns. End Summary.\n", "The lamp burns.", id="inline"
        ),
        pytest.param(
            "\nSummary\n-------\n\n1. (C) The lamp.  End summary. \n", "The lamp.", id="heading"
        ),
        pytest.param(
            "\n---\n(U) SUMMARY\n---\n\n1. (S) A lamp. END SUMMARY\n", "A lamp.", id="marked"
        ),
        pytest.param(
            "\n1. (C) Summary and Action Request. A lamp. End Summary and Action Request.",
            "A lamp.",
            id="two-words",
        ),
        pytest.param(
            "\n1. (C) Introduction and summary: A lamp. End introduction and summary.",
            "A lamp.",
            id="after",
        ),
        pytest.param("\nBEGIN SUMMARY\n\nA LAMP. END SUMMARY\n", "A LAMP.", id="begin"),
        pytest.param("\n1. (C) SUMMARY. A lamp.\n\n2. (C) More.", "A lamp.", id="no-end"),
        pytest.param(
            "\n1. (C) Summary: A lamp.\n\nThe Keepers\n-----------\n\n2. (C) More.",
            "A lamp.",
            id="to-heading",
        ),
        pytest.param(
            "\n1. (C) Summary. One.\n\n2. (C) Summary continued. Two. End summary.",
            "One.\n\nTwo.",
            id="two",
        ),
        pytest.param(
            "\n1. (C) Summary: A\n\nRABAT 00000027  002 OF 002\n\n\nlamp. End Summary.",
            "A lamp.",
            id="break",
        ),
        pytest.param("\n\n1. (C) A lamp. END SUMMARY.\n\n2. X", "A lamp.", id="end-alone"),
        pytest.param(
            "\n1. On Monday\nit burned. End\nSummary.\n\nTHE PORT\n----\n",
            "On Monday it burned.",
            id="end-alone-over-a-line-end",
        ),
        pytest.param("------- SUMMARY -------\n\n1. A lamp. End Summary", "A lamp.", id="rules"),
        pytest.param("\nSummary =====\n\n1. (C) A lamp. End Summary", "A lamp.", id="equals"),
        pytest.param("\nSUMMARY\n-----\n\n1. Summary: A lamp. END SUMMARY", "A lamp.", id="again"),
        pytest.param(
            "\n1. (C) Summary: A lamp. -------- The Port --------\n\n2. (C) X",
            "A lamp.",
            id="heading-between-rules-on-its-line",
        ),
        pytest.param(
            "\nSUMMARY AND TABLE OF LAMPS\n\n1. (C) A lamp. END SUMMARY", "A lamp.", id="table-of"
        ),
        pytest.param(
            "\nSUMMARY\n‐‐‐‐‐‐\n\n1. (C) A lamp. END SUMMARY", "A lamp.", id="other-hyphens"
        ),
        pytest.param("\n1. (C) SUMMARY: A lamp.\n \nTHE PO", "A lamp.", id="cut-heading"),
        pytest.param("\n1. (C) The Summary Court met.", None, id="no-summary"),
    ],
)
def test_the_summary_is_read(text: str, expected: str | None) -> None:
    assert summary(text, 0) == expected


@given(st.text(max_size=300))
def test_any_text_behind_the_word_is_read(text: str) -> None:
    assert summary("\n1. (C) Summary: " + text, 0) != ""


@pytest.mark.parametrize("before", range(6))
def test_what_is_too_long_ends_with_a_whole_word(before: int) -> None:
    found = summary("\n1. (C) Summary: " + "o" * before + " lamps" * 4000, 0)
    assert found is not None
    assert set(found.split()) <= {"o" * before, "lamps"}
    assert 13_000 < len(found) < 14_100


@given(st.text(alphabet=" \nab1.()-¶C:\\", max_size=200))
def test_a_summary_has_no_other_words_than_its_body(text: str) -> None:
    body = "\n1. (C) Summary: " + text
    assert set(re.findall(r"\w+", summary(body, 0) or "")) <= set(re.findall(r"\w+", body))
