"""A word before a colon that is no prefix: when it is text, and what it may mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.tools import tools
from cable_tui.query import PREFIXES, parse
from cable_tui.query.unknown_prefix import OF_TOOLS, is_text, reason

NEAR = [
    # by what other archives call it
    ("country", ["region", "origin", "tag"]),
    ("embassy", ["origin"]),
    ("recipient", ["to", "info", "action"]),
    ("Signed_By", ["signed"]),
    ("since", ["date"]),
    # by a slip
    ("tga", ["tag"]),
    ("orgin", ["origin"]),
    ("subjct", ["subject"]),
    ("embasy", ["origin"]),
    # by its beginning
    ("classif", ["class"]),
    ("sub", ["subject"]),
    # by a part of it
    ("origin-post", ["origin"]),
]


@pytest.mark.parametrize(("given_name", "near"), NEAR)
def test_the_nearest_prefixes_are_named(given_name: str, near: list[str]) -> None:
    (complaint,) = parse(f"kelp {given_name}:rabat").complaints
    asked = complaint.reason.partition("Did you mean ")[2].partition("?")[0]
    assert asked.replace(" or ", ", ") == ", ".join(f"{name}:" for name in near)
    assert complaint.reason.startswith(f"the prefix {given_name}: is unknown.")
    assert f'"{given_name}:rabat" searches for the text itself' in complaint.reason


def test_a_name_near_none_gets_the_usual_ones() -> None:
    (complaint,) = parse("xyzzy:rabat").complaints
    assert "The usual prefixes are origin:, tag:, class:" in complaint.reason


def test_a_long_value_is_not_repeated() -> None:
    (complaint,) = parse(f"xyzzy:{'k' * 300}").complaints
    assert complaint.reason.endswith(" Quotation marks search for the text itself")


@pytest.mark.parametrize(
    ("given_name", "value", "text"),
    [
        ("https", "//example.org/kelp", True),
        ("gopher", "//example.org", True),
        ("mailto", "kelp@example.org", True),
        ("C", "\\cables", True),
        ("std", ":kelp", True),
        ("NOTE", "", True),
        ("kelp", ")", True),
        ("post", "rabat", False),
        ("author", "osei", False),
    ],
)
def test_an_address_or_a_label_is_text(given_name: str, value: str, text: bool) -> None:
    assert is_text(given_name, value) == text


@given(st.from_regex(r"[A-Za-z_-]{1,12}", fullmatch=True), st.text(max_size=12))
def test_any_word_before_a_colon_gets_one_line(given_name: str, value: str) -> None:
    for complaint in parse(f"kelp {given_name}:{value}").complaints:
        if complaint.unknown:
            assert "\n" not in complaint.reason
            assert "Did you mean" in complaint.reason or "usual prefixes" in complaint.reason


def test_a_prefix_of_a_missing_tool_names_the_tool() -> None:
    assert reason("said", "kelp", {"tag": "tag"}) == (
        'said: needs the tool voices, which is not installed; "said:kelp" '
        "searches for the text itself"
    )
    brought = {row.name: tool.name for tool in tools() for row in tool.query_fields}
    assert brought.items() <= OF_TOOLS.items()


def test_a_prefix_that_no_tool_brings_is_not_named() -> None:
    known = {"tag": "tag", "body": "body"}
    assert "The usual prefixes are" in reason("speaker", "kelp", known)
    assert "Did you mean body:?" in reason("name", "kelp", known)


def test_what_is_named_exists() -> None:
    for name, near in NEAR:
        assert name.lower() not in PREFIXES
        assert PREFIXES.issuperset(near)
