"""Everything that is generated, made again: `make generated`.

Each generator is run by itself, all at once; those after `LAST` read what others write. A file
that comes out the same keeps its time. The status is not 0 if a generator fails: it is named, and
the others go on. What the passes keep is not written if a version is to be raised first.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


class Generator(NamedTuple):
    """A module that is run, with the files that it writes."""

    name: str
    line: tuple[str, ...]
    """The arguments of Python."""
    files: tuple[str, ...]
    """Patterns of its files."""


GENERATORS = (
    Generator("screens", ("-m", "tests.tui.test_screens"), ("tests/**/screens/*.txt",)),
    Generator("pictures", ("-m", "benchmarks.screenshots", "screenshots"), ("screenshots/*.svg",)),
    Generator("goldens", ("-m", "tests.exports.goldens"), ("tests/data/golden/*",)),
    Generator(
        "schemas",
        ("-m", "tests.schemas"),
        ("docs/schemas/*.json", "cable_tui/cli/for_programs/answers.json"),
    ),
    Generator("man page", ("-m", "tests.man_page"), ("man/cable-tui.1",)),
    Generator(
        "what the passes keep",
        ("-m", "tests.archive.catalogue.test_passes"),
        ("tests/data/kept-by-the-passes.json",),
    ),
)
LAST = (Generator("documents", ("-m", "tests.doc_tables"), ("README.md", "docs/*.md")),)
"""Documents have lines of drawn screens."""


class Made(NamedTuple):
    """What became of a generator."""

    line: str
    failed: bool


def run(generators: Sequence[Generator], root: Path) -> Iterator[Made]:
    """Run generators at once; yield each as it ends."""
    with ThreadPoolExecutor(len(generators)) as pool:
        for each in as_completed([pool.submit(_run, each, root) for each in generators]):
            yield each.result()


def _run(generator: Generator, root: Path) -> Made:
    before = {file: (file.read_bytes(), file.stat()) for file in _files(generator, root)}
    done = subprocess.run(
        [sys.executable, *generator.line], cwd=root, capture_output=True, text=True, check=False
    )
    changed = []
    for file in _files(generator, root):
        text, status = before.get(file, (None, None))
        if status is None or file.read_bytes() != text:
            changed.append(file.relative_to(root).as_posix())
        else:
            os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    line = f"{generator.name}: {' '.join(changed) or 'nothing changed'}"
    if done.returncode:
        line = f"{line}; FAILED: {' '.join(generator.line)}\n{done.stderr[-2000:].rstrip()}"
    return Made(line, bool(done.returncode))


def _files(generator: Generator, root: Path) -> list[Path]:
    return sorted(file for pattern in generator.files for file in root.glob(pattern))


def main(waves: Iterable[Sequence[Generator]] = (GENERATORS, LAST), root: Path = ROOT) -> int:
    """Make everything, with a line for each generator."""
    failed = False
    for generators in waves:
        for made in run(generators, root):
            sys.stdout.write(f"{made.line}\n")
            sys.stdout.flush()
            failed |= made.failed
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
