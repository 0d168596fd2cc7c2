"""`cable-tui compare`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.base.value import replace
from cable_tui.tools.comparison.export import CompareAnswer, CompareRecordsAnswer
from tests.archive.fiction import BRIDGE, LAMPS, write_page
from tests.cli.conftest import Run
from tests.command_cases import Answer, CommandCase
from tests.parts import ASKING, GRAMMAR, READING

CASE = CommandCase(
    shapes={"compare": CompareAnswer, "compare-records": CompareRecordsAnswer},
    answers=(
        Answer("compare PATH --json", 0, "compare-records"),
        Answer("compare PATH 05STATE130422 04PORTAMBER305 --json", names="kept"),
        Answer("compare PATH 05STATE130422 05STATE130422 --versions 1,1 --json --reveal"),
    ),
    imports={
        "compare PATH 10QUAYHAVEN2 04PORTAMBER305 --json": ASKING
        | READING
        | GRAMMAR
        | {"archive.source_criticism", "exports"}
        | {"tools.comparison", "tools.voices"},
    },
)

TOLD = replace(LAMPS, text="On the pier XXXXXXXXXXXX asked for new lamps.")
NAMED = replace(LAMPS, text="On the pier Rupert Hentzau asked for new lamps.")


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """An archive with two records of one cable, and another cable."""
    write_page(tmp_path / "pair" / "a", TOLD)
    write_page(tmp_path / "pair" / "b", NAMED)
    write_page(tmp_path / "pair" / "a", BRIDGE)
    return tmp_path / "pair"


def test_names_that_were_removed_are_shown_only_with_the_warning(run: Run, pair: Path) -> None:
    done = run("compare", pair, "09RABAT27")
    assert (done.status, done.err) == (0, "")
    assert "Hentzau" not in done.out
    assert "[hidden]" in done.out
    assert "1 redaction in the" in done.out
    done = run("compare", pair, "09RABAT27", "--reveal")
    assert "Rupert Hentzau" in done.out
    assert "check before you publish" in done.err
    done = run("compare", pair, "09RABAT27", "--json")
    assert done.status == 0
    assert "Hentzau" not in done.out
    assert done.value["counts"]["hidden"] == 1
    assert "Hentzau" in run("compare", pair, "09RABAT27", "--json", "--reveal").out


def test_where_nothing_differs_there_is_a_sentence_and_status_0(run: Run, pair: Path) -> None:
    done = run("compare", pair, "09RABAT27", "--versions", "1,1")
    assert done.status == 0
    assert "Nothing differs: the words are the same." in done.lines
    assert run("compare", pair, "09RABAT27", "09RABAT27", "--versions", "2,2").status == 0


def test_without_a_cable_the_records_that_differ_are_listed(run: Run, pair: Path) -> None:
    write_page(pair / "c", BRIDGE)  # the same twice
    done = run("compare", pair)
    told = (
        "09RABAT27, version 2 of 2: a/cable/2009/02/09RABAT27.html (html-page): "
        "1 difference. 1 redaction in the second; 1 filled by the first."
    )
    assert (done.status, done.lines) == (0, [told])
    found = run("compare", pair, "--json").value
    assert (found["count"], found["records"][0]["counts"]["filled"]) == (1, {"left": 0, "right": 1})
    for query, count in (("records", 2), ("versions", 2), ("variants", 1), ("unredacted", 1)):
        refs = run("search", pair, f"has:{query}", "--refs").lines
        assert (len(refs), "09RABAT27" in refs) == (count, True)
    (pair / "a" / "cable" / "2009" / "02" / "09RABAT27.html").unlink()
    assert "nothing differs" in run("compare", pair).err
    assert run("search", pair, "has:variants", "--refs").status == 1


def test_two_cables_are_compared(run: Run, pair: Path) -> None:
    done = run("compare", pair, "09RABAT27", "09CASABLANCA31", "--width", "130")
    assert done.status == 0
    assert " │ " in done.out
    assert done.lines[1].startswith("2 09CASABLANCA31: ")
    assert " │ " not in run("compare", pair, "09RABAT27", "09CASABLANCA31").out
    # What is the same is shown on demand.
    assert "SUBJECT: THE LIGHTHOUSE KEEPERS" not in run("compare", pair, "09RABAT27").out
    full = run("compare", pair, "09RABAT27", "--full").out
    assert "SUBJECT: THE LIGHTHOUSE KEEPERS" in " ".join(full.split())


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("09CASABLANCA31",), 1, "only one version in this archive; to compare two cables"),
        (("09RABAT27", "--versions", "1,3"), 1, "has no version 3; its versions are 1 to 2"),
        (("09RABAT99",), 1, "no such cable in this archive"),
        (("09RABAT27#1",), 2, "only whole cables"),
        (("09RABAT27", "--versions", "0,1"), 2, "two numbers of at least 1, as in 1,3, not 0,1"),
        (("09RABAT27", "--width", "5"), 2, "at least 20, not 5"),
    ],
)
def test_what_cannot_be_compared_is_said(
    run: Run, pair: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    done = run("compare", pair, *words)
    assert (done.status, done.out) == (status, "")
    assert said in done.err
