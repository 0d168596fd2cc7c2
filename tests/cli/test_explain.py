"""`explain`: codes and acronyms in words, of a word, a cable, a paragraph or a header."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("word", "status", "lines"),
    [
        ("NOFORN", 0, ["NOFORN: Not releasable to foreign nationals (caption or signal)"]),
        ("zzyzzyx", 1, ["zzyzzyx: in no table"]),
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
    assert (done.status, done.lines, done.err) == (status, lines, "")


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
    "words", [("NOFORN", "--header"), ("NOFORN", "--word", "PD"), ("a", "b", "c")]
)
def test_words_that_make_no_sense_are_refused(run: Run, words: tuple[str, ...]) -> None:
    assert run("explain", *words).status == 2
