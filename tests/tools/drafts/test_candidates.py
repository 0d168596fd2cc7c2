"""Which pairs of words of a quotation are looked for, and in how many cables."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import pytest

from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.tools.drafts.candidates import candidates, pairs_of


class Index:
    """As much of a text index as is asked, with the counts that a test gives."""

    def __init__(self, counts: Mapping[str, int], cables: int = 1000) -> None:
        self.cables = cables
        self.rows: list[tuple[str, ...]] = []
        self._counts = counts

    def about(self, word: str, field: str) -> int:
        assert field == "body"
        return self._counts.get(word, 0)

    def most_like(self, rows: Iterable[Sequence[str]], limit: int) -> array[int]:
        assert limit == 10
        self.rows = [tuple(row) for row in rows]
        return array("I", [7])


def rows(counts: Mapping[str, int], text: str, cables: int = 1000) -> list[tuple[str, ...]]:
    index = Index(counts, cables)
    found = candidates(cast("TextIndex", index), text)
    assert list(found) == ([7] if index.rows else [])
    return index.rows


@pytest.mark.parametrize(
    ("counts", "text", "wanted"),
    [
        ({}, "", []),
        # The six first words in a row, where there is nothing rare: here they are in no cable.
        ({}, "no cable has any of these words", [("no", "cable", "has", "any", "of", "these")]),
        # Rarest first; a pair that shares a word with another one behind those that do not.
        (
            {"a": 50, "b": 3, "c": 40, "d": 9, "e": 9},
            "a b c d e",
            [("a", "b"), ("c", "d"), ("b", "c"), ("d", "e"), ("b",), ("d",), ("e",)],
        ),
        # From 400 cables on a word is too common, but it is looked for by itself up to 2000.
        ({"the": 401, "of": 900}, "the of", [("the",), ("of",)]),
        ({"the": 9000, "of": 9000}, "the of the of the of the", [("the", "of") * 3]),
        # A wrong word spoils the pairs on both of its sides.
        ({"brass": 2, "lamps": 4, "sank": 3}, "brass lamps xyzzy sank", None),
    ],
)
def test_the_rarest_pairs_are_looked_for(
    counts: Mapping[str, int], text: str, wanted: list[tuple[str, ...]] | None
) -> None:
    if wanted is None:
        wanted = [("brass", "lamps"), ("brass",), ("sank",), ("lamps",)]
    assert rows(counts, text) == wanted


def test_at_most_nine_pairs_and_three_words_are_looked_for() -> None:
    words = [f"w{at}" for at in range(40)]
    found = rows(dict.fromkeys(words, 5), " ".join(words))
    assert [len(row) for row in found] == [2] * 9 + [1] * 3


def test_pairs_of_long_parts_are_not_taken_for_each_other() -> None:
    """The first part has 10,000 words and more: its pair 10,000 was the next part's first."""
    others = [(f"k{at}", f"m{at}") for at in range(8)]
    counts = {"amber": 1, "lamp": 1, "brass": 2, "kettle": 2}
    counts |= {word: 3 for pair in others for word in pair}
    text = (
        f"{'filler ' * 10_000}amber lamp ... brass kettle ... "
        f"{' filler '.join(' '.join(pair) for pair in others)}"
    )
    found = [row for row in rows(counts, text) if len(row) == 2]
    assert found[:2] == [("amber", "lamp"), ("brass", "kettle")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One lamp, two", [("one", "lamp"), ("lamp", "two")]),
        ("One lamp ... two ships", [("one", "lamp"), ("two", "ships")]),
        ("One [brass] lamp burns", [("lamp", "burns")]),
        ("One", []),
        ("", []),
    ],
)
def test_pairs_stand_in_one_part_of_a_quotation(text: str, wanted: list[tuple[str, str]]) -> None:
    assert pairs_of(text) == wanted
