"""`bookmarks sync` and `private`: two readers with one folder, and what stays with one."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.library import Library, Mark
from cable_tui.tools.sharing.command import OtherAuthor, SyncAnswer
from cable_tui.tools.sharing.folder import FolderTarget
from tests.cli.conftest import Run, write_settings
from tests.command_cases import Answer, CommandCase
from tests.parts import MARKS

CASE = CommandCase(
    shapes={"bookmarks-sync": SyncAnswer, "bookmarks-author": tuple[OtherAuthor, ...]},
    answers=(Answer("bookmarks sync TARGET --init --json", 0, "bookmarks-sync"),),
    imports={
        "bookmarks sync TARGET --init": MARKS | {"kinds", "running", "sync"} | {"tools.sharing"}
    },
    prepare=lambda run, places: run("bookmarks", "add", places["PATH"], "05STATE130422"),
)

FIRST = (
    "the first sync sends 1 bookmark with notes and lists; bookmarks only in private lists are not "
    "sent"
)


@pytest.fixture
def tom(tmp_path: Path) -> Library:
    """Another reader, on another machine."""
    return Library(tmp_path / "tom.sqlite", author="tom")


def exchanged(library: Library, folder: Path) -> None:
    from cable_tui.tools.sharing.exchange import exchange

    exchange(library, FolderTarget(str(folder)))


def test_bookmarks_go_and_come_by_a_folder(run: Run, tmp_path: Path, tom: Library) -> None:
    shared = tmp_path / "shared"
    run("bookmarks", "add", "09RABAT1", "--note", "ask", "--list", "story")
    assert run("bookmarks", "sync", shared).says(4, "--init")
    done = run("bookmarks", "sync", shared, "--init")
    assert done.status == 0
    assert done.err.splitlines() == [
        f"cable-tui: {shared} is now a sharing folder",
        f"cable-tui: {FIRST}",
        f"cable-tui: {shared}: 3 changes sent, 0 received",
    ]
    tom.add(Mark("09RABAT2", "09RABAT2", note="mine"))
    exchanged(tom, shared)
    assert [mark.note for mark in tom.lists.marks("story")] == ["ask"]
    value = run("bookmarks", "sync", shared, "--json").value
    assert (value["sent"], value["taken"], value["notices"]) == (0, 1, [])
    assert "09RABAT2  by tom: mine" in run("bookmarks", "list").lines
    authors = {each["ref"]: each["author"] for each in run("bookmarks", "list", "--json").value}
    assert authors["09RABAT2"] == "tom"


def test_the_target_may_be_in_the_settings_and_doctor_looks_at_it(
    run: Run, tmp_path: Path, home: Path
) -> None:
    assert run("bookmarks", "sync").status == 2
    shared = tmp_path / "shared"
    write_settings(home, f"sync = {json.dumps(str(shared))}\n")
    assert "is not a sharing folder" in run("doctor").out
    assert run("bookmarks", "sync", "--init").status == 0
    found = [each for each in run("doctor", "--json").value if each["what"] == "sharing"]
    assert [(each["state"], each["words"]) for each in found] == [
        ("ok", f"{shared}: 0 events of 0 libraries")
    ]
    (shared / f"marks-{'1' * 16}.jsonl").write_text("junk\n")
    found = [each for each in run("doctor", "--json").value if each["what"] == "sharing"]
    assert [each["state"] for each in found] == ["note", "note"]


def test_what_is_private_stays(run: Run, tmp_path: Path, tom: Library) -> None:
    shared = tmp_path / "shared"
    run("bookmarks", "add", "09RABAT1", "--list", "story")
    assert run("bookmarks", "private", "--list", " my   own ").status == 0
    run("bookmarks", "add", "09RABAT2", "--list", "my own")
    assert run("bookmarks", "lists").lines == ["story  1", "my own  1  private"]
    first = run("bookmarks", "sync", shared, "--init").err
    assert FIRST in first
    assert "first" not in run("bookmarks", "sync", shared).err
    exchanged(tom, shared)
    assert [mark.name for mark in tom.marks()] == ["09RABAT1"]
    done = run("bookmarks", "private", "--list", "story")
    assert "others keep their copies: 1 bookmark" in done.err
    assert "the next sync sends it" in run("bookmarks", "private", "--list", "my own", "--off").err
    run("bookmarks", "sync", shared)
    exchanged(tom, shared)
    assert tom.lists.sizes() == {"story": 1, "my own": 1}
    run("bookmarks", "undo")
    assert run("bookmarks", "lists").lines == ["story  1  private", "my own  1  private"]
    assert run("bookmarks", "private").status == 2


def test_a_damaged_file_is_named_and_the_exit_is_that_of_success(
    run: Run, tmp_path: Path, tom: Library
) -> None:
    shared = tmp_path / "shared"
    run("bookmarks", "sync", shared, "--init")
    tom.add(Mark("09RABAT2", "09RABAT2"))
    exchanged(tom, shared)
    (file,) = shared.glob("marks-*")
    file.write_text("what is this?\n")
    assert run("bookmarks", "sync", shared).says(0, str(file), "repairs it")


def test_changes_that_the_target_refuses_end_with_another_status_than_success(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cable_tui.tools.sharing import event_file

    shared = tmp_path / "shared"
    run("bookmarks", "sync", shared, "--init")
    assert run("bookmarks", "sync", shared, "--json").value["unsent"] == 0
    run("bookmarks", "add", "09RABAT1")

    def refuse(*_: object) -> int:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as patch:
        patch.setattr(event_file, "append", refuse)
        done = run("bookmarks", "sync", shared)
        assert done.says(4, "0 changes sent, 1 refused, 0 received", "you can only read there")
        done = run("bookmarks", "sync", shared, "--json")
        assert (done.status, done.value["unsent"], done.value["read_only"]) == (4, 1, True)
    assert run("bookmarks", "sync", shared).says(0, "1 change sent, 0 received")


def test_one_who_follows_says_each_exchange_and_ends_with_its_reader(
    run: Run, tmp_path: Path, home: Path, tom: Library
) -> None:
    shared = tmp_path / "shared"
    run("bookmarks", "sync", shared, "--init")
    command = [sys.executable, "-m", "cable_tui", "bookmarks", "sync", str(shared), "--follow"]
    with subprocess.Popen(
        [*command, "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["trouble"] is None
        tom.add(Mark("09RABAT2", "09RABAT2"))
        exchanged(tom, shared)
        assert json.loads(process.stdout.readline())["taken"] == 1
        shutil.rmtree(shared)
        report = json.loads(process.stdout.readline())
        assert "not a sharing folder" in report["trouble"]
        assert report["met"]
        process.stdin.close()
        assert process.wait(20) == 4  # it cannot know that all has left


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_nothing_that_was_acknowledged_is_lost_where_both_sides_are_killed(
    run: Run, tmp_path: Path, home: Path
) -> None:
    """Two machines bookmark and exchange; either is killed at any moment."""
    shared = tmp_path / "shared"
    run("bookmarks", "sync", shared, "--init")
    files = [tmp_path / f"machine-{number}.sqlite" for number in range(2)]
    acknowledged: set[str] = set()
    for turn in range(8):
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", _WORKER, str(file), str(shared), f"{turn}N{number}"],
                stdout=subprocess.PIPE,
                text=True,
            )
            for number, file in enumerate(files)
        ]
        for number, process in enumerate(processes):
            assert process.stdout is not None
            # One of the two is killed early, the other later: in the middle of whatever it does.
            for _ in range(1 + (turn * 3 + number * 5) % 11):
                acknowledged.add(process.stdout.readline().strip())
            process.send_signal(signal.SIGKILL)
            acknowledged |= {line.strip() for line in process.stdout if line.endswith("\n")}
            process.wait()
            process.stdout.close()
    libraries = [Library(file, author=file.stem) for file in files]
    for library in (*libraries, *libraries):
        exchanged(library, shared)
    one, other = ({mark.canonical_id for mark in library.marks()} for library in libraries)
    assert one == other
    assert acknowledged <= one
    assert len(acknowledged) > 30


_WORKER = """
import sys, threading
from pathlib import Path
from cable_tui.library import Library, Mark
from cable_tui.tools.sharing.exchange import exchange
from cable_tui.tools.sharing.folder import FolderTarget
file, shared, name = sys.argv[1:]
def exchanges():
    library = Library(Path(file), author=Path(file).stem)
    while True:
        exchange(library, FolderTarget(shared))
threading.Thread(target=exchanges, daemon=True).start()
library = Library(Path(file), author=Path(file).stem)
for number in range(10_000):
    mark = library.add(Mark(f"{name}X{number}", f"{name}X{number}", lists=("story",)))
    print(mark.canonical_id, flush=True)
"""


@pytest.fixture
def mara(home: Path) -> Path:
    """A reader who signs as Mara, with two bookmarks from when she was root; one is of Eve."""
    file = home / "data" / "library.sqlite"
    with (
        closing(Library(file, author="root")) as library,
        closing(Library(home / "eve.sqlite", author="Eve")) as eve,
    ):
        library.add(Mark("09RABAT1", "09RABAT1", note="ask"))
        library.add(Mark("09RABAT2", "09RABAT2"))
        eve.add(Mark("09RABAT3", "09RABAT3", note="hers"))
        library.import_bundle(eve.bundle())
    write_settings(home, 'author = "Mara"\n')
    return file


@pytest.mark.usefixtures("mara")
def test_an_earlier_name_is_ones_own_from_then_on(run: Run) -> None:
    assert run("bookmarks", "list").lines[0] == "09RABAT1  by root: ask"
    assert run("bookmarks", "note", "09RABAT1", "--note", "asked").status == 1
    assert run("bookmarks", "author").lines == ["root  2, 2 made here", "Eve  1"]
    assert run("bookmarks", "author", "--mine", "root").err == (
        "cable-tui: 2 bookmarks by root: yours; `cable-tui bookmarks undo` undoes that\n"
    )
    assert run("bookmarks", "list").lines[0] == "09RABAT1  ask"
    assert run("bookmarks", "note", "09RABAT1", "--note", "asked").status == 0
    assert run("bookmarks", "author").lines[0] == "root  2, 2 made here  yours"
    # Who wrote it is not lost.
    assert {each["author"] for each in run("bookmarks", "list", "--json").value} == {"root", "Eve"}
    run("bookmarks", "undo")
    run("bookmarks", "undo")
    assert run("bookmarks", "list").lines[0] == "09RABAT1  by root: ask"
    assert run("bookmarks", "author", "--mine", "root", "--off").status == 0
    assert run("bookmarks", "author").lines[0] == "root  2, 2 made here  not yours"


@pytest.mark.usefixtures("mara")
def test_what_came_from_elsewhere_is_claimed_only_once_that_was_said(run: Run) -> None:
    assert run("bookmarks", "author", "--mine", "Eve").says(
        2, "1 of 1 bookmark by Eve came from elsewhere"
    )
    assert run("bookmarks", "list").lines[-1] == "09RABAT3  by Eve: hers"
    assert run("bookmarks", "author", "--mine", "Eve", "--force").status == 0
    assert run("bookmarks", "list").lines[-1] == "09RABAT3  hers"


@pytest.mark.usefixtures("mara")
@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("root",), 2),
        (("--force",), 2),
        (("--off",), 2),
        (("--mine", "nobody"), 1),
        (("--mine", ""), 1),
        (("--mine", "Mara"), 1),
    ],
)
def test_what_names_nothing_changes_nothing(run: Run, words: tuple[str, ...], status: int) -> None:
    assert run("bookmarks", "author", *words).status == status
    assert run("bookmarks", "author").lines == ["root  2, 2 made here", "Eve  1"]


def test_a_library_with_one_name_has_no_other(run: Run) -> None:
    run("bookmarks", "add", "09RABAT1")
    assert run("bookmarks", "author").status == 1


def test_what_a_sync_brings_back_after_forget_is_what_forget_says(
    run: Run, tmp_path: Path, home: Path, demo_archive: Path, tom: Library
) -> None:
    shared = tmp_path / "shared"
    own = ("--cache", tmp_path / "caches")
    run("index", demo_archive, *own)
    run("bookmarks", "add", "04SANTORIEL88", "--note", "mine")
    run("bookmarks", "sync", shared, "--init")
    exchanged(tom, shared)
    done = run("forget", demo_archive, "--all", "--yes", *own)
    assert done.says(0, "a sync does not bring them back unless someone changes one")
    run("bookmarks", "sync", shared)
    assert run("bookmarks", "list").lines == []
    (mark,) = tom.marks()
    tom.put([mark], "story")
    exchanged(tom, shared)
    run("bookmarks", "sync", shared)
    assert run("bookmarks", "list", "--list", "story").status == 0
    run("index", demo_archive, *own)
    done = run("forget", "--everything", "--yes", *own)
    assert "a later `bookmarks sync` brings them back" in done.err
    run("bookmarks", "sync", shared)
    assert "04SANTORIEL88" in run("bookmarks", "list").out
