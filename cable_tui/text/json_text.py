r"""JSON as text: the one way in which the program writes it for others.

Characters that a terminal obeys or a reader cannot see are written as `\uXXXX`: C1 controls, line
separators, directions, what has no shape. A parser gets the same value.
"""

from __future__ import annotations

import json
from typing import Any

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
