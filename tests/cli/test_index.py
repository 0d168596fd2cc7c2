"""`index`, `problems`, `stats`, `missing`: what is in a folder and what is not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cable_tui.archive.catalogue import passes
from cable_tui.base.index_state import Progress
from cable_tui.cli.index import IndexAnswer
from tests.archive.fiction import Fiction, build_index, write_dump
from tests.cli.conftest import Run
from tests.command_cases import Answer, CommandCase

CASE = CommandCase(
    shapes={"index": IndexAnswer, "index-progress": Progress},
    answers=(
        Answer("index PATH --json", names="cleaned"),
        Answer("index SAMPLES --rebuild --json"),
    ),
)

PAGE = "cable/2004/06/04PORTAMBER211.html"


@pytest.fixture
def folder(archive: Path, tmp_path: Path) -> Path:
    """A small archive that a test may change: two cables, and one file of another kind."""
    place = tmp_path / "few"
    place.mkdir()
    for name in (PAGE, "cable/2005/02/05QUAYHAVEN4.html"):
        (place / Path(name).name).write_bytes((archive / name).read_bytes())
    (place / "notes.wk1").write_bytes(b"\xd0\xcf\x11\xe0")
    return place


def test_the_second_time_finds_only_what_changed_and_a_rebuild_begins_anew(
    run: Run, folder: Path
) -> None:
    value = run("index", folder, "--json").value
    assert (value["cables"], value["added"], value["removed"]) == (2, 2, 0)
    assert sum(value["skipped"].values()) == 1
    (folder / "05QUAYHAVEN4.html").unlink()
    value = run("index", folder, "--json").value
    assert (value["cables"], value["added"], value["removed"]) == (1, 0, 1)
    assert run("index", folder, "--rebuild", "--json").value["added"] == 1
    # Files that gave nothing are read again if one asks for it.
    (folder / "a.pdf").write_bytes(b"%PDF-1.4 junk")
    assert run("index", folder, "--json").value["problems"] == 1
    again = run("index", folder, "--retry", "--json").value
    assert (again["problems"], again["added"], again["changed"]) == (1, 0, 0)


def test_a_file_that_would_not_parse_is_a_problem_and_no_failure(run: Run, folder: Path) -> None:
    page = (folder / "04PORTAMBER211.html").read_text(encoding="utf-8")
    (folder / "broken.html").write_text(page[: page.index("<pre>") + 40])
    assert run("index", folder).says(0, "1 problem (cable-tui problems lists it)")
    assert "1 problem" in run("stats", folder).lines
    value = run("problems", folder, "--json").value
    assert [problem["path"] for problem in value] == ["broken.html"]
    assert run("problems", folder).out.startswith("broken.html:")


def test_every_file_and_record_is_accounted_for(run: Run, folder: Path) -> None:
    account = run("index", folder, "--json").value["account"]
    assert account["adds_up"]
    words = (
        "3 files seen: 2 with records, 1 other .wk1 (save the text as .txt first) "
        "skipped. 2 records seen: 2 cables."
    )
    # For people it is a sentence on stderr.
    done = run("index", folder)
    assert (done.status, done.out, "\r" in done.err) == (0, "", False)
    assert done.err.startswith("cable-tui: 2 cables in ")
    assert words in done.err
    assert run("problems", folder, "--json").value == []
    assert words in run("problems", folder).err
    assert run("problems", folder, "--account").lines == [words]
    assert run("problems", folder, "--account", "--json").value == account


@pytest.mark.parametrize(
    "verb",
    [
        "index",
        "search",
        "stats",
        pytest.param("missing", marks=pytest.mark.tool("missing")),
    ],
)
def test_a_folder_without_cables_is_status_3_and_says_what_was_seen(
    run: Run, tmp_path: Path, verb: str
) -> None:
    place = tmp_path / "none"
    place.mkdir()
    (place / "cables.7z").write_bytes(b"7z\xbc\xaf\x27\x1c")
    assert run(verb, place).refuses(3, "contains no cables", "1 file")


def test_problems_lists_the_files_of_a_folder_without_cables(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 cut off")
    (tmp_path / "b.7z").write_bytes(b"7z\xbc\xaf\x27\x1c")
    assert "see cable-tui problems" in run("search", tmp_path).err
    for _ in range(2):
        lines = run("problems", tmp_path).lines
        assert [line.partition(":")[0] for line in lines] == ["a.parquet", "b.7z"]
    assert len(run("problems", tmp_path, "--json").value) == 2
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "lamp.jpg").write_bytes(b"\xff\xd8")
    assert run("problems", tmp_path / "none").refuses(3, "contains no cables", "1 image")


def test_an_empty_folder_is_status_3_and_a_cache_that_cannot_be_written_4(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    done = run("index", tmp_path / "empty")
    assert (done.status, "is empty" in done.err) == (3, True)
    (tmp_path / "file").write_text("no folder")
    assert run("index", folder, "--cache", tmp_path / "file").status == 4


@pytest.mark.parametrize(
    "command",
    [
        "index PATH",
        "search PATH kettle",
        "stats PATH",
        pytest.param("serve PATH", marks=pytest.mark.tool("serve")),
    ],
)
def test_a_cache_inside_of_the_archive_is_refused_and_nothing_is_written(
    run: Run, folder: Path, command: str
) -> None:
    before = sorted(folder.rglob("*"))
    words = [str(folder) if word == "PATH" else word for word in command.split()]
    for named in (folder, folder / ".cache"):
        done = run(*words, "--cache", named)
        assert done.refuses(2, f"--cache {named}: this is inside the archive {folder}")
    assert sorted(folder.rglob("*")) == before


def test_a_cache_that_is_inside_of_an_archive_already_is_read_and_forgotten(
    run: Run, folder: Path
) -> None:
    build_index(folder, folder / "cache")
    inside = ("--cache", folder / "cache")
    assert run("search", folder, "class:secret", "--no-index", *inside).status in (0, 1)
    assert run("doctor", folder, *inside).status in (0, 1)
    assert run("forget", folder, *inside).status == 0
    assert not list((folder / "cache").iterdir())


def test_progress_is_json_lines_that_end_with_done(home: Path, folder: Path) -> None:
    argv = [sys.executable, "-m", "cable_tui", "index", str(folder), "--progress"]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        steps = [json.loads(line) for line in child.stdout]
        assert child.wait(60) == 0
    assert steps[-1]["stage"] == "done"
    assert steps[-1]["cables"] == 2
    assert {"stage", "done", "total", "cables", "rate", "seconds_left"} <= set(steps[-1])


def test_an_index_of_another_version_is_said_to_be_made_anew(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", folder)
    assert "another version" not in run("index", folder).err
    for version, command in (("one", ("index", folder)), ("two", ("stats", folder))):
        monkeypatch.setattr(passes, "stamp", lambda name, version=version: f"{version} {name}")
        assert "another version of cable-tui" in run(*command).err
        assert "another version" not in run(*command).err


# 07BERN881, a page of 2011, runs on into the next row of the database.
_LONG = "The keepers met on the pier, as they had each year, and asked for new lamps. " * 6
_NEXT = (
    "50123\t2006-01-20 15:43:00\t06THEHAGUE131\tEmbassy The Hague\tUNCLASSIFIED\t\t"
    "VZCZCXRO4053\nRR RUEHAG\nDE RUEHZE #0131 0201543\nZNR UUUUU ZZH\nR 201543Z JAN 06\n"
    "FM AMEMBASSY THE HAGUE\nTO RUEHC/SECSTATE WASHDC 7564\tUNCLAS THE HAGUE 000131\n\n"
    "E.O. 12958: N/A\nTAGS: PREL, NL\nSUBJECT: ISAF GOES TO THE DUNES\n\n"
    "1. (U) ISAF troops will guard the dunes.\n\nKELP\n"
)
_TWO = Fiction("73RABAT27", "1973-04-05 10:00", text=f"{_LONG}\nMARLO\n{_NEXT}")


def test_index_show_cite_and_bookmarks_keep_the_second(run: Run, tmp_path: Path) -> None:
    archive = tmp_path / "cables"
    archive.mkdir()
    (archive / "73RABAT27.html").write_text(_TWO.page, encoding="utf-8")
    assert run("index", archive).status == 0
    hits = run("search", archive, "isaf", "--json").value["hits"]
    assert [(each["reference_id"], each["created"][:10]) for each in hits] == [
        ("06THEHAGUE131", "2006-01-20")
    ]
    shown = run("show", archive, "06THEHAGUE131", "--json").value
    assert shown["subject"] == "ISAF GOES TO THE DUNES"
    assert "the dunes" in run("show", archive, "06THEHAGUE131").out
    warned = run("show", archive, "73RABAT27", "--json").value["warnings"]
    assert [each["message"] for each in warned if each["code"] == "two-cables"] == [
        "the file's text continues into 06THEHAGUE131, which is read as a separate cable"
    ]
    assert "06THEHAGUE131" in run("cite", archive, "06THEHAGUE131#1").out
    assert run("search", archive, "has:two-cables", "--json").value["count"] == 1
    assert run("bookmarks", "add", archive, "06THEHAGUE131#1").status == 0
    assert run("index", archive, "--rebuild").status == 0
    assert "06THEHAGUE131" in run("bookmarks", "list").out
    assert run("show", archive, "06THEHAGUE131").status == 0


def test_in_a_dump_it_is_left_out_and_the_warning_names_it(run: Run, tmp_path: Path) -> None:
    write_dump(tmp_path / "cables.csv", [_TWO])
    file = tmp_path / "cables.csv"
    assert run("search", file, "isaf").status == 1
    warned = run("show", file, "73RABAT27", "--json").value["warnings"]
    assert "the file's text continues into 06THEHAGUE131, which is skipped" in {
        each["message"] for each in warned
    }
