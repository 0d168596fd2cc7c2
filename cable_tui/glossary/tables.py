"""Reads the tables of facts that the package carries; `data/NOTICE` names their sources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path


def rows(name: str) -> list[dict[str, str]]:
    """All rows of `data/NAME.csv`, keyed by the heading of each column; empty means not known."""
    import csv  # most questions need no table

    # Not by `importlib.resources`: it loads the readers of packages in zip files.
    table = Path(__file__).parent / "data" / f"{name}.csv"
    return list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


@cache
def pairs(name: str) -> Mapping[str, str]:
    """The first column of a table as keys to its second; read when it is first asked for."""
    return {first: second for first, second, *_ in (row.values() for row in rows(name))}
