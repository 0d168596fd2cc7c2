"""Draws JSON of a shape, as its kinds and limits say (`base.kinds`), for property tests."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from cable_tui.base.value import json_names
from cable_tui.text.untrusted import kinds_of

ANYTHING: SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)
"""Any value of JSON, and numbers that are none."""
_PLAIN: dict[Any, SearchStrategy[Any]] = {
    str: st.text(max_size=20),
    int: st.integers(),
    float: st.floats(allow_nan=False, allow_infinity=False) | st.integers(),
    bool: st.booleans(),
    Any: ANYTHING,
}


def json_of(kind: Any) -> SearchStrategy[Any]:
    """JSON of a kind, or of a shape."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Annotated:
        limits: dict[str, Any] = dict(mark for mark in inside[1:] if isinstance(mark, tuple))
        empty = st.none() if "or null" in inside[1:] else st.nothing()
        return empty | _within(inside[0], limits)
    if origin in (Union, UnionType):
        return st.one_of(*map(json_of, inside))
    if kind is type(None):
        return st.none()
    if origin is Literal:
        return st.sampled_from(inside)
    if origin is tuple and inside[-1] is ...:
        return st.lists(json_of(inside[0]), max_size=3)
    if origin is tuple:
        return st.tuples(*map(json_of, inside)).map(list)
    if origin is Mapping:
        return st.dictionaries(st.text(), json_of(inside[1]), max_size=3)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if issubclass(kind, tuple):
        return st.tuples(*map(json_of, kinds_of(kind).values())).map(list)
    return objects_of(kind)


def _within(kind: Any, limits: dict[str, Any]) -> SearchStrategy[Any]:
    low, high = limits.get("minimum"), limits.get("maximum")
    if "pattern" in limits:
        return st.from_regex(
            limits["pattern"], fullmatch=True, alphabet=st.characters(codec="ascii")
        )
    if kind is int:
        return st.integers(low, high)
    if kind is float:
        return st.floats(low, high, allow_nan=False, allow_infinity=False)
    if kind is str:
        shown = st.characters(
            min_codepoint=33, max_codepoint=0x2FF, exclude_categories=["Cc", "Cf", "Zs"]
        )
        return st.text(shown, min_size=limits.get("minLength", 0), max_size=20)
    return json_of(kind)


def objects_of(shape: type[Any]) -> SearchStrategy[dict[str, Any]]:
    """JSON objects of a shape; fields with a default may be missing."""
    names = json_names(shape)
    fields = {names[name]: json_of(kind) for name, kind in kinds_of(shape).items() if name in names}
    defaults = {names[name] for name in getattr(shape, "_defaults", {}) if name in names}
    return st.fixed_dictionaries(
        {name: drawn for name, drawn in fields.items() if name not in defaults},
        optional={name: fields[name] for name in defaults},
    )


@st.composite
def spoilt(draw: st.DrawFn, drawn: SearchStrategy[Any]) -> Any:
    """JSON of which one value, at any depth, is another one, is missing, or is added."""
    whole = draw(drawn)
    inner, steps = whole, draw(st.integers(0, 6))
    path: list[tuple[Any, Any]] = []
    for _ in range(steps):
        keys = list(inner) if isinstance(inner, dict) else range(len(inner))
        if not keys or not isinstance(inner, dict | list):
            break
        path.append((inner, draw(st.sampled_from(keys))))
        if not isinstance(inner := path[-1][0][path[-1][1]], dict | list):
            break
    if not path:
        return draw(ANYTHING)
    holder, key = path[-1]
    if draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = draw(ANYTHING)
    return whole
