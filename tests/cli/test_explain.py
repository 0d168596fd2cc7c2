"""`explain`: codes and acronyms in words, of a word, a cable, a paragraph or a header."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_word_needs_no_archive(run: Run) -> None:
    done = run("explain", "NOFORN")
    assert (done.status, done.err) == (0, "")
    assert done.out == "NOFORN: Not releasable to foreign nationals (caption or signal)\n"


def test_what_no_table_has_is_1(run: Run) -> None:
    assert run("explain", "zzyzzyx").out == "zzyzzyx: in no table\n"
    assert run("explain", "zzyzzyx").status == 1


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
    assert {tuple(each) for each in value} == {("term", "kind", "meaning", "evidence", "others")}


def test_the_other_meanings_of_an_acronym_have_lines_of_their_own(run: Run) -> None:
    assert run("explain", "NSA").lines == [
        "NSA: National Security Adviser (acronym, in the table)",
        "NSA, or: National Security Agency (in the table)",
    ]


@pytest.mark.parametrize(
    "words", [("NOFORN", "--header"), ("NOFORN", "--word", "PD"), ("a", "b", "c")]
)
def test_words_that_make_no_sense_are_refused(run: Run, words: tuple[str, ...]) -> None:
    assert run("explain", *words).status == 2
