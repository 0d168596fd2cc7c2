"""Every report that is stopped by ^C: it says so, in its data too, and claims nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cable_tui.reports.report import Look
from cable_tui.reports.table import REPORTS
from tests.cli.conftest import Run

READING = {
    "concordance": ("concordance", "the"),
    "concordance sorted": ("concordance", "the", "--sort", "left"),
    "words": ("words", "origin:quayhaven", "--least", "2"),
}
"""Commands that read texts; they are stopped at the third."""
COUNTING = {"curve": ("curve", "lobster"), "traffic": ("traffic",), "people": ("people",)}
"""Commands that read none, or few; they are stopped in their search."""
CLAIMS = ("nothing found", "in a row", *(entry.report.empty for entry in REPORTS.values()))


@pytest.fixture
def stops(monkeypatch: pytest.MonkeyPatch) -> None:
    """^C at the third text of a reading, and in each search of a report that reads none."""
    count, search = Look.count, Look.search

    def counted(look: Look, problem: str = "") -> None:
        count(look, problem)
        if look.read == 3:
            raise KeyboardInterrupt

    def searched(look: Look, text: str, sort: str = "") -> Any:
        found = search(look, text, sort)
        if type(look.ask).__module__.endswith(tuple(COUNTING)):
            raise KeyboardInterrupt
        return found

    monkeypatch.setattr(Look, "count", counted)
    monkeypatch.setattr(Look, "search", searched)


def asked(run: Run, archive: Path, command: tuple[str, ...], *form: str) -> Any:
    name, *words = command
    return run(name, archive, *words, *form)


@pytest.mark.usefixtures("stops")
@pytest.mark.parametrize("form", ["", "--json", "--jsonl", "--csv"])
@pytest.mark.parametrize("name", [*READING, *COUNTING])
def test_a_report_that_is_stopped_says_so_and_claims_nothing(
    run: Run, archive: Path, name: str, form: str
) -> None:
    run("index", archive)
    command = {**READING, **COUNTING}[name]
    done = asked(run, archive, command, *filter(None, [form]))
    assert done.status == 130
    assert "stopped after 3 of " in done.err or (name in COUNTING and "stopped" in done.err)
    for claim in CLAIMS:
        assert claim not in done.out + done.err


@pytest.mark.usefixtures("stops")
@pytest.mark.parametrize("name", ["concordance", "concordance sorted", "words"])
def test_the_data_of_a_stopped_report_is_whole_json_and_says_so(
    run: Run, archive: Path, name: str
) -> None:
    run("index", archive)
    done = asked(run, archive, READING[name], "--json")
    value = json.loads(done.out)
    assert (value["tally"]["stopped"], value["tally"]["read"]) == (True, 3)
    assert value["tally"]["total"] > 3
    rows = value["words" if name == "words" else "lines"]
    assert value["count"] == len(rows)
    assert bool(rows) == (name != "words")


@pytest.mark.parametrize("name", [*READING, *COUNTING])
def test_a_report_that_came_to_its_end_was_not_stopped(run: Run, archive: Path, name: str) -> None:
    run("index", archive)
    done = asked(run, archive, {**READING, **COUNTING}[name], "--json")
    assert (done.status, done.value["tally"]["stopped"]) == (0, False)
    assert "stopped" not in done.err
