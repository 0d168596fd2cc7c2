"""`explain`: codes and acronyms in words, of a word, a cable, a paragraph or a header."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.glossary.terms import Explanation
from tests.archive.fiction import Fiction, write_dump
from tests.cli.conftest import Run
from tests.command_cases import Answer, CommandCase
from tests.parts import ASKING, GRAMMAR, READING, ROOM, SEARCHING

CASE = CommandCase(
    shapes={"explain": tuple[Explanation, ...]},
    answers=(
        Answer("explain NSA --json"),
        Answer("explain zzyzzyx --json", 1),
        Answer("explain PATH 05STATE130422 --json"),
        Answer("explain PATH 05STATE130422#1 --json"),
        Answer("explain PATH 05STATE130422 --header --json"),
    ),
    imports={
        "explain NOFORN": ASKING | GRAMMAR | ROOM,
        "explain PATH 04SANTORIEL88#2": SEARCHING | READING | GRAMMAR | ROOM | {"api", "exports"},
    },
)


@pytest.mark.parametrize(
    ("word", "status", "lines"),
    [
        ("NOFORN", 0, ["NOFORN: Not releasable to foreign nationals (caption or signal)"]),
        ("zzyzzyx", 1, ["zzyzzyx: not in the tables"]),
        (
            "NSA",
            0,
            [
                "NSA: National Security Adviser (acronym, in the table)",
                "NSA, or: National Security Agency (in the table)",
            ],
        ),
    ],
)
def test_a_word_needs_no_archive(run: Run, word: str, status: int, lines: list[str]) -> None:
    done = run("explain", word)
    assert (done.status, done.lines) == (status, lines)
    assert ("cable-tui explain PATH" in done.err) == bool(status)


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        (("04SANTORIEL88",), {"CONFIDENTIAL//NOFORN", "SIPDIS", "PREL", "04PORTAMBER211 ?"}),
        (("04SANTORIEL88#2",), {"(C/NF)", "PolCouns"}),
        (("04SANTORIEL88", "--header"), {"041605Z OCT 04", "RUEHC", "ROUTINE"}),
        (("04SANTORIEL88", "--word", "EFIS"), {"EFIS"}),
    ],
    ids=["top", "paragraph", "header", "word"],
)
def test_a_cable_is_explained_by_part(
    run: Run, archive: Path, words: tuple[str, ...], terms: set[str]
) -> None:
    value = run("explain", archive, *words, "--json").value
    assert terms <= {each["term"] for each in value}


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("NOFORN", "--header"), 2),
        (("NOFORN", "--word", "PD"), 2),
        (("KNNP", "NOFORN", "--header"), 2),
        (("./nowhere", "NOFORN"), 3),
        (("~/nowhere/cables", "09ZENDA1"), 3),
    ],
)
def test_words_that_make_no_sense_are_refused(
    run: Run, words: tuple[str, ...], status: int
) -> None:
    done = run("explain", *words)
    assert (done.status, done.out) == (status, "")


def test_several_words_need_no_archive(run: Run) -> None:
    words = ("KNNP", "NOFORN", "#1907/01 2930617", "zzyzzyx")
    done = run("explain", *words, "--json")
    assert tuple(each["term"] for each in done.value) == words
    assert done.status == 0


def test_with_an_archive_words_are_also_those_that_its_cables_spell_out(
    run: Run, tmp_path: Path
) -> None:
    cables = [Fiction("09RABAT1", text="The North Sea Area (NSA) met.")]
    write_dump(tmp_path / "cables.csv", cables)
    done = run("explain", tmp_path / "cables.csv", "NSA", "NOFORN")
    assert done.lines[:2] == [
        "NSA: North Sea Area (acronym, said by 09RABAT1)",
        "NSA, or: National Security Adviser (in the table)",
    ]
    assert done.lines[-1].startswith("NOFORN: ")


def test_of_a_route_the_header_of_the_cable_is_asked_before_the_table(
    run: Run, archive: Path
) -> None:
    done = run("explain", archive, "04SANTORIEL88", "--word", "RUEHC")
    assert done.lines[0].endswith("(route, in the header of this cable)")
