"""The tests that an uncommitted change concerns, the nearest first: `make near`.

A test is near a changed file by imports, late ones too, and by the files that modules name in their
texts. After `SECONDS` no further test begins. What was left out is said: only `make check` is sure.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("cable_tui", "tests", "benchmarks", "docs/site", "scripts")
"""Folders with modules."""
ALWAYS = ("tests/test_house.py",)
"""Tests that read every module."""
SECONDS = 45.0
"""After these, no further test begins."""
HANDED_OUT = ("--dist", "load", "--maxschedchunk", "1")
"""The tests go to the workers of pytest one by one, in the order of the files."""
FEW = 20
"""A folder that more modules name says nothing of who reads a file in it."""
MOST = 60
"""The most test files that are collected: each costs a part of a second."""


def changed(root: Path) -> list[str]:
    """Files that differ from the last commit, also new ones, by their paths in the project."""
    status = ("git", "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames")
    done = subprocess.run(status, cwd=root, capture_output=True, text=True, check=True)
    return sorted(line[3:] for line in done.stdout.split("\0") if line)


def sources(root: Path) -> dict[str, str]:
    """The modules of the project: their texts by their paths."""
    files = sorted(file for part in PARTS for file in (root / part).rglob("*.py"))
    return {file.relative_to(root).as_posix(): file.read_text("utf-8") for file in files}


def needs_of(texts: Mapping[str, str], others: Iterable[str]) -> dict[str, set[str]]:
    """For each module, by its path, the modules that it imports and the files that it names.

    Found by expressions: a tree of each module takes a second for three hundred of them.
    """
    by_name = {
        path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in texts
    }
    found = {path: set(_needs(path, text, by_name)) for path, text in texts.items()}
    for other in others:
        for user in _named_in(texts, Path(other)):
            found[user].add(other)
    return found


_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]*(\([^)]*\)|.*)|import[ \t]+(.+))", re.MULTILINE
)
_COMMENT = re.compile(r"[ \t]#.*")
_QUOTED = re.compile(r"[\"']([a-z_]+(?:\.\w+)+)[\"']")
"""A module as `import_module` takes it."""


def _needs(path: str, text: str, by_name: Mapping[str, str]) -> Iterator[str]:
    names: list[str] = _QUOTED.findall(text)
    for module, taken, modules in _IMPORT.findall(_COMMENT.sub("", text)):
        inner = [f"{module}.{name}" for name in _first_words(taken)] if module else []
        # Of a package the modules that are taken from it; else itself, with what it offers.
        names += [*inner, *([module] if any(name not in by_name for name in inner) else [])]
        names += _first_words(modules)
    if "import_module" in text:  # by the names in a table of its package
        package = path.rpartition("/")[0].replace("/", ".")
        names += [f"{package}.{word}" for word in re.findall(r"\w+", text)]
    found = {by_name[name] for name in names if name in by_name}
    if "iter_modules" in text:  # all of a package that it imports
        folders = tuple(each.removesuffix("__init__.py") for each in found if "/__init__" in each)
        found |= {each for each in by_name.values() if folders and each.startswith(folders)}
    return iter(found)


def _first_words(listed: str) -> list[str]:
    """Return the names of `(a, b as c)`."""
    return [part.split()[0] for part in listed.strip("() \t").split(",") if part.strip("() \n\t")]


def _named_in(texts: Mapping[str, str], file: Path) -> list[str]:
    """Return the modules that name a file, or a folder that few do; or else its bare name.

    A name without its end may be any word: `search` of `schemas/search.json`.
    """
    named, beside, bare = (
        [path for path, text in texts.items() if name and quoted.search(text)]
        for name in (file.name, file.parent.name, file.stem)
        for quoted in [re.compile(rf"[\"'/]{re.escape(name)}[\"'/]")]
    )
    return [*named, *(beside if len(beside) <= FEW else [])] or bare


def distances(needs: Mapping[str, set[str]], start: Iterable[str]) -> dict[str, int]:
    """How many steps each module is away from a changed file; those that need none are left out."""
    users: dict[str, set[str]] = {}
    for path, needed in needs.items():
        for each in needed:
            users.setdefault(each, set()).add(path)
    found = dict.fromkeys(start, 0)
    edge = list(found)
    while edge:
        further = {user for each in edge for user in users.get(each, ())} - found.keys()
        found |= dict.fromkeys(further, found[edge[0]] + 1)
        edge = sorted(further)
    return found


def is_test(path: str) -> bool:
    return path.startswith("tests/") and Path(path).name.startswith("test_")


def mirrors(test: str, start: Iterable[str]) -> bool:
    """Whether a test is that of a changed module: `tests/query/test_facets.py`."""
    names = {each.replace("cable_tui/", "tests/", 1) for each in start}
    path = Path(test)
    return path.with_name(path.name.removeprefix("test_")).as_posix() in names


def near(root: Path, start: list[str]) -> list[str]:
    """Files of tests, the nearest first."""
    texts = sources(root)
    needs = needs_of(texts, [each for each in start if each not in texts])
    found = distances(needs, start)
    folders = {_folder(each) for each in start}

    def rank(path: str) -> tuple[int, bool, int, str]:
        # A test that imports little is about what it imports.
        return found[path], _folder(path) not in folders, len(needs[path]), path

    tests = sorted((path for path in found if is_test(path) and path in texts), key=rank)
    first = [path for path in tests if path in start or mirrors(path, start)]
    return list(dict.fromkeys([*first, *ALWAYS, *tests]))


def _folder(path: str) -> str:
    """Return a module's folder below the package or below the tests."""
    return Path(path).parent.as_posix().partition("/")[2]


class Nearest:
    """A plugin of pytest: the nearest first, on all processors; none begins after some seconds."""

    def __init__(self, files: list[str], end: float) -> None:
        self._end = end
        self._workers: Any = None
        self.left: dict[str, int] = dict.fromkeys(files, 0)
        """How many tests of each file did not run."""
        self.stopped = self.failed = False

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Know the plugin that hands the tests out, in the order in which files were given."""
        self._workers = session.config.pluginmanager.getplugin("dsession")

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Count the tests; each worker finds the same."""
        self.left = dict.fromkeys(self.left, 0)
        for nodeid in ids:
            self.left[_file_of(nodeid)] += 1

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Count a test that ran; begin no other after the end."""
        self.left[_file_of(nodeid)] -= 1
        if monotonic() > self._end:
            self.stopped = True
            self._workers.shouldstop = "the time is over"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep whether any failed."""
        self.failed |= report.failed


def _file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def main() -> int:
    """Run the near tests; the status is pytest's, and 0 if nothing changed."""
    end = monotonic() + SECONDS
    start = changed(ROOT)
    if not start:
        sys.stdout.write("Nothing differs from the last commit.\n")
        return 0
    files = near(ROOT, start)
    taken = [*files[:MOST], *(each for each in ALWAYS if each not in files[:MOST])]
    plugin = Nearest(taken, end)
    spread = ["-n", str(os.cpu_count() or 1), *HANDED_OUT]
    status = pytest.main([*spread, "-m", "not slow", "-p", "no:randomly", *taken], plugins=[plugin])
    late = {name: count for name, count in plugin.left.items() if count}
    sys.stdout.write("\n".join(_left_out(late, [each for each in files if each not in taken])))
    return int(plugin.failed if plugin.stopped else status)


def _left_out(late: Mapping[str, int], further: list[str]) -> Iterator[str]:
    for name, count in late.items():
        yield f"left out, for the time: {count} of {name}"
    if further:
        yield f"left out, further away: {len(further)} files, from {further[0]} to {further[-1]}"
    yield "left out: what is marked as slow, and what no import connects; `make check` runs all\n"


if __name__ == "__main__":
    raise SystemExit(main())
