"""Neighbours are those that a plain script finds: its own words, its own windows, its own G2."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from math import log, log2
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.reports.report import Look
from cable_tui.tools.neighbours.counting import Neighbour, NeighbourCounts
from cable_tui.tools.neighbours.report import REPORT, Ask
from tests.archive.fiction import Fiction, opened, write_dump

VOCABULARY = "kelp salt tuna nets harbor minister port the of a quota boats said fog lamp".split()
# Chosen before the first run: common and rare words, a phrase, two words, a filter.
QUERIES = (
    *"kelp salt tuna minister lamp fog".split(),
    '"kelp salt"',
    "quota boats",
    "minister date:2008",
    "harbor origin:zenda",
)


def cables() -> list[Fiction]:
    """Sixty cables in which `salt` often follows `kelp`, and `nets` never does."""
    chance = random.Random(5)
    made = []
    for number in range(60):
        tokens: list[str] = []
        for _ in range(chance.randint(20, 90)):
            word = chance.choice(VOCABULARY)
            tokens.append(chance.choice((word, word.capitalize(), f"{word},", f"({word})")))
            if word == "kelp" and chance.random() < 0.6:
                tokens.append("salt")
        made.append(
            Fiction(
                f"{8 + number % 2:02}{('RABAT', 'ZENDA')[number % 3 == 0]}{number + 1}",
                created=f"{2008 + number % 2}-02-13 14:57",
                origin=("Embassy Rabat", "Embassy Zenda")[number % 3 == 0],
                subject="x",
                text="\n".join(
                    " ".join(tokens[start : start + 9]) for start in range(0, len(tokens), 9)
                ),
            )
        )
    return made


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("neighbours")
    write_dump(folder / "cables.csv", cables())
    made = opened(folder / "cables.csv", folder / "cache")
    yield made
    made.close()


def by_script(query: str, least: int) -> set[tuple[str, int, int, int, float, float]]:
    """The neighbours, without any code of the program."""
    filters = dict(re.findall(r"(date|origin):(\w+)", query))
    phrase = re.findall(r'"([^"]+)"', query)
    wanted = [part.split() for part in phrase] or [
        [word] for word in re.sub(r"\w+:\w+", "", query).split()
    ]
    near: Counter[str] = Counter()
    near_cables: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    for cable in cables():
        if filters.get("date", cable.created[:4]) != cable.created[:4]:
            continue
        if filters.get("origin", "").lower() not in cable.origin.lower():
            continue
        tokens = re.findall("[a-z0-9]+", f"1. (C) {cable.text}".lower())
        spots: set[int] = set()
        has_all = True
        for words in wanted:
            starts = [at for at in range(len(tokens)) if tokens[at : at + len(words)] == words]
            has_all &= bool(starts)
            spots |= {at + step for at in starts for step in range(len(words))}
        if not has_all:
            continue
        around = {
            at
            for spot in spots
            for at in range(max(spot - 5, 0), min(spot + 6, len(tokens)))
            if at not in spots
        }
        near.update(tokens[at] for at in around)
        near_cables.update({tokens[at] for at in around})
        everywhere.update(token for at, token in enumerate(tokens) if at not in spots)
    a_all, all_all = sum(near.values()), sum(everywhere.values())
    rows = set()
    for word, count in near.items():
        a, b = count, a_all - count
        c = everywhere[word] - count
        d = all_all - a_all - c
        total = a + b + c + d
        g2 = 0.0
        for cell, row, column in (
            (a, a + b, a + c),
            (b, a + b, b + d),
            (c, c + d, a + c),
            (d, c + d, b + d),
        ):
            if cell:
                g2 += 2 * cell * log(cell / (row * column / total))
        if near_cables[word] < least or len(word) == 1 or word.isdigit() or g2 < 3.84:
            continue
        ratio = log2((a / (a + b)) / ((c or 0.5) / (c + d)))
        signed = g2 if ratio > 0 else -g2
        rows.add((word, count, near_cables[word], c, round(signed, 6), round(ratio, 6)))
    return rows


def read(archive: Archive, ask: Ask) -> list[Neighbour]:
    look = Look(archive, ask, Path("library.db"))
    last: list[Neighbour] = []
    for rows in REPORT.read(look):
        last = list(rows.rows)
    return REPORT.arranged(ask, last)


@pytest.mark.parametrize("query", QUERIES)
def test_the_neighbours_are_those_of_a_plain_script(archive: Archive, query: str) -> None:
    exact = " ".join(word if ":" in word or '"' in query else f"={word}" for word in query.split())
    rows = read(archive, Ask(exact, least=2))
    assert {
        (row.word, row.near, row.cables, row.elsewhere, round(row.score, 6), round(row.ratio, 6))
        for row in rows
    } == by_script(query, 2)
    if query in ("kelp", "salt"):
        assert rows, "the texts were made so"


def test_each_year_is_counted_as_if_it_were_alone(archive: Archive) -> None:
    together = read(archive, Ask("=kelp", by="year", least=2))
    for year in ("2008", "2009"):
        alone = read(archive, Ask(f"=kelp date:{year}", least=2))
        assert [row._replace(group="") for row in together if row.group == year] == alone
    assert {row.group for row in read(archive, Ask("=kelp", by="post", least=1))} <= {
        "Embassy Rabat",
        "Embassy Zenda",
    }


FILLER = " filler" * 100


@pytest.mark.parametrize(
    ("text", "matches", "salt"),
    [
        # A text, the spans of its matches, and how often salt is near and elsewhere.
        (f"x salt x{FILLER}", [(0, 1), (7, 8)], (1, 0)),
        (f"x a b c d salt f salt g h x{FILLER}", [(0, 1), (26, 27)], (2, 0)),
        (f"x a b c d e salt f g h i j x{FILLER}", [(0, 1), (27, 28)], (0, 1)),
        (f"salt a b c d e x y a b c salt salt{FILLER}", [(15, 16), (17, 18)], (2, 1)),
        # An 8 in place of a quotation mark is a part of the match.
        (f"&x8 a b c d salt{FILLER}", [(1, 2)], (1, 0)),
        # The heading of a section is blank.
        (f"x salt{FILLER}    salt{FILLER}", [(0, 1), (706, 709)], (1, 1)),
    ],
)
def test_words_between_two_matches_count_once(
    text: str, matches: list[tuple[int, int]], salt: tuple[int, int]
) -> None:
    counts = NeighbourCounts()
    counts.add("", text, matches)
    rows = [row for row in counts.rows(1) if row.word == "salt"]
    assert [(row.near, row.elsewhere) for row in rows] == ([salt] if salt[0] else [])
    assert counts.matches == len(matches)


def test_a_rare_word_near_is_left_out_if_it_may_be_chance() -> None:
    counts = NeighbourCounts()
    counts.add("", "x salt salt", [(0, 1)])
    assert list(counts.rows(1)) == []
