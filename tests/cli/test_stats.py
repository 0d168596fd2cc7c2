"""`stats`: what is in an archive, and in the answer to a query."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Terminal


def test_an_archive_is_counted_by_every_facet(run: Run, archive: Path) -> None:
    run("index", archive)
    done = run("stats", archive)
    assert done.lines[0].startswith("40 cables · ")
    assert {"Origin", "Tags", "Created", "Classification"} <= set(done.lines)
    assert run("stats", archive, "--json").value["cables"] == 40


def test_a_query_is_counted_as_it_is_answered(run: Run, archive: Path) -> None:
    hits = run("search", archive, "kettle", "--json").value["hits"]
    done = run("stats", archive, "kettle")
    assert done.lines[0] == f"{len(hits)} cables · kettle"
    value = run("stats", archive, "kettle", "--json").value
    assert (value["query"], value["count"]) == ("kettle", len(hits))
    posts = {each["value"]: each["count"] for each in value["facets"]["origin"]}
    assert posts == {post: [hit["origin"] for hit in hits].count(post) for post in posts}
    assert sum(posts.values()) == len(hits)


def test_a_table_of_post_by_year_adds_up_to_the_answer(run: Run, archive: Path) -> None:
    out = run("stats", archive, "--by", "post,year", "--csv").out
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    years = [name for name in rows[0] if name.isdigit()]
    assert years == sorted(years)
    assert sum(int(row["cables"]) for row in rows) == 40
    assert all(sum(int(row[year]) for year in years) == int(row["cables"]) for row in rows)


@pytest.mark.parametrize("key", ["post", "year", "tag", "class", "signer"])
@pytest.mark.parametrize("form", ["--json", "--csv", "--chart", "--ascii"])
def test_every_key_has_every_form(run: Run, archive: Path, key: str, form: str) -> None:
    done = run("stats", archive, "--by", key, form)
    assert (done.status, done.err) == (0, "")
    assert done.out


def test_who_signed_is_counted_as_it_is_found(run: Run, archive: Path) -> None:
    run("index", archive)
    rows = run("stats", archive, "--by", "signer", "--json").value["rows"]
    assert rows
    for each in rows:
        found = run("search", archive, f"signed:={each['value'].lower()}", "--json").value
        assert found["count"] == each["count"], each["value"]


def test_a_chart_is_of_years_and_fits_the_terminal(run: Run, archive: Path) -> None:
    screen = Terminal()
    assert run("stats", archive, "--chart", screen=screen).status == 0
    lines = screen.getvalue().splitlines()
    assert lines[0][:4].isdigit()
    assert max(map(len, lines)) <= 80
    assert run("stats", archive, "--chart", "--ascii").out.isascii()


def test_nothing_found_is_status_1(run: Run, archive: Path) -> None:
    done = run("stats", archive, "zzzzqq", "--by", "year")
    assert (done.status, done.out) == (1, "")
    assert "nothing found" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "hour"), "nothing is counted by hour, but by "),
        (("--by", "year,year"), "one key, or two that differ"),
        (("--by", "post,year,tag"), "one key, or two that differ"),
        (("--by", "year,post", "--chart"), "the second key must be one of year, month"),
        (("--by", "year", "--limit", "0"), "--limit: a number from 1 on"),
        (("origin:",), ""),
        (("--json", "--csv"), "not allowed with"),
    ],
)
def test_what_cannot_be_counted_is_said(
    run: Run, archive: Path, words: tuple[str, ...], said: str
) -> None:
    done = run("stats", archive, *words)
    assert done.status == 2
    assert said in done.err


def test_other_names_of_a_key_are_understood(run: Run, archive: Path) -> None:
    by = run("stats", archive, "--by", "origin,date", "--json").value["by"]
    assert by == ["post", "year"]
