"""Type README's first commands as a new reader does: in a fresh clone, in a real terminal.

`python -m tests.first_commands` clones the repository it stands in to a folder whose name has a
blank, with an empty home. It needs git, make and the package index, and is therefore no part of
the suite: `make test-installs` runs it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.installs import PATIENCE, SHOWN

ROOT = Path(__file__).parents[1]
LOOK = "import sys; from pathlib import Path; from cable_tui.demo import write; "
"""Begins a line that writes the demo's cables into a folder."""


def start(clone: Path, home: Path, *asked: str) -> str:
    """Type a make command, see the demo's cables, and leave: what make and the script said."""
    from benchmarks.terminal import Terminal  # needs `fcntl`

    script = 'cd "$0" && exec "$@"'
    command = ["sh", "-c", script, str(clone), "make", f"PYTHON={sys.executable}", *asked]
    with Terminal(command, environment={"HOME": str(home), "CABLE_TUI_HOME": ""}) as terminal:
        if terminal.until(lambda text: SHOWN in text, 5 * PATIENCE) is None:
            raise RuntimeError(f"{asked}: the room did not come; its screen:\n{terminal.text}")
        terminal.send("ctrl+q")
        if (status := terminal.wait(60)) != 0:
            raise RuntimeError(f"{asked}: the room ended with status {status}")
        return bytes(terminal.raw).decode("utf-8", "replace")


def walk(place: Path) -> Iterator[str]:
    """Go the ways of a new reader, and say of each that it held."""
    clone, home = place / "a clone", place / "home"
    home.mkdir()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    assert "once" in start(clone, home, "demo")
    yield "make demo, in a fresh clone whose folder has a blank in its name"
    assert "Setting up" not in start(clone, home, "demo")
    yield "make demo, a second time"
    moved = clone.rename(place / "another clone")
    assert "anew" in start(moved, home, "demo")
    yield "make demo, after the clone was moved"
    cables = home / "my cables"
    python = str(moved / ".venv" / "bin" / "python")
    subprocess.run([python, "-c", f"{LOOK}write(Path(sys.argv[1]))", str(cables)], check=True)
    start(moved, home, "run", f"ARCHIVE={cables}")
    start(moved, home, "run", "ARCHIVE=~/my cables")
    yield "make run ARCHIVE=, a folder with a blank in its name, in full and from ~"
    cables.rename(home / "cables")
    start(moved, home, "run")
    yield "make run, without ARCHIVE"
    for name in (None, "pipx", "uv"):
        path = place / f"path {name}"
        path.mkdir()
        if name:
            (path / name).symlink_to(Path(sys.executable).with_name(name))
        there = f"{path}{os.pathsep}/usr/bin{os.pathsep}/bin"
        environment = {**os.environ, "HOME": str(home), "PATH": there}
        make = ["make", f"PYTHON={sys.executable}", "--directory", str(moved)]
        subprocess.run([*make, "install"], check=True, env=environment, capture_output=True)
        program = home / ".local" / "bin" / "cable-tui"
        said = subprocess.check_output([program, "--version"], env=environment, text=True)
        assert said.startswith("cable-tui ")
        subprocess.run([*make, "uninstall"], check=True, env=environment, capture_output=True)
        assert not program.exists()
        yield f"make install and make uninstall, with {name or 'neither uv nor pipx'}"


def main() -> int:
    """Walk, or say what is missing; 1 where something did not hold."""
    if os.name == "nt" or None in (shutil.which("make"), shutil.which("git")):
        print("left out: there is no make, no git or no pseudo-terminal here")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        for held in walk(Path(temporary)):
            print(f"ok  {held}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
