"""`--private`: nothing of what was opened is left, and nothing that is kept is changed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.cli import open as open_command
from cable_tui.cli.command_table import VERBS
from cable_tui.cli.shared.command_context import CommandContext
from cable_tui.library import Library, Mark
from cable_tui.program.settings import Paths
from tests.cli.conftest import Run, content

_COMMANDS = (
    ("search", "PATH", "lobster", "--refs"),
    ("search", "PATH", "is:bookmarked", "--refs"),
    ("stats", "PATH"),
    ("show", "PATH", "04PORTAMBER211"),
    ("export", "PATH", "lobster", "--format", "csv"),
    ("echoes", "PATH"),
    ("people", "PATH", "lobster"),
    ("bookmarks", "list", "PATH"),
)
COMMANDS = [argv for argv in _COMMANDS if argv[0] in VERBS]
"""Those of deleted tools are gone with them."""


@pytest.mark.parametrize("argv", COMMANDS, ids=" ".join)
def test_a_command_leaves_nothing_of_an_archive_that_had_no_cache(
    run: Run, archive: Path, own: Path, temporary: Path, argv: tuple[str, ...]
) -> None:
    words = [archive if word == "PATH" else word for word in argv]
    done = run(*words, "--private")
    # `bookmarks list` asks no indexer: it says that there is no cache.
    assert done.status in (0, 1, 4 if argv[0] == "marks" else 0), done.err
    assert not own.exists()
    assert list(temporary.iterdir()) == []


def test_the_answer_is_the_same(run: Run, archive: Path, own: Path, temporary: Path) -> None:
    private = run("search", archive, "lobster", "--json", "--private")
    assert private.status == 0
    assert private.out == run("search", archive, "lobster", "--json").out
    assert own.exists()
    assert list(temporary.iterdir()) == []


@pytest.mark.usefixtures("temporary")
def test_a_cache_that_is_there_is_read_and_not_written(run: Run, archive: Path, own: Path) -> None:
    run("index", archive)
    before = content(own)
    for argv in COMMANDS:
        words = [archive if word == "PATH" else word for word in argv]
        assert run(*words, "--private").status in (0, 1), argv
        assert content(own) == before, argv


def test_a_cache_that_is_out_of_date_is_read_as_it_is_and_that_is_said(
    run: Run, archive: Path, own: Path, temporary: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "cables"
    folder.mkdir()
    first, second = sorted(archive.glob("cable/*/*/*.html"))[:2]
    (folder / first.name).write_bytes(first.read_bytes())
    run("index", folder)
    before = content(own)
    (folder / second.name).write_bytes(second.read_bytes())
    done = run("search", folder, "--refs", "--private")
    assert len(done.lines) == 1
    assert "a private session does not update the index" in done.err
    assert content(own) == before
    assert list(temporary.iterdir()) == []


def test_a_cache_that_was_not_finished_is_left_and_the_archive_read_whole(
    run: Run, archive: Path, own: Path, temporary: Path
) -> None:
    from cable_tui.archive.build.indexer import index

    for _ in index(archive, own / "cache", passes=("facts",)):
        pass
    before = content(own)
    assert run("search", archive, "lobster", "--refs", "--private").lines
    assert content(own) == before
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    "argv",
    [
        ("index", "PATH"),
        pytest.param(("demo", "--tour", "--plain"), marks=pytest.mark.tool("tour")),
        ("bookmarks", "add", "PATH", "04PORTAMBER211"),
        ("bookmarks", "save", "lobster", "--search", "x"),
        ("bookmarks", "undo"),
        ("bookmarks", "read", "04PORTAMBER211"),
        pytest.param(("people", "PATH", "--drop", "Mara"), marks=pytest.mark.tool("people")),
        pytest.param(("people", "PATH", "--import", "FILE"), marks=pytest.mark.tool("people")),
    ],
    ids=" ".join,
)
def test_what_would_be_kept_is_refused(
    run: Run, archive: Path, own: Path, argv: tuple[str, ...]
) -> None:
    done = run(*(archive if word == "PATH" else word for word in argv), "--private")
    assert done.status == 2
    assert "writes to disk, which --private forbids" in done.err
    assert not own.exists()


def test_where_there_is_no_room_for_it_nothing_is_begun(
    run: Run, archive: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    assert run("search", archive, "lobster", "--private").says(
        4, "a private session needs a temporary folder (TMPDIR): No space left"
    )
    assert not own.exists()


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> list[Paths]:
    """A room that marks a cable and ends by a fault; the places of each one that was opened."""
    opened: list[Paths] = []

    def enter(context: CommandContext, *_: object, **__: object) -> int:
        opened.append(context.paths)
        with closing(Library(context.paths.library, author="ada")) as library:
            library.add(Mark("09ZENDA1", "09ZENDA1"))
        raise RuntimeError("a fault")

    monkeypatch.setattr(open_command, "enter", enter)
    monkeypatch.setattr(open_command, "need_terminal", lambda _: None)
    return opened


@pytest.mark.parametrize(
    ("typed", "kept"), [("y\n", True), ("\nperhaps\nYes\n", True), ("n\n", False), ("", False)]
)
@pytest.mark.parametrize(
    "argv",
    [
        ("PATH",),
        pytest.param(("check", "PATH", "DRAFT", "--room"), marks=pytest.mark.tool("drafts")),
    ],
)
def test_a_room_that_ends_by_a_fault_asks_as_well(
    run: Run,
    archive: Path,
    own: Path,
    rooms: list[Paths],
    keyboard: Callable[[str], None],
    *,
    argv: tuple[str, ...],
    typed: str,
    kept: bool,
) -> None:
    draft = own.parent / "draft.md"
    draft.write_text("A draft.\n")
    keyboard(typed)
    words = [{"PATH": archive, "DRAFT": draft}.get(word, word) for word in argv]
    done = run(*words, "--private")
    assert done.status == 70
    assert "new in this private session: 1 bookmark" in done.err
    assert ("removed with the private session: 1 bookmark" in done.err) is not kept
    (paths,) = rooms
    assert not paths.data.exists()
    library = own / "data" / "library.sqlite"
    assert library.exists() is kept
