"""An option of a tool that keeps some hits of a search: what is printed, counted and told."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from cable_tui.base.tools import SearchOption
from cable_tui.cli.shared.kept_hits import KeptHit
from cable_tui.query.answers import Hits
from cable_tui.reports.report import Look
from tests.cli.conftest import Run
from tests.fictional_tool import PLUG, add_tool

LOBSTERS = 11
"""The number of cables of the demo with the word lobster."""


def kept(
    lamps: str, look: Look | None = None, hits: Hits | None = None
) -> Generator[KeptHit, None, None]:
    """Keep each second hit; called with the value alone, it is not run."""
    assert look is not None
    assert hits is not None
    look.total = hits.count
    for number, row in enumerate(look.archive.rows(hits.ids)):
        if lamps == "interrupt" and number == 5:
            raise KeyboardInterrupt
        look.count("the lamp is out" if lamps == "dark" and number == 2 else "")
        if number % 2 == 0 and lamps != "none":
            yield KeptHit(row, 1, number + 1, "a red ", "lamp", " on the quay")


@pytest.fixture(autouse=True)
def lamps_option(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tool with an option `--lamps` of `search`."""
    row = SearchOption("--lamps", "NAME", "some hits", check=PLUG, keep=PLUG)
    add_tool(monkeypatch, "cli.shared.kept_hits", kept, search_options=(row,))


def test_a_hit_is_printed_with_the_place_for_which_it_is_kept(run: Run, archive: Path) -> None:
    done = run("search", archive, "lobster", "--lamps", "lit")
    assert done.status == 0
    assert len(done.lines) == 12
    assert done.lines[1::2] == [
        "    a red [lamp] on the quay",
        *(f"    a red [lamp] on the quay (and {number} more)" for number in (2, 4, 6, 8, 10)),
    ]
    assert "a match in 6 of 11 hits" in done.err


def test_the_json_has_the_option_and_what_was_read(run: Run, archive: Path) -> None:
    found = run("search", archive, "lobster", "--lamps", "lit", "--json").value
    assert (found["count"], found["narrowed"], found["page"]["total"]) == (6, "--lamps lit", 6)
    assert (found["tally"]["read"], found["tally"]["total"]) == (LOBSTERS, LOBSTERS)
    assert [(hit["matches"], hit["matched"]) for hit in found["hits"][:2]] == [
        (1, "lamp"),
        (3, "lamp"),
    ]
    assert found["hits"][0]["passage"]


def test_pages_of_kept_hits_follow_each_other(run: Run, archive: Path) -> None:
    asked = ("search", archive, "lobster", "--lamps", "lit", "--json")
    every = run(*asked).value["hits"]
    first = run(*asked, "--limit", "4").value
    second = run(*asked, "--limit", "4", "--after", first["page"]["next"]).value
    pages = (first, second)
    assert [len(page["hits"]) for page in pages] == [4, 2]
    assert [hit for page in pages for hit in page["hits"]] == every
    assert (pages[0]["page"]["total"], pages[1]["page"]["total"]) == (None, 6)
    assert first["tally"]["read"] < LOBSTERS
    assert second["page"]["next"] is None


def test_a_limit_tells_how_many_hits_were_read(run: Run, archive: Path) -> None:
    done = run("search", archive, "lobster", "--lamps", "lit", "--limit", "2", "--refs")
    assert len(done.lines) == 2
    assert "the first 2 hits with a match; 5 of 11 were read; --limit N shows more" in done.err


@pytest.mark.parametrize(
    ("lamps", "status", "says"),
    [
        ("none", 1, "no match in 11 hits"),
        ("dark", 3, "1 text could not be read: the lamp is out"),
        ("interrupt", 130, "stopped after 5 of 11 cables"),
    ],
)
def test_the_status_tells_what_happened(
    run: Run, archive: Path, lamps: str, status: int, says: str
) -> None:
    assert run("search", archive, "lobster", "--lamps", lamps).says(status, says)


def test_the_answer_before_an_interrupt_is_no_total(run: Run, archive: Path) -> None:
    done = run("search", archive, "lobster", "--lamps", "interrupt", "--json")
    assert done.status == 130
    assert (done.value["count"], done.value["page"]["total"]) == (3, None)
    assert done.value["tally"]["stopped"]


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("--csv", "matches,matched"),
        ("--jsonl", '{"matches": 1, "matched": "lamp"}'),
    ],
)
def test_rows_have_the_place_in_each_form(run: Run, archive: Path, form: str, line: str) -> None:
    asked = ("search", archive, "lobster", "--lamps", "lit")
    assert run(*asked, form, "--fields", "matches,matched").lines[0] == line


@pytest.mark.parametrize(("option", "value"), [("--fold-copies", ""), ("--batch", "queries.txt")])
def test_an_option_that_would_count_other_hits_is_refused(
    run: Run, archive: Path, option: str, value: str
) -> None:
    given = (option, value) if value else (option,)
    done = run("search", archive, *(() if value else ("lobster",)), "--lamps", "lit", *given)
    assert done.refuses(2, f"{option} cannot be combined with --lamps lit")
