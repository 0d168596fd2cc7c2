"""`echoes`: what of a cable is in others, and what an archive repeats."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.fiction import write_dump
from tests.archive.source_criticism.fiction import CONTACT, FERRY, KETTLES, STORY, cable, own
from tests.cli.conftest import Run, Terminal

LONG = "The ferry to the lighthouse carries " + "kettles and " * 30 + "nobody else at all."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "story"
    write_dump(place / "cables.csv", STORY)
    return place


def test_the_first_question_compares_sentences(run: Run, folder: Path) -> None:
    done = run("echoes", folder, "09RABAT1")
    assert (done.status, done.err) == (0, "")
    assert done.lines[0].startswith("09RABAT1: ")
    assert done.lines[0].endswith("also occur in other cables, in 2 passages")
    assert "    recycled · in 2 other cables · 3 posts · first here" in done.lines
    assert "    09CAIRO3  2009-01-03  Embassy Cairo · 17 of 17 words" in done.lines
    assert "    and 1 more" in done.lines  # four cables have the last sentence


def test_an_archive_is_told_as_a_whole_and_a_reader_says_what_boilerplate_is(
    run: Run, folder: Path
) -> None:
    done = run("echoes", folder, "09RABAT1", "--posts", "4")
    assert "    boilerplate · in 4 other cables · 5 posts · first here" in done.lines
    done = run("echoes", folder, "--posts", "4")
    assert done.status == 0
    assert done.lines[0] == "8 different sentences"
    assert done.lines[1].startswith("4 in more than one cable, ")
    assert "Boilerplate: used by more than 4 posts" in done.lines
    assert any(CONTACT[:40] in line for line in done.lines)
    assert "Near-duplicates: 1 group of cables" in done.lines
    value = run("echoes", folder, "--json").value
    assert value["copies_groups"] == 1
    assert [each["reference_id"] for each in value["copies"][0]] == ["09CAIRO3", "09DOHA9"]


def test_where_nothing_recurs_the_status_is_one(run: Run, folder: Path, tmp_path: Path) -> None:
    done = run("echoes", folder, "09RABAT10")
    assert (done.status, len(done.lines)) == (1, 1)
    write_dump(tmp_path / "few" / "cables.csv", [cable(1, own(1)), cable(2, own(2))])
    done = run("echoes", tmp_path / "few")
    assert done.status == 1
    none = "0 in more than one cable, 0 used by more than 5 posts"
    assert done.lines == ["2 different sentences", none]


def test_no_index_says_what_was_not_done_or_came_later(run: Run, folder: Path) -> None:
    run("index", folder, "--no-echoes")
    assert run("echoes", folder, "--no-index").says(
        4, "its sentences have not been compared yet; run `cable-tui index`"
    )
    run("index", folder)
    assert run("echoes", folder, "--no-index").status == 0
    write_dump(folder / "more.csv", [cable(20, FERRY)])
    run("index", folder, "--no-echoes")
    done = run("echoes", folder, "--no-index")
    assert "some cables were added after the last" in done.err
    later = run("echoes", folder, "09RABAT20", "--json")
    assert later.err == ""
    assert later.value["passages"][0]["places"][0]["reference_id"] == "09RABAT1"


def test_what_came_after_the_archive_was_counted_is_said(run: Run, folder: Path) -> None:
    write_dump(folder / "others.csv", [cable(number, own(number)) for number in range(100, 116)])
    assert run("echoes", folder).err == ""
    write_dump(folder / "more.csv", [cable(20, FERRY, own(3), KETTLES)])
    done = run("echoes", folder)
    said = "counted before 1 cable was added, changed or removed"
    assert said in done.err
    assert done.lines[0] == "24 different sentences"
    assert said in run("echoes", folder, "--json").value["tally"]["notes"]
    assert said not in run("echoes", folder, "09RABAT20").err
    done = run("search", folder, "ferry", "--fold-copies", "--sort", "created", "--refs")
    assert done.lines == ["09RABAT1", "09CAIRO3", "09RABAT20"]
    assert "1 cable was not folded" in done.err


@pytest.mark.parametrize("columns", [80, 200])
def test_lines_fit_a_terminal_of_any_width_and_a_pipe_gets_them_whole(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    write_dump(tmp_path / "long" / "cables.csv", [cable(1, LONG), cable(2, LONG)])
    monkeypatch.setenv("COLUMNS", str(columns))
    screen = Terminal()
    run("echoes", tmp_path / "long", screen=screen)
    assert max(map(len, screen.getvalue().splitlines())) == columns
    assert any(LONG in line for line in run("echoes", tmp_path / "long").lines)
