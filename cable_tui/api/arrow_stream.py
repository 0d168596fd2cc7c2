"""Converts rows to an Arrow stream with nanoarrow, which the extra `frames` installs."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cable_tui.base.errors import UsageError
from cable_tui.text.cleaning import json_text

_DAY_0 = date(1970, 1, 1).toordinal()


def stream(rows: Sequence[Mapping[str, Any]], kinds: Mapping[str, str]) -> Any:
    """Return an `ArrowArrayStream` of one batch; `kinds` types the columns that may be empty.

    A column contains texts, whole numbers, other numbers, booleans, dates or lists of texts. Other
    values, such as lists of objects, become JSON texts.

    Raises `UsageError` if nanoarrow is not installed.
    """
    try:
        import nanoarrow
    except ImportError:
        raise UsageError(
            "data frames need nanoarrow: install it with pip install 'cable-tui[frames]'"
        ) from None
    columns: dict[str, list[Any]] = {name: [] for row in rows[:1] for name in row}
    columns = columns or {name: [] for name in kinds}
    for name, values in columns.items():
        values += [row[name] for row in rows]
    arrays = {
        name: _array(nanoarrow, kinds.get(name) or _kind(values), values)
        for name, values in columns.items()
    }
    whole = nanoarrow.c_array_from_buffers(
        nanoarrow.struct({name: of_column.schema for name, of_column in arrays.items()}),
        len(rows),
        [None],
        children=list(arrays.values()),
    )
    return nanoarrow.c_array_stream(whole)


def _kind(values: Sequence[Any]) -> str:
    types = {type(value) for value in values if value is not None}
    if types <= {str}:
        return "text"
    for wanted, name in (({bool}, "truth"), ({int}, "whole"), ({int, float}, "number")):
        if types <= wanted:
            return name
    if types == {date}:
        return "date"
    is_texts = types <= {list, tuple} and all(
        isinstance(item, str) for value in values if value for item in value
    )
    return "texts" if is_texts else "json"


def _array(nanoarrow: Any, kind: str, values: Sequence[Any]) -> Any:
    if kind == "date":
        days = [None if value is None else value.toordinal() - _DAY_0 for value in values]
        return nanoarrow.c_array(days, nanoarrow.date32())
    if kind == "texts":
        offsets = array("i", [0])
        items: list[str] = []
        for value in values:
            items += value or ()
            offsets.append(len(items))
        texts = nanoarrow.c_array(items, nanoarrow.string())
        # No list is null here: without texts it is empty.
        return nanoarrow.c_array_from_buffers(
            nanoarrow.list_(nanoarrow.string()), len(values), [None, offsets], children=[texts]
        )
    if kind == "json":
        values = [None if value is None else json_text(value) for value in values]
    schema = {
        "truth": nanoarrow.bool_,
        "whole": nanoarrow.int64,
        "number": nanoarrow.float64,
    }.get(kind, nanoarrow.string)
    return nanoarrow.c_array(values, schema())
