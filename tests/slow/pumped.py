"""Texts for an expression: what leads to one of its repetitions, many turns of it, and a bad end.

An expression that can match a turn in two ways tries every combination of them before it gives up
at the bad end. The texts are made from the expression itself, so that no author has to think of
them.
"""

from __future__ import annotations

import importlib
import random
import re
from collections.abc import Iterator
from typing import Any

TURNS = 60
DRAWS = 6
ENDS = ("", " zzzzz", "\nzzzzz", "!", "\x00", "\n\n", "9", "a ", "A", "-\x01", "zzzzzzzz!")
_SIGNS = "A1a -.\n\t,;:/xX('\"&=_\\éz0B"
"""What is drawn where an expression has a set; the first are in most sets."""
_FEW = 5
_LEAST = 8
"""Fewer turns than this try few combinations."""
_TRIED_AGAIN = ("MAX_REPEAT", "MIN_REPEAT")
_REPEATS = (*_TRIED_AGAIN, "POSSESSIVE_REPEAT")
# What the standard library makes of an expression; it has no public name.
_parser: Any = importlib.import_module("re._parser")


class _Enough(Exception):  # noqa: N818 - what happened
    """The turns were drawn: nothing follows them but the bad end."""


def texts(expression: str | bytes, flags: int, seed: int) -> Iterator[str]:
    """Yield texts for each repetition of an expression that may have many turns."""
    draw = random.Random(seed)
    tree = _parser.parse(expression, flags)
    for repeat in _repeats(tree):
        for _ in range(DRAWS):
            drawn: list[str] = []
            try:
                _draw(tree, drawn, repeat, draw)
            except _Enough:
                yield from ("".join(drawn) + end for end in ENDS)


def _parts(name: str, of: Any) -> list[Any]:
    """Return the expressions within a part of an expression, except those that only look."""
    if name in _REPEATS:
        return [of[2]]
    if name == "BRANCH":
        return list(of[1])
    return [of[3]] if name == "SUBPATTERN" else [of] if name == "ATOMIC_GROUP" else []


def _repeats(tree: Any) -> Iterator[Any]:
    for kind, of in tree:
        if str(kind) in _TRIED_AGAIN and int(of[1]) >= _LEAST:
            yield of
        for part in _parts(str(kind), of):
            yield from _repeats(part)


def _has(tree: Any, repeat: Any) -> bool:
    return any(
        of is repeat or any(_has(part, repeat) for part in _parts(str(kind), of))
        for kind, of in tree
    )


def _draw(tree: Any, drawn: list[str], repeat: Any, draw: random.Random) -> None:
    """Draw what an expression matches, up to the turns of a repetition in it."""
    for kind, of in tree:
        name = str(kind)
        if name == "LITERAL":
            drawn.append(chr(of))
        elif name in ("ANY", "NOT_LITERAL"):
            drawn.append(draw.choice([sign for sign in "Aa1 " if ord(sign) != of]))
        elif name == "IN":
            drawn.append(draw.choice(_members(of)))
        elif name == "BRANCH":
            parts = _parts(name, of)
            leading = [part for part in parts if repeat and _has(part, repeat)]
            _draw((leading or [draw.choice(parts)])[0], drawn, repeat, draw)
        elif name in _REPEATS:
            _turns(of, drawn, repeat, draw)
        else:
            for part in _parts(name, of):
                _draw(part, drawn, repeat, draw)


def _turns(of: Any, drawn: list[str], repeat: Any, draw: random.Random) -> None:
    least, most, body = of
    if of is repeat:
        turns = min(TURNS, int(most))
        same: list[str] = []
        _draw(body, same, None, draw)
        for _ in range(turns):
            if same and draw.random() < 1 / 2:
                drawn += same
            else:
                _draw(body, drawn, None, draw)
        raise _Enough
    leads = repeat is not None and _has(body, repeat)
    for _ in range(max(least + (int(most) > least and draw.random() < 1 / 3), leads)):
        _draw(body, drawn, repeat, draw)


def _members(of: Any) -> list[str]:
    found = [sign for sign in _SIGNS if _is_member(of, sign)][:_FEW]
    first = (
        chr(what if str(kind) == "LITERAL" else what[0])
        for kind, what in of
        if str(kind) in ("LITERAL", "RANGE")
    )
    return found or [next(first, "a")]


def _is_member(of: Any, sign: str) -> bool:
    found = negated = False
    for kind, what in of:
        name = str(kind)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            found = found or ord(sign) == what
        elif name == "RANGE":
            found = found or what[0] <= ord(sign) <= what[1]
        else:
            found = found or _CATEGORIES[str(what)].match(sign) is not None
    return found != negated


_CATEGORIES = {
    f"CATEGORY_{name}": re.compile(expression)
    for name, expression in (
        ("SPACE", r"\s"),
        ("NOT_SPACE", r"\S"),
        ("WORD", r"\w"),
        ("NOT_WORD", r"\W"),
        ("DIGIT", r"\d"),
        ("NOT_DIGIT", r"\D"),
    )
}
