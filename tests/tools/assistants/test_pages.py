"""Pages: what fits in an answer, and where the next one begins."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from cable_tui.text.cleaning import json_text
from cable_tui.tools.assistants.pages import LARGEST, Page, parts_of

LARGE: list[Any] = [
    "x" * 100_000,
    '"' * 100_000,
    "\\" * 100_000,
    "😀" * 30_000,
    "\u202e" * 30_000,
    ["word " * 50] * 5_000,
    {f"key{number}" * 30: number for number in range(3_000)},
    {"a": {"b": [{"c": '"' * 9_000}] * 40}},
]


@pytest.mark.parametrize("value", LARGE, ids=range(len(LARGE)))
@pytest.mark.parametrize("has_copy", [False, True])
def test_no_answer_is_larger_than_its_limit(value: object, has_copy: bool) -> None:
    page = Page(["head " * 9_000] * 3, [{"value": value}] * 5, 1, has_copy=has_copy)
    result = {"text": page.text(["nothing " * 9_000]), **({"rows": page.rows} if has_copy else {})}
    assert len(json_text(result).encode()) < LARGEST
    assert page.rows


def test_pages_follow_each_other_and_lose_no_row() -> None:
    rows = [{"number": number, "text": "word " * 200} for number in range(1, 101)]
    seen: list[int] = []
    start = 1
    while start:
        page = Page(["head"], rows[start - 1 :], start)
        seen += [row["number"] for row in page.rows]
        start = page.more
        assert ("ask again with start=" in page.text(["more"])) is bool(start)
    assert seen == [row["number"] for row in rows]


def test_an_answer_has_a_row_a_line_and_ends_with_what_it_does_not_know() -> None:
    page = Page(["two\nlines"], [{"day": date(2009, 1, 2), "none": None, "text": "a\nb"}], 1)
    assert page.text(["x", "y"]).splitlines() == [
        "two lines",
        json.dumps({"day": "2009-01-02", "none": None, "text": "a\nb"}),
        "Not known: x; y.",
    ]


def test_a_long_text_has_parts_with_all_of_it() -> None:
    text = "word " * 2000
    assert [len(part) for part in parts_of(text)] == [3000, 3000, 3000, 1000]
    assert "".join(parts_of(text)) == text
    assert list(parts_of("")) == [""]
