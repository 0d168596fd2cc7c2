"""Files as other systems have them, each put in place of this one."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from functools import partialmethod
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import pytest

from cable_tui.archive import cache
from cable_tui.base.errors import CacheError
from cable_tui.operating_system import files
from cable_tui.program import database
from tests.operating_system.systems import OpenElsewhere, become, fold_names, module


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    pauses: list[float] = []
    monkeypatch.setattr("cable_tui.operating_system.files.time.sleep", pauses.append)
    return pauses


# "Maximum Path Length Limitation" in Microsoft's documentation.
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("C:\\cables\\2009/02/X.html", "\\\\?\\C:\\cables\\2009\\02\\X.html"),
        ("C:\\cables/NUL", "\\\\?\\C:\\cables\\NUL"),
        ("C:\\cables/aux.txt", "\\\\?\\C:\\cables\\aux.txt"),
        ("C:\\cables/a name.", "\\\\?\\C:\\cables\\a name."),
        ("\\\\server\\share\\cables/X.html", "\\\\?\\UNC\\server\\share\\cables\\X.html"),
        ("\\\\?\\C:\\cables/X.html", "\\\\?\\C:\\cables\\X.html"),
        ("\\\\.\\pipe\\x", "\\\\.\\pipe\\x"),
        ("cables/X.html", "cables/X.html"),
    ],
)
def test_windows_gets_paths_that_may_be_long_and_have_any_names(
    monkeypatch: pytest.MonkeyPatch, path: str, expected: str
) -> None:
    assert files.on_disk(path.encode()) == path.encode()
    become(monkeypatch, "win32")
    assert files.on_disk(path.encode()) == expected.encode()


def test_a_file_is_opened_where_only_pipes_can_be_set_to_block(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def only_pipes(_descriptor: int, _blocking: bool) -> None:
        raise OSError(22, "Invalid argument")  # Python 3.12 on Windows

    monkeypatch.setattr(files, "_NONBLOCK", 0)
    monkeypatch.setattr(os, "set_blocking", only_pipes)
    (tmp_path / "page").write_bytes(b"page")
    descriptor = files.open_regular(os.fsencode(tmp_path / "page"))
    assert os.read(descriptor, 9) == b"page"
    os.close(descriptor)


def test_an_opened_file_blocks(tmp_path: Path) -> None:
    (tmp_path / "page").touch()
    descriptor = files.open_regular(os.fsencode(tmp_path / "page"))
    assert os.get_blocking(descriptor)
    os.close(descriptor)


@pytest.mark.parametrize(
    ("platform", "tag", "expected"),
    [
        ("win32", 0xA0000003, True),
        ("win32", 0, False),
        ("win32", 0x9000001A, False),  # a folder in the cloud
        ("linux", 0xA0000003, False),
    ],
)
def test_a_junction_is_a_link(
    monkeypatch: pytest.MonkeyPatch, platform: str, tag: int, expected: bool
) -> None:
    become(monkeypatch, platform)
    entry: Any = module(stat=lambda follow_symlinks: module(st_reparse_tag=tag))
    assert files.is_junction(entry) is expected


@pytest.mark.parametrize("stored", [b"pages", "Rhône".encode(), b"Rh\xf4ne", b"\xff\x00", b""])
def test_any_bytes_are_a_name_and_come_back(stored: bytes) -> None:
    assert os.fsencode(files.name_of(stored)) == stored


def test_a_path_that_is_not_there_is_itself(tmp_path: Path) -> None:
    assert files.true_path(tmp_path / "none") == (tmp_path / "none").resolve()


@pytest.fixture
def folding(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk as macOS has it."""
    fold_names(monkeypatch)


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        ("Cables", "cables"),
        ("cables", "CABLES"),
        ("Cables", "Cables"),
        ("2009", "2009"),
        ("Ca\u0302bles d\u2019E\u0301tat", "C\u00e2bles d\u2019\u00c9tat"),
        ("C\u00e2bles", "Ca\u0302BLES"),
    ],
)
def test_a_folder_has_one_path_however_it_is_written(
    folding: None, tmp_path: Path, stored: str, written: str
) -> None:
    (tmp_path / stored / "Deep").mkdir(parents=True)
    expected = tmp_path.resolve() / stored
    assert files.true_path(tmp_path / written) == expected
    assert files.true_path(tmp_path / written / "dEEP") == expected / "Deep"
    assert files.true_path(tmp_path / written / "gone") == expected / "gone"


def test_two_folders_that_differ_in_case_are_two(tmp_path: Path) -> None:
    for name in ("Cables", "cables"):
        (tmp_path / name).mkdir()
        assert files.true_path(tmp_path / name) == tmp_path.resolve() / name


def test_two_names_of_one_file_are_two(tmp_path: Path) -> None:
    (tmp_path / "dump.csv").touch()
    (tmp_path / "DUMP.CSV").hardlink_to(tmp_path / "dump.csv")
    for name in ("dump.csv", "DUMP.CSV"):
        assert files.true_path(tmp_path / name) == tmp_path.resolve() / name


def test_a_folder_that_cannot_be_listed_keeps_the_name_that_was_written(
    folding: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "Cables").mkdir()

    def refused(*_: object) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", refused)
    assert files.true_path(tmp_path / "cables").name == "cables"


@pytest.mark.parametrize("times", [1, 3, 7])
def test_a_file_that_is_open_elsewhere_is_replaced_once_it_is_closed(
    monkeypatch: pytest.MonkeyPatch, no_pauses: list[float], tmp_path: Path, times: int
) -> None:
    become(monkeypatch, "win32")
    refusing = OpenElsewhere(times, os.replace)
    monkeypatch.setattr(Path, "replace", partialmethod(refusing))
    (tmp_path / "new").write_text("new")
    (tmp_path / "file").write_text("old")
    files.replace(tmp_path / "new", tmp_path / "file")
    assert (tmp_path / "file").read_text() == "new"
    assert len(no_pauses) == times


def test_a_file_that_stays_open_is_an_error_within_two_seconds(
    monkeypatch: pytest.MonkeyPatch, no_pauses: list[float], tmp_path: Path
) -> None:
    become(monkeypatch, "win32")
    monkeypatch.setattr(Path, "replace", OpenElsewhere(99))
    with pytest.raises(PermissionError) as raised:
        files.replace(tmp_path / "new", tmp_path / "file")
    assert sum(no_pauses) < 2
    assert files.still_open(raised.value).startswith("; it may be open in another program")


def test_elsewhere_a_refusal_is_final(
    monkeypatch: pytest.MonkeyPatch, no_pauses: list[float], tmp_path: Path
) -> None:
    become(monkeypatch, "linux")
    monkeypatch.setattr(Path, "unlink", OpenElsewhere(1))
    with pytest.raises(PermissionError) as raised:
        files.remove(tmp_path / "file")
    assert no_pauses == []
    assert files.still_open(raised.value) == ""


def test_of_a_folder_that_is_in_use_all_goes_but_what_is_open(
    monkeypatch: pytest.MonkeyPatch, no_pauses: list[float], tmp_path: Path
) -> None:
    become(monkeypatch, "win32")
    for name in ("a", "held", "z"):
        (tmp_path / "text" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "text" / name).touch()
    unlink = os.unlink

    def held(path: Any, **options: Any) -> None:
        if os.fspath(path).endswith("held"):
            raise PermissionError(13, "being used by another process")
        unlink(path, **options)

    monkeypatch.setattr(os, "unlink", held)
    files.remove_closed(tmp_path / "text")
    assert [each.name for each in (tmp_path / "text").iterdir()] == ["held"]
    monkeypatch.undo()
    files.remove_closed(tmp_path / "text")
    assert not (tmp_path / "text").exists()
    files.remove_closed(tmp_path / "text")


def test_on_macos_a_file_is_written_through_the_memory_of_the_disk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[int] = []
    fcntl = module(fcntl=lambda _descriptor, command: asked.append(command))
    become(monkeypatch, "darwin", fcntl=fcntl)
    with (tmp_path / "file").open("wb") as stream:
        files.flush(stream)
    assert asked == [51]  # F_FULLFSYNC, <sys/fcntl.h>


@pytest.mark.parametrize("platform", ["darwin", "linux", "win32"])
def test_where_a_disk_does_not_know_that_it_is_synced(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str
) -> None:
    def unknown(*_: object) -> None:
        raise OSError(45, "Operation not supported")

    synced: list[int] = []
    become(monkeypatch, platform, fcntl=module(fcntl=unknown))
    monkeypatch.setattr(os, "fsync", synced.append)
    with (tmp_path / "file").open("wb") as stream:
        files.flush(stream)
    assert len(synced) == 1


@pytest.mark.parametrize(("platform", "waits"), [("linux", 1), ("darwin", 1), ("win32", 0)])
def test_a_folder_is_waited_for_where_the_system_can(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, waits: int
) -> None:
    synced: list[int] = []
    become(monkeypatch, platform)
    monkeypatch.setattr(os, "fsync", synced.append)
    files.flush_folder(tmp_path)
    assert len(synced) == waits


# "URI Filenames" of SQLite's documentation: the authority is empty or localhost.
@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (PureWindowsPath("C:\\Users\\A b\\l.sqlite"), "file:///C:/Users/A%20b/l.sqlite?mode=rw"),
        (
            PureWindowsPath("\\\\server\\share\\l?.sqlite"),
            "file:////server/share/l%3F.sqlite?mode=rw",
        ),
        (PurePosixPath("/home/a#b/l.sqlite"), "file:///home/a%23b/l.sqlite?mode=rw"),
    ],
)
def test_a_database_on_a_server_has_an_address(
    file: PureWindowsPath | PurePosixPath, expected: str
) -> None:
    assert database.sqlite_address(file, "rw") == expected


def test_sqlite_refuses_a_server_and_takes_it_as_a_part_of_the_path(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="authority"):
        sqlite3.connect("file://server/share/l.sqlite?mode=rw", uri=True)
    file = tmp_path / "l.sqlite"
    with closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE fish (name TEXT)")
    with closing(sqlite3.connect(f"file:///{file}?mode=rw", uri=True)) as connection:
        assert connection.execute("SELECT count(*) FROM fish").fetchone() == (0,)


@pytest.mark.parametrize(
    ("platform", "error", "expected"),
    [
        ("linux", BrokenPipeError(), True),
        ("win32", BrokenPipeError(), True),
        ("win32", OSError(22, "Invalid argument"), True),
        ("linux", OSError(22, "Invalid argument"), False),
        ("win32", OSError(22, "Invalid argument", "a:b"), False),
        ("win32", OSError(28, "No space left on device"), False),
        ("win32", ValueError(), False),
    ],
)
def test_a_reader_that_has_gone_is_known(
    monkeypatch: pytest.MonkeyPatch, platform: str, error: BaseException, expected: bool
) -> None:
    become(monkeypatch, platform)
    assert files.is_closed_pipe(error) is expected


def test_a_file_is_mine_where_files_have_no_owner(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert files.is_mine(tmp_path.stat())
    monkeypatch.delattr(os, "getuid")
    assert files.is_mine(tmp_path.stat())


def test_a_file_stays_in_its_group_where_there_are_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delattr(os, "chown")
    files.give_to_group(tmp_path, tmp_path.stat(), tmp_path.stat().st_gid + 1)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("{}", "my cables", id="as-it-is"),
        pytest.param("  {} ", "my cables", id="blanks-around"),
        pytest.param("'{}'", "my cables", id="single-quotes"),
        pytest.param('"{}"', "my cables", id="double-quotes"),
        pytest.param("{}", "it's", id="a-name-with-a-quote"),
        pytest.param("file://{}", "my%20cables", id="an-address"),
        pytest.param("'{}", "not closed", id="a-quote-that-is-not-closed"),
    ],
)
def test_a_path_is_taken_as_terminals_drop_it(tmp_path: Path, typed: str, meant: str) -> None:
    for name in ("my cables", "it's"):
        (tmp_path / name).mkdir()
    text = typed.format(f"{tmp_path}/{meant}")
    expected = Path(text) if meant == "not closed" else tmp_path / meant.replace("%20", " ")
    assert files.typed_path(text) == expected


def test_a_backslash_of_a_shell_is_taken_off_a_path_and_the_home_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my cables").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert files.typed_path("~/my\\ cables") == tmp_path / "my cables"
    assert files.typed_path("'~/my cables'") == tmp_path / "my cables"


def _msvcrt(error: OSError | None, asked: list[tuple[int, int]]) -> object:
    def locking(_descriptor: int, mode: int, size: int) -> None:
        asked.append((mode, size))
        if error is not None:
            raise error

    return module(locking=locking, LK_NBLCK=2)


def test_windows_locks_the_first_byte_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[tuple[int, int]] = []
    become(monkeypatch, "win32", fcntl=None, msvcrt=_msvcrt(None, asked))
    with (tmp_path / "lock").open("wb") as file:
        file.write(b"some")
        file.flush()
        files.take_lock(file.fileno())  # `_locking` begins where the file is
        assert file.tell() == 0
    assert asked == [(2, 1)]


# `_locking` of Microsoft's C library: EACCES where another process has the bytes.
@pytest.mark.parametrize(
    ("platform", "error", "held"),
    [
        ("win32", PermissionError(13, "Permission denied"), True),
        ("win32", OSError(22, "Invalid argument"), False),
        ("linux", BlockingIOError(11, "Resource temporarily unavailable"), True),
        ("linux", OSError(95, "Operation not supported"), False),
        ("darwin", OSError(45, "Operation not supported"), False),
    ],
)
def test_a_lock_that_is_held_is_told_from_a_disk_without_locks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, error: OSError, held: bool
) -> None:
    def flock(*_: object) -> None:
        raise error

    fcntl = module(flock=flock, LOCK_EX=2, LOCK_NB=4)
    become(monkeypatch, platform, fcntl=fcntl, msvcrt=_msvcrt(error, []))
    with (
        (tmp_path / "lock").open("wb") as file,
        pytest.raises(files.LockHeldError if held else type(error)),
    ):
        files.take_lock(file.fileno())
    expected = "another process is indexing" if held else "does not support file locks .* --cache"
    with pytest.raises(CacheError, match=expected), cache.building(tmp_path):
        pass


# `os.stat_result.st_ino` is 0 where a share of Windows has no numbers of files; `st_ctime_ns` is
# then the time when the file was made ("Interface" of Python's os.stat, Windows).
@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((7, 31, 100), (7, 31, 200), True),
        ((7, 31, 100), (7, 32, 100), False),
        ((7, 0, 100), (7, 0, 100), True),
        ((7, 0, 100), (7, 0, 200), False),
        ((7, 0, 100), (8, 0, 100), False),
    ],
)
def test_a_file_is_told_from_others_by_its_number_or_by_when_it_was_made(
    one: tuple[int, int, int], other: tuple[int, int, int], same: bool
) -> None:
    def info(device: int, number: int, made: int) -> os.stat_result:
        numbers = (0o100600, number, device, 1, 0, 0, 5, 0, 0, 0)
        return os.stat_result(numbers, {"st_ctime_ns": made})

    assert (files.identity(info(*one)) == files.identity(info(*other))) is same


@pytest.mark.parametrize(
    ("platform", "number", "refused"),
    [
        ("linux", errno.ENOSPC, True),
        ("linux", errno.EACCES, True),
        ("linux", errno.EIO, False),
        ("linux", errno.ENOENT, False),
        ("linux", 112, False),
        # https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-
        ("win32", 112, True),  # ERROR_DISK_FULL
        ("win32", 5, True),  # ERROR_ACCESS_DENIED
        ("win32", 2, False),  # ERROR_FILE_NOT_FOUND
        ("win32", 23, False),  # ERROR_CRC
        ("win32", 28, False),  # ERROR_OUT_OF_PAPER
    ],
)
def test_a_refusal_of_the_system_is_told_from_a_fault_of_the_file(
    monkeypatch: pytest.MonkeyPatch, platform: str, number: int, refused: bool
) -> None:
    become(monkeypatch, platform)
    assert files.is_refusal(number) is refused


def test_the_version_of_a_file_changes_when_it_is_written_or_replaced(tmp_path: Path) -> None:
    file, other = tmp_path / "a", tmp_path / "b"
    assert files.version_of(file) is None
    file.write_bytes(b"one")
    other.write_bytes(b"one")
    first = files.version_of(file)
    assert first is not None
    assert first == files.version(file.stat())
    assert (first[0], first == files.version_of(other)) == (3, False)
    os.utime(file, ns=(0, 7))
    second = files.version_of(file)
    assert second != first
    os.utime(other, ns=(0, 7))
    other.replace(file)
    assert files.version_of(file) != second
