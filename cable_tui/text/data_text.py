"""Data as text for other programs: JSON, and lines of CSV.

In JSON, characters that a terminal obeys or a reader cannot see are escaped: C1 controls, line
separators, directions, what has no shape. A parser gets the same value.

A text of a cable may begin like a formula. A quote sign before it keeps a spreadsheet from
computing it. Texts that begin with quote signs and then such a sign get one more, so that whoever
removes one has the text itself.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

from cable_tui.pattern import pattern
from cable_tui.text.cleaning import Escapes


def json_text(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON, without a line end."""
    # Such characters are in texts only: all that is around these is ASCII.
    return _ESCAPES.escaped(json.dumps(value, ensure_ascii=False, indent=indent))


def _escape(point: int) -> str:
    if point <= 0xFFFF:
        return f"\\u{point:04x}"
    high, low = divmod(point - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


_ESCAPES = Escapes(_escape)


WriteRow = Callable[[tuple[str, ...]], str]
"""What makes a line of values."""
_COMPUTED = pattern(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = pattern(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_END = "\r\n"


def csv_row(values: tuple[str, ...]) -> str:
    """A line for a spreadsheet, with its end: a quote sign before what would be computed."""
    return raw_csv_row(tuple(f"'{each}" if _is_computed(each) else each for each in values))


def raw_csv_row(values: tuple[str, ...]) -> str:
    """A line for a program, with its end: each value as it is, quoted only as CSV needs it."""
    line = io.StringIO()
    # With both characters as its line end the writer quotes what holds either of them.
    csv.writer(line, lineterminator=_END).writerow(values)
    return line.getvalue().removesuffix(_END) + "\n"


def _is_computed(value: str) -> bool:
    return _COMPUTED.match(value) is not None and _NUMBER.fullmatch(value) is None
