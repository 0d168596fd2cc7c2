"""`cable-tui missing`, without and with `--gaps`: its forms, exit codes and errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_cited_cables_are_the_same_in_every_form(demo_archive: Path, run: Run) -> None:
    found = run("missing", demo_archive, "--json").value
    assert isinstance(found, list)
    assert "one JSON array of cables" in " ".join(run("missing", "--help").out.split())
    done = run("missing", demo_archive)
    assert [line.split() for line in done.lines] == [
        [each["reference_id"], "?", str(each["cited_by"])] for each in found
    ]
    assert "? the year may be inferred: each citing cable has a" in done.err
    assert run("missing", demo_archive, "--csv").err == ""
    assert run("missing", demo_archive, "--csv").lines[1] == ",".join(map(str, found[0].values()))


def test_each_post_and_year_has_a_line_with_its_estimate(demo_archive: Path, run: Run) -> None:
    done = run("missing", demo_archive, "--gaps")
    assert done.status == 0
    head, *lines = done.lines
    assert head.split()[:2] == ["post", "year"]
    assert any(line.startswith("QUAYHAVEN") and "about" in line for line in lines)
    assert "share of the month's cables held ·" in done.err
    # A post is shown by month, with a sentence.
    done = run("missing", demo_archive, "--gaps", "--post", "quayhaven", "--year", "2010")
    first, *months = done.lines
    assert first.startswith("Consulate Quayhaven sent at least 2 cables in 2010; about 50, ")
    assert " (95 of 100); " in first
    named = [line.split()[0] for line in months[:12]]
    assert named == [f"2010-{month:02}" for month in range(1, 13)]


def test_a_spreadsheet_has_the_numbers_of_the_json(demo_archive: Path, run: Run) -> None:
    by_station = run("missing", demo_archive, "--gaps", "--post", "QUAYHAVEN", "--json").value[
        "posts"
    ]
    assert {each["station"] for each in by_station} == {"QUAYHAVEN"}
    _, *rows = run("missing", demo_archive, "--gaps", "--csv", "--post", "QUAYHAVEN").lines
    for row, each in zip(rows, by_station, strict=True):
        likely = str(each["estimate"]["likely"]) if each["estimate"] else ""
        cells = row.split(",")
        assert (cells[2], cells[3], cells[7]) == (str(each["year"]), str(each["here"]), likely)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--gaps", "--post", "zzyzx"), 1, "zzyzx: no cable of this post"),
        (("--gaps", "--year", "1901"), 1, "nothing found"),
        (("--gaps", "--year", "x"), 2, "--year needs a year, not x"),
        (("--post", "quayhaven"), 2, "--post and --year need --gaps or --letter"),
    ],
)
def test_what_finds_nothing_or_cannot_be_asked_is_said(
    demo_archive: Path, run: Run, words: tuple[str, ...], status: int, said: str
) -> None:
    done = run("missing", demo_archive, *words)
    assert done.says(status, said)
    assert len(done.lines) <= 1
