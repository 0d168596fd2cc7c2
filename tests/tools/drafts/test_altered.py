"""Hundreds of altered and invented quotations of real pages: none of them is exact."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

import pytest

from cable_tui import telegram
from cable_tui.base.cable import Paragraph, RawCable
from cable_tui.tools.drafts.comparing import compare
from cable_tui.tools.drafts.tokens import CableWords, words_of
from tests.shared_files import CORPUS
from tests.telegram.cables import page

PAGES = CORPUS / "mirror"
OF_A_KIND = 20
ENOUGH = 240

pytestmark = pytest.mark.shared


class Quoted(NamedTuple):
    """Some words of a paragraph, the paragraph, and the one behind it."""

    words: list[str]
    whole: list[str]
    behind: list[str]


Alter = Callable[[Quoted, random.Random], str]


def _at(row: list[str], shape: str) -> int:
    """The place of a word of a shape amid a row; -1 without one."""
    places = [at for at in range(2, len(row) - 2) if re.fullmatch(shape, row[at])]
    return places[0] if places else -1


def _instead(
    row: list[str], shape: str, new: Callable[[str], str], before: int = 0, behind: int = 1
) -> str:
    """A row with something else for that word and some around it."""
    at = _at(row, shape)
    if at < 0:
        return ""
    return " ".join([*row[: at - before], *new(row[at]).split(), *row[at + behind :]])


def _glued(row: list[str], shape: str) -> str:
    at = _at(row, shape)
    return _instead(row, shape, lambda it: it + row[at + 1], behind=2)


def _skipped(row: list[str], shape: str) -> str:
    return _instead(row, shape, lambda _: "...", before=1, behind=2)


NOT = "not|never|no|cannot|nobody|without"
DOUBT = "denied|doubts?|doubted|failed|refused|unlikely|unable|fails|rejected|perhaps|allegedly"
ALTERED: dict[str, Alter] = {
    "a figure": lambda each, _: _instead(each.words, r"\d{2,4}", lambda it: str(int(it) + 1)),
    "a sign": lambda each, _: _instead(each.words, r"\d[\d,.]*", lambda it: f"-{it}"),
    "less than": lambda each, _: _instead(each.words, r"\d[\d,.]*", lambda it: f"<{it}"),
    "a negation lost": lambda each, _: _instead(each.words, NOT, lambda _: ""),
    "a negation put in": lambda each, _: _instead(each.words, "is|was|are", lambda it: f"{it} not"),
    "a negation glued": lambda each, _: _glued(each.words, "not|no|never"),
    "a negation left out": lambda each, _: _skipped(each.words, NOT),
    "a doubt left out": lambda each, _: _skipped(each.words, DOUBT),
    "another word": lambda each, _: _instead(each.words, "[a-z]{6,}", lambda _: "lamentable"),
    "a letter": lambda each, _: _instead(
        each.words, "(?!xx)[a-z]{6,}", lambda it: it[:-2] + it[-1]
    ),
    "another order": lambda each, _: " ".join([*each.words[8:], "...", *each.words[:8]]),
    "two paragraphs": lambda each, _: " ".join([*each.whole[-8:], "...", *each.behind[:8]]),
    "run together": lambda each, _: " ".join([*each.whole[-8:], *each.behind[:8]]),
    "more": lambda each, _: " ".join([*each.words[:9], "and nobody mourned them", *each.words[9:]]),
    "invented": lambda each, chance: " ".join(chance.sample(each.whole, min(14, len(each.whole)))),
}


def _pages() -> Iterator[RawCable]:
    # One page of four is kept apart: those are for measuring only.
    files = (each for each in sorted(PAGES.rglob("*.html")) if crc32(each.stem.encode()) % 4)
    return filter(None, map(page, files))


def _quoted(cable: CableWords, chance: random.Random) -> Iterator[Quoted]:
    def row(paragraph: Paragraph) -> list[str]:
        return paragraph.text.replace('"', "").split()

    numbered = [each for each in cable.cable.body.paragraphs if each.label]
    for one, behind in pairwise(numbered):
        words, following = row(one), row(behind)
        if len(words) > 24 and len(following) > 12 and "XXX" not in one.text + behind.text:
            start = chance.randrange(len(words) - 22)
            yield Quoted(words[start : start + 22], words, following)


@pytest.fixture(scope="module")
def altered() -> dict[str, list[tuple[str, CableWords]]]:
    """Twenty of each kind; each cable gives one of a kind at most."""
    chance = random.Random(31)
    made: dict[str, list[tuple[str, CableWords]]] = {kind: [] for kind in ALTERED}
    for raw in _pages():
        if sum(map(len, made.values())) >= ENOUGH:
            break
        cable = words_of(telegram.parse(raw))
        wanted = {kind for kind, each in made.items() if len(each) < OF_A_KIND}
        for each in _quoted(cable, chance):
            for kind in sorted(wanted):
                text = ALTERED[kind](each, chance)
                if text and text != " ".join(each.words):
                    made[kind].append((text, cable))
                    wanted.discard(kind)
    return made


@pytest.mark.parametrize("kind", ALTERED)
def test_no_altered_quotation_is_exact(
    kind: str, altered: dict[str, list[tuple[str, CableWords]]]
) -> None:
    assert altered[kind]
    passed = [text for text, cable in altered[kind] if (m := compare(text, cable)) and m.is_exact]
    assert not passed
