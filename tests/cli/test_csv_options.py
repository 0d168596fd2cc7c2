"""What a spreadsheet would compute is a text in a table; `--csv-raw` gives each text as it is."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.archive.fiction import Fiction, write_dump
from tests.cli.conftest import Outcome, Run
from tests.command_cases import Formula, Prepare, commands, places_of

FORMULA = '=HYPERLINK("http://x.example";"kettle")'
CABLE = Fiction(subject=FORMULA, origin="@Embassy Rabat", text="+1 kettle of Minister Quill.")

COMMANDS = [(each, case.prepare) for case in commands() for each in case.formulas]
"""What prints a cell of the cable above that begins as a formula does."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_dump(folder / "cables.csv", [CABLE])
    return folder


def _cells(done: Outcome) -> set[str]:
    return {cell for row in csv.reader(io.StringIO(done.out, newline="")) for cell in row}


@pytest.mark.parametrize(("formula", "prepare"), COMMANDS, ids=[each.line for each, _ in COMMANDS])
def test_a_formula_is_a_text_for_spreadsheets_and_itself_for_programs(
    formula: Formula, prepare: Prepare | None, hostile: Path, run: Run, home: Path
) -> None:
    places = places_of(hostile, home)
    if prepare is not None:
        prepare(run, places)
    words = [places.get(word, word) for word in formula.line.split()]
    found = _cells(run(*words, *formula.marked.split()))
    assert f"'{formula.cell}" in found
    assert not [cell for cell in found if cell[:1] in {"=", "@", "+"}]
    assert formula.cell in _cells(run(*words, *formula.raw.split()))


def test_a_batch_is_a_table_for_spreadsheets(hostile: Path, run: Run, tmp_path: Path) -> None:
    batch = tmp_path / "queries.txt"
    batch.write_text("-lamp kettle\n", encoding="utf-8")
    for option, first in (((), "'-lamp kettle"), (("--csv-raw",), "-lamp kettle")):
        done = run("search", hostile, "--batch", batch, *option)
        assert {first, ("'" if first[0] == "'" else "") + FORMULA} <= _cells(done)
