"""`export --format verifiable`: what is in the dossier, and the messages about it."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.archive.fiction import LAMPS, Fiction, write_page
from tests.cli.conftest import REF, STORY, Outcome, Run, sealed

TAKING = ("--format", "verifiable", "--take-proposed")


def test_the_seal_is_printed_and_is_the_digest_of_the_file(
    run: Run, marked: Path, tmp_path: Path
) -> None:
    file = tmp_path / "story.zip"
    done = sealed(run, marked, file)
    assert done.err.splitlines() == [
        f"cable-tui: 2 cables written to {file}",
        (
            "cable-tui: 2 names masked at 3 places; "
            "1 protection request without an answer; "
            "Names proposed by rules and not confirmed by anyone: 2"
        ),
        f"cable-tui: checksum: sha256 {hashlib.sha256(file.read_bytes()[:-64]).hexdigest()}",
    ]


def test_paragraphs_and_names_are_as_they_were_asked_for(
    run: Run, marked: Path, tmp_path: Path
) -> None:
    file = tmp_path / "story.zip"
    done = sealed(run, marked, file, "--paragraphs", "--with-protected")
    assert "1 protection request in" in done.err
    assert "masked" not in done.err
    assert run("verify", file).lines[0] == "Story: 2 cables, cited paragraphs"
    assert run("verify", file, marked).status == 0
    text = member(file, f"cables/00001-{REF}.json")
    assert "[paragraph left out" in text
    assert "[name masked]" not in text


def test_a_query_can_be_sealed_with_its_bookmarks_and_no_list(
    run: Run, marked: Path, tmp_path: Path
) -> None:
    file = tmp_path / "query.zip"
    assert run("export", marked, f"ref:{REF}", *TAKING, "-o", file).status == 0
    found = bundle(file)
    assert (len(found["marks"]), found["lists"]) == (2, [])


def test_the_same_moment_makes_the_same_file(
    run: Run, marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    files = [tmp_path / "a.zip", tmp_path / "b.zip"]
    for file in files:
        assert sealed(run, marked, file).status == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert "its own date is 2009-02-13 23:31:30 UTC" in run("verify", files[0]).out
    for wrong in ("then", "4354819200"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        assert sealed(run, marked, files[0]).says(
            2, f"SOURCE_DATE_EPOCH needs a number of seconds from 0 to 4354819199, not {wrong}"
        )


@pytest.mark.parametrize(
    "option",
    [
        *("--whole", "--paragraphs", "--with-protected", "--mask=Tern", "--take-proposed"),
        *("--with-log", "--without-log"),
    ],
)
def test_what_only_a_dossier_knows_is_refused_with_other_forms(
    run: Run, marked: Path, option: str
) -> None:
    assert run("export", marked, *STORY, "--format", "csv", option).says(
        2, "need --format verifiable"
    )


def test_the_name_of_0_1_0_makes_one_too_and_another_ending_is_said(
    run: Run, marked: Path, tmp_path: Path
) -> None:
    file = tmp_path / "story.dossier"
    done = run("export", marked, *STORY, "--format", "sealed", "-o", file, "--with-protected")
    assert done.status == 0
    assert (
        "story.dossier: the name does not end in .zip; many programs will not open it" in done.err
    )
    assert run("verify", file).status == 0
    assert "sealed" not in run("export", "--help").out


def member(file: Path, name: str) -> str:
    with zipfile.ZipFile(file) as packed:
        return packed.read(name).decode()


def bundle(file: Path) -> Any:
    return json.loads(member(file, "marks.json"))


def test_of_a_list_only_its_bookmarks_leave_whatever_blanks_its_name_has(
    run: Run, marked: Path, tmp_path: Path
) -> None:
    run("bookmarks", "add", marked, "06PORTAMBER131#1", "--note", "not of it", "--list", "Else")
    run("bookmarks", "add", marked, "06PORTAMBER131#1", "--note", "of it", "--list", "Two  words")
    file = tmp_path / "words.zip"
    done = run("export", marked, "--list", " Two   words", "--format", "verifiable", "-o", file)
    assert done.status == 0
    found = bundle(file)
    assert [each["note"] for each in found["marks"]] == ["of it"]
    assert [each["name"] for each in found["lists"]] == ["Two words"]


def test_a_query_is_sealed_without_bookmarks_that_cannot_be_read(
    run: Run, marked: Path, tmp_path: Path
) -> None:
    (library,) = tmp_path.rglob("library.sqlite")
    library.unlink()
    library.mkdir()
    file = tmp_path / "query.zip"
    assert run("export", marked, f"ref:{REF}", *TAKING, "-o", file).says(
        0, "; the dossier will not include your bookmarks"
    )
    assert bundle(file)["marks"] == []
    assert sealed(run, marked, tmp_path / "list.zip").status == 4
    assert not (tmp_path / "list.zip").exists()


# Two people are named before `He`: only a reader knows which of them is meant.
OPEN = Fiction(
    "09RABAT31",
    subject="BO RASK COUNTS LAMPS",
    text="Bo Rask wrote to Ivo Tern in May. He (strictly protect) counted four lamps.",
)


@pytest.fixture
def unanswered(tmp_path: Path) -> Path:
    """An archive with a request, and a cable without one."""
    folder = tmp_path / "cables"
    write_page(folder, OPEN)
    write_page(folder, LAMPS)
    return folder


def dossier_of(run: Run, demo_archive: Path, file: Path, *options: str) -> Outcome:
    return run("export", demo_archive, "--format", "verifiable", "-o", file, *options)


def test_without_an_answer_nothing_is_written(run: Run, unanswered: Path, tmp_path: Path) -> None:
    file = tmp_path / "lamps.zip"
    done = dossier_of(run, unanswered, file)
    assert done.status == 2
    assert done.err.splitlines()[-4:] == [
        "cable-tui: 1 protection request, 1 without an answer: 09RABAT31 ¶1",
        (
            f"Nothing was written. Answer each: cable-tui protect {unanswered} --refs 09RABAT31 "
            "--csv > answers.csv"
        ),
        f"Fill in the column `answer`, then: cable-tui protect {unanswered} --answers answers.csv",
        "--take-proposed masks what rules propose, which nobody has confirmed.",
    ]
    assert not file.exists()


def answer(run: Run, demo_archive: Path, file: Path, text: str) -> None:
    """Give one answer to all requests."""
    table = run("protect", demo_archive, "--csv-raw").out.replace("\r\n", "\n").splitlines()
    rows = list(csv.reader(table))
    rows = [rows[0], *([*row[:5], text, row[6]] for row in rows[1:])]
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    assert run("protect", demo_archive, "--answers", file).status == 0


def every_member(file: Path) -> str:
    with zipfile.ZipFile(file) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist())


def test_what_a_reader_confirmed_is_masked_and_nothing_else(
    run: Run, unanswered: Path, tmp_path: Path
) -> None:
    answer(run, unanswered, tmp_path / "answers.csv", "Bo Rask")
    file = tmp_path / "rask.zip"
    done = dossier_of(run, unanswered, file)
    said = "1 name masked at 3 places; 1 protection request answered by a reader"
    assert done.says(0, f"cable-tui: {said}\n")
    assert "rask.zip: this file name contains a masked name" in done.err
    every = every_member(file)
    assert "rask" not in every.lower()
    assert "Ivo Tern" in every
    assert json.loads(member(file, "manifest.json"))["statements"][-2:] == [
        "1 name masked at 3 places.",
        "1 protection request answered by a reader.",
    ]
    assert run("verify", file, unanswered).status == 0


@pytest.mark.parametrize("option", ["--take-proposed", "--unresolved"])
def test_proposals_are_taken_if_that_is_said(
    run: Run, unanswered: Path, tmp_path: Path, option: str
) -> None:
    file = tmp_path / "lamps.zip"
    done = dossier_of(run, unanswered, file, option)
    assert done.says(0, "; Names proposed by rules and not confirmed by anyone: 2\n")
    said = "Names proposed by rules and not confirmed by anyone: 2."
    assert said in json.loads(member(file, "manifest.json"))["statements"]
    assert said in member(file, "index.html")
    assert "rask" not in every_member(file).lower()


def test_other_exports_say_how_many_requests_their_cables_hold(run: Run, unanswered: Path) -> None:
    shows = "lists them\n"
    done = run("export", unanswered, "lamps", "--format", "csv")
    wanted = f"1 protection request in 09RABAT31: cable-tui protect {unanswered} lamps {shows}"
    assert wanted in done.err
    assert "cable-tui protect" not in done.out
    one = f"1 protection request in 09RABAT31: cable-tui protect {unanswered} ref:09RABAT31 {shows}"
    for command in ("cite", "show"):
        done = run(command, unanswered, "09RABAT31")
        assert one in done.err
        assert "cable-tui protect" not in done.out
        assert "cable-tui protect" not in run(command, unanswered, LAMPS.id).err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--mask", "Tern", "--with-protected"), "--with-protected cannot be combined with"),
        (("--take-proposed", "--with-protected"), "--with-protected cannot be combined with"),
        (("--mask", " . "), "--mask needs a name or phrase of at least two"),
        (("--mask", ""), "--mask needs a name or phrase of at least two"),
        (("--with-log", "--without-log"), "not both"),
    ],
)
def test_options_that_contradict_each_other_are_refused(
    run: Run, unanswered: Path, tmp_path: Path, given: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "lamps.zip"
    done = run("export", unanswered, "--format", "verifiable", "-o", file, *given)
    assert (done.status, said in done.err, file.exists()) == (2, True, False)


def test_searches_go_in_only_if_they_are_asked_for(
    run: Run, unanswered: Path, tmp_path: Path
) -> None:
    for query in ("lamps", "pier", "keepers", "unheardof"):
        run("search", unanswered, query)
    sealing = ("export", unanswered, "ref:09RABAT27", "--format", "verifiable", "-o")
    file = tmp_path / "lamps.zip"
    assert "not in the dossier: 5 searches in your log (add --with-log)" in run(*sealing, file).err
    assert "pier" not in every_member(file).replace("met on the pier", "")
    assert "not in the dossier: 6 searches" in run(*sealing, file, "--without-log").err
    assert (
        "in the dossier: 7 searches, 1 outside this list" in run(*sealing, file, "--with-log").err
    )
    log = json.loads(member(file, "log.json"))["searches"]
    assert [each["query"] for each in log][:4] == ["lamps", "pier", "keepers", "unheardof"]
