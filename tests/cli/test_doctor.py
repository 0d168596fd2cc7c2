"""`doctor` and `paths`: what is where, and whether it is sound. Nothing is changed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Annotated

import pytest

from cable_tui.archive.build.indexer import index
from cable_tui.cli.doctor import Finding
from cable_tui.cli.paths import PathsAnswer
from cable_tui.library import Library, Mark
from cable_tui.operating_system import confinement
from tests.cli.conftest import Run, write_settings
from tests.command_cases import Answer, CommandCase
from tests.parts import COMMON
from tests.shapes import tar

CASE = CommandCase(
    shapes={"paths": PathsAnswer, "doctor": Annotated[tuple[Finding, ...], ("minItems", 1)]},
    answers=(
        Answer("doctor --json"),
        Answer("doctor PATH --json", names="cleaned"),
        Answer("paths --json"),
        Answer("paths PATH --json", names="cleaned"),
    ),
    imports={"paths": COMMON},
)


def states(run: Run, *argv: str | Path) -> dict[str, str]:
    return {each["what"]: each["state"] for each in run("doctor", *argv, "--json").value}


@pytest.fixture(scope="module")
def made(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache with the archive in it."""
    root = tmp_path_factory.mktemp("made") / "cache"
    for _ in index(archive, root, echoes=True):
        pass
    return root


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> tuple[str, Path]:
    """A copy of it that a test may damage, as options."""
    shutil.copytree(made, tmp_path / "cache")
    return ("--cache", tmp_path / "cache")


def test_a_new_home_is_well_and_stays_untouched(run: Run, home: Path) -> None:
    done = run("doctor")
    assert (done.status, done.err) == (0, "")
    assert not home.exists()


def test_a_library_that_is_damaged_or_gone_beside_its_copies_is_found_and_left(
    run: Run, home: Path
) -> None:
    file = home / "data" / "library.sqlite"
    Library(file).add(Mark("09TESTPOST1", "09TESTPOST1"))
    assert "sound; copies: none yet" in run("doctor").out
    Library(file).add(Mark("09TESTPOST2", "09TESTPOST2"))
    assert "sound; copies: 20" in run("doctor").out
    assert states(run)["bookmarks"] == "ok"
    content = b"x" * len(file.read_bytes())
    file.write_bytes(content)
    assert run("doctor").status == 1
    assert states(run)["bookmarks"] == "damaged"
    assert file.read_bytes() == content
    file.unlink()
    assert states(run)["bookmarks"] == "damaged"


def test_an_archive_without_a_cache_is_only_noted(run: Run, archive: Path, tmp_path: Path) -> None:
    assert run("doctor", archive, "--cache", tmp_path / "none").status == 0
    assert states(run, archive, "--cache", tmp_path / "none")["cache"] == "note"


def test_a_damaged_cache_is_found(run: Run, archive: Path, copied: tuple[str, Path]) -> None:
    assert states(run, archive, *copied)["cache"] == "ok"
    (catalogue,) = copied[1].glob("*/catalogue-*.sqlite")
    content = bytearray(catalogue.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    catalogue.write_bytes(content)
    for tail in ("-wal", "-shm"):
        catalogue.with_name(catalogue.name + tail).unlink(missing_ok=True)
    assert run("doctor", archive, *copied).status == 1
    assert states(run, archive, *copied)["cache"] == "damaged"


def _empty(catalogue: Path) -> None:
    catalogue.write_bytes(b"")


def _without_tables(catalogue: Path) -> None:
    """As SQLite leaves it between the choice of its journal and the first table."""
    catalogue.unlink()
    with closing(sqlite3.connect(catalogue)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    assert catalogue.stat().st_size == 4096


@pytest.mark.parametrize("left", [_empty, _without_tables])
def test_a_cache_that_a_kill_left_without_a_table_is_not_yet_built(
    run: Run, archive: Path, copied: tuple[str, Path], left: Callable[[Path], None]
) -> None:
    (catalogue,) = copied[1].glob("*/catalogue-*.sqlite")
    for tail in ("-wal", "-shm"):
        catalogue.with_name(catalogue.name + tail).unlink(missing_ok=True)
    left(catalogue)
    done = run("doctor", archive, *copied)
    assert done.status == 0
    assert states(run, archive, *copied)["cache"] == "note"
    assert "not built yet; `cable-tui index` builds it" in done.out
    assert run("index", archive, *copied).status == 0
    assert states(run, archive, *copied)["cache"] == "ok"


def test_a_text_index_that_a_kill_left_without_a_file_is_not_yet_built(
    run: Run, archive: Path, copied: tuple[str, Path]
) -> None:
    (folder,) = copied[1].glob("*/text")
    for file in folder.iterdir():
        file.unlink()
    assert run("doctor", archive, *copied).status == 0
    assert states(run, archive, *copied)["text index"] == "note"


def test_a_damaged_text_index_is_found(run: Run, archive: Path, copied: tuple[str, Path]) -> None:
    assert states(run, archive, *copied)["text index"] == "ok"
    file = next(copied[1].glob("*/text/*.term"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert run("doctor", archive, *copied).status == 1
    assert states(run, archive, *copied)["text index"] == "damaged"


@pytest.mark.parametrize("name", ["text", "voices"])
def test_files_that_a_killed_indexer_left_are_noted_until_the_next_run(
    run: Run, archive: Path, tmp_path: Path, name: str
) -> None:
    what = {"text": "text index", "voices": "voices"}[name]
    cache = ("--cache", tmp_path / "cache")
    assert run("index", archive, *cache).status == 0
    (meta,) = (tmp_path / "cache").glob(f"*/{name}/meta.json")
    left = meta.with_name(f"{'0' * 31}b.4.del")
    left.write_bytes(b"x")
    done = run("doctor", archive, *cache)
    assert done.status == 0
    assert f"sound; {left.name} is not in its file list" in done.out
    assert states(run, archive, *cache)[what] == "note"
    assert left.exists(), "doctor repairs nothing"
    assert run("index", archive, *cache).status == 0
    assert not left.exists()
    assert states(run, archive, *cache)[what] == "ok"


@pytest.mark.tool("voices")
def test_the_index_of_voices_is_noted_where_it_is_left_out_and_checked_else(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    cache = ("--cache", tmp_path / "cache")
    assert run("index", archive, "--no-echoes", *cache).status == 0
    assert states(run, archive, *cache)["voices"] == "note"
    assert run("index", archive, *cache).status == 0
    assert states(run, archive, *cache)["voices"] == "ok"
    next((tmp_path / "cache").glob("*/voices/*.idx")).write_bytes(b"cut")
    assert states(run, archive, *cache)["voices"] == "damaged"
    assert run("index", archive, "--rebuild", *cache).status == 0
    assert states(run, archive, *cache)["voices"] == "ok"


def test_mistakes_in_the_settings_and_wrong_keys_of_the_room_are_noted(
    run: Run, home: Path
) -> None:
    own = '[commands.translate]\nrun = ["trans"]\nkey = "g"\n'
    write_settings(home, f'theme = 1\n[keys]\nlist.raed = "m"\n{own}')
    (found,) = [each for each in run("doctor", "--json").value if each["what"] == "settings"]
    assert found["state"] == "note"
    assert "theme: a quoted text is required" in found["words"]
    assert "Did you mean list.read?" in found["words"]
    assert "commands.translate.key: g is already the key of go.menu" in found["words"]


def test_paths_are_printed(run: Run, home: Path, archive: Path, cache: Path) -> None:
    assert run("paths", "--json").value == {
        "config": str(home / "config" / "config.toml"),
        "data": str(home / "data"),
        "cache": str(cache),
        "state": str(home / "state"),
        "visitors": str(home / "data" / "visitors"),
        "library": str(home / "data" / "library.sqlite"),
    }
    lines = run("paths", archive).lines
    assert lines[-1].startswith(f"archive cache {cache}/")


def test_every_way_to_the_clipboard_is_tried_on_demand(run: Run, home: Path) -> None:
    found = run("doctor", "--clipboard", "--json").value
    words = [each["words"] for each in found if each["what"] == "clipboard"]
    assert words[-1].endswith(f"saved in {home / 'state' / 'clipboard.txt'}")
    assert (home / "state" / "clipboard.txt").read_text().startswith("cable-tui")


def test_the_account_and_what_is_dear_to_open_are_said(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    page = next(archive.rglob("0*.html")).read_bytes()
    (tmp_path / "few").mkdir()
    (tmp_path / "few" / "a.tar.xz").write_bytes(tar({"a.html": page, "b.png": b"\x89PNG"}, "w:xz"))
    run("index", tmp_path / "few")
    found = {each["what"]: each for each in run("doctor", tmp_path / "few", "--json").value}
    assert found["account"]["state"] == "ok"
    assert found["account"]["account"]["adds_up"] is True
    assert found["account"]["account"]["files"]["skipped"] == {"image": 1}
    assert "a.tar.xz/a.html" in found["packed"]["words"]
    assert all("account" not in each for what, each in found.items() if what != "account")


@pytest.mark.parametrize(
    ("able", "state", "words"),
    [
        ((True, True), "ok", "without access to other files or the network"),
        ((False, True), "note", "no Landlock (Linux 5.13 and later): the processes that read PDFs"),
        ((True, False), "note", "databases can still reach the network"),
    ],
)
def test_what_readers_of_pdfs_keep_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, able: tuple[bool, bool], state: str, words: str
) -> None:
    monkeypatch.setattr(confinement, "possible", lambda: confinement.Confinement(*able))
    (found,) = (each for each in run("doctor", "--json").value if each["what"] == "readers")
    assert found["state"] == state
    assert words in found["words"]
