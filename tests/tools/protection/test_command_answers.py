"""`cable-tui protect`: requests as a table, answers given back, and what is not kept."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.archive.fiction import LAMPS, Fiction, write_page
from tests.cli.conftest import Run

ASKING = Fiction(
    "09RABAT41",
    subject="A",
    text="=Ivo Tern, aide to Bo Rask (strictly protect), spoke.\n\n2. (C) The cook (protect) left.",
)


@pytest.fixture
def demo_archive(tmp_path: Path) -> Path:
    folder = tmp_path / "cables"
    write_page(folder, ASKING)
    write_page(folder, LAMPS)
    return folder


def table(run: Run, demo_archive: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run("protect", demo_archive, "--csv").out)))


def given_back(rows: list[dict[str, str]], file: Path, separator: str = ",") -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        made = csv.DictWriter(stream, list(rows[0]), delimiter=separator)
        made.writeheader()
        made.writerows(rows)
    return file


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_answers_of_an_edited_table_are_kept_as_places(
    run: Run, demo_archive: Path, tmp_path: Path, separator: str
) -> None:
    rows = table(run, demo_archive)
    assert [row["proposed"] for row in rows] == ["Ivo Tern; Bo Rask", ""]
    rows[0]["answer"], rows[1]["answer"] = "bo rask", "nobody"
    file = given_back(rows, tmp_path / "answers.csv", separator)
    done = run("protect", demo_archive, "--answers", file)
    assert done.says(0, "2 answers saved as places in the cables; no names are stored")
    (kept,) = tmp_path.rglob("protection.json")
    assert "rask" not in kept.read_text("utf-8").lower()
    found = json.loads(run("protect", demo_archive, "--json").out)["requests"]
    assert [each["answer"] for each in found] == [["Bo Rask"], []]
    assert run("protect", demo_archive, "--unanswered").status == 1
    assert "answer: Bo Rask" in run("protect", demo_archive).out


@pytest.mark.parametrize(
    ("answer", "status", "kept", "says"),
    [
        ("all", 0, ["Ivo Tern", "Bo Rask"], ""),
        ("Bo Rask; Ivo Tern", 0, ["Bo Rask", "Ivo Tern"], ""),
        ("NOBODY", 0, [], ""),
        ("?", 0, None, ""),
        (
            "Bo Rusk",
            2,
            None,
            "line 2, 09RABAT41 ¶1: the cable does not contain Bo Rusk; answer not saved",
        ),
        ("", 0, None, "0 answers saved"),
    ],
)
def test_an_answer_is_names_or_one_of_three_words(  # noqa: PLR0917 - a row of the table
    run: Run,
    demo_archive: Path,
    tmp_path: Path,
    answer: str,
    status: int,
    kept: list[str] | None,
    says: str,
) -> None:
    rows = table(run, demo_archive)[:1]
    rows[0]["answer"] = answer
    file = given_back(rows, tmp_path / "answers.csv")
    assert run("protect", demo_archive, "--answers", file).says(status, says)
    found = json.loads(run("protect", demo_archive, "--json").out)["requests"]
    assert found[0]["answer"] == kept


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"key": "09RABAT41 x"}, "line 2: the key was changed; export the table again"),
        ({"key": f"09RABAT41 {'ab' * 32}:1-9"}, ": the paragraph has changed; export the table"),
        ({"key": f"09RABAT99 {'ab' * 32}:1-9"}, "09RABAT99 is not in this archive"),
    ],
)
def test_a_line_that_fits_nothing_is_said(
    run: Run, demo_archive: Path, tmp_path: Path, change: dict[str, str], says: str
) -> None:
    rows = [{**table(run, demo_archive)[0], "answer": "nobody", **change}]
    file = given_back(rows, tmp_path / "answers.csv")
    assert run("protect", demo_archive, "--answers", file).says(2, says)


def test_a_file_that_is_no_table_is_refused(run: Run, demo_archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("a,b\n1,2\n", "utf-8")
    refused = run("protect", demo_archive, "--answers", file)
    assert refused.says(2, ": the columns `answer` and `key` of --csv are")
    file.write_bytes(b"answer,key\n\xff\xfe,")
    assert run("protect", demo_archive, "--answers", file).says(2, "save the table as UTF-8")
    assert run("protect", demo_archive, "--answers", tmp_path / "no.csv").says(2, "cannot be read")


def test_a_private_run_keeps_no_answer(run: Run, demo_archive: Path, tmp_path: Path) -> None:
    file = given_back(table(run, demo_archive), tmp_path / "answers.csv")
    done = run("protect", demo_archive, "--answers", file, "--private")
    assert done.says(2, "which --private forbids")
    assert list(tmp_path.rglob("protection.json")) == []
