"""What needs more than one environment: `make test-all`, `make test-installs`, `make lock`."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import nox

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""Those that the public workflow runs, too."""
TEXTUALS = ("==6.6.0", "==7.5.0", "==8.0.0", ">=8,<9")
"""The room runs on any of them."""
LOCK = "requirements-dev.txt"
UV = "uv==0.13.9"
"""What chooses the versions of the lock, for all systems and Pythons in one."""

nox.needs_version = ">=2025.2"
# A Python that the machine lacks is named in the last lines, and is no failure.
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["tests"]

if (pyenv := shutil.which("pyenv")) and "PYENV_VERSION" not in os.environ:
    # Of its Pythons only one answers to its name, until the others are asked for.
    named = subprocess.check_output([pyenv, "versions", "--bare"], text=True)
    os.environ["PYENV_VERSION"] = ":".join(reversed(named.split()))


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The whole suite on each Python; arguments go to pytest."""
    session.install("--require-hashes", "--requirement", LOCK)
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    session.run("pytest", *(session.posargs or ("-n", "auto")))


@nox.session
@nox.parametrize("version", TEXTUALS)
def textual(session: nox.Session, version: str) -> None:
    """The tests of the room on older versions of Textual and on the newest that we take."""
    session.install("--require-hashes", "--requirement", LOCK)
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    session.install("--upgrade", f"textual{version}")
    session.run("pytest", "-n", "auto", *(session.posargs or ("tests/tui",)))


@nox.session
def lowest(session: nox.Session) -> None:
    """The whole suite with the lowest version of each package that we say is enough."""
    session.install(UV)
    session.run(
        *("uv", "pip", "install", "--python", session.virtualenv.location),
        *("--resolution", "lowest-direct", "--editable", ".[dev]"),
    )
    session.run("pytest", *(session.posargs or ("-n", "auto")))


@nox.session
def upstream(session: nox.Session) -> None:
    """The tests of the patches for Textual (docs/upstream), on a copy of it that has them."""
    session.install("--require-hashes", "--requirement", LOCK)
    where = "import textual; print(*textual.__path__)"
    package = str(session.run("python", "-c", where, silent=True)).strip()
    clone = Path(session.create_tmp()) / "clone"
    shutil.rmtree(clone, ignore_errors=True)
    shutil.copytree(package, clone / "src" / "textual")
    patches = sorted(map(str, Path("docs", "upstream").absolute().glob("*.patch")))
    session.chdir(clone)
    session.run("git", "init", "--quiet", external=True)
    session.run("git", "apply", *patches, external=True)
    session.run("pytest", "-q", "-p", "no:randomly", "tests", env={"PYTHONPATH": "src"})


@nox.session
def installs(session: nox.Session) -> None:
    """Install the packages with pip, pipx and uv, type README's commands, and start the demo."""
    session.install("build>=1.2", "pipx>=1.7", "pyte>=0.8.2", UV)
    folder = Path(session.create_tmp()) / "dist"
    shutil.rmtree(folder, ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", str(folder), silent=True)
    packages = sorted(str(file) for file in folder.iterdir())
    session.run("python", "-m", "tests.installs", *packages)
    session.run("python", "-m", "tests.first_commands")


@nox.session
def without(session: nox.Session) -> None:
    """Delete each tool in a copy, then all of them, and pass what is left; names choose tools.

    After one tool: contracts, types, and a room in a pseudo-terminal. After all: the whole suite.
    """
    session.install("--require-hashes", "--requirement", LOCK)
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    folders = sorted(path.parent.name for path in Path().glob("cable_tui/tools/*/__init__.py"))
    here = Path.cwd()
    tracked = subprocess.check_output(["git", "ls-files", "-z"], text=True).split("\0")
    for name in session.posargs or (*folders, "--all"):
        copy = Path(session.create_tmp()) / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        for file in filter(None, tracked):
            (copy / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(here / file, copy / file)
        session.chdir(copy)
        session.run("python", "scripts/without.py", name)
        # The copy is imported, not the checkout that is installed.
        own = {"PYTHONPATH": str(copy)}
        session.run("ruff", "check", "--quiet", "--fix", "--select", "I", ".")
        session.run("ruff", "check", "--quiet", ".")
        session.run("lint-imports", env=own)
        session.run("mypy", env=own)
        some = (
            () if name == "--all" else ("tests/tui/test_first_paint.py", "tests/cli/test_help.py")
        )
        session.run("python", "-m", "pytest", "-q", "-n", "auto", *some, env=own)
        session.chdir(here)


@nox.session
def lock(session: nox.Session) -> None:
    """Bring the lock up to pyproject.toml; `nox -s lock -- --upgrade` takes newer versions.

    Versions that fit stay. The hashes need no address of an index.
    """
    session.install(UV)
    session.run(
        *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", PYTHONS[0]),
        *("--extra", "dev", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"),
        *("--custom-compile-command", "make lock", "--output-file", LOCK, *session.posargs),
        "pyproject.toml",
    )
