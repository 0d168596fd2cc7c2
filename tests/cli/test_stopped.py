"""Every report that is stopped by ^C: it says so, in its data too, and claims nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cable_tui.reports.report import Look
from cable_tui.reports.table import REPORTS
from tests.cli.conftest import Run
from tests.command_cases import reports

LINES = {each.line: each for case in reports().values() for each in case.stopped}
"""Commands that read texts are stopped at the third, the others in their search."""
COUNTING = {
    type(case.asked).__module__
    for case in reports().values()
    if any(not each.reads for each in case.stopped)
}
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
        if type(look.ask).__module__ in COUNTING:
            raise KeyboardInterrupt
        return found

    monkeypatch.setattr(Look, "count", counted)
    monkeypatch.setattr(Look, "search", searched)


def asked(run: Run, archive: Path, line: str, *form: str) -> Any:
    run("index", archive)
    return run(*(archive if word == "PATH" else word for word in line.split()), *form)


@pytest.mark.usefixtures("stops")
@pytest.mark.parametrize("form", ["", "--json", "--jsonl", "--csv"])
@pytest.mark.parametrize("line", LINES)
def test_a_report_that_is_stopped_says_so_and_claims_nothing(
    run: Run, archive: Path, line: str, form: str
) -> None:
    done = asked(run, archive, line, *filter(None, [form]))
    assert done.status == 130
    assert ("stopped after 3 of " if LINES[line].reads else "stopped") in done.err
    for claim in CLAIMS:
        assert claim not in done.out + done.err


@pytest.mark.usefixtures("stops")
@pytest.mark.parametrize("line", [line for line, each in LINES.items() if each.reads])
def test_the_data_of_a_stopped_report_is_whole_json_and_says_so(
    run: Run, archive: Path, line: str
) -> None:
    done = asked(run, archive, line, "--json")
    value = json.loads(done.out)
    assert (value["tally"]["stopped"], value["tally"]["read"]) == (True, 3)
    assert value["tally"]["total"] > 3
    rows = value[REPORTS[line.split(maxsplit=1)[0]].report.rows_name]
    assert value["count"] == len(rows)
    assert bool(rows) == LINES[line].has_rows


@pytest.mark.parametrize("line", LINES)
def test_a_report_that_came_to_its_end_was_not_stopped(run: Run, archive: Path, line: str) -> None:
    done = asked(run, archive, line, "--json")
    assert (done.status, done.value["tally"]["stopped"]) == (0, False)
    assert "stopped" not in done.err
