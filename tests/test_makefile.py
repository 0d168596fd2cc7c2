"""`make demo` on any machine: a Python that is too old, folders with blanks, a `.venv` of yore."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = Path("scripts", "environment.sh")
FAKE = """#!/bin/sh
case "$*" in
"-m venv --clear "*) rm -rf "$4"; mkdir -p "$4/bin"; cp "$0" "$4/bin/python" ;;
*"import pip"*) echo {version}; echo /usr; cd "$(dirname "$0")/.." && pwd -P ;;
*sys.exit*) exit {too_old} ;;
*base_prefix*) echo {version}; echo /usr ;;
*) echo {version} ;;
esac
"""
"""A Python as far as the script asks it: making a real environment takes five seconds."""
OLD = FAKE.format(version="3.9", too_old=1)
PLAIN = FAKE.format(version="3.11", too_old=0)
NEWER = FAKE.format(version="3.12", too_old=0)

pytestmark = pytest.mark.skipif(
    shutil.which("make") is None or shutil.which("sh") is None, reason="make and sh are not here"
)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone in a folder whose name has a blank, as far as make looks at it."""
    folder = tmp_path / "a clone"
    (folder / "scripts").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "requirements-dev.txt", str(SCRIPT)):
        shutil.copyfile(ROOT / name, folder / name)
    return folder


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """A PATH with the tools that the script uses, and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "cat", "cp", "dirname", "head", "mkdir", "rm", "touch"):
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return folder


def program(place: Path, text: str) -> Path:
    place.unlink(missing_ok=True)
    place.write_text(text, encoding="utf-8")
    place.chmod(0o755)
    return place


def make(clone: Path, *given: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Run make there, with no other programs than those of `path`."""
    of_make = {
        "PYTHON",
        "MAKEFLAGS",
        "MAKELEVEL",
        "MFLAGS",
    }  # the checks are run by make themselves
    kept = {name: each for name, each in os.environ.items() if name not in of_make}
    make = shutil.which("make")
    assert make is not None
    given = (make, *given)
    environment = {**kept, "PATH": str(path)}
    return subprocess.run(
        given, cwd=clone, env=environment, capture_output=True, text=True, check=False
    )


def set_up(clone: Path, path: Path, python: str = PLAIN) -> Path:
    """A `.venv` that is there and works, with a file that says whether it is still the same."""
    program(path / "python3", python)
    assert make(clone, ".venv/.made", path=path).returncode == 0
    (clone / ".venv" / "kept").touch()
    return clone / ".venv"


def is_made_anew(clone: Path, path: Path, *given: str) -> bool:
    done = make(clone, ".venv/.made", *given, path=path)
    assert done.returncode == 0, done.stderr
    said = "anew" in done.stdout
    assert said is not (clone / ".venv" / "kept").exists()
    return said


def test_a_python_that_is_too_old_is_named_in_a_sentence(clone: Path, bin_folder: Path) -> None:
    program(bin_folder / "python3", OLD)
    done = make(clone, "demo", path=bin_folder)
    assert done.returncode != 0
    first, second, *_ = done.stderr.splitlines()
    assert first == "cable-tui needs Python 3.11 or newer, and python3 is 3.9."
    assert "Install one" in second
    assert not (clone / ".venv").exists()


def test_the_newer_python_beside_it_is_named_with_how_to_take_it(
    clone: Path, bin_folder: Path
) -> None:
    program(bin_folder / "python3", OLD)
    program(bin_folder / "python3.12", NEWER)
    assert "make demo PYTHON=python3.12" in make(clone, "demo", path=bin_folder).stderr


def test_a_machine_without_python_says_so(clone: Path, bin_folder: Path) -> None:
    first = make(clone, "demo", path=bin_folder).stderr.splitlines()[0]
    assert first == "cable-tui needs Python 3.11 or newer, and python3 is not to be found."


def test_an_environment_that_works_is_kept(clone: Path, bin_folder: Path) -> None:
    set_up(clone, bin_folder)
    assert not is_made_anew(clone, bin_folder)
    assert not is_made_anew(clone, bin_folder, "PYTHON=python3")


def test_one_of_a_newer_python_is_kept_until_another_is_asked_for(
    clone: Path, bin_folder: Path
) -> None:
    set_up(clone, bin_folder, NEWER)
    program(bin_folder / "python3", PLAIN)
    assert not is_made_anew(clone, bin_folder)
    assert is_made_anew(clone, bin_folder, "PYTHON=python3")


def test_one_whose_python_was_replaced_is_made_anew(clone: Path, bin_folder: Path) -> None:
    python = set_up(clone, bin_folder) / "bin" / "python"
    program(bin_folder / "python3", NEWER)
    program(python, NEWER)
    assert is_made_anew(clone, bin_folder)


def test_one_that_make_did_not_make_is_made_anew(clone: Path, bin_folder: Path) -> None:
    (set_up(clone, bin_folder) / ".made").unlink()
    assert is_made_anew(clone, bin_folder)


def test_one_whose_python_is_gone_is_made_anew(clone: Path, bin_folder: Path) -> None:
    (set_up(clone, bin_folder) / "bin" / "python").unlink()
    assert is_made_anew(clone, bin_folder)


def test_a_real_one_is_kept_and_made_anew_where_its_folder_was_moved(
    clone: Path, bin_folder: Path
) -> None:
    (bin_folder / "python3").symlink_to(sys.executable)
    asked = ["sh", str(SCRIPT), ".venv", sys.executable, "default"]
    subprocess.run(asked, cwd=clone, check=True)
    (clone / ".venv" / "kept").touch()
    program(bin_folder / "python3", PLAIN)
    assert not is_made_anew(clone, bin_folder)
    assert is_made_anew(clone.rename(clone.with_name("somewhere else")), bin_folder)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((), "~/cables"),
        (("ARCHIVE=my cables",), "my cables"),
        (("ARCHIVE=~/my cables",), "~/my cables"),
        (('ARCHIVE=it\'s "quoted" & odd;',), 'it\'s "quoted" & odd;'),
    ],
)
def test_the_name_of_an_archive_reaches_the_program_whole(
    clone: Path, bin_folder: Path, given: tuple[str, ...], told: str
) -> None:
    place = set_up(clone, bin_folder)
    program(place / "bin" / "cable-tui", '#!/bin/sh\nprintf "%s|" "$@"\n')
    (place / ".installed").touch()
    done = make(clone, "run", *given, path=bin_folder)
    assert (done.returncode, done.stdout) == (0, f"--|{told}|")


def test_the_demo_writes_into_folders_of_the_clone(
    clone: Path, bin_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = set_up(clone, bin_folder)
    program(
        place / "bin" / "cable-tui",
        '#!/bin/sh\nprintf "%s|%s|%s" "$*" "$CABLE_TUI_HOME" "$CABLE_TUI_CACHE"\n',
    )
    (place / ".installed").touch()
    monkeypatch.setenv("CABLE_TUI_HOME", "/home/ann/own")
    monkeypatch.setenv("CABLE_TUI_CACHE", "/home/ann/caches")
    done = make(clone, "demo", path=bin_folder)
    assert done.returncode == 0
    written, _, advice = done.stdout.rpartition("|")
    assert written == f"demo|{clone / 'build' / 'demo'}"
    assert advice == "To type cable-tui anywhere: make install\n"
