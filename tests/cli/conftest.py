"""A place of its own for each run of the command line, and the demo archive, indexed once."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from cable_tui import demo
from cable_tui.base.value import Value
from cable_tui.cli import main


class Outcome(Value):
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """Stdout, read as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    def says(self, status: int, *words: str) -> bool:
        """Whether it ended so, with these words on stderr."""
        return self.status == status and all(each in self.err for each in words)

    def refuses(self, status: int, *words: str) -> bool:
        """The same, with nothing on stdout."""
        return not self.out and self.says(status, *words)


class Terminal(io.StringIO):
    """A stdout or stdin that says it is a terminal."""

    def isatty(self) -> bool:
        return True


Run = Callable[..., Outcome]
REF = "07SANTORIEL45"
"""A cable with a name to mask in it."""
STORY = ("--list", "Story")


@pytest.fixture(scope="session")
def demo_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty fictional cables."""
    folder = tmp_path_factory.mktemp("archive") / "demo"
    folder.mkdir()
    demo.write(folder)
    return folder


@pytest.fixture(scope="session")
def demo_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Caches that all tests share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def archive(demo_archive: Path) -> Path:
    """The forty cables, by the shorter name that tests of tools use for another fixture."""
    return demo_archive


@pytest.fixture(scope="session")
def cache(demo_cache: Path) -> Path:
    """The caches, by the shorter name."""
    return demo_cache


@pytest.fixture
def home(tmp_path: Path, demo_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folders, empty but for the cache."""
    monkeypatch.setenv("CABLE_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CABLE_TUI_CACHE", str(demo_cache))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("TMUX", raising=False)
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process."""

    def call(*argv: str | Path, screen: Terminal | None = None) -> Outcome:
        capfd.readouterr()
        with redirect_stdout(screen) if screen is not None else nullcontext():
            status = main([str(word) for word in argv])
        captured = capfd.readouterr()
        return Outcome(status, captured.out, captured.err)

    return call


@pytest.fixture
def spawn(home: Path) -> Run:
    """Run a command line in a process of its own, without a terminal."""

    def call(*argv: str | Path, stdin: str = "", **environ: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "cable_tui", *map(str, argv)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **environ},
            timeout=60,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def own(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's folders, with caches that no other test has."""
    monkeypatch.delenv("CABLE_TUI_CACHE")
    return home


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Types answers, on a terminal."""

    def types(answers: str) -> None:
        monkeypatch.setattr("sys.stdin", Terminal(answers))
        monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)

    return types


def write_settings(home: Path, settings: str) -> None:
    """Write a settings file."""
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "config.toml").write_text(settings, encoding="utf-8")


def holds(folder: Path, words: str) -> list[str]:
    """Files below a folder that have these bytes."""
    found = [each for each in folder.rglob("*") if each.is_file()]
    return [each.name for each in found if words.encode() in each.read_bytes()]


def content(folder: Path) -> dict[str, str]:
    """Every file below a folder, with a sum of its bytes.

    Without what every reader of SQLite makes beside a file, which holds nothing of it: its memory
    in common with others, and an empty journal.
    """
    found = (each for each in folder.rglob("*") if each.is_file())
    kept = (
        each
        for each in found
        if each.suffix != ".sqlite-shm" and (each.suffix != ".sqlite-wal" or each.stat().st_size)
    )
    return {str(each): hashlib.sha256(each.read_bytes()).hexdigest() for each in kept}


@pytest.fixture
def marked(run: Run, demo_archive: Path) -> Path:
    """Two paragraphs of a cable with a name to mask, and a whole one."""
    run("bookmarks", "add", demo_archive, f"{REF}#4", "--note", "which list?", *STORY)
    run("bookmarks", "add", demo_archive, f"{REF}#3", *STORY)
    run("bookmarks", "add", demo_archive, "06PORTAMBER131", *STORY)
    return demo_archive


@pytest.fixture
def dossier(run: Run, marked: Path, tmp_path: Path) -> Path:
    file = tmp_path / "story.zip"
    assert sealed(run, marked, file).status == 0
    return file


def sealed(run: Run, archive: Path, file: Path, *options: str) -> Outcome:
    """The list as a dossier; its request is for workers, whose names it does not give."""
    masks = ("--mask", "Helena Farquhar", "--take-proposed")
    masked = () if "--with-protected" in options else masks
    return run("export", archive, *STORY, "--format", "verifiable", "-o", file, *masked, *options)
