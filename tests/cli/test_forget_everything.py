"""`forget --everything`: all that is kept goes, nothing comes back, and what stays is said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from cable_tui.library import Library, Mark
from cable_tui.operating_system import files, processes
from cable_tui.program import last_position, open_programs, running
from cable_tui.program.last_position import LastPosition
from tests.cli.conftest import Run
from tests.program.test_temporary_folder import elsewhere as temporary_elsewhere


@pytest.fixture
def reader(own: Path, temporary: Path) -> Path:
    """Somebody with bookmarks and a past. Their home."""
    assert temporary.is_dir()
    library = own / "data" / "library.sqlite"
    with closing(Library(library, author="ada")) as opened:
        opened.add(Mark("09ZENDA1", "09ZENDA1", note="a secret"))
    last_position.write(last_position.file_of(own / "state", "ab" * 8), LastPosition())
    return own


def left(home: Path) -> list[str]:
    """Files below a folder, by their paths in it."""
    return sorted(str(each.relative_to(home)) for each in home.rglob("*") if not each.is_dir())


@contextmanager
def open_room(home: Path, about: str = "/cables", *, deaf: bool = False) -> Iterator[int]:
    """A stand-in for a room, which writes again what was there, as rooms do at their end."""
    code = f"""
import signal, sys
from pathlib import Path
from cable_tui.program import running
home = Path(sys.argv[1])
def end(*_):
    (home / "state" / "last-archive").write_text("/cables")
    sys.exit(0)
signal.signal(signal.SIGTERM, signal.SIG_IGN if {deaf} else end)
with running.entered(running.folder_of(home / "state"), "room", sys.argv[2]):
    print(flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code, str(home), about],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process.pid


def test_every_file_that_a_reader_can_have_goes_and_what_a_killed_window_left(
    run: Run, reader: Path, archive: Path, temporary: Path
) -> None:
    run("search", archive, "lobster")
    for name in ("theme", "choices.json", "clipboard.txt", "crash.log", "last-archive"):
        (reader / "state" / name).write_text("x")
    (temporary / "cable-tui-bookmarks-").mkdir()
    assert len(left(reader)) > 15
    assert run("forget", "--everything", "--yes").says(0, "bookmarks")
    assert left(reader) == []
    assert not reader.exists() or list(reader.iterdir()) == []


def test_what_stays_is_always_listed(
    run: Run, reader: Path, temporary: Path, tmp_path: Path
) -> None:
    (reader / "data" / "my-thesis.odt").write_text("x")
    (temporary / "cable-tui-visit-ab12").mkdir(mode=0o700)
    settings = tmp_path / "mine.toml"
    settings.write_text("")
    (reader / "cache").mkdir()
    options = ("--config", settings, "--cache", tmp_path / "caches")
    done = run("forget", "--everything", "--yes", *options, "--json")
    assert set(done.value["stays"]) == {
        str(reader / "data" / "my-thesis.odt"),
        str(temporary / "cable-tui-visit-ab12"),
        str(settings),
        str(reader / "cache"),
    }
    for place in done.value["stays"]:
        assert f"kept: {place}: " in done.err
    assert "kept: your archives, files you exported" in done.err
    nothing = run("forget", "--everything", "--yes", *options)
    assert nothing.status == 1
    assert "my-thesis.odt" in nothing.err
    assert settings.exists()


def test_what_a_link_leads_to_stays_and_is_named_and_a_home_that_is_one_is_emptied(
    run: Run, reader: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(reader)
    monkeypatch.setenv("CABLE_TUI_HOME", str(tmp_path / "link"))
    library = reader / "data" / "library.sqlite"
    elsewhere = tmp_path / "dotfiles" / "library.sqlite"
    elsewhere.parent.mkdir()
    library.rename(elsewhere)
    library.symlink_to(elsewhere)
    link = tmp_path / "link" / "data" / "library.sqlite"
    said = f"kept: {elsewhere}: {link} linked to it"
    assert run("forget", "--everything", "--yes").says(0, said)
    assert elsewhere.exists()
    assert left(reader) == []


def test_what_cannot_be_removed_is_named_and_the_rest_goes(
    run: Run, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove = files.remove

    def read_only(file: Path) -> None:
        if file.name == "library.sqlite":
            raise PermissionError(13, "Permission denied", str(file))
        remove(file)

    monkeypatch.setattr(files, "remove", read_only)
    done = run("forget", "--everything", "--yes")
    assert done.status == 4
    library = reader / "data" / "library.sqlite"
    assert f"{library}: cannot be removed: Permission denied" in done.err
    assert f"kept: {library}: could not be removed" in done.err
    assert left(reader) == ["data/library.sqlite"]


def test_temporary_folders_of_killed_programs_go_and_those_in_use_are_named(
    run: Run, own: Path, temporary: Path, tmp_path: Path
) -> None:
    with temporary_elsewhere(tmp_path, killed=True) as killed:
        assert run("forget", "--everything", "--yes").status == 0
        assert not killed.exists()
    with temporary_elsewhere(tmp_path) as used:
        assert run("forget", "--everything", "--yes").says(2, "  a private session, process ")
        assert used.exists()
    assert list(temporary.iterdir()) == []
    assert not own.exists() or left(own) == []


def test_an_open_room_is_named_and_nothing_goes_without_agreement(run: Run, reader: Path) -> None:
    before = left(reader)
    with open_room(reader, "/home/ann/cables") as process:
        assert run("forget", "--everything", "--yes").says(
            2,
            f"  a room on /home/ann/cables, process {process}\n",
            "Nothing was removed: close them, or add --end to end them",
        )
        # To end it agrees to no removal.
        assert run("forget", "--everything", "--end").status == 2
        assert set(before) <= set(left(reader))
        os.kill(process, 0)


def test_with_end_it_is_ended_first_and_writes_nothing_back(run: Run, reader: Path) -> None:
    with open_room(reader) as process:
        assert run("forget", "--everything", "--yes", "--end").says(
            0, f"ended: a room on /cables, process {process}"
        )
    assert left(reader) == []


@pytest.mark.parametrize(
    ("answers", "status"), [("y\ny\n", 0), ("y\nn\n", 1), ("n\n", 1), ("y\n\n", 1), ("y\n", 1)]
)
def test_the_reader_is_asked_before_a_room_is_ended(
    run: Run, reader: Path, keyboard: Callable[[str], None], answers: str, status: int
) -> None:
    keyboard(answers)
    before = [each for each in left(reader) if "running" not in each]
    with open_room(reader) as process:
        done = run("forget", "--everything")
        assert done.status == status
        assert f"  open: a room on /cables, process {process}\n" in done.err
        if status:
            assert "nothing was removed" in done.err
            assert [each for each in left(reader) if "running" not in each] == before
    assert (left(reader) == []) is (status == 0)


def test_a_room_that_does_not_end_keeps_everything(
    run: Run, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_programs, "_PATIENCE", 0.3)
    with open_room(reader, deaf=True) as process:
        assert run("forget", "--everything", "--yes", "--end").says(
            4, f"process {process}: it has not ended"
        )
        assert "data/library.sqlite" in left(reader)
        os.kill(process, signal.SIGKILL)
    assert run("forget", "--everything", "--yes").status == 0
    assert left(reader) == []


def _no_locks(_: int) -> None:
    raise OSError(95, "no locks")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ((processes, "machine", lambda: "another"), " of another machine"),
        ((files, "take_lock", _no_locks), " (perhaps no longer running: this disk has no locks)"),
    ],
)
def test_a_program_of_another_machine_or_on_a_disk_without_locks_is_never_ended(
    run: Run, reader: Path, monkeypatch: pytest.MonkeyPatch, where: Any, said: str
) -> None:
    """Its number is another program's here, or may be by now."""
    with open_room(reader) as process:
        monkeypatch.setattr(*where)
        monkeypatch.setattr(processes, "ask_to_end", None)
        assert run("forget", "--everything", "--yes", "--end").says(
            4, "Nothing was removed", f"a room on /cables, process {process}{said}"
        )
        assert "data/library.sqlite" in left(reader)


def test_a_room_that_opens_meanwhile_stops_it(
    run: Run, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = open_programs.end
    with open_room(reader), running.entered(reader / "none", "room"):
        opened: list[object] = []

        def end(*given: object) -> None:
            ended(*given)  # type: ignore[arg-type]
            entered = running.entered(running.folder_of(reader / "state"), "server", "/late")
            entered.__enter__()
            opened.append(entered)

        monkeypatch.setattr(open_programs, "end", end)
        assert run("forget", "--everything", "--yes", "--end").says(
            4, "a server of /late, process ", "it was opened in the meantime. Nothing was removed"
        )
        assert "data/library.sqlite" in left(reader)


def test_killed_in_the_middle_it_goes_on_the_next_time(
    run: Run, spawn: Run, reader: Path, archive: Path
) -> None:
    assert run("index", archive).status == 0
    code = f"""
import os, signal, sys
from cable_tui.operating_system import files
from cable_tui.cli import main
remove = files.remove
def last(file):
    remove(file)
    if file.name == "library.sqlite":
        os.kill(os.getpid(), signal.{"SIGKILL" if os.name == "posix" else "SIGTERM"})
files.remove = last
main(["forget", "--everything", "--yes"])
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert done.returncode != 0
    assert "data/library.sqlite" not in left(reader)
    assert left(reader)
    assert run("forget", "--everything", "--yes").status == 0
    assert left(reader) == []
