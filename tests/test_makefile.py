"""`make demo` on any machine: a Python that is too old, folders with blanks, a `.venv` of yore."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.clones import SCRIPT, cloned, has_make, path_without_python, program, run_in

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

pytestmark = pytest.mark.skipif(not has_make(), reason="make and sh are not here")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return cloned(tmp_path)


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    return path_without_python(tmp_path)


def make(clone: Path, *given: str, path: Path) -> subprocess.CompletedProcess[str]:
    return run_in(clone, "make", *given, path=path)


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


@pytest.mark.parametrize("fails", ["ruff", "mypy", "lint-imports", "pytest", None], ids=str)
def test_the_checks_fail_if_any_of_them_does(
    clone: Path, bin_folder: Path, fails: str | None
) -> None:
    tools = set_up(clone, bin_folder) / "bin"
    for name in ("ruff", "mypy", "lint-imports", "pytest"):
        program(tools / name, f"#!/bin/sh\necho said {name}\nexit {int(name == fails)}\n")
    done = make(clone, "check", path=bin_folder)
    assert (done.returncode != 0) is (fails is not None)
    if fails in ("mypy", None):
        assert done.stdout.splitlines()[-1] == "said mypy"
