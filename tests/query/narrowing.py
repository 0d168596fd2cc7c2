"""Random queries as trees, with what they mean: the parser and the plan are not asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hypothesis import strategies as st

from cable_tui.query.plan import And, Not, Or, Plan, Property

NARROWS = ("has", "is")
LEAVES = (
    *(f"has:{value}" for value in ("tag", "subject", "article")),
    *(f"is:{value}" for value in ("read", "noted", "bookmarked")),
    "list:press",
    "list:story",
)


class Item(NamedTuple):
    """A filter, or alternatives in brackets."""

    text: str
    level: tuple[tuple[Item, ...], ...] = ()
    negated: bool = False
    joined: bool = False
    """`and` comes before it."""


class Given(NamedTuple):
    """A query and a cable."""

    items: tuple[Item, ...]
    true: frozenset[str]
    """The filters that hold for the cable."""

    @property
    def text(self) -> str:
        """The query as it is written."""
        return _text(self.items)


def levels() -> st.SearchStrategy[Given]:
    """Queries of one level with groups in it, each with a cable."""
    flags = {"negated": st.booleans(), "joined": st.booleans()}
    leaf = st.builds(Item, st.sampled_from(LEAVES), st.just(()), **flags)

    def grouped(inner: st.SearchStrategy[Item]) -> st.SearchStrategy[Item]:
        row = st.lists(inner, min_size=1, max_size=3).map(tuple)
        several = st.lists(row, min_size=2, max_size=3).map(tuple)
        return st.builds(_group, several, **flags)

    items = st.lists(st.recursive(leaf, grouped, max_leaves=6), min_size=1, max_size=4)
    return st.builds(Given, items.map(tuple), st.frozensets(st.sampled_from(LEAVES)))


def _group(level: tuple[tuple[Item, ...], ...], *, negated: bool, joined: bool) -> Item:
    """Brackets, without a minus if they hold one filter only: `-(-list:press)` is that filter."""
    return Item("", level, negated and len(set(_leaves(level))) > 1, joined)


def _leaves(level: tuple[tuple[Item, ...], ...]) -> Iterator[str]:
    for row in level:
        for item in row:
            yield from _leaves(item.level) if item.level else (item.text,)


def _text(items: tuple[Item, ...]) -> str:
    words = []
    for number, item in enumerate(items):
        words += ["and"] if item.joined and number else []
        inner = f"({' or '.join(map(_text, item.level))})" if item.level else item.text
        words.append(f"-{inner}" if item.negated else inner)
    return " ".join(words)


def means(items: tuple[Item, ...], true: frozenset[str], *, narrowing: bool) -> bool:
    """Whether a cable answers; without `narrowing` two of any prefix are alternatives.

    Unless an `and` comes before it, and another one of its prefix is on its level.
    """
    apart: list[bool] = []
    either: dict[str, list[bool]] = {}
    for item in items:
        if item.level:
            holds = any(means(each, true, narrowing=narrowing) for each in item.level)
        else:
            holds = item.text in true
        prefix = item.text.partition(":")[0]
        alone = item.level or item.negated or (narrowing and prefix in NARROWS)
        if alone or (item.joined and prefix in either):
            apart.append(holds != item.negated)
        else:
            either.setdefault(prefix, []).append(holds)
    return all(apart) and all(map(any, either.values()))


def holds(plan: Plan, true: frozenset[str]) -> bool:
    """Whether a plan of filters holds for a cable."""
    match plan:
        case And(parts):
            return all(holds(part, true) for part in parts)
        case Or(parts):
            return any(holds(part, true) for part in parts)
        case Not(part):
            return not holds(part, true)
        case Property(field, wanted):
            return f"{field}:{wanted}" in true
        case _:
            raise AssertionError(plan)
