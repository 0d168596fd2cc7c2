"""`verify`: the report on a dossier, and its status."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from cable_tui.tools.dossiers.command import VerifyAnswer
from tests.cli.conftest import REF, STORY, Run
from tests.command_cases import Answer, CommandCase
from tests.parts import ASKING, COMMON, GRAMMAR, LIBRARY, READING
from tests.tools.dossiers.reseal import edited, remade, replaced, resealed
from tests.tools.dossiers.test_manipulations import TABLE, THREE, put


def _dossiers(run: Callable[..., Any], places: Mapping[str, Path]) -> None:
    """A dossier, one with a packed byte that was changed, and an archive of another cable."""
    dossier = places["DOSSIER"]
    run("export", places["PATH"], "kettle", "--format", "verifiable", "-o", dossier)
    data = bytearray(dossier.read_bytes())
    data[data.index(b"manifest.json") + 200] ^= 1
    places["CHANGED"].write_bytes(data)
    page = next((places["PATH"] / "cable").rglob("*.html"))
    places["OTHER"].mkdir()
    (places["OTHER"] / page.name).write_bytes(page.read_bytes())


CASE = CommandCase(
    shapes={"verify": VerifyAnswer},
    answers=(
        Answer("verify DOSSIER --json"),
        Answer("verify DOSSIER PATH --json"),
        Answer("verify DOSSIER OTHER --json", 1),
        Answer("verify CHANGED PATH --json", 1),
    ),
    imports={
        "verify DOSSIER": COMMON
        | READING
        | GRAMMAR
        | LIBRARY
        | {"database", "exports", "format_names", "protection", "query", "research_log"}
        | {"kinds", "tools.dossiers", "tools.protection"},
        "verify DOSSIER PATH": ASKING
        | READING
        | GRAMMAR
        | LIBRARY
        | {
            *("archive.fingerprint", "archive.protection", "archive.sealing", "exports"),
            *("protection", "research_log"),
        }
        | {"kinds", "tools.dossiers", "tools.protection", "tools.research_log"},
    },
    prepare=_dossiers,
)


def test_an_unchanged_dossier_is_said_to_be_so(run: Run, dossier: Path) -> None:
    done = run("verify", dossier)
    assert done.status == 0
    first, second, third, *content = done.lines
    assert first == ("Story: 2 cables, whole texts, protected names masked 3 times")
    assert second.startswith("matches its own checksum; its own date is ")
    assert third == f"checksum: sha256 {hashlib.sha256(dossier.read_bytes()[:-64]).hexdigest()}"
    assert content[:2] == [
        "compared:",
        "  every byte with the checksum, and every member with manifest.json",
    ]
    assert "not compared:" in content
    assert any("who made it" in line for line in content)


OLD = Path(__file__).parents[2] / "data" / "sealed-0.1.0" / "whole.zip"


def test_a_page_that_was_not_compared_is_said_first_and_made_from_the_data(
    run: Run, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    done = run("verify", OLD, "--page", page)
    assert done.status == 3
    assert done.lines[2] == "index.html was not compared: do not rely on it"
    assert done.out.count("was not compared") == 1
    assert done.err == f"cable-tui: page from the data written to {page}\n"
    assert "Which list?" in page.read_text("utf-8")
    value = run("verify", OLD, "--json").value
    assert (value["unchanged"], value["page_compared"], value["renderer"]) == (False, False, 0)


@pytest.mark.parametrize("name", ["-", "dossier.zip"])
def test_a_page_is_never_written_over_its_dossier(
    run: Run, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path(shutil.copy(OLD, tmp_path / "dossier.zip"))
    assert run("verify", file, "--page", name).refuses(2, ": name another file for the page")
    assert file.read_bytes() == OLD.read_bytes()


def test_the_published_seal_is_compared(run: Run, dossier: Path) -> None:
    # As docs/sealed.md has it: `head -c -64 maps.zip | sha256sum`, and the comment of the zip.
    seal = hashlib.sha256(dossier.read_bytes()[:-64]).hexdigest()
    with zipfile.ZipFile(dossier) as demo_archive:
        assert demo_archive.comment.decode().endswith(f": {seal}")
    for given in (seal, f"sha256 {seal}", seal.upper(), f" sha256:{seal}\n"):
        done = run("verify", dossier, "--checksum", given)
        assert (done.status, done.lines[3]) == (0, "the checksum is the published one")
    other = "0" * 64
    done = run("verify", dossier, "--checksum", other)
    assert (done.status, done.lines[3]) == (1, f"NOT the published checksum: {other}")
    assert run("verify", dossier, "--seal", "mine").status == 2
    # That of the whole file was published before.
    whole = hashlib.sha256(dossier.read_bytes()).hexdigest()
    done = run("verify", dossier, "--checksum", whole)
    assert done.status == 0
    assert "the published number is the SHA-256 of the" in done.lines[3]
    value = run("verify", dossier, "--json", "--checksum", whole).value
    assert (value["file_sha256"], value["expected"], value["matched"]) == (whole, whole, "file")


def test_a_page_that_was_changed_and_sealed_again_is_a_finding(
    run: Run, dossier: Path, marked: Path
) -> None:
    resealed(dossier, replaced("index.html", "which list?", "no list."))
    for more in ((), (marked,)):
        done = run("verify", dossier, *more)
        assert done.status == 1
        assert done.lines[1] == "matches its own checksum, but CONTRADICTS ITSELF: 1 problem"
        assert done.lines[2].startswith("  index.html: it contains “")
        assert "no list." in done.lines[2]


def test_the_record_that_was_sealed_is_compared_with_that_of_the_archive(
    run: Run, dossier: Path, marked: Path
) -> None:
    """What agrees in the dossier, the archive contradicts."""
    member = "cables/00002-06PORTAMBER131.json"
    remade(dossier, edited(member, lambda value: value["source"].update(sha256="0" * 64)))
    assert run("verify", dossier).status == 0
    done = run("verify", dossier, marked)
    assert done.status == 1
    assert "  06PORTAMBER131: DIFFERS: the bytes of this version" in done.out


def test_the_number_of_cables_is_that_of_the_archive(run: Run, dossier: Path, marked: Path) -> None:
    remade(dossier, edited("manifest.json", lambda value: value["archive"].update(cables=9)))
    assert run("verify", dossier).status == 0
    done = run("verify", dossier, marked)
    assert done.status == 1
    assert "  NOT 9 cables but 40" in done.lines


@pytest.mark.parametrize(
    "words",
    [each for each in TABLE if each[4] == "not covered: PATH shows it" and each[1] != THREE],
    ids=lambda words: f"{words[1]}, {words[0]}",
)
def test_an_archive_shows_what_agrees_in_the_dossier(
    run: Run, dossier: Path, marked: Path, words: list[str]
) -> None:
    _, name, place, new, _ = words
    before = run("verify", dossier, marked).lines
    remade(dossier, put(name, place, new))
    assert run("verify", dossier).status == 0
    done = run("verify", dossier, marked)
    lines = [line for line in done.lines if line not in before and not line.startswith("seal: ")]
    assert lines, done.out


def test_every_text_is_compared_with_an_archive(run: Run, dossier: Path, marked: Path) -> None:
    done = run("verify", dossier, marked)
    assert done.status == 0
    lines = [
        f"{marked}: the dossier's archive",
        "1 of 1 source file byte for byte the same",
        "1 source file without a fingerprint, because of a masked name",
        "2 of 2 texts as in the archive but for 3 masked places",
    ]
    assert done.lines[3 : 3 + len(lines)] == lines
    text = "same text in its file"
    lines[1:1] = [
        f"  {REF}: {text} (cable/2007/04/{REF}.html)",
        f"  06PORTAMBER131: {text} (cable/2006/07/06PORTAMBER131.html)",
    ]
    assert run("--verbose", "verify", dossier, marked).lines[3 : 3 + len(lines)] == lines


def test_an_archive_with_another_text_is_a_finding(
    run: Run, dossier: Path, marked: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    page = f"cable/2007/04/{REF}.html"
    (other / page).parent.mkdir(parents=True)
    shutil.copy(marked / page, other / page)
    changed = (other / page).read_text(encoding="utf-8").replace("three estates", "two estates")
    (other / page).write_text(changed, encoding="utf-8")
    done = run("--cache", tmp_path / "cache", "verify", dossier, other)
    assert done.status == 1
    assert f"{other}: not the dossier's archive, or changed since" in done.lines
    assert f"  {REF}: DIFFERS: ¶3: “three estates without notice. At the" in done.out, done.out
    assert "  06PORTAMBER131: not in this archive" in done.lines
    assert "  cable/2006/07/06PORTAMBER131.html: not in this archive" in done.lines
    assert "0 of 2 texts as in the archive" in done.lines


def test_a_dossier_is_an_archive_with_every_command(
    run: Run, marked: Path, dossier: Path, tmp_path: Path
) -> None:
    here = ("--cache", tmp_path / "cache")
    assert run(*here, "search", dossier, "vouchers", "--refs").out == f"{REF}\n"
    shown = run(*here, "show", dossier, f"{REF}#4").out
    assert "Dr. [name masked], who does not care" in shown
    cited = ("cite", f"{REF}#3", "--style", "note")
    verb, *rest = cited
    assert run(*here, verb, dossier, *rest).out == run(verb, marked, *rest).out
    account = run(*here, "problems", dossier)
    assert (account.status, account.out) == (0, "")
    assert "2 records seen: 2 cables." in account.err


def test_the_marks_of_a_dossier_are_taken_in_once(
    run: Run, dossier: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CABLE_TUI_HOME", str(home.parent / "other"))
    done = run("bookmarks", "import", dossier)
    assert done.err == "cable-tui: 3 bookmarks added, 0 newer notes imported, 0 unchanged\n"
    assert run("bookmarks", "list", *STORY).lines == [
        f"{REF} ¶4  which list?  [Story]",
        f"{REF} ¶3  [Story]",
        "06PORTAMBER131  [Story]",
    ]
    assert run("bookmarks", "import", dossier).err.endswith(" 3 unchanged\n")


def test_a_changed_one_is_a_finding_and_nothing_is_taken_in_of_it(
    run: Run, dossier: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CABLE_TUI_HOME", str(home.parent / "other"))
    data = bytearray(dossier.read_bytes())
    data[len(data) // 2] ^= 4
    dossier.write_bytes(data)
    done = run("verify", dossier)
    assert done.status == 1
    assert "CHANGED since it was made" in done.out
    assert "  its bytes do not match its checksum" in done.out
    assert run("bookmarks", "import", dossier).says(4, "CHANGED since it was made")
    assert run("bookmarks", "list").status == 1
