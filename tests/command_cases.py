"""What the tests of all commands, reports and facets need of each one: `CASE` beside its own tests.

No table lists the cases: they are found below `tests/` by what the modules say. So a command, a
report or a facet comes and goes with its own files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from cable_tui.base.value import Value, field
from cable_tui.query import Filed

TESTS = Path(__file__).parent
Case = TypeVar("Case")


def placed(kind: type[Case]) -> tuple[tuple[Path, Case], ...]:
    """Every case of a kind with its folder: what test modules say as `CASE = KIND(...)`."""
    return _placed(kind.__name__)


@cache
def _placed(kind: str) -> tuple[tuple[Path, Any], ...]:
    modules = ((TESTS.parent.joinpath(*name.split(".")), name) for name in modules_with(kind))
    return tuple((place.parent, import_module(name).CASE) for place, name in modules)


def modules_with(kind: str) -> list[str]:
    """The test modules that have a case of a kind."""
    says = re.compile(rf"^CASE = {kind}\(", re.MULTILINE)
    files = [file for file in TESTS.rglob("test_*.py") if says.search(file.read_text("utf-8"))]
    return [
        ".".join(file.relative_to(TESTS.parent).with_suffix("").parts) for file in sorted(files)
    ]


def found(kind: type[Case]) -> tuple[Case, ...]:
    """Every case of a kind."""
    return tuple(case for _, case in placed(kind))


class Answer(NamedTuple):
    """A command line that prints JSON. `PATH` is the archive of the demo, with 40 cables."""

    line: str
    status: int = 0
    schema: str = ""
    """Its schema in `docs/schemas/`; empty: the command's name, with `-line` after `--jsonl`."""
    names: Literal["", "kept", "cleaned"] = ""
    """How it prints names of files or what a reader has written, if it prints any: it is asked of
    a folder whose name has characters that a terminal obeys."""

    @property
    def schema_name(self) -> str:
        """The name of its schema."""
        return self.schema or f"{self.line.split()[0]}{'-line' * ('--jsonl' in self.line)}"


class Formula(NamedTuple):
    """A command line that prints a table, and a cell of it that a spreadsheet would compute."""

    line: str
    cell: str
    marked: str = "--csv"
    """The option that puts a sign in front of the cell."""
    raw: str = "--csv-raw"


class Stopped(NamedTuple):
    """A command line of a report that ^C stops."""

    line: str
    reads: bool = False
    """Whether it reads texts, and is stopped at the third; else it is stopped in its search."""
    has_rows: bool = False
    """Whether it has rows before its end."""


class Screen(NamedTuple):
    """A screen that is drawn, in the folder `screens` beside the case, and the keys to it."""

    name: str
    keys: str
    archive: str = "cables"
    """One of the folders of `tests/tui/states.py`."""
    cable: str = ""
    """The cable that is open at first."""
    sizes: tuple[tuple[int, int], ...] = ((80, 24),)


class ListedKeys(NamedTuple):
    """Keys that the help of a page lists, or does not: of what is asked they do something."""

    asked: Value
    dead: frozenset[str]
    alive: frozenset[str]


Prepare = Callable[[Callable[..., Any], Mapping[str, Path]], object]


class CommandCase(Value):
    """A command, by the lines that its tests have in common with those of others."""

    answers: tuple[Answer, ...] = ()
    imports: Mapping[str, set[str]] = field(default_factory=dict)
    """Command lines, and the parts of the package that each may import: see `tests/parts.py`."""
    shapes: Mapping[str, Any] = field(default_factory=dict)
    """The shapes of its answers, by the names of their schemas: see `tests/schemas.py`."""
    formulas: tuple[Formula, ...] = ()
    logged: str = ""
    """A command line that searches for `lobster`, which the research log then has."""
    prepare: Prepare | None = None
    """Called before its lines with what runs a command and the places that words in capitals stand
    for, as in `places_of`."""


class FacetCases(Value):
    """Facets of one module: what of a cable gives which values."""

    filed: Mapping[str, tuple[Filed, tuple[str, ...]]]


class ReportCase(CommandCase):
    """A report, by its page and its command. It needs its name, what is asked, and two rows."""

    name: str = ""
    asked: object = None
    rows: Sequence[object] = ()
    answer: object = None
    """What its page shows apart from rows."""
    screens: tuple[Screen, ...] = ()
    stopped: tuple[Stopped, ...] = ()
    listed_keys: tuple[ListedKeys, ...] = ()


def reports() -> dict[str, ReportCase]:
    """The case of each report, by its name."""
    return {case.name: case for case in found(ReportCase)}


def places_of(archive: Path, home: Path) -> dict[str, Path]:
    """What the words in capitals stand for; those below the home are made by the cases."""
    made = {
        "BATCH": "queries.txt",
        "CACHE": "another-cache",
        "CHANGED": "changed.zip",
        "COPY": "copy.md",
        "DOSSIER": "dossier.zip",
        "DRAFT": "draft.md",
        "OTHER": "other",
        "TARGET": "shared",
    }
    own = {"PATH": archive, "HOME": home, "SAMPLES": TESTS / "data"}
    return own | {word: home / name for word, name in made.items()}


def commands() -> tuple[CommandCase, ...]:
    """The case of each command, those of reports too."""
    return (*found(CommandCase), *found(ReportCase))
