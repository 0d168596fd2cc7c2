"""No pattern has two unbounded repeats side by side that can share out the same characters.

Such neighbours (`[A-Z ]*[A-Z]+`, `(a+)+`) make a search try every way of sharing: the cause of
patterns that take seconds. Every compiled pattern of the package is taken apart into its parts.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

import cable_tui
from cable_tui.base.pattern import Pattern

_parser: Any = importlib.import_module("re._parser")
_ENDLESS = _parser.MAXREPEAT
_SIGNS = [chr(point) for point in (*range(0x250), 0x2013, 0x2019, 0x201C, 0x2026)]
"""The characters by which classes are compared."""

Item = tuple[Any, Any]
Class = frozenset[str]


def repeats_first(items: Iterable[Item]) -> Iterator[Class]:
    """What unbounded repeats begin with that may come first in a match of these items."""
    for item in items:
        yield from _repeats(item, repeats_first)
        if not _may_be_empty(item):
            return


def repeats_last(items: Iterable[Item]) -> Iterator[Class]:
    """The same of its end."""
    for item in reversed(list(items)):
        yield from _repeats(item, repeats_last)
        if not _may_be_empty(item):
            return


def _repeats(item: Item, at_edge: Any) -> Iterator[Class]:
    name, value = str(item[0]), item[1]
    if name in {"MAX_REPEAT", "MIN_REPEAT"}:
        if value[1] == _ENDLESS:
            yield _openings(value[2])
        yield from at_edge(value[2])
    elif name == "SUBPATTERN":
        yield from at_edge(value[-1])
    elif name == "BRANCH":
        for alternative in value[1]:
            yield from at_edge(alternative)


def _may_be_empty(item: Item) -> bool:
    name, value = str(item[0]), item[1]
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        return value[0] == 0 or all(map(_may_be_empty, value[2]))
    if name == "SUBPATTERN":
        return all(map(_may_be_empty, value[-1]))
    if name == "ATOMIC_GROUP":
        return all(map(_may_be_empty, value))
    if name == "BRANCH":
        return any(all(map(_may_be_empty, alternative)) for alternative in value[1])
    return name in {"AT", "ASSERT", "ASSERT_NOT"}


def _openings(items: Iterable[Item]) -> Class:
    """Every character that a match of these items can begin with."""
    found: set[str] = set()
    for item in items:
        found |= _of_item(item)
        if not _may_be_empty(item):
            break
    return frozenset(found)


def _of_item(item: Item) -> Class:
    name, value = str(item[0]), item[1]
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        return _openings(value[2])
    if name == "SUBPATTERN":
        return _openings(value[-1])
    if name == "ATOMIC_GROUP":
        return _openings(value)
    if name == "BRANCH":
        return frozenset().union(*map(_openings, value[1]))
    if name in {"LITERAL", "NOT_LITERAL", "ANY", "IN"}:
        return _of_class(name, value)
    return frozenset()


def _of_class(name: str, value: Any) -> Class:
    if name == "ANY":
        return frozenset(_SIGNS)
    if name == "LITERAL":
        return frozenset({chr(value)})
    if name == "NOT_LITERAL":
        return frozenset(_SIGNS) - {chr(value)}
    written = "".join(map(_written, value))
    return frozenset(sign for sign in _SIGNS if re.match(f"[{written}]", sign))


def _written(part: Item) -> str:
    name, value = str(part[0]), part[1]
    if name == "RANGE":
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    if name == "CATEGORY":
        kind, _, what = str(value).removeprefix("CATEGORY_").rpartition("_")
        letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[what]
        return f"\\{letter.upper() if kind.endswith('NOT') else letter}"
    return "^" if name == "NEGATE" else re.escape(chr(value))


def clashes(items: Iterable[Item]) -> Iterator[str]:
    """Neighbours that share characters, in a pattern and in all its parts."""
    row = list(items)
    for end in range(1, len(row)):
        for start in range(end - 1, -1, -1):
            for one in _repeats(row[start], repeats_last):
                for other in _repeats(row[end], repeats_first):
                    if shared := one & other:
                        yield f"parts {start} and {end} share {''.join(sorted(shared))[:20]!r}"
            if not _may_be_empty(row[start]):
                break
    for item in row:
        yield from _inner_clashes(item)


def _inner_clashes(item: Item) -> Iterator[str]:
    name, value = str(item[0]), item[1]
    if name in {"MAX_REPEAT", "MIN_REPEAT"}:
        yield from clashes(value[2])
        if value[1] == _ENDLESS:
            inside = value[2]
            for one in repeats_last(inside):
                for other in repeats_first(inside):
                    if one & other:
                        yield "a repeat within a repeat"
    elif name in {"SUBPATTERN", "ASSERT", "ASSERT_NOT"}:
        yield from clashes(value[-1])
    elif name == "BRANCH":
        for alternative in value[1]:
            yield from clashes(alternative)


def patterns() -> dict[str, Pattern[Any]]:
    """Every compiled pattern in the modules of the package and in their classes."""
    found: dict[str, Pattern[Any]] = {}
    for module in pkgutil.walk_packages(cable_tui.__path__, "cable_tui."):
        if module.name != "cable_tui.__main__":
            names = vars(importlib.import_module(module.name))
            for name, value in names.items():
                for label, pattern in _patterns_in(value, module.name):
                    found[f"{module.name}.{name}{label}"] = pattern
    return found


def _patterns_in(value: object, module: str) -> Iterator[tuple[str, Pattern[Any]]]:
    if isinstance(value, Pattern):
        yield "", value
    elif isinstance(value, type) and value.__module__ == module:
        for name, part in vars(value).items():
            if isinstance(part, Pattern):
                yield f".{name}", part
    elif isinstance(value, dict):
        yield from _patterns_in([*value, *value.values()], module)
    elif isinstance(value, list | tuple | set | frozenset):
        for number, part in enumerate(value):
            for label, pattern in _patterns_in(part, module):
                yield f"[{number}]{label}", pattern


@pytest.mark.parametrize(
    ("pattern", "clashing"),
    [
        (r"[A-Z ]*[A-Z]+", True),
        (r"\s*\n+", True),
        (r"(?:a+)+", True),
        (r"(?:a+b?)*", True),
        (r"a*b?a*", True),
        (r"(x|a*)a+", True),
        (r".*?\s*$", True),
        (r"a*ba*", False),
        (r"a*+a", False),
        (r"[^,]*,[^,]*", False),
        (r"\d+\s*", False),
        (r"a{0,40}a{0,40}", False),
        (r"(?:a+b)+", False),
        (r"\w+(?:,\s*|-)", False),
        (r"\w+(?:-\w+)*", False),
    ],
)
def test_the_check_knows_what_clashes(pattern: str, clashing: bool) -> None:
    assert bool(list(clashes(_parser.parse(pattern)))) == clashing


def clashes_of(pattern: Pattern[Any]) -> list[str]:
    """Those of a compiled pattern."""
    text = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    flags = pattern.flags & ~re.UNICODE & ~re.DEBUG
    return list(clashes(_parser.parse(text, flags)))


def test_no_pattern_has_neighbours_that_share_characters() -> None:
    found = {name: clashes_of(pattern) for name, pattern in patterns().items()}
    assert len(found) > 500
    assert {name: each for name, each in found.items() if each} == {}
