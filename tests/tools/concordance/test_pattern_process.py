"""The process that matches an expression: what it answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cable_tui.tools.concordance.pattern_process import MOST_MATCHES, answer


def _asked(expression: str, text: str) -> Any:
    return json.loads(answer(json.dumps((expression, text)).encode()))


@pytest.mark.parametrize(
    ("expression", "text", "found"),
    [
        ("[0-9]+", "12 of 345", [[0, 2, {}], [6, 9, {}]]),
        ("(?P<unit>tons?)|(?P<money>USD)", "1 ton, USD 2", [
            [2, 5, {"unit": "ton", "money": None}], [7, 10, {"unit": None, "money": "USD"}],
        ]),
        ("x*", "axxb", [[1, 3, {}]]),
        ("nothing", "some text", []),
        ("né", "Île née", [[4, 6, {}]]),
    ],
)  # fmt: skip
def test_each_match_that_is_not_empty_has_its_place_and_its_groups(
    expression: str, text: str, found: list[Any]
) -> None:
    assert _asked(expression, text) == found


def test_no_text_has_more_matches_than_a_limit() -> None:
    assert len(_asked("a", "a" * (MOST_MATCHES + 5))) == MOST_MATCHES + 1
