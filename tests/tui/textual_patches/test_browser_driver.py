"""The driver of a room in a browser, at the ends of its two pipes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from textual.drivers.web_driver import WebDriver

from cable_tui.tui.textual_patches.browser_driver import BrowserDriver

Room = tuple[subprocess.Popen[bytes], IO[bytes], IO[bytes]]
"""A process, its input, its output."""
pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")


@contextmanager
def room_of(driver: type[WebDriver], indexed: Path, home: Path) -> Iterator[Room]:
    """A room between two pipes, which has begun to paint."""
    name = f"{driver.__module__}:{driver.__qualname__}"
    environ = {**os.environ, "TEXTUAL_DRIVER": name, "CABLE_TUI_HOME": str(home)}
    cache = ["--no-index", "--cache", str(indexed / "cache")]
    with subprocess.Popen(
        [sys.executable, "-m", "cable_tui", str(indexed / "cables"), *cache],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environ,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"__GANGLION__\n"
        yield process, process.stdin, process.stdout


def test_a_room_ends_with_its_input(indexed: Path, tmp_path: Path) -> None:
    with room_of(BrowserDriver, indexed, tmp_path) as (process, keys, painted):
        keys.close()
        painted.read()
        assert process.wait(60) == 0


def test_a_server_with_the_driver_of_textual_gets_a_room_too(indexed: Path, tmp_path: Path) -> None:
    with room_of(WebDriver, indexed, tmp_path) as (process, keys, painted):
        seen = b""
        while b"10SANTORIEL19" not in seen and (piece := painted.read(1)):
            seen += piece
        leave = b'{"type": "quit"}'
        keys.write(b"M" + len(leave).to_bytes(4, "big") + leave)
        keys.flush()
        painted.read()
        assert process.wait(60) == 0


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
