"""`name~` over real pages: a hundred names, written down before any of them was searched for.

`names_with_tilde.csv` has each name with the spellings that a reader would want, half of them
without a look at an archive. The pages are words and nothing else here: what a name finds is
counted by a plain scan.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from cable_tui.archive.spelling import correct
from cable_tui.archive.spelling.correct import WordIndex
from cable_tui.archive.spelling.word_list import build_words
from cable_tui.query import parse
from cable_tui.query.plan import And, AnyWord, Plan
from tests.shared_files import WILD

FOLDERS = ("html-2011", "html-2011-more", "html-2011-final")
pytestmark = pytest.mark.shared


class Name:
    """One line of the table."""

    def __init__(self, row: dict[str, str]) -> None:
        self.name = row["name"]
        self.spellings = row["spellings"].split()


def names() -> list[Name]:
    """The hundred names."""
    with (Path(__file__).parent / "names_with_tilde.csv").open(encoding="utf-8") as table:
        return [Name(row) for row in csv.DictReader(table)]


@cache
def pages_of() -> dict[str, frozenset[int]]:
    """The pages of each word, by a plain scan."""
    found: dict[str, set[int]] = defaultdict(set)
    files = sorted(file for folder in FOLDERS for file in (WILD / folder).rglob("*.html"))
    for number, file in enumerate(files):
        text = re.sub(r"<[^>]*>", " ", file.read_text("utf-8", "replace"))
        for word in set(re.findall(r"[a-z]+", text.lower())):
            found[word].add(number)
    return {word: frozenset(pages) for word, pages in found.items()}


@cache
def known() -> WordIndex:
    """The same words as an archive knows them."""
    pages = pages_of()
    none: frozenset[int] = frozenset()
    words = build_words((word, len(found)) for word, found in pages.items())

    def matched(plan: Plan) -> frozenset[int]:
        if isinstance(plan, AnyWord):
            return none.union(*(pages.get(word, none) for word in plan.words))
        assert isinstance(plan, And)
        first, *others = map(matched, plan.parts)
        return first.intersection(*others)

    def count(word: str, prefix: bool, field: str) -> int:
        del prefix, field
        return len(pages.get(word, none))

    return WordIndex(
        count,
        lambda word, _: len(pages.get(word, none)),
        lambda begun, _: any(word.startswith(begun) for word in pages),
        lambda: words,
        lambda plan: len(matched(plan)),
    )


@cache
def searched(name: str) -> frozenset[str]:
    """The words that `name~` searches for."""
    used = correct.correct(parse(f"{name}~"), known()).used.get(name)
    if used is None:
        return frozenset((name,))
    return frozenset((*(used.instead or (name,)), *used.beside))


def found_by(words: frozenset[str]) -> frozenset[int]:
    """The pages with one of some words."""
    pages = pages_of()
    return frozenset().union(*(pages.get(word, ()) for word in words))


def _hits() -> Iterator[tuple[int, int]]:
    """All hits of each name, and those with a spelling of it."""
    for each in names():
        words = searched(each.name)
        yield len(found_by(words)), len(found_by(words & {each.name, *each.spellings}))


def test_nearly_all_hits_of_a_hundred_names_have_a_form_of_the_name() -> None:
    assert len(names()) == 100
    hits, right = map(sum, zip(*_hits(), strict=True))
    assert right >= 0.95 * hits


def test_no_spelling_that_a_reader_would_want_is_lost() -> None:
    pages = pages_of()
    lost = {
        (each.name, spelling)
        for each in names()
        for spelling in each.spellings
        if spelling in pages and spelling not in searched(each.name)
    }
    # An m for an n is another sound, as in Merkel and Nerkel; one page has it.
    assert lost <= {("amorim", "amorin")}


def test_what_is_not_searched_for_is_offered() -> None:
    (offer,) = correct.offers(parse("lockheed~"), known(), {})
    assert {word for word, _ in offer.also} >= {"looked", "lacked", "locked"}
