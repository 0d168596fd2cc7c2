"""The tests that an uncommitted change concerns, the nearest first: `make near`.

A test is near a changed file by imports, late ones too, and by the files that modules name in their
texts. After `SECONDS` no further test begins. What was left out is said: only `make check` is sure.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from time import monotonic

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("cable_tui", "tests", "benchmarks", "docs/site", "scripts")
"""Folders with modules."""
ALWAYS = ("tests/test_house.py",)
"""Tests that read every module."""
SECONDS = 45.0
"""After these, no further test begins."""
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
    """For each module, by its path, the modules that it imports and the files that it names."""
    by_name = {
        path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in texts
    }
    files: dict[str, set[str]] = {}
    for other in others:
        for name in {Path(other).name, Path(other).stem}:
            files.setdefault(name, set()).add(other)
    return {
        path: set(_needs(ast.parse(text), by_name, files, _package_that_loads(path, text)))
        for path, text in texts.items()
    }


def _package_that_loads(path: str, text: str) -> str:
    """The package whose modules are loaded by the names in the texts of a table, or nothing."""
    return path.rpartition("/")[0].replace("/", ".") if "import_module" in text else ""


def _needs(
    tree: ast.Module, by_name: Mapping[str, str], files: Mapping[str, set[str]], loads: str
) -> Iterator[str]:
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{each.name}" for each in node.names]
            # Of a package the modules that are taken from it; else itself, with what it offers.
            names = [*inner, *([node.module] if any(i not in by_name for i in inner) else [])]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names = [node.value]  # `import_module` of a name that is whole
            names += [f"{loads}.{word}" for word in node.value.split() if loads]
            yield from files.get(node.value.rpartition("/")[2], ())
        yield from (by_name[name] for name in names if name in by_name)


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
    found = distances(needs_of(texts, [each for each in start if each not in texts]), start)
    tests = [path for path in found if is_test(path) and path in texts]
    ordered = sorted(tests, key=lambda path: (not mirrors(path, start), found[path], path))
    return [*ordered, *(each for each in ALWAYS if each not in ordered)]


class Nearest:
    """A plugin of pytest: the nearest first, none begins after some seconds."""

    def __init__(self, files: list[str], end: float) -> None:
        self._rank = {name: rank for rank, name in enumerate(files)}
        self._end = end
        self.left: dict[str, int] = dict.fromkeys(files, 0)
        """How many tests of each file did not run."""
        self.stopped = self.failed = False

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Put them in order."""
        items.sort(key=lambda item: self._rank.get(_file_of(item.nodeid), len(self._rank)))
        for item in items:
            self.left[_file_of(item.nodeid)] += 1

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Count a test that ran."""
        self.left[_file_of(nodeid)] -= 1

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep whether any failed."""
        self.failed |= report.failed

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        """Begin no other after the end."""
        if monotonic() > self._end:
            self.stopped = True
            item.session.shouldstop = "the time is over"


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
    status = pytest.main(["-n0", "-m", "not slow", "-p", "no:randomly", *taken], plugins=[plugin])
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
