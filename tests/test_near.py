"""What is near a change: by imports, by names of files; the test of the module itself first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.near import changed, distances, near, needs_of

FILES = {
    "cable_tui/__init__.py": "",
    "cable_tui/lamp.py": "OIL = 1\n",
    "cable_tui/house.py": "from cable_tui.lamp import OIL\n",
    "cable_tui/street.py": "def walk():\n    from cable_tui import house\n    return house\n",
    "cable_tui/table.py": "LOADED = 'cable_tui.lamp'\n",
    "cable_tui/verbs.py": "import_module(f'cable_tui.{name}' for name in 'street PATH'.split())\n",
    "cable_tui/words.py": "TEXT = open('data/words.txt')\n",
    "tests/test_lamp.py": "from cable_tui.lamp import OIL\n",
    "tests/test_house.py": "from cable_tui.house import OIL\n",
    "tests/test_street.py": "import cable_tui.street\n",
    "tests/a/test_table.py": "from cable_tui.table import LOADED\n",
    "tests/test_words.py": "from cable_tui import words\n",
    "tests/test_verbs.py": "import cable_tui.verbs\n",
    "tests/test_far.py": "import json\n",
    "data/words.txt": "kettle\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (
            ["cable_tui/lamp.py"],
            [
                *("tests/test_lamp.py", "tests/test_house.py", "tests/a/test_table.py"),
                *("tests/test_street.py", "tests/test_verbs.py"),
            ],
        ),
        (
            ["cable_tui/street.py"],
            ["tests/test_street.py", "tests/test_house.py", "tests/test_verbs.py"],
        ),
        (["data/words.txt"], ["tests/test_house.py", "tests/test_words.py"]),
        (["tests/test_far.py"], ["tests/test_far.py", "tests/test_house.py"]),
        (["cable_tui/gone.py"], ["tests/test_house.py"]),
    ],
    ids=lambda each: each[0],
)
def test_the_nearest_come_first_and_the_house_always(
    root: Path, start: list[str], expected: list[str]
) -> None:
    assert near(root, start) == expected


def test_modules_that_import_each_other_end() -> None:
    needs = {"a.py": {"b.py"}, "b.py": {"a.py"}, "c.py": {"b.py"}}
    assert distances(needs, ["a.py"]) == {"a.py": 0, "b.py": 1, "c.py": 2}
    assert needs_of({}, ["x.txt"]) == {}


def test_what_git_calls_changed_or_new_is_changed(root: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)

    git("init", "--quiet")
    git("add", ".")
    git("-c", "user.name=A", "-c", "user.email=a@x.example", "commit", "--quiet", "-m", "First")
    assert changed(root) == []
    (root / "cable_tui" / "lamp.py").write_text("OIL = 2\n", "utf-8")
    (root / "cable_tui" / "new é.py").write_text("", "utf-8")
    (root / "data" / "words.txt").unlink()
    assert changed(root) == ["cable_tui/lamp.py", "cable_tui/new é.py", "data/words.txt"]


CASES = """\
import pytest


@pytest.mark.parametrize("at", range(3))
def test_case(at):
    assert at != 2
"""
RUN = """\
import sys
import pytest
from tests.near import HANDED_OUT, Nearest
plugin = Nearest(["test_b.py", "test_a.py"], float(sys.argv[1]))
quiet = ["-q", "-n1", *HANDED_OUT, "-p", "no:randomly", "-p", "no:cacheprovider"]
pytest.main([*quiet, "test_b.py", "test_a.py"], [plugin])
print(plugin.stopped, plugin.failed, plugin.left)
"""


@pytest.mark.parametrize(
    ("end", "last"),
    [
        ("inf", "False True {'test_b.py': 0, 'test_a.py': 0}"),
        ("0", "True False {'test_b.py': 1, 'test_a.py': 3}"),
    ],
)
def test_what_is_handed_out_by_the_end_runs_and_what_is_left_is_counted(
    tmp_path: Path, end: str, last: str
) -> None:
    for name in ("test_a.py", "test_b.py"):
        (tmp_path / name).write_text(CASES, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", RUN, end],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[-1] == last, done.stdout + done.stderr
