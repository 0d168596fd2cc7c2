"""No expression of the package tries every combination of the ways in which its turns match."""

from __future__ import annotations

import importlib
import math
import pkgutil
import signal
from collections.abc import Iterator
from typing import Any

import pytest

import cable_tui
from cable_tui.base.pattern import Pattern, pattern
from tests.slow import pumped
from tests.slow.test_growth import HANG, seconds

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a hang could not be ended"),
]

MODULES = sorted(
    each.name
    for each in pkgutil.walk_packages(cable_tui.__path__, "cable_tui.")
    if not each.name.endswith("__main__")
)
PARTS = 16
"""The modules are checked in as many groups."""


def patterns(value: object) -> Iterator[Pattern[Any]]:
    """The expressions of a module's value: itself, or in what it holds."""
    if isinstance(value, Pattern):
        yield value
    elif isinstance(value, dict):
        yield from patterns(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from patterns(each)


def hanging(found: Pattern[Any], seed: int, hang: float = HANG) -> str | None:
    """A text on which an expression hangs."""
    texts = list(pumped.texts(found.pattern, found.flags, seed))

    def ask(text: str) -> None:
        as_bytes = isinstance(found.pattern, bytes)
        given: Any = text.encode("latin-1", "replace") if as_bytes else text
        found.match(given)
        found.search(given)

    def ask_all(_: str) -> None:
        for text in texts:
            ask(text)

    if seconds(ask_all, "", hang) < math.inf:  # none of them hangs
        return None
    return next((text for text in texts if seconds(ask, text, hang) == math.inf), None)


@pytest.mark.parametrize("part", range(PARTS))
def test_an_expression_ends_on_many_turns_of_its_repetitions(part: int) -> None:
    found = {
        f"{name}: {each.pattern!r}": text
        for name in MODULES[part::PARTS]
        for value in vars(importlib.import_module(name)).values()
        for each in patterns(value)
        if (text := hanging(each, seed=part))
    }
    assert found == {}


@pytest.mark.parametrize(
    "expression",
    [
        r"(?:A|AA)*$",
        r"[A-Z]\S*(?:\s+(?:[A-Z]\S*|\S{1,3}))*$",
        r"(?:[A-Z][A-Z0-9-]{1,34}[ ,;]{0,4}){1,30}$",
        rb"x(?:\d+,?)+y",
    ],
)
def test_the_check_sees_an_expression_that_hangs(expression: str | bytes) -> None:
    assert hanging(pattern(expression), seed=1, hang=0.2)


def test_the_check_sees_the_expressions() -> None:
    from cable_tui.telegram import sentence_fingerprints

    assert len(list(patterns(list(vars(sentence_fingerprints).values())))) > 5
