"""What all tables share: where the archives are, how often to measure, and how to print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks import building
from benchmarks.asking import Asked

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Effort:
    """How often things are measured."""

    pairs: int
    """Starts of the room, in turns with an empty program."""
    rounds: int
    """Of the searches."""
    questions: int
    """Of the search's recall."""
    seconds: int
    """Of a newsroom that shares its marks."""
    events: int
    """Of its first sync."""
    rows: int
    """Of a database."""


@dataclass(frozen=True, slots=True)
class BenchmarkFolders:
    """Where the archives and their caches are."""

    dump: Path
    tree: Path
    long: Path
    """A dump whose newest cable is very long."""
    folder: Path
    """Keeps the rivals' indexes."""
    homes: Path
    """Keeps ours."""

    @property
    def home(self) -> Path:
        """The dump's: built when it is first needed."""
        home = self.homes / f"home-{self.dump.stem}"
        if not building.is_complete(home):
            building.build(self.dump, home)
        return home


class Table(NamedTuple):
    """A table, or one of several with the same name."""

    name: str
    """What `--only` calls it."""
    position: int
    """A lower one is printed first."""
    lines: Callable[[BenchmarkFolders, Effort], Iterator[str]]
    asked_by_name: bool = False
    """Whether it is left out unless `--only` names it."""


def table_heading(title: str, *columns: str) -> Iterator[str]:
    """The title of a table, and the names of its columns."""
    yield from ("", f"## {title}", "", table_row(*columns), table_row(*("---" for _ in columns)))


def table_row(*cells: str) -> str:
    """A row of a table."""
    return f"| {' | '.join(cells)} |"


def cost_cells(asked: Asked) -> tuple[str, str, str]:
    """The cells of what a command cost: seconds, CPU and memory."""
    return f"{asked.seconds:.2f}", f"{asked.cpu:.2f}", f"{asked.memory / MIB:,.0f}"
