"""A clone as far as make looks at it, and a PATH with few tools, for what is run with stand-ins."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCRIPT = Path("scripts", "environment.sh")
FILES = ("Makefile", "pyproject.toml", "requirements-dev.txt", str(SCRIPT))
TOOLS = ("sh", "cat", "cp", "dirname", "head", "make", "mkdir", "rm", "touch")
"""What the Makefile and its script use."""
OF_MAKE = ("PYTHON", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")
"""What make tells the checks, which it runs itself."""


def has_make() -> bool:
    """Whether a clone can be tried here."""
    return shutil.which("make") is not None and shutil.which("sh") is not None


def cloned(place: Path) -> Path:
    """A clone in a folder whose name has a blank."""
    folder = place / "a clone"
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    return folder


def path_without_python(place: Path) -> Path:
    """A folder for PATH that has the tools, and no Python."""
    folder = place / "bin"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return folder


def program(place: Path, text: str) -> Path:
    """A program of that text."""
    place.unlink(missing_ok=True)
    place.write_text(text, encoding="utf-8")
    place.chmod(0o755)
    return place


def run_in(clone: Path, *given: str, path: Path, **named: str) -> subprocess.CompletedProcess[str]:
    """Run one of the tools there, with no other programs than those of `path`."""
    kept = {name: each for name, each in os.environ.items() if name not in OF_MAKE}
    return subprocess.run(
        [str(path / given[0]), *given[1:]],
        cwd=clone,
        env={**kept, "PATH": str(path), **named},
        capture_output=True,
        text=True,
        check=False,
    )
