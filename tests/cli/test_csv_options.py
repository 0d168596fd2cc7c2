"""What a spreadsheet would compute is a text in a table; `--csv-raw` gives each text as it is."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.archive.fiction import Fiction, write_dump
from tests.cli.conftest import Outcome, Run

FORMULA = '=HYPERLINK("http://x.example";"kettle")'
CABLE = Fiction(subject=FORMULA, origin="@Embassy Rabat", text="+1 kettle of Minister Quill.")

# What each prints of the cable above that begins as a formula does.
COMMANDS: list[tuple[str, str, str, str]] = [
    ("search PATH kettle", "--csv", "--csv-raw", FORMULA),
    ("stats PATH", "--csv", "--csv-raw", "@Embassy Rabat"),
    ("stats PATH kettle", "--csv", "--csv-raw", "@Embassy Rabat"),
    ("stats PATH kettle --by post", "--csv", "--csv-raw", "@Embassy Rabat"),
    ("people PATH", "--csv", "--csv-raw", "@Embassy Rabat 1"),
    ("missing PATH --gaps", "--csv", "--csv-raw", "@Embassy Rabat"),
    ("concordance PATH kettle", "--csv", "--csv-raw", FORMULA),
    ("curve PATH kettle --by post", "--format csv", "--csv-raw", "@Embassy Rabat"),
    ("export PATH kettle", "--format csv", "--format csv-raw", FORMULA),
    ("log", "--format csv", "--format csv-raw", "=HYPERLINK"),
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_dump(folder / "cables.csv", [CABLE])
    return folder


def _cells(done: Outcome) -> set[str]:
    return {cell for row in csv.reader(io.StringIO(done.out, newline="")) for cell in row}


@pytest.mark.parametrize("case", COMMANDS, ids=lambda case: case[0])
def test_a_formula_is_a_text_for_spreadsheets_and_itself_for_programs(
    case: tuple[str, str, str, str], hostile: Path, run: Run
) -> None:
    line, marked, raw, text = case
    run("search", hostile, "=HYPERLINK")
    words = [hostile if word == "PATH" else word for word in line.split()]
    found = _cells(run(*words, *marked.split()))
    assert f"'{text}" in found
    assert not [cell for cell in found if cell[:1] in {"=", "@", "+"}]
    assert text in _cells(run(*words, *raw.split()))


def test_a_batch_is_a_table_for_spreadsheets(hostile: Path, run: Run, tmp_path: Path) -> None:
    batch = tmp_path / "queries.txt"
    batch.write_text("-lamp kettle\n", encoding="utf-8")
    for option, first in (((), "'-lamp kettle"), (("--csv-raw",), "-lamp kettle")):
        done = run("search", hostile, "--batch", batch, *option)
        assert {first, ("'" if first[0] == "'" else "") + FORMULA} <= _cells(done)
