"""What is forgotten while a program keeps in step with other readers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_forget_everything import left


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT ends a process there")
def test_a_follower_is_named_ended_and_brings_nothing_back(
    run: Run, own: Path, temporary: Path, tmp_path: Path
) -> None:
    assert temporary.is_dir()
    target = tmp_path / "shared"
    assert run("bookmarks", "sync", "--init", target).status == 0
    argv = [sys.executable, "-m", "cable_tui", "bookmarks", "sync", "--follow", str(target)]
    with subprocess.Popen(argv, stderr=subprocess.PIPE, text=True) as follower:
        assert follower.stderr is not None
        assert "sent" in follower.stderr.readline()
        refused = run("forget", "--everything", "--yes")
        assert refused.status == 2
        assert f"  `bookmarks sync` with {target}, process {follower.pid}\n" in refused.err
        done = run("forget", "--everything", "--yes", "--end")
        assert done.status == 0
        assert follower.wait(10) == 143
    assert left(own) == []
    assert (
        "bookmarks you shared (others keep them, and a later `bookmarks sync` brings them back)"
        in done.err
    )
