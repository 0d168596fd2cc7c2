"""Reads the tables of facts that the package carries; `data/NOTICE` names their sources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path


def rows(name: str) -> list[dict[str, str]]:
    """All rows of `data/NAME.csv`, keyed by the heading of each column; empty means not known."""
    import csv  # most questions need no table

    return list(csv.DictReader(_read(f"{name}.csv").splitlines()))


def text(name: str) -> str:
    """The whole of `data/NAME.txt`."""
    return _read(f"{name}.txt")


def _read(name: str) -> str:
    # Not by `importlib.resources`: it loads the readers of packages in zip files.
    return (Path(__file__).parent / "data" / name).read_text(encoding="utf-8")


@cache
def pairs(name: str) -> Mapping[str, str]:
    """The first column of a table as keys to its second; read when it is first asked for."""
    return {first: second for first, second, *_ in (row.values() for row in rows(name))}
