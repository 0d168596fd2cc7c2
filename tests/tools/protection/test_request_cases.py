"""The table itself: of the size that was asked for, and true to its own texts."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.tools.protection.request_cases import CASES, RequestCase


def test_there_are_fifty_of_each_kind_and_no_two_are_the_same() -> None:
    assert Counter(each.kind for each in CASES) == dict.fromkeys(
        ("place", "word", "other", "nobody"), 50
    )
    assert len({each.text for each in CASES}) == 200


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:50])
def test_the_text_has_the_last_word_of_each_name(case: RequestCase) -> None:
    on_one_line = " ".join(case.text.split()).replace("- ", "")
    assert all(name.split()[-1] in on_one_line for name in case.names)
