"""The driver of a room in a browser, at the ends of its two pipes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cable_tui.tui.textual_patches.browser_driver import BrowserDriver

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")


def test_a_room_ends_with_its_input(indexed: Path, tmp_path: Path) -> None:
    driver = f"{BrowserDriver.__module__}:{BrowserDriver.__qualname__}"
    environ = {**os.environ, "TEXTUAL_DRIVER": driver, "CABLE_TUI_HOME": str(tmp_path)}
    cache = ["--no-index", "--cache", str(indexed / "cache")]
    with subprocess.Popen(
        [sys.executable, "-m", "cable_tui", str(indexed / "cables"), *cache],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environ,
    ) as room:
        assert room.stdin is not None
        assert room.stdout is not None
        assert room.stdout.readline() == b"__GANGLION__\n"
        room.stdin.close()
        room.stdout.read()
        assert room.wait(60) == 0


def test_a_reader_that_is_gone_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    driver = object.__new__(BrowserDriver)
    ours, theirs = os.pipe()
    os.close(ours)
    driver.fileno = theirs
    driver._write_all(b"D\x00\x00\x00\x01x")
    os.close(theirs)


def test_a_packet_is_written_whole_where_the_pipe_takes_it_in_pieces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    driver = object.__new__(BrowserDriver)
    driver.fileno = 9
    pieces: list[bytes] = []

    def write(_: int, data: bytes) -> int:
        pieces.append(data[:3])
        return len(data[:3])

    monkeypatch.setattr(os, "write", write)
    driver._write_all(b"D\x00\x00\x00\x04text")
    assert b"".join(pieces) == b"D\x00\x00\x00\x04text"
