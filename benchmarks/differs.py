"""What another revision answers differently: `python -m benchmarks.differs REV [--on FOLDER]`.

Both revisions index the same archives into homes of their own (the corpus and the wild files where
they are, the demo, 5,000 generated cables, FOLDER) and are asked the same: commands with their
JSON, all exports, facets, and rooms that are drawn key by key. Only what the program shows is
compared, so that a module may move. A screen counts as different if it is so each time it is drawn.
Nothing of the working tree is changed. The status is 1 if anything differs, 2 if REV is unknown.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from benchmarks import generate, rooms_to_draw
from benchmarks.questions_to_both import DRAFT, Place, commands
from benchmarks.terminal import Terminal
from cable_tui.demo import write

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
GENERATED = 5_000
_NOW = re.compile(
    rf"{time.strftime('%Y-%m-%d', time.gmtime())}[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z| UTC)?"
)
"""A moment of today: bookmarks and logs have the time at which they were made."""
QUIET = 0.15
"""Seconds without a byte, and without work, after which a screen counts as drawn."""
DRAWN = 3
"""How often a screen that differs is drawn before it counts."""
LINES = 6
"""Lines that are printed of a difference."""
REFS = 10
"""Cables of a place that are asked for one by one."""


class Side(NamedTuple):
    """One of the two revisions."""

    tree: Path
    home: Path

    def environment(self) -> dict[str, str]:
        """The variables of its programs: what is not the home is the same on both sides."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        own = {"PYTHONPATH": str(self.tree), "HOME": str(self.home), "TZ": "UTC", "COLUMNS": "100"}
        return {**kept, **own, "CABLE_TUI_HOME": str(self.home), "SOURCE_DATE_EPOCH": "1767225600"}

    def line(self, *arguments: str) -> list[str]:
        """A command line; the folder of work is no place of modules."""
        return [sys.executable, "-P", "-m", "cable_tui", *arguments]

    def plain(self, text: str) -> str:
        """A text without what names this side, and without the time of day."""
        named = text.replace(str(self.home), "HOME").replace(str(self.tree), "TREE")
        return _NOW.sub("NOW", named)


Answers = dict[tuple[str, str], str]
"""What was answered, by kind and question."""


def ask(side: Side, arguments: Sequence[str], given: str | None = None) -> str:
    """What a command prints, with its status."""
    done = subprocess.run(
        side.line(*arguments),
        input=given,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        env=side.environment(),
        cwd=side.home,
        check=False,
    )
    answer = _unfolded(side.plain(done.stdout))
    return f"status {done.returncode}\n{answer}\n{side.plain(done.stderr)}"


def _unfolded(answer: str) -> str:
    """JSON, or lines of JSON, with a line for each value, so that a difference is a line."""
    if not answer.startswith(("{", "[")):
        return answer
    try:
        values = [json.loads(answer)]
    except ValueError:
        try:
            values = [json.loads(line) for line in answer.splitlines()]
        except ValueError:
            return answer
    return "\n".join(json.dumps(each, indent=0, ensure_ascii=False) for each in values)


def answers(side: Side, places: Sequence[Place]) -> Answers:
    """What a revision answers to every question about every place."""
    found: Answers = {}
    for place in places:
        ask(side, ["index", str(place.path)])
        refs = _some(ask(side, ["search", str(place.path), "", "--refs", "--no-index"]))
        for kind, arguments in commands(place, refs):
            found[kind, " ".join(arguments)] = ask(side, arguments)
    return found


def _some(listed: str) -> list[str]:
    refs = listed.splitlines()[1:-1]
    return refs[:: max(len(refs) // REFS, 1)][:REFS]


def screens(side: Side, scenes: Sequence[rooms_to_draw.Scene], path: Path) -> Answers:
    """What a room shows after each key of each scene."""
    found: Answers = {}
    for scene in scenes:
        columns, rows = scene.size
        command = side.line(str(path), "--no-index", "--fresh")
        with Terminal(
            command, columns=columns, rows=rows, environment=side.environment()
        ) as terminal:
            terminal.until(lambda text: bool(text.strip()))
            typed = []
            for key in ("", *scene.keys):
                if key:
                    terminal.send(key)
                    typed.append(key)
                shown = terminal.idle(QUIET)
                found[scene.kind, f"{columns}x{rows} {' '.join(typed)}"] = side.plain(shown)
    return found


def _tree(revision: str, folder: Path) -> Path | None:
    """The package at a revision, below a folder; None if there is no such revision."""
    packed = subprocess.run(
        ["git", "-C", str(ROOT), "archive", revision, "cable_tui"], capture_output=True, check=False
    )
    if packed.returncode:
        return None
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as tar:
        tar.extractall(folder, filter="data")
    return folder


def _places(folder: Path, on: Path | None) -> Iterator[Place]:
    demo, dump = folder / "demo", folder / "generated.csv"
    demo.mkdir()
    write(demo)
    generate.write_dump(dump, GENERATED)
    yield Place("demo", demo)
    yield Place("generated", dump)
    shared = [Place("corpus", SHARED / "corpus"), Place("wild", SHARED / "wild")]
    yield from (place for place in shared if place.path.is_dir())
    if on:
        yield Place("folder", on.resolve())


def _both(
    pool: ProcessPoolExecutor, sides: Sequence[Side], function: Callable[[Side], Answers]
) -> list[Answers]:
    waiting = [pool.submit(function, side) for side in sides]
    return [each.result() for each in waiting]


def _drawn(pool: ProcessPoolExecutor, sides: Sequence[Side], path: Path) -> list[Answers]:
    """The screens of both; a scene that differs is drawn again, and counts if it always does."""
    left = list(rooms_to_draw.SCENES)
    before, after = _both(pool, sides, partial(screens, scenes=left, path=path))
    for _ in range(DRAWN - 1):
        unequal = {key for key in before | after if before.get(key) != after.get(key)}
        left = [scene for scene in left if any(_belongs(key, scene) for key in unequal)]
        if not left:
            break
        old, new = _both(pool, sides, partial(screens, scenes=left, path=path))
        for key in old | new:
            if old.get(key) == new.get(key):
                before[key] = after[key] = old.get(key, "")
    return [before, after]


def _belongs(key: tuple[str, str], scene: rooms_to_draw.Scene) -> bool:
    columns, rows = scene.size
    whole = f"{columns}x{rows} {' '.join(scene.keys)}"
    return key[0] == scene.kind and whole.startswith(key[1])


def report(before: Mapping[tuple[str, str], str], after: Answers, most: int) -> Iterator[str]:
    """Lines with a count for each kind, and examples of what differs."""
    kinds = dict.fromkeys(kind for kind, _ in [*before, *after])
    for kind in kinds:
        keys = [key for key in {**before, **after} if key[0] == kind]
        unequal = [key for key in keys if before.get(key) != after.get(key)]
        yield f"{kind}: {len(keys):,} asked, {len(unequal):,} differ"
        for key in unequal[:most]:
            yield f"  {key[1]}"
            old, new = (side.get(key, "").splitlines() for side in (before, after))
            changed = [
                line[:160]
                for line in difflib.unified_diff(old, new, n=0, lineterm="")
                if not line.startswith(("---", "+++", "@@"))
            ]
            yield from (f"    {line}" for line in changed[:LINES])
            if len(changed) > LINES:
                yield f"    ... {len(changed) - LINES:,} lines more"


def main() -> int:
    """Compare the working tree with a revision."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.differs", description=__doc__)
    parser.add_argument("revision", help="as git names it: a commit, a tag, main")
    parser.add_argument("--on", type=Path, metavar="FOLDER", help="an archive of your own, too")
    parser.add_argument("--most", type=int, default=5, help="examples of a kind (5)")
    parser.add_argument("--no-screens", action="store_true", help="leave the rooms out")
    given = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="cable-tui-differs-") as temporary:
        folder = Path(temporary)
        old = _tree(given.revision, folder / "tree")
        if old is None:
            print(f"no such revision: {given.revision}", file=sys.stderr)
            return 2
        sides = [Side(old, folder / "home-a"), Side(ROOT, folder / "home-b")]
        for side in sides:
            side.home.mkdir()
            (side.home / "draft.md").write_text(DRAFT, "utf-8")
        places = list(_places(folder, given.on))
        with ProcessPoolExecutor(2) as pool:
            before, after = _both(pool, sides, partial(answers, places=places))
            if not given.no_screens:
                for found, more in zip(
                    (before, after), _drawn(pool, sides, places[0].path), strict=True
                ):
                    found.update(more)
    for line in report(before, after, given.most):
        print(line)
    print(f"{time.perf_counter() - began:.0f} s")
    return int(before != after)


if __name__ == "__main__":
    sys.exit(main())
