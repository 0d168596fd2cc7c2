"""Cables of a file in a zip that was altered: every way out of the program says so."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from cable_tui.formats.packed.seekable import Held
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, Fiction, write_dump, write_page
from tests.cli.conftest import Run
from tests.exports.sample import TEXT_FORMATS

SAID = "the checksum differs), so the text may be altered"


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a page, and with a zip of two cables in which a letter was altered."""
    monkeypatch.setattr(Held, "longest", 100)
    write_dump(tmp_path / "dump.csv", [LAMPS, BRIDGE])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.write(tmp_path / "dump.csv", "cables.csv")
    folder = tmp_path / "cables"
    write_page(folder, GOATS)
    subject = LAMPS.subject.encode()
    (folder / "old.zip").write_bytes(made.getvalue().replace(subject, subject[::-1], 1))
    return folder


def test_the_index_counts_the_file_as_a_problem_and_the_flag_finds_its_cables(
    run: Run, damaged: Path
) -> None:
    assert "1 problem" in run("index", damaged).err
    assert "old.zip/cables.csv: the compressed file is damaged" in run("problems", damaged).out
    found = run("search", damaged, "has:damaged", "--json").out
    assert {LAMPS.id, BRIDGE.id} == {each["reference_id"] for each in json.loads(found)["hits"]}


@pytest.mark.parametrize("cable", [LAMPS, BRIDGE])
def test_show_and_cite_say_so(run: Run, damaged: Path, cable: Fiction) -> None:
    assert SAID in run("show", damaged, cable.id).out
    warnings = json.loads(run("show", damaged, cable.id, "--json").out)["warnings"]
    assert "damaged" in {warning["code"] for warning in warnings}
    assert SAID in run("cite", damaged, cable.id, "--style", "quotation").err
    assert SAID not in run("show", damaged, GOATS.id).out
    assert SAID not in run("cite", damaged, GOATS.id).err


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_every_export_says_so_once_on_stderr(run: Run, damaged: Path, form: str) -> None:
    done = run("export", damaged, "--format", form)
    assert done.err.count(SAID) == 1
    if form in ("jsonl", "markdown", "html", "text"):
        assert done.out.count(SAID) == 2, "with each cable too"
    assert SAID not in run("export", damaged, "goats", "--format", form).err
