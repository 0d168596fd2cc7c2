"""Positions of a draft's words in its file, found by the letters around them."""

from __future__ import annotations

import pytest

from cable_tui.formats.office.blocks import TextBlock
from cable_tui.tools.repair.places import Letters, between_tags, block_texts, plain
from cable_tui.tools.repair.quoted_words import Unsure


@pytest.mark.parametrize(
    ("file", "block", "words", "found"),
    [
        ("a red rock", "a red rock", "red", "red"),
        ("a *red* rock", "a red rock", "red", "red"),
        ("a red\n> rock", "a red\nrock", "rock", "rock"),
        ("<p>a <b>r</b>ed rock</p>", "a red rock", "red", "r</b>ed"),
        ("<p>a r&eacute;d rock</p>", "a réd rock", "réd", "r&eacute;d"),
        ("<!-- red --><p>a red rock</p>", "a red rock", "red", "red"),
    ],
)
def test_words_are_found_under_their_mark_up(file: str, block: str, words: str, found: str) -> None:
    (text,) = block_texts([TextBlock(block, 1)])
    letters = Letters(between_tags(file) if file.startswith("<") else plain(file))
    start = block.index(words)
    begin, stop = letters.span(text, start, start + len(words))
    assert file[begin:stop] == found


@pytest.mark.parametrize(
    ("file", "block", "before"),
    [
        ("it is “so old”[^12]. Yes", "it is “so old”. Yes", "old"),
        ("Bell, - Commander's[^3]. Yes", "Bell, - Commander's. Yes", "- Comm"),
    ],
)
def test_words_are_inserted_behind_the_space(file: str, block: str, before: str) -> None:
    (text,) = block_texts([TextBlock(block, 1)])
    at = block.index(before)
    assert Letters(plain(file)).span(text, at, at) == (file.index(before), file.index(before))


def test_equal_blocks_are_told_apart_by_their_order() -> None:
    file = "See 09RABAT1.\n\nOther words.\n\nSee 09RABAT1.\n"
    blocks = [TextBlock(text, 1) for text in ("See 09RABAT1.", "Other words.", "See 09RABAT1.")]
    letters = Letters(plain(file))
    found = [letters.span(text, 4, 12) for text in block_texts(blocks)[::2]]
    assert found == [(4, 12), (file.rindex("09"), file.rindex("09") + 8)]


def test_a_position_that_is_not_certain_is_refused() -> None:
    (text,) = block_texts([TextBlock("red", 1)])
    with pytest.raises(Unsure):
        Letters(plain("a red and a red rock")).span(text, 0, 3)
