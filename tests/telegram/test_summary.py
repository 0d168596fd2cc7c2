from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.summary import summary
from tests.cases import case


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        case("inline", "\n1. (C) Summary: The lamp\nburns. End Summary.\n", "The lamp burns."),
        case("heading", "\nSummary\n-------\n\n1. (C) The lamp.  End summary. \n", "The lamp."),
        case("marked", "\n---\n(U) SUMMARY\n---\n\n1. (S) A lamp. END SUMMARY\n", "A lamp."),
        case("two-words",
             "\n1. (C) Summary and Action Request. A lamp. End Summary and Action Request.",
             "A lamp."),
        case("after", "\n1. (C) Introduction and summary: A lamp. End introduction and summary.",
             "A lamp."),
        case("begin", "\nBEGIN SUMMARY\n\nA LAMP. END SUMMARY\n", "A LAMP."),
        case("no-end", "\n1. (C) SUMMARY. A lamp.\n\n2. (C) More.", "A lamp."),
        case("to-heading", "\n1. (C) Summary: A lamp.\n\nThe Keepers\n-----------\n\n2. (C) More.",
             "A lamp."),
        case("two", "\n1. (C) Summary. One.\n\n2. (C) Summary continued. Two. End summary.",
             "One.\n\nTwo."),
        case("break", "\n1. (C) Summary: A\n\nRABAT 00000027  002 OF 002\n\n\nlamp. End Summary.",
             "A lamp."),
        case("end-alone", "\n\n1. (C) A lamp. END SUMMARY.\n\n2. X", "A lamp."),
        case("end-alone-over-a-line-break",
             "\n1. On Monday\nit burned. End\nSummary.\n\nTHE PORT\n----\n",
             "On Monday it burned."),
        case("rules", "------- SUMMARY -------\n\n1. A lamp. End Summary", "A lamp."),
        case("equals", "\nSummary =====\n\n1. (C) A lamp. End Summary", "A lamp."),
        case("again", "\nSUMMARY\n-----\n\n1. Summary: A lamp. END SUMMARY", "A lamp."),
        case("heading-between-rules-on-its-line",
             "\n1. (C) Summary: A lamp. -------- The Port --------\n\n2. (C) X", "A lamp."),
        case("table-of", "\nSUMMARY AND TABLE OF LAMPS\n\n1. (C) A lamp. END SUMMARY", "A lamp."),
        case("other-hyphens", "\nSUMMARY\n‐‐‐‐‐‐\n\n1. (C) A lamp. END SUMMARY", "A lamp."),
        case("cut-heading", "\n1. (C) SUMMARY: A lamp.\n \nTHE PO", "A lamp."),
        case("no-summary", "\n1. (C) The Summary Court met.", None),
    ],
)  # fmt: skip
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
