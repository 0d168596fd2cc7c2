"""`trend`: shares of several queries, as a chart, CSV and JSON."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Terminal


def test_shares_add_up_to_what_the_archive_has(run: Run, demo_archive: Path) -> None:
    value = run("trend", demo_archive, "kettle tea", "-kettle", "--by", "year", "--json").value
    assert [each["query"] for each in value["curves"]] == ["kettle tea", "-kettle"]
    assert sum(step["cables"] for step in value["steps"]) == value["count"] == 40
    for curve in value["curves"]:
        found = run("search", demo_archive, curve["query"], "--json").value["count"]
        assert curve["count"] == sum(curve["counts"]) == found
        for number, share, step in zip(
            curve["counts"], curve["shares"], value["steps"], strict=True
        ):
            expected = round(number / step["cables"], 6) if step["cables"] else None
            assert share == expected
    # A spreadsheet has the same numbers.
    out = run("trend", demo_archive, "kettle", "tea", "--by", "post", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    assert list(rows[0]) == ["post", "cables", "kettle", "kettle (share)", "tea", "tea (share)"]
    assert sum(int(row["cables"]) for row in rows) == 40
    found = run("search", demo_archive, "kettle", "--json").value["count"]
    assert sum(int(row["kettle"]) for row in rows) == found


@pytest.mark.parametrize("by", ["month", "year", "post", "class"])
@pytest.mark.parametrize("form", ["chart", "csv", "json"])
def test_every_axis_has_every_form(run: Run, demo_archive: Path, by: str, form: str) -> None:
    done = run("trend", demo_archive, "kettle", "the", "--by", by, "--format", form)
    assert (done.status, bool(done.out)) == (0, True)


def test_a_chart_fits_the_terminal_and_is_drawn_in_ascii_where_asked(
    run: Run, demo_archive: Path
) -> None:
    screen = Terminal()
    assert run("trend", demo_archive, "kettle", "tea", screen=screen).status == 0
    lines = screen.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[1].startswith("1 kettle · ")
    screen = Terminal()
    assert run("trend", demo_archive, "kettle", "--ascii", screen=screen).status == 0
    assert screen.getvalue().isascii()


def test_shares_may_be_of_some_cables_only(run: Run, demo_archive: Path) -> None:
    within = ("--within", "origin:quayhaven")
    value = run("trend", demo_archive, "kettle", *within, "--by", "post", "--json").value
    assert {step["value"] for step in value["steps"]} == {"Consulate Quayhaven"}
    assert value["within"] == "origin:quayhaven"
    found = run("search", demo_archive, "kettle origin:quayhaven", "--json").value["count"]
    assert value["curves"][0]["count"] == found


def test_a_slip_is_searched_for_as_it_was_meant_and_nothing_is_status_1(
    run: Run, demo_archive: Path
) -> None:
    assert 'no "ketle"; searched for kettle' in run("trend", demo_archive, "ketle").err
    assert run("trend", demo_archive, "zzzzqq").says(1, "nothing found")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (tuple("abcdefghij"), "at most 9 queries, not 10"),
        (("origin:", "kettle"), "origin:"),
        (("list:none",), "list"),
        (("kettle", "--by", "tag"), "--by tag: not one of"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    run: Run, demo_archive: Path, words: tuple[str, ...], said: str
) -> None:
    assert run("trend", demo_archive, *words).refuses(2, said)
