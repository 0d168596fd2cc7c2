"""The table of figures, as Markdown: `make bench`, or `python -m benchmarks --quick`.

Generates its archives once (the same ones for the same seed), builds them with the real program in
an empty home, drives the real room through a pseudo-terminal, and searches. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks import building, generate, grammar, room, searches
from cable_tui.archive.pool import processors

SENTENCE = "prime minister sanctions"


def main() -> None:
    """Measure what the command line asks for and print as it comes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--cables", type=int, default=50_000, help="of the dump")
    parser.add_argument("--pages", type=int, default=5_000, help="of the tree of pages")
    parser.add_argument("--quick", action="store_true", help="2,000 and 500, few repetitions")
    parser.add_argument("--folder", type=Path, help="keeps the generated archives")
    wanted = parser.parse_args()
    cables, pages = (2_000, 500) if wanted.quick else (wanted.cables, wanted.pages)
    with tempfile.TemporaryDirectory(prefix="cable-tui-bench-") as temporary:
        home = Path(temporary)
        folder = wanted.folder or home / "archives"
        dump, tree = _dump(folder, cables), _tree(folder, pages)
        print(f"{processors()} processors, {platform.system()}, Python {platform.python_version()}")
        for line in _report(dump, tree, home, pairs=3 if wanted.quick else 9):
            print(line, flush=True)


def _dump(folder: Path, count: int) -> Path:
    path = folder / f"dump-{count}.csv"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        generate.write_dump(path, count)
    return path


def _tree(folder: Path, count: int) -> Path:
    path = folder / f"pages-{count}"
    if not path.exists():
        generate.write_pages(path, count)
    return path


def _report(dump: Path, tree: Path, home: Path, pairs: int) -> Iterator[str]:
    yield from _builds(dump, tree, home)
    yield from _room(dump, home, pairs)
    yield from _searches(dump, home)
    yield from _grammar(tree)


def _builds(dump: Path, tree: Path, home: Path) -> Iterator[str]:
    yield from _heading(
        "Taking in, seconds from the start of the program",
        "archive", "cables", "first", "facts", "grammar", "text", "CPU", "MB of memory", "cache",
    )  # fmt: skip
    for archive, name in ((tree, "pages"), (dump, "dump")):
        made = building.build(archive, home / f"home-{name}")
        passes = (f"{made.done(stage):.1f}" for stage in building.PASSES)
        yield _row(
            name,
            f"{made.cables:,}",
            f"{made.first:.1f}",
            *passes,
            f"{made.cpu:.1f}",
            f"{made.memory >> 20:,}",
            f"{made.cache_bytes / building.size(archive):.2f} of the source",
        )


def _room(dump: Path, home: Path, pairs: int) -> Iterator[str]:
    yield from _heading("The room, milliseconds", "what", "figure")
    ready = home / "home-dump"
    ours, empty = room.starts(dump, ready, pairs)
    yield _row("first painted row", f"{ours:.0f}")
    yield _row("an empty Textual program, in turns with it", f"{empty:.0f} ({ours / empty:.2f})")
    for state, at in (("idle", ready), ("the index builds", home / "home-building")):
        with room.room(dump, at) as terminal:
            terminal.until(lambda text: bool(room.PLACE.search(text)), 30)
            terminal.rest(2)
            yield _row(f"`j`, {state}: median / 95th / most", str(room.moving(terminal)))
            yield _row(f"a letter, {state}", str(room.typing(terminal, SENTENCE)))
            yield _row(f"`j` after it, {state}", str(room.moving(terminal)))


def _searches(dump: Path, home: Path) -> Iterator[str]:
    title = f"Searches, milliseconds: {searches.ROWS} rows with the number of all, then all ids, "
    yield from _heading(f"{title}then all counts", "query", "hits", "rows", "ids", "counts")
    for figure in searches.searches(dump, home / "home-dump"):
        times = (f"{each:.1f}" for each in (figure.rows, figure.whole, figure.counts))
        yield _row(f"`{figure.query}`", f"{figure.hits:,}", *times)


def _grammar(tree: Path) -> Iterator[str]:
    real = grammar.CORPUS.is_dir()
    title = "real pages" if real else "generated pages"
    yield from _heading(
        f"The grammar on {title}, milliseconds of CPU a cable", "what", "figure", "goal"
    )
    for cost in grammar.costs(grammar.CORPUS if real else tree):
        yield _row(cost.what, f"{cost.milliseconds:.2f}", f"{cost.goal}")


def _heading(title: str, *columns: str) -> Iterable[str]:
    return "", f"## {title}", "", _row(*columns), _row(*("---" for _ in columns))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
