"""`references`: what a cable cites, and who cites it, with the sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.cli.references import ReferencesAnswer
from tests.cli.conftest import Run
from tests.command_cases import Answer, CommandCase
from tests.parts import GRAMMAR, READING, ROOM, SEARCHING

CASE = CommandCase(
    shapes={"references": ReferencesAnswer},
    answers=(
        Answer("references PATH 05STATE130422 --json"),
        Answer("references PATH 04PORTAMBER305 --json --limit 1"),
        Answer("references PATH 08SANTORIEL102 --json"),  # cited, and not here
    ),
    imports={
        "references PATH 04SANTORIEL88": SEARCHING | READING | GRAMMAR | ROOM | {"api", "exports"},
    },
)


def test_both_lists_are_printed_with_the_sentence(run: Run, archive: Path) -> None:
    done = run("references", archive, "04portamber305")
    assert (done.status, done.err) == (0, "")
    assert done.lines[0] == "04PORTAMBER305 cites 1 cable:"
    # Its REF line says PORT AMBER 211, without a year.
    assert done.lines[1].startswith("  04PORTAMBER211 ?  2004-06-07  VELMARA: THE LOBSTERS")
    assert "04PORTAMBER305 is cited by 3 cables:" in done.lines
    at = next(n for n, line in enumerate(done.lines) if line.startswith("  04STATE240117 ¶2"))
    assert done.lines[at + 1].strip().startswith("Neither chart (refs A and B) is known")


def test_json_has_the_same_and_a_limit_is_said(run: Run, archive: Path) -> None:
    value = run("references", archive, "04SANTORIEL88", "--json").value
    assert (value["reference_id"], value["here"], value["more"]) == ("04SANTORIEL88", True, 0)
    cites = [(each["label"], each["reference_id"], each["here"]) for each in value["cites"]]
    assert cites == [("A", "04PORTAMBER305", True), ("B", "04PORTAMBER211", True)]
    assert {each["reference_id"] for each in value["cited_by"]} >= {"04STATE240117"}
    done = run("references", archive, "04PORTAMBER305", "--limit", "1")
    assert done.err == "cable-tui: 2 more cite it; --limit N shows more\n"
    assert "is cited by 3 cables:" in done.out
    assert run("references", archive, "04PORTAMBER305", "--limit", "0").status == 2


@pytest.mark.tool("missing")
def test_a_cable_that_is_not_here_has_those_that_cite_it(run: Run, archive: Path) -> None:
    missing = run("missing", archive).lines[0].split()[0]
    done = run("references", archive, missing)
    assert done.status == 0
    assert done.lines[0] == f"{missing} is not in this archive."
    assert f"{missing} is cited by" in done.lines[1]
    value = run("references", archive, missing, "--json").value
    assert (value["here"], value["cites"]) == (False, [])
    assert value["cited_by"]


def test_what_nobody_knows_is_not_found_and_a_cable_that_stands_alone_is_1(
    run: Run, archive: Path
) -> None:
    assert run("references", archive, "09NOWHERE1").refuses(1, "no such cable in this archive")
    done = run("references", archive, "10QUAYHAVEN2", "--json")
    assert (done.status, done.value["cites"], done.value["cited_by"]) == (1, [], [])
