"""Install the packages as readers do, each into an empty place, and start the demo there.

`python -m tests.installs cable_tui-1.2.3-py3-none-any.whl cable_tui-1.2.3.tar.gz` goes by pip,
pipx, uv and uvx; a tool that the machine lacks is named and left out. It takes what the program
needs from the package index, and is therefore no part of the suite: `make test-installs`.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

SHOWN = "LETTER NUMBER TWO HUNDRED"
"""The subject of a cable that is in sight when the demo opens."""
PATIENCE = 120.0
"""Seconds for the demo to come: the first start compiles the modules."""
_SCRIPTS = "Scripts" if os.name == "nt" else "bin"

Command = list[str]


def by_pip(package: Path, place: Path) -> Command:
    """A new virtual environment."""
    run([sys.executable, "-m", "venv", str(place)])
    run([str(place / _SCRIPTS / "python"), "-m", "pip", "install", "--quiet", str(package)])
    return [str(place / _SCRIPTS / "cable-tui")]


def by_pipx(package: Path, place: Path) -> Command:
    """An application of pipx, in a home of its own."""
    homes = {"PIPX_HOME": str(place / "home"), "PIPX_BIN_DIR": str(place / "bin")}
    run(["pipx", "install", "--quiet", str(package)], homes)
    return [str(place / "bin" / "cable-tui")]


def by_uv(package: Path, place: Path) -> Command:
    """A tool of uv, in a home of its own."""
    homes = {"UV_TOOL_DIR": str(place / "home"), "UV_TOOL_BIN_DIR": str(place / "bin")}
    run(["uv", "tool", "install", "--quiet", "--python", sys.executable, str(package)], homes)
    return [str(place / "bin" / "cable-tui")]


def by_uvx(package: Path, place: Path) -> Command:
    """No installation: uv runs it from its cache."""
    asked = ["--quiet", "--cache-dir", str(place), "--python", sys.executable]
    return ["uvx", *asked, "--from", str(package), "cable-tui"]


WAYS: dict[str, Callable[[Path, Path], Command]] = {
    "pip": by_pip,
    "pipx": by_pipx,
    "uv": by_uv,
    "uvx": by_uvx,
}


def run(command: Command, environment: dict[str, str] | None = None) -> str:
    """What a command prints; it raises where the command fails."""
    given = {**os.environ, **(environment or {})}
    return subprocess.run(command, check=True, env=given, stdout=subprocess.PIPE, text=True).stdout


def start(command: Command, home: Path) -> str:
    """Start the demo, see its newest cable, and leave: what was seen."""
    said = run([*command, "--version"]).strip()
    if importlib.util.find_spec("fcntl") is None:
        return f"{said}; no pseudo-terminal here to start the demo in"
    from benchmarks.terminal import Terminal  # needs `fcntl`

    with Terminal([*command, "demo"], environment={"CABLE_TUI_HOME": str(home)}) as terminal:
        if terminal.until(lambda text: SHOWN in text, PATIENCE) is None:
            raise RuntimeError(f"the demo did not come; its screen:\n{terminal.text}")
        terminal.send("ctrl+q")
        if (status := terminal.wait(30)) != 0:
            raise RuntimeError(f"the demo ended with status {status}")
    return f"{said}; the demo came, and ended"


def outcomes(packages: list[Path]) -> Iterator[tuple[str, str, bool]]:
    """Way and package, what came of it, and whether that is a failure."""
    for package in packages:
        for name, install in WAYS.items():
            way = f"{name} {package.name}"
            if name != "pip" and shutil.which(name) is None:
                yield way, f"left out: there is no {name} here", False
                continue
            with tempfile.TemporaryDirectory() as temporary:
                place = Path(temporary) / "an empty place"
                place.mkdir()
                try:
                    yield way, start(install(package, place / name), place / "cables"), False
                except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
                    yield way, str(error), True


def main() -> int:
    """Go all ways with the packages that the command line names; 1 where one failed."""
    failed = False
    for way, became, fails in outcomes([Path(given).resolve() for given in sys.argv[1:]]):
        print(f"{'FAILED' if fails else 'ok'}  {way}: {became}", flush=True)
        failed = failed or fails
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
