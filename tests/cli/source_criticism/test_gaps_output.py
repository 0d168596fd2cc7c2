"""`cable-tui missing --gaps`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.cli.conftest import Run


def test_each_post_and_year_has_a_line_with_its_estimate(archive: Path, run: Run) -> None:
    done = run("missing", archive, "--gaps")
    assert done.status == 0
    head, *lines = done.out.splitlines()
    assert head.split()[:2] == ["post", "year"]
    assert any(line.startswith("QUAYHAVEN") and "about" in line for line in lines)
    assert "cited, not here" in done.err


def test_a_post_is_shown_by_month_with_a_sentence(archive: Path, run: Run) -> None:
    done = run("missing", archive, "--gaps", "--post", "quayhaven", "--year", "2010")
    assert done.status == 0
    first, *months = done.out.splitlines()
    assert first.startswith("Consulate Quayhaven sent about")
    assert "(estimate: " in first
    assert [line.split()[0] for line in months[:12]] == [
        f"2010-{month:02}" for month in range(1, 13)
    ]


def test_a_post_is_found_by_its_station(archive: Path, run: Run) -> None:
    done = run("missing", archive, "--gaps", "--post", "QUAYHAVEN", "--json")
    assert {each["station"] for each in json.loads(done.out)["posts"]} == {"QUAYHAVEN"}


def test_an_unknown_post_is_an_error(archive: Path, run: Run) -> None:
    done = run("missing", archive, "--gaps", "--post", "zzyzx")
    assert (done.status, done.out) == (1, "")
    assert "zzyzx" in done.err


def test_a_year_without_cables_is_an_empty_answer(archive: Path, run: Run) -> None:
    done = run("missing", archive, "--gaps", "--year", "1901")
    assert done.status == 1
    assert len(done.out.splitlines()) == 1


def test_the_table_for_a_spreadsheet_has_the_numbers_of_the_json(archive: Path, run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("missing", archive, "--gaps", "--csv").out)))
    posts = json.loads(run("missing", archive, "--gaps", "--json").out)["posts"]
    assert [(row["station"], int(row["year"]), int(row["here"])) for row in rows] == [
        (each["station"], each["year"], each["here"]) for each in posts
    ]
    assert [row["estimate"] for row in rows] == [
        str(each["estimate"]["likely"]) if each["estimate"] else "" for each in posts
    ]


def test_options_of_the_gaps_need_them(archive: Path, run: Run) -> None:
    done = run("missing", archive, "--post", "quayhaven")
    assert (done.status, done.out) == (2, "")
    assert "--gaps" in done.err
