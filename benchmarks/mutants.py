"""Does a test notice it? `python -m benchmarks.mutants --count 60 --seed 46` spoils guards.

A guard is a condition that leaves early (`if x: raise ...`), one part of an `and` or `or`, a bound
(`<` for `<=`), or a call for its effect alone (`files.flush(stream)`). Some are chosen by the seed;
each is spoiled in a copy of the package, and the tests that concern its module are run there. What
no test noticed is printed at the end: it lacks a test, or changes nothing that matters.

The status is 1 if one survived. The tree itself is not touched.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PACKAGE = "cable_tui"
_COPIED = (PACKAGE, "tests", "docs", "man", "pyproject.toml", "README.md", "benchmarks")
_LEAVES = (ast.Raise, ast.Return, ast.Continue, ast.Break)
_BOUNDS = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}
_COLLECTS = frozenset("append extend add update setdefault insert write".split())
"""Methods whose calls are no guards, but what a function is for."""
_UNTESTED = ("tui/textual_patches/", "demo/", "glossary/data/")
"""Parts that are checked with a terminal, or hold data."""
_MOST_TESTS = 2
"""Test files that are run for a module, those that mirror it first."""
_OPTIONS = ("-n0", "-q", "-x", "-rfE", "--tb=no", "-p", "no:cacheprovider", "-p", "no:randomly")
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+?)(?: - .*)?$", re.MULTILINE)
_LONGEST = 600.0
"""Seconds for the tests of one mutant; a mutant that hangs is noticed too."""


class Mutant(NamedTuple):
    """A guard and what takes its place."""

    module: str
    line: int
    start: int
    end: int
    """Offsets in the bytes of the file."""
    old: str
    new: str
    kind: str
    plain: str
    """The old text as Python would write it."""


class Result(NamedTuple):
    """What the tests said."""

    mutant: Mutant
    tests: Sequence[str]
    outcome: str
    """Outcome: `killed`, `survived` or `hung`; `broken` if tests fail without the mutant too."""


def mutants_of(file: Path, module: str) -> Iterator[Mutant]:
    """Yield every guard of a file whose place in it is certain: Python 3.11 misplaces some."""
    for mutant in _guards(file, module):
        with suppress(SyntaxError):
            if ast.unparse(ast.parse(mutant.old.strip())) == mutant.plain:
                yield mutant


def _guards(file: Path, module: str) -> Iterator[Mutant]:
    source = file.read_bytes()
    lines = [0]
    for line in source.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))

    def spoiled(node: ast.expr | ast.stmt, new: str, kind: str) -> Mutant:
        start = lines[node.lineno - 1] + node.col_offset
        end = lines[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        old = source[start:end].decode("utf-8", "replace")
        return Mutant(module, node.lineno, start, end, old, new, kind, ast.unparse(node))

    for node in ast.walk(ast.parse(source)):
        if any(isinstance(each, ast.NamedExpr) for each in ast.walk(node)):
            continue  # what is named there is used later
        if isinstance(node, ast.If) and isinstance(node.body[-1], _LEAVES):
            if ast.unparse(node.test) not in ("TYPE_CHECKING", "False"):
                yield spoiled(node.test, "False", "guard")
        elif isinstance(node, ast.BoolOp):
            word = " and " if isinstance(node.op, ast.And) else " or "
            for left_out in range(len(node.values)):
                kept = [each for at, each in enumerate(node.values) if at != left_out]
                text = word.join(f"({ast.unparse(each)})" for each in kept)
                yield spoiled(node, f"({text})", "part")
        elif isinstance(node, ast.Compare) and type(node.ops[0]) in _BOUNDS:
            if len(node.ops) == 1:
                sign = _BOUNDS[type(node.ops[0])]
                sides = (ast.unparse(each) for each in (node.left, node.comparators[0]))
                yield spoiled(node, f"({f' {sign} '.join(sides)})", "bound")
        elif (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Call)
            and getattr(node.value.func, "attr", "") not in _COLLECTS
        ):
            yield spoiled(node, "pass", "call")


def modules(only: str) -> list[str]:
    """Return the modules below the package whose path has these letters."""
    found = (file.relative_to(ROOT / PACKAGE).as_posix() for file in (ROOT / PACKAGE).rglob("*.py"))
    return sorted(
        each for each in found if only in each and not any(part in each for part in _UNTESTED)
    )


def tests_of(module: str) -> list[str]:
    """Return the test files that concern a module: its mirror, then others that import it."""
    folder, _, name = module.removesuffix(".py").rpartition("/")
    mirror = Path("tests") / folder / f"test_{name}.py"
    dotted = ".".join((PACKAGE, *folder.split("/"))) if folder else PACKAGE
    wanted = (f"from {dotted}.{name} import", f"import {dotted}.{name}", f"from {dotted} import")
    found = [mirror.as_posix()] if (ROOT / mirror).is_file() else []
    beside: list[str] = []
    elsewhere: list[str] = []
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        path = file.relative_to(ROOT)
        text = file.read_text("utf-8")
        named = any(words in text for words in wanted[:2])
        named = named or (wanted[2] in text and f"{name}." in text)
        if path != mirror and named:
            (beside if path.parent == mirror.parent else elsewhere).append(path.as_posix())
    return [*found, *beside, *elsewhere][:_MOST_TESTS]


def chosen(count: int, seed: int, only: str) -> list[Mutant]:
    """Return guards chosen by a seed: first the module, so that long ones do not get most."""
    chance = random.Random(seed)
    by_module = {
        module: found
        for module in modules(only)
        if (found := list(mutants_of(ROOT / PACKAGE / module, module))) and tests_of(module)
    }
    picked: dict[Mutant, None] = {}
    while len(picked) < min(count, sum(map(len, by_module.values()))):
        picked[chance.choice(by_module[chance.choice(list(by_module))])] = None
    return list(picked)


def judged(mutant: Mutant, copy: Path) -> Result:
    """Run the tests on the spoiled copy, which is as before afterwards.

    A test that fails without the mutant too says nothing, and is left out.
    """
    tests = tests_of(mutant.module)
    file = copy / PACKAGE / mutant.module
    source = file.read_bytes()
    left_out: list[str] = []
    while True:
        file.write_bytes(source[: mutant.start] + mutant.new.encode() + source[mutant.end :])
        try:
            failed = _failing(tests, copy, left_out)
        except subprocess.TimeoutExpired:
            return Result(mutant, tests, "hung")
        finally:
            file.write_bytes(source)
        if not failed:
            return Result(mutant, tests, "survived")
        if not _failing([failed], copy):
            return Result(mutant, tests, "killed")
        if failed in left_out or len(left_out) >= _MOST_TESTS:
            return Result(mutant, tests, "broken")
        left_out.append(failed)


def _failing(tests: Sequence[str], copy: Path, without: Sequence[str] = ()) -> str:
    """Return the first test that fails in a copy, or a file that cannot be run; empty if none.

    Raises `TimeoutExpired`.
    """
    command = [sys.executable, "-m", "pytest", *_OPTIONS, *tests]
    command += [option for each in without for option in ("--deselect", each)]
    # Processes that a test starts import the copy too.
    environ = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, cwd=copy, env=environ, capture_output=True, timeout=_LONGEST, check=False
    )
    if done.returncode == 0:
        return ""
    found = _FAILED.search(done.stdout.decode("utf-8", "replace"))
    return found[1] if found else tests[0]


def main() -> int:
    """Print each mutant as it is judged, and at the end those that survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=46)
    parser.add_argument("--only", default="", metavar="PART", help="modules with this in the path")
    parser.add_argument("--from", type=int, default=1, dest="first", help="number of the first")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="choose, and run no test")
    options = parser.parse_args()
    mutants = chosen(options.count, options.seed, options.only)[options.first - 1 :]
    if options.list:
        for mutant in mutants:
            print(_line(mutant))
        return 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(options.jobs):
            copies.put(_copied(Path(folder) / str(number)))

        def judge(mutant: Mutant) -> Result:
            copy = copies.get()
            try:
                result = judged(mutant, copy)
            finally:
                copies.put(copy)
            print(f"{result.outcome:<9}{_line(mutant)}", flush=True)
            return result

        with ThreadPoolExecutor(options.jobs) as pool:
            results = list(pool.map(judge, mutants))
    survived = [each for each in results if each.outcome == "survived"]
    print(f"\n{len(results)} mutants, {len(survived)} survived")
    for each in survived:
        print(f"{_line(each.mutant)}\n    tests: {' '.join(each.tests)}")
    return int(bool(survived))


def _line(mutant: Mutant) -> str:
    old, new = (" ".join(text.split()) for text in (mutant.old, mutant.new))
    return f"{mutant.module}:{mutant.line}  {mutant.kind}: {old}  ->  {new}"


def _copied(copy: Path) -> Path:
    copy.mkdir(parents=True)
    for name in _COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(ROOT / name, copy / name)
    return copy


if __name__ == "__main__":
    sys.exit(main())
