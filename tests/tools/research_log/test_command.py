"""`cable-tui log`: every search of the command line, printed again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run, write_settings
from tests.command_cases import commands


def test_an_empty_log_is_no_failure_and_the_whole_archive_no_search(
    run: Run, demo_archive: Path
) -> None:
    run("export", demo_archive, "-o", "-")
    run("stats", demo_archive)
    assert run("log").refuses(0, "no searches are logged")
    assert run("log", "--json").value == []


@pytest.mark.parametrize("line", [case.logged for case in commands() if case.logged])
def test_what_a_command_searched_for_is_logged_with_its_number(
    run: Run, demo_archive: Path, line: str
) -> None:
    run("index", demo_archive)  # in private nothing is brought up to date
    count = len(run("search", demo_archive, "lobster", "--refs", "--private").lines)
    run(*(demo_archive if word == "PATH" else word for word in line.split()))
    (entry,) = run("log", "--json").value
    way = line.split(maxsplit=1)[0]
    assert (entry["query"], entry["count"], entry["way"]) == ("lobster", count, way)
    assert (entry["archive"], entry["cables"]) == (str(demo_archive), 40)
    assert re.fullmatch("2:[0-9a-f]{64}", entry["fingerprint"])


def test_queries_of_a_batch_and_those_that_find_nothing_are_logged(
    run: Run, demo_archive: Path, tmp_path: Path
) -> None:
    (tmp_path / "queries").write_text("lobster\nkrakens-of-old\n")
    run("search", demo_archive, "--batch", tmp_path / "queries")
    entries = run("log", demo_archive, "--json").value
    assert [(each["query"], each["count"] > 0) for each in entries] == [
        ("lobster", True),
        ('"krakens of old"', False),
    ]


def test_nothing_is_logged_in_private_or_where_the_settings_say_so(
    run: Run, demo_archive: Path, home: Path
) -> None:
    run("search", demo_archive, "lobster", "--private")
    write_settings(home, "log = false\n")
    run("search", demo_archive, "lobster")
    done = run("log")
    assert done.out == ""
    assert "the log is off" in done.err


def test_it_is_of_one_archive_where_a_path_is_named_and_a_file_is_an_appendix(
    run: Run, demo_archive: Path, tmp_path: Path
) -> None:
    run("search", demo_archive, "lobster")
    assert len(run("log", demo_archive).lines) == 1
    assert run("log", tmp_path).out == ""
    done = run("log", "--format", "markdown", "-o", tmp_path / "methods.md")
    assert "1 search written to" in done.err
    assert (tmp_path / "methods.md").read_text("utf-8").startswith("# Searches\n")
    assert run("log", "--format", "csv").lines[0].startswith("at,query,count")


def test_forgetting_an_archive_or_everything_removes_it(run: Run, demo_archive: Path) -> None:
    run("search", demo_archive, "lobster")
    assert "1 search of the research log" in run("forget", demo_archive).err
    assert run("log").out == ""
    run("search", demo_archive, "lobster")
    assert "the research log" in run("forget", "--everything", "--yes").err
    assert run("log").out == ""


def test_damaged_lines_are_said_and_a_log_that_cannot_be_written_costs_no_answer(
    run: Run, demo_archive: Path, home: Path
) -> None:
    run("search", demo_archive, "lobster")
    with (home / "data" / "research-log.jsonl").open("a") as stream:
        stream.write("{")
    done = run("log")
    assert len(done.lines) == 1
    assert "1 damaged line in the log was skipped" in done.err
    (home / "data" / "research-log.jsonl").unlink()
    (home / "data" / "research-log.jsonl").mkdir()
    done = run("search", demo_archive, "lobster", "--refs")
    assert done.says(0, ". The search was not logged")
    assert done.lines
