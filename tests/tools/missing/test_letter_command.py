"""`missing --letter`: as a letter, JSON and CSV."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.fiction import BRIDGE, GOATS, write_page
from tests.cli.conftest import Run


@pytest.fixture
def citing(tmp_path: Path) -> Path:
    """An archive in which two cables are cited and missing."""
    write_page(tmp_path / "cables", BRIDGE)
    write_page(tmp_path / "cables", GOATS)
    (file,) = (tmp_path / "cables").rglob("*RABAT990*")
    file.write_text(file.read_text().replace("1. (C) Many", "REF: 08 STATE 12\n\n1. (C) Many"))
    return tmp_path / "cables"


def test_a_letter_and_its_tables_have_the_same_cables(run: Run, citing: Path) -> None:
    done = run("missing", citing, "--letter", "foia")
    assert done.status == 0
    assert [line.split()[2:5] for line in done.lines if line[:1].isdigit()] == [
        ["2008", "STATE", "12"],
        ["2009", "RABAT", "27"],
    ]
    rows = run("missing", citing, "--letter", "foia", "--json").value
    assert [row["reference_id"] for row in rows] == ["08STATE12", "09RABAT27"]
    head, first, _ = run("missing", citing, "--letter", "mdr", "--csv").lines
    assert head.startswith("reference_id,number,year,station,post,status")
    assert first.startswith("08STATE12,12,2008,STATE,Secretary of State,not in the archive")


def test_a_citation_without_a_year_is_marked_in_each_form(run: Run, citing: Path) -> None:
    (file,) = citing.rglob("*RABAT990*")
    file.write_text(file.read_text().replace("REF: 08 STATE 12", "REF: STATE 12"))
    (file,) = citing.rglob("*CASABLANCA31*")
    file.write_text(file.read_text().replace("RABAT 0027", "09 RABAT 0027"))
    done = run("missing", citing, "--letter", "foia")
    numbered = [at for at, line in enumerate(done.lines) if line[:1].isdigit()]
    marked = [at - 1 for at, line in enumerate(done.lines) if "Year: inferred" in line]
    assert [done.lines[at].split()[3] for at in numbered if at in marked] == ["STATE"]
    rows = run("missing", citing, "--letter", "foia", "--json").value
    found = {row["station"]: [each["year_inferred"] for each in row["cited_in"]] for row in rows}
    assert found == {"STATE": [True], "RABAT": [False]}
    lines = run("missing", citing, "--letter", "foia", "--csv").lines
    assert {line.split(",")[3]: line.rpartition(",")[2] for line in lines[1:]} == {
        "STATE": "True",
        "RABAT": "False",
    }


def test_posts_years_and_a_limit_choose(run: Run, citing: Path) -> None:
    assert "09RABAT27" not in run("missing", citing, "--letter", "mdr", "--year", "2008").out
    assert "08STATE12" not in run("missing", citing, "--letter", "mdr", "--post", "rabat").out
    done = run("missing", citing, "--letter", "mdr", "--limit", "1")
    assert done.says(0, "only the first 1 cable; --limit N")
    done = run("missing", citing, "--letter", "mdr", "--post", "zenda")
    assert done.says(1, "no cable to request is known")


@pytest.mark.parametrize("options", ["--gaps", "--jsonl", "--format svg", "--sort share"])
def test_what_a_letter_does_not_take_is_refused(run: Run, citing: Path, options: str) -> None:
    done = run("missing", citing, "--letter", "foia", *options.split())
    assert done.refuses(2, "--letter takes --post")


@pytest.mark.parametrize("name", ["json", "csv"])
def test_a_format_is_the_same_as_its_switch(run: Run, citing: Path, name: str) -> None:
    named = run("missing", citing, "--letter", "foia", "--format", name)
    assert named.out == run("missing", citing, "--letter", "foia", f"--{name}").out
    assert named.out.startswith({"json": "[", "csv": "reference_id,"}[name])


def test_the_help_names_the_number_of_cables_in_a_letter(run: Run) -> None:
    assert "first 25 cables" in " ".join(run("missing", "--help").out.split())
