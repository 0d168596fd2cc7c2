"""What a process gives up before it reads a hostile file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cable_tui.operating_system import confinement
from cable_tui.operating_system.confinement import Confinement
from tests.operating_system.systems import become

TRIES = """
import os, socket, sys
from cable_tui.operating_system import confinement
handed, other, scratch, outside = sys.argv[1:]
confinement.confine([handed], scratch)
def makes(path):
    with open(path, "xb") as file:
        file.write(b"a")
    os.unlink(path)
tries = {
    "read handed": lambda: open(handed).close(),
    "make in scratch": lambda: makes(os.path.join(scratch, "x")),
    "write handed": lambda: open(handed, "a").close(),
    "read other": lambda: open(other).close(),
    "read a module": lambda: open(os.__file__).close(),
    "list": lambda: os.listdir("/"),
    "make outside": lambda: makes(outside),
    "remove": lambda: os.unlink(other),
    "socket": lambda: socket.socket(),
    "socket of files": lambda: socket.socket(socket.AF_UNIX),
    "pair": lambda: socket.socketpair(),
    "program": lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
}
for name, try_it in tries.items():
    try:
        try_it()
    except PermissionError:
        print(name)
"""
OF_FILES = {"write handed", "read other", "read a module", "list", "make outside", "remove"}
OF_NETWORK = {"socket", "socket of files", "pair", "program"}


def test_a_process_can_open_what_it_was_handed_and_nothing_else(tmp_path: Path) -> None:
    able = confinement.possible()
    if not (able.files or able.network):
        pytest.skip("this kernel has neither Landlock nor seccomp")
    handed, other, scratch = (tmp_path / name for name in ("handed", "other", "scratch"))
    handed.touch()
    other.touch()
    scratch.mkdir()
    paths = (handed, other, scratch, tmp_path / "outside")
    done = subprocess.run(
        [sys.executable, "-c", TRIES, *map(str, paths)], capture_output=True, text=True, check=True
    )
    refused = set(done.stdout.splitlines())
    if able.files:
        assert refused & (OF_FILES | {"read handed", "make in scratch"}) == OF_FILES
        assert other.exists()
    if able.network:
        assert refused >= OF_NETWORK


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_give_up_nothing(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    become(monkeypatch, system)
    assert confinement.confine() == Confinement(files=False, network=False)


def test_a_kernel_without_the_calls_gives_up_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "_call", lambda *_: -38)
    assert confinement.confine() == Confinement(files=False, network=False)
