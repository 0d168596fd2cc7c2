"""A private room: what was made in it is asked about once, and nothing is left of it."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cable_tui.library import Library, Mark
from tests.cli.conftest import Run, content

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)

from benchmarks.terminal import Terminal

PATIENCE = 60
"""Seconds: far more than anything here needs."""


@contextmanager
def room(archive: Path, own: Path, temporary: Path, *options: str) -> Iterator[Terminal]:
    """A private room in a terminal, with its whole list."""
    command = [sys.executable, "-m", "cable_tui", str(archive), "--private", *options]
    environment = {"CABLE_TUI_HOME": str(own), "TMPDIR": str(temporary)}
    with Terminal(command, columns=80, rows=24, environment=environment) as terminal:
        shown = terminal.until(lambda screen: "1/40 newest first" in screen, PATIENCE)
        assert shown is not None, terminal.text
        yield terminal


def until(terminal: Terminal, words: str) -> None:
    assert terminal.until(lambda screen: words in screen, PATIENCE) is not None, terminal.text


@pytest.mark.slow
def test_a_private_room_leaves_nothing(archive: Path, own: Path, temporary: Path) -> None:
    with room(archive, own, temporary) as terminal:
        terminal.send("enter")
        until(terminal, "¶")
        terminal.send("ctrl+q")
        assert terminal.wait(PATIENCE) == 0
        assert "Keep?" not in terminal.text
    assert not own.exists()
    assert list(temporary.iterdir()) == []


@pytest.fixture
def reader(run: Run, archive: Path, own: Path) -> Path:
    """Somebody who has a bookmark and a cache already."""
    assert run("index", archive).status == 0
    file = own / "data" / "library.sqlite"
    with closing(Library(file)) as library:
        library.add(Mark("99STRELSAU7", "99STRELSAU7", note="kept"))
    return own


def references(home: Path) -> list[str]:
    with closing(Library(home / "data" / "library.sqlite")) as library:
        return [mark.reference_id for mark in library.marks()]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answers", "kept"), [(("\r", "perhaps\r", "yes\r"), True), (("\x03",), False)]
)
def test_what_was_made_in_it_is_asked_about_once(
    archive: Path, reader: Path, temporary: Path, answers: tuple[str, ...], kept: bool
) -> None:
    before = content(reader)
    with room(archive, reader, temporary) as terminal:
        terminal.send("b")
        until(terminal, "Bookmarked")
        assert content(reader) == before
        terminal.send("ctrl+q")
        until(terminal, "new in this private session: 1 bookmark.")
        for number, answer in enumerate(answers, 1):
            assert terminal.until(lambda text, n=number: text.count("Keep?") == n, PATIENCE)  # type: ignore[misc]
            terminal.send(answer)
        assert terminal.wait(PATIENCE) == 0
        assert ("removed with the private session: 1 bookmark" in terminal.text) is not kept
    if kept:
        assert len(references(reader)) == 2
    else:
        assert content(reader) == before
    assert list(temporary.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "number"), [(False, signal.SIGTERM), (True, signal.SIGTERM), (True, signal.SIGHUP)]
)
def test_a_signal_in_the_room_or_at_the_question_ends_it_and_all_is_gone(
    archive: Path, reader: Path, temporary: Path, *, asked: bool, number: signal.Signals
) -> None:
    before = content(reader)
    with room(archive, reader, temporary) as terminal:
        terminal.send("b")
        until(terminal, "Bookmarked")
        if asked:
            terminal.send("ctrl+q")
            until(terminal, "Keep? [y/n]")
        terminal.kill(number)
        assert terminal.wait(PATIENCE) == 128 + number
    assert content(reader) == before
    assert list(temporary.iterdir()) == []


@pytest.mark.slow
def test_what_a_killed_room_leaves_goes_with_the_next_command_or_room(
    run: Run, archive: Path, reader: Path, temporary: Path, tmp_path: Path
) -> None:
    with room(archive, reader, temporary) as terminal:
        terminal.send("b")
        until(terminal, "Bookmarked")
        terminal.kill(signal.SIGKILL)
        terminal.wait(PATIENCE)
    (left,) = temporary.iterdir()
    assert (left / "data" / "library.sqlite").exists()
    assert references(reader) == ["99STRELSAU7"]
    again = shutil.copytree(left, tmp_path / left.name)
    assert run("stats", archive, "--private").status == 0
    assert list(temporary.iterdir()) == []
    again.rename(left)
    command = [sys.executable, "-m", "cable_tui", str(archive)]
    environment = {"CABLE_TUI_HOME": str(reader), "TMPDIR": str(temporary)}
    with Terminal(command, columns=80, rows=24, environment=environment) as terminal:
        assert terminal.until(lambda _: not os.access(left, os.F_OK), PATIENCE) is not None
