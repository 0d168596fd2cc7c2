"""`cable-tui chain` on the demo: formats, depth, files, and messages on stderr."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.archive.fiction import Fiction, write_dump
from tests.cli.conftest import Run

REF = "09PORTAMBER91"


def test_the_story_of_a_cable_is_markdown(run: Run, demo_archive: Path) -> None:
    done = run("chain", demo_archive, REF)
    assert done.status == 0
    assert done.out.startswith(f"# The chain of {REF}\n\n25 cables, 2004-06-07 to 2010-02-11")
    assert "  - ¶3: “They have no inhabitants" in done.out
    assert "## ✗ 08SANTORIEL102 · not in this archive · cited on 2008-01-07" in done.out
    # The depth is as asked, and more is named.
    done = run("chain", demo_archive, REF, "--depth", "1", "--json")
    assert (done.value["depth"], done.value["cables"]) == (1, 5)
    assert f"--depth 2 adds {done.value['beyond']} more" in done.err


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("md", "# The chain"),
        ("html", "<!DOCTYPE html>"),
        ("json", '{"start"'),
        ("graphml", "<?xml"),
        ("gexf", "<?xml"),
    ],
)
def test_every_format_goes_to_stdout_or_into_a_file(
    run: Run, demo_archive: Path, tmp_path: Path, form: str, begins: str
) -> None:
    assert run("chain", demo_archive, REF, "--format", form).out.startswith(begins)
    file = tmp_path / f"chain.{form}"
    done = run("chain", demo_archive, REF, "--format", form, "-o", file)
    assert (done.status, done.out) == (0, "")
    assert file.read_text(encoding="utf-8").startswith(begins)
    assert f"The chain of {REF} written to {file}: 26 cables" in done.err


def test_a_cable_that_is_not_here_has_a_chain_and_one_that_nothing_is_joined_to_is_alone(
    run: Run, demo_archive: Path
) -> None:
    done = run("chain", demo_archive, "08SANTORIEL102", "--depth", "1", "--json")
    assert [each["in_archive"] for each in done.value["entries"]] == [False, True]
    assert run("chain", demo_archive, "10QUAYHAVEN2").says(
        0, "10QUAYHAVEN2 cites no cable, and no cable in this archive cites it"
    )


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["10QUAYHAVEN999"], 1, "no such cable"),
        ([REF, "--depth", "0"], 2, "--depth needs a number of at least 1"),
        ([REF, "--format", "pdf"], 2, "--format pdf: for a word processor or a printer, use html"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run, demo_archive: Path, words: list[str], status: int, said: str
) -> None:
    done = run("chain", demo_archive, *words)
    assert (done.status, done.out) == (status, "")
    assert said in done.err


def test_sentences_that_ask_for_protection_are_left_out_until_asked_for(
    run: Run, tmp_path: Path
) -> None:
    plea = "Rudolf Rassendyll (strictly protect) denied reftel."
    cables = [Fiction("09RABAT7", text="Ice."), Fiction("09RABAT9", ref="09 RABAT 7", text=plea)]
    write_dump(tmp_path / "cables" / "cables.csv", cables)
    asked_for = ("chain", tmp_path / "cables", "09RABAT9")
    done = run(*asked_for, "--json")
    assert "Rassendyll" not in done.out
    assert "omitted: 1 sentence" in done.err
    for form in ("md", "html", "graphml", "gexf"):
        assert "Rassendyll" not in run(*asked_for, "--format", form).out
    asked = run(*asked_for, "--json", "--protected")
    assert "Rassendyll" in json.dumps(asked.value)
    assert "included asking for the protection of a" in asked.err
