"""Drafts as plain text: what is quoted by `>`, and what only says where it is from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.tools.drafts import plain_text

ITEM = "The United States takes no position on who owns the rocks."


@pytest.mark.parametrize(
    ("line", "is_quoted"),
    [
        # Cables begin items so, such as those of guidance to posts.
        (f"-- {ITEM}", True),
        (f"  -- In 1922 and since then, {ITEM}", True),
        ("-- Embassy Port Amber", False),
        ("--", False),
        ("-- as the embassy wrote long before that day (04PORTAMBER305)", False),
        ("-- see the letter of the old minister, ¶3", False),
        ("-- taken from https://example.org/04/a.html as it stood there", False),
        ("— U.S. Embassy Port Amber to Secretary of State, a telegram of that day", False),
        (ITEM, True),
    ],
)
def test_a_line_that_says_where_a_quotation_is_from_is_none_of_its_words(
    line: str, is_quoted: bool
) -> None:
    draft = plain_text.read(f"They wrote:\n\n> Two stones show at low water.\n> {line}\n")
    quoted = [block.text for block in draft.blocks if block.is_quotation]
    assert any(line.strip() in text for text in quoted) == is_quoted
    assert any(line.strip() in block.text for block in draft.blocks)


def test_paragraphs_are_parted_by_empty_lines_and_begin_on_their_lines() -> None:
    draft = plain_text.read("one\ntwo\n\n> three\n\nfour")
    assert [(block.text, block.is_quotation) for block in draft.blocks] == [
        ("one\ntwo", False),
        ("three", True),
        ("four", False),
    ]


@given(st.text())
def test_every_word_of_a_text_is_in_a_block(text: str) -> None:
    blocks = " ".join(block.text for block in plain_text.read(text).blocks)
    for word in text.replace(">", " ").split():
        assert word in blocks or not word.isalnum()
