"""What another revision answers differently: `python -m benchmarks.differs REV [--on FOLDER]`.

Both revisions index the same archives into homes of their own (the corpus and the wild files where
they are, the demo, 5,000 generated cables, FOLDER) and are asked the same: commands with their
JSON, all exports, facets, and rooms that are drawn key by key. Only what the program shows is
compared, so that a module may move. A screen counts as different if it is so each time it is drawn.
Nothing of the working tree is changed. What REV answered is kept for a day, so that it is asked
once (`kept_answers.py`). The status is 1 if anything differs, 2 if REV is unknown.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import chdir
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from benchmarks import forked_commands, generate, kept_answers
from benchmarks.kept_answers import Answers
from benchmarks.questions_to_both import DRAFT, IndexedArchive, commands
from benchmarks.rooms_to_draw import SCENES, Scene
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
ROOMS = "demo"
"""The place whose rooms are drawn, in copies of its home."""
REFS = 10
"""Cables of a place that are asked for one by one."""


class Side(NamedTuple):
    """One of the two revisions, in a home that is one archive's or one room's."""

    tree: Path
    home: Path
    kept: Path | None
    """The folder of what it has answered before; None for the working tree."""

    def at(self, name: str) -> Side:
        """The revision in another home beside this one."""
        return self._replace(home=self.home.with_name(name))

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


def ask(side: Side, questions: Sequence[Sequence[str]]) -> list[str]:
    """What some commands print, one after the other, each with its status."""
    asked, answered = (side.home.with_suffix(f".{name}") for name in ("asked", "answered"))
    asked.write_text(json.dumps(questions), "utf-8")
    line = [sys.executable, "-P", forked_commands.__file__, str(asked), str(answered)]
    subprocess.run(line, env=side.environment(), cwd=side.home, check=True)
    return [
        f"status {status}\n{side.plain(out)}\n{side.plain(err)}"
        for status, out, err in json.loads(answered.read_text("utf-8"))
    ]


def answers(side: Side, place: IndexedArchive) -> Answers:
    """What a revision answers to every question about a place."""
    side.home.mkdir(parents=True)
    (side.home / "draft.md").write_text(DRAFT, "utf-8")
    path = str(place.path)
    _, listed = ask(side, [["index", path], ["search", path, "", "--refs", "--no-index"]])
    asked = list(commands(place, _some(listed)))
    found = ask(side, [arguments for _, arguments in asked])
    if side.kept and place.name == ROOMS:
        shutil.copytree(side.home, side.kept / ROOMS, dirs_exist_ok=True)
    return {
        (kind, " ".join(arguments)): answer
        for (kind, arguments), answer in zip(asked, found, strict=True)
    }


def _some(listed: str) -> list[str]:
    refs = listed.splitlines()[1:-1]
    return refs[:: max(len(refs) // REFS, 1)][:REFS]


def screens(side: Side, scene: Scene, path: Path) -> Answers:
    """What a room shows after each key of a scene."""
    found: Answers = {}
    columns, rows = scene.size
    shutil.rmtree(side.home, ignore_errors=True)
    shutil.copytree(side.kept / ROOMS if side.kept else side.at(ROOMS).home, side.home)
    command = side.line(str(path), "--no-index", "--fresh")
    with (
        chdir(side.home),
        Terminal(command, columns=columns, rows=rows, environment=side.environment()) as terminal,
    ):
        terminal.until(lambda text: bool(text.strip()))
        typed = []
        for key in ("", *scene.keys):
            if key:
                terminal.send(key)
                typed.append(key)
            shown = terminal.idle(QUIET)
            found[scene.kind, f"{columns}x{rows} {' '.join(typed)}"] = side.plain(shown)
    return found


def _tree(revision: str, folder: Path) -> bool:
    """Write the package at a revision into a folder. Return whether there is such a revision."""
    packed = subprocess.run(
        ["git", "-C", str(ROOT), "archive", revision, "cable_tui"], capture_output=True, check=False
    )
    if packed.returncode:
        return False
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as tar:
        tar.extractall(folder, filter="data")
    return True


def _places(folder: Path, on: Path | None) -> Iterator[IndexedArchive]:
    """The archives; that of the rooms first, then those that take long."""
    demo, dump = folder / "demo", folder / "generated.csv"
    demo.mkdir()
    write(demo)
    generate.write_dump(dump, GENERATED)
    yield IndexedArchive(ROOMS, demo)
    yield IndexedArchive("generated", dump)
    shared = [IndexedArchive("wild", SHARED / "wild"), IndexedArchive("corpus", SHARED / "corpus")]
    yield from (place for place in shared if place.path.is_dir())
    if on:
        yield IndexedArchive("folder", on.resolve())


Both = tuple[Future[Answers], Future[Answers]]
"""What the earlier revision will have answered, and the working tree."""


class Comparison(NamedTuple):
    """Both sides, asked on all processors at once."""

    pool: ProcessPoolExecutor
    before: Side
    after: Side

    def _both(self, home: str, name: str, make: Callable[[Side], Answers]) -> Both:
        old, new = self.before.at(home), self.after.at(home)
        return (
            self.pool.submit(kept_answers.recalled, old.kept, name, partial(make, old)),
            self.pool.submit(make, new),
        )

    def asked(self, place: IndexedArchive) -> Both:
        """Begin to ask about a place."""
        name = f"{place.name}-{kept_answers.fingerprint(place.path)}"
        return self._both(place.name, name, partial(answers, place=place))

    def drawn(self, number: int, path: Path, *, again: bool) -> Both:
        """Begin to draw a scene."""
        name = f"scene-{number:02}"
        if again and self.before.kept:
            kept_answers.drop(self.before.kept, name)
        return self._both(name, name, partial(screens, scene=SCENES[number], path=path))


class Drawings(NamedTuple):
    """A scene as it was drawn so far, of both sides."""

    before: list[Answers]
    after: list[Answers]

    def pair(self, key: tuple[str, str]) -> tuple[str, str]:
        """A screen of both: the same if any two drawings are, for a notice goes by the clock."""
        old, new = ([each.get(key, "") for each in side] for side in self)
        return next(((each, each) for each in old if each in new), (old[-1], new[-1]))

    def is_settled(self) -> bool:
        """Whether each screen is the same, or differs and was drawn twice so by either side."""
        return all(
            old == new
            or all(len(side) > 1 and len({each.get(key) for each in side}) == 1 for side in self)
            for key in self.before[0]
            for old, new in [self.pair(key)]
        )


def rooms(comparison: Comparison, path: Path) -> Iterator[tuple[Answers, Answers]]:
    """The screens of each scene; one that differs is drawn again, and counts if it always does."""
    found = [Drawings([], []) for _ in SCENES]
    for turn in range(DRAWN):
        left = [number for number, scene in enumerate(found) if not turn or not scene.is_settled()]
        drawn = {number: comparison.drawn(number, path, again=turn > 0) for number in left}
        for number, both in drawn.items():
            for side, drawing in zip(found[number], both, strict=True):
                side.append(drawing.result())
    for scene in found:
        pairs = {key: scene.pair(key) for key in scene.before[0]}
        yield (
            {key: old for key, (old, _) in pairs.items()},
            {key: new for key, (_, new) in pairs.items()},
        )


def report(before: Answers, after: Answers, most: int) -> Iterator[str]:
    """Lines with a count for each kind, and examples of what differs."""
    kinds = dict.fromkeys(kind for kind, _ in [*before, *after])
    for kind in kinds:
        keys = [key for key in {**before, **after} if key[0] == kind]
        unequal = [key for key in keys if before.get(key) != after.get(key)]
        yield f"{kind}: {len(keys):,} asked, {len(unequal):,} differ"
        for key in unequal[:most]:
            yield f"  {key[1]}"
            old, new = (list(_unfolded(side.get(key, ""))) for side in (before, after))
            changed = [
                line[:160]
                for line in difflib.unified_diff(old, new, n=0, lineterm="")
                if not line.startswith(("---", "+++", "@@"))
            ]
            yield from (f"    {line}" for line in changed[:LINES])
            if len(changed) > LINES:
                yield f"    ... {len(changed) - LINES:,} lines more"


def _unfolded(answer: str) -> Iterator[str]:
    """Its lines; one of JSON becomes a line for each value, so that a difference is a line."""
    for line in answer.splitlines():
        try:
            made = json.dumps(json.loads(line), indent=0, ensure_ascii=False)
        except ValueError:
            made = line
        yield from made.splitlines()


def main() -> int:
    """Compare the working tree with a revision."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.differs", description=__doc__)
    parser.add_argument("revision", help="as git names it: a commit, a tag, main")
    parser.add_argument("--on", type=Path, metavar="FOLDER", help="an archive of your own, too")
    parser.add_argument("--most", type=int, default=5, help="examples of a kind (5)")
    parser.add_argument("--no-screens", action="store_true", help="leave the rooms out")
    given = parser.parse_args()
    before: Answers = {}
    after: Answers = {}
    with kept_answers.alone() as folder, ProcessPoolExecutor((os.cpu_count() or 1) + 2) as pool:
        began = time.perf_counter()
        if not _tree(given.revision, folder / "tree"):
            print(f"no such revision: {given.revision}", file=sys.stderr)
            return 2
        kept = kept_answers.of_revision(ROOT, given.revision)
        comparison = Comparison(
            pool,
            Side(folder / "tree", folder / "a" / "home", kept),
            Side(ROOT, folder / "b" / "home", None),
        )
        asked = {place: comparison.asked(place) for place in _places(folder, given.on)}
        demo = next(iter(asked))
        for each in asked[demo]:
            each.result()  # the rooms have its home
        drawn = [] if given.no_screens else list(rooms(comparison, demo.path))
        made = [*((old.result(), new.result()) for old, new in asked.values()), *drawn]
    for old, new in made:
        before |= old
        after |= new
    for line in report(before, after, given.most):
        print(line)
    print(f"{time.perf_counter() - began:.0f} s")
    return int(before != after)


if __name__ == "__main__":
    sys.exit(main())
