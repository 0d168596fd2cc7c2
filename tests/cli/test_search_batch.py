"""`search --batch`: many queries from a file, or one after the other on stdin."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_search import QUAYHAVEN, ROCKS, STONES
from tests.command_cases import Answer, CommandCase

CASE = CommandCase(
    answers=(
        Answer("search PATH --batch BATCH --json"),
        Answer("search PATH --batch BATCH --jsonl", 0, "search"),
    ),
    prepare=lambda _, places: places["BATCH"].write_text(
        "kettle\nketle\nkettle zzzq\ntag:efis\norigin:quayhavn\n", encoding="utf-8"
    ),
)


def test_a_batch_is_one_row_a_query_and_hit(run: Run, archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "queries"
    file.write_text("origin:quayhaven\n\n=zzyzzyx\nkettle stones\n", encoding="utf-8-sig")
    done = run("search", archive, "--batch", file, "--limit", "3")
    assert done.status == 0
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [row["reference_id"] for row in rows[:3]] == QUAYHAVEN[:3]
    assert {row["query"] for row in rows[:3]} == {"origin:quayhaven"}
    assert {row["query"] for row in rows[3:]} == {"kettle stones"}
    assert any(STONES in row["passage"] for row in rows)
    assert done.err == f"cable-tui: {file}:3: nothing found: =zzyzzyx\n"


def test_a_batch_may_be_a_file_of_powershell(run: Run, archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "queries"
    file.write_text("origin:quayhaven\r\n", encoding="utf-16")
    done = run("search", archive, "--batch", file, "--limit", "1")
    assert [row["query"] for row in csv.DictReader(io.StringIO(done.out))] == ["origin:quayhaven"]


def test_a_batch_can_answer_in_json(run: Run, archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "queries"
    file.write_text("origin:quayhaven\n=zzyzzyx\n-origin:amber date:2004\n")
    done = run("search", archive, "--batch", file, "--limit", "1", "--json")
    answers = [json.loads(line) for line in done.lines]
    assert [answer["count"] for answer in answers] == [6, 0, 2]
    assert [len(answer["hits"]) for answer in answers] == [1, 0, 1]


@pytest.mark.parametrize("form", [(), ("--csv",), ("--json",)])
def test_a_batch_has_only_the_fields_that_are_asked_for(
    run: Run, archive: Path, tmp_path: Path, form: tuple[str, ...]
) -> None:
    file = tmp_path / "queries"
    file.write_text("kettle stones\n")
    done = run("search", archive, "--batch", file, *form, "--fields", "reference_id,places")
    if form == ("--json",):
        rows = [{**hit, "places": str(hit["places"])} for hit in done.value["hits"]]
    else:
        rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {tuple(row) for row in rows} == {("reference_id", "places")}
    assert all(row["places"] for row in rows)


def test_what_the_queries_of_a_batch_may_have_meant_is_said_with_their_lines(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    file = tmp_path / "queries"
    file.write_text('kettle\n"kettle rock"\nambassadr\n')
    done = run("search", archive, "--batch", file)
    assert f'{file}:2: "kettle rock" 0 · but "kettle rocks" 4' in done.err
    assert f'{file}:3: no "ambassadr"; searched for ' in done.err
    answers = [json.loads(line) for line in run("search", archive, "--batch", file, "--json").lines]
    assert "offers" not in answers[0]
    (offer,) = answers[1]["offers"]
    assert offer["also"] == ROCKS


def test_a_line_of_a_batch_that_is_no_query_is_said_and_the_others_answered(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    file = tmp_path / "queries"
    file.write_text("origin:quayhaven\ndate:soon\n -\ntga:EFIS\n")
    done = run("search", archive, "--batch", file)
    assert done.status == 2
    assert done.err.startswith(f"cable-tui: {file}:2: soon ")
    assert f"{file}:3: the query has neither a word nor a filter: -\n" in done.err
    assert f"{file}:4: the prefix tga: is unknown. Did you mean tag:?" in done.err
    assert len(list(csv.DictReader(io.StringIO(done.out)))) == 6


@pytest.mark.parametrize("more", [("kettle",), ("--refs",), ("-0",), ("--fold-copies",)])
def test_a_batch_takes_no_words_and_prints_no_bare_references(
    run: Run, archive: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    file = tmp_path / "queries"
    file.write_text("kettle\n")
    assert run("search", archive, "--batch", file, *more).status == 2
    assert run("search", archive, "--batch", tmp_path / "none").status == 2


def test_a_batch_comes_on_stdin_too(spawn: Run, archive: Path) -> None:
    asked = "origin:quayhaven\ndate:soon\n=zzyzzyx\n"
    command = ("search", archive, "--batch", "-", "--json")
    done = spawn(*command, stdin=asked)
    assert [json.loads(line)["count"] for line in done.lines] == [6, 0]
    assert done.status == 2
    assert "stdin:2: soon" in done.err
    assert "stdin:3: nothing found: =zzyzzyx" in done.err


def test_an_answer_comes_before_the_next_question(home: Path, archive: Path) -> None:
    command = [sys.executable, "-m", "cable_tui", "search", str(archive), "--batch", "-", "--jsonl"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as asking:
        assert asking.stdin
        assert asking.stdout
        counts = []
        for question in ("origin:quayhaven", "kettle stones", "=zzyzzyx"):
            asking.stdin.write(f"{question}\n")
            asking.stdin.flush()
            counts.append(json.loads(asking.stdout.readline())["count"] > 0)
        asking.stdin.close()
        assert asking.wait(60) == 0
    assert counts == [True, True, False]
